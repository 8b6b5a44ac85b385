-- Filiations
-- Lineages
-- territory: Territoire / Territory
-- exercise: Exercice / Exercise
-- event: Devenir / What became of it
-- label: Intitulé / Label
-- pilots: Pilotes / Pilots
-- ami: Crédits AMI / AMI money
-- cofinancing: Cofinancements / Cofunding
-- status: Statut / Status
-- reason: Raison donnée / Reason given
-- previous_exercise: Exercice précédent / Previous exercise
-- previous_label: Intitulé précédent / Previous label
-- previous_ami: Crédits AMI précédents / Previous AMI money
-- document_id: Document / Document
-- page: Page / Page
-- lineage_id: Filiation / Lineage
SELECT
    c.territory, c.exercise, c.event, c.label, c.pilots, c.ami, c.cofinancing, c.status, c.reason,
    c.previous_exercise, c.previous_label, c.previous_ami, a.document_id, c.page, c.lineage_id
FROM action_continuity AS c
LEFT JOIN action AS a ON a.action_id = c.action_ids[1]
ORDER BY c.territory, c.lineage_id, first_year(c.exercise), c.exercise
