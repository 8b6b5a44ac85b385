-- Documents
-- Documents
-- territory: Territoire / Territory
-- kind: Nature / Kind
-- title: Titre / Title
-- exercise: Exercice / Exercise
-- signed_on: Signé le / Signed on
-- received_on: Reçu le / Received on
-- beneficiary: Bénéficiaire / Beneficiary
-- siret: SIRET / SIRET
-- page_count: Pages / Pages
-- filename: Fichier / File
-- document_id: Document / Document
SELECT coalesce(t.short_name, t.name) AS territory, d.kind, d.title, d.exercise, d.signed_on,
    d.received_on, d.beneficiary, d.siret, d.page_count, d.filename, d.document_id
FROM document AS d
LEFT JOIN territory AS t USING (territory_id)
ORDER BY territory, first_year(d.exercise), d.document_id
