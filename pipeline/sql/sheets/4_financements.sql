-- Financements
-- Funding
-- territory: Territoire / Territory
-- exercise: Exercice de la somme / Exercise of the sum
-- label: Action / Action
-- funder: Financeur / Funder
-- stage: Étape / Stage
-- amount_eur: Montant / Amount
-- raw: Texte de la cellule / Text of the cell
-- document_id: Document / Document
-- page: Page / Page
-- action_id: Identifiant de l'action / Action identifier
SELECT coalesce(t.short_name, t.name) AS territory, f.exercise, a.label, f.funder, f.stage,
    f.amount_eur, f.raw, a.document_id, f.page, f.action_id
FROM funding AS f
JOIN action AS a USING (action_id)
LEFT JOIN territory AS t USING (territory_id)
ORDER BY ALL
