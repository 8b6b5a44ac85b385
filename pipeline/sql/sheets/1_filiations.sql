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
    c.territory, c.exercise,
    -- what came before the first act that was read is not known
    CASE WHEN c.event = 'new' AND e.rank = 1 THEN 'first' ELSE c.event END AS event, c.label, c.pilots, c.ami, c.cofinancing, c.status, c.reason,
    c.previous_exercise, c.previous_label, c.previous_ami, a.document_id, c.page, c.lineage_id
FROM action_continuity AS c
LEFT JOIN action AS a ON a.action_id = c.action_ids[1]
LEFT JOIN territory_exercise AS e
    ON e.territory_id IS NOT DISTINCT FROM c.territory_id AND e.exercise = c.exercise
ORDER BY c.territory, c.lineage_id, first_year(c.exercise), NOT is_period(c.exercise), c.exercise
