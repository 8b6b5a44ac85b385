-- Actions
-- Actions
-- territory: Territoire / Territory
-- exercise: Exercice / Exercise
-- reference: Référence / Reference
-- label: Intitulé / Label
-- pilot_raw: Pilote, tel qu'écrit / Pilot, as written
-- objective: Objectif / Objective
-- indicators: Résultats attendus / Expected results
-- status: Statut / Status
-- funded: Financée par l'AMI / Funded by the AMI
-- ami: Crédits AMI / AMI money
-- cofinancing: Cofinancements / Cofunding
-- total_cost: Coût total / Total cost
-- carry_over: Reliquat / Carried over
-- expense_category: Catégorie de dépense / Expense category
-- theme: Thème / Theme
-- comment: Commentaire / Comment
-- document_id: Document / Document
-- page: Page / Page
-- action_id: Action / Action
SELECT coalesce(t.short_name, t.name) AS territory, a.exercise, a.reference, a.label, a.pilot_raw,
    a.objective, a.indicators, a.status, a.funded, m.ami, m.cofinancing, m.total_cost,
    m.carry_over, a.expense_category, a.theme, a.comment, a.document_id, a.page, a.action_id
FROM action AS a
LEFT JOIN territory AS t USING (territory_id)
LEFT JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
ORDER BY territory, first_year(a.exercise), a.exercise, a.document_id, a.table_id, a.row_index,
    a.action_id
