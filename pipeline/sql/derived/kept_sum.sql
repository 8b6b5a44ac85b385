-- Sommes qu'un acte annonce pour une année à venir, et que nul acte de cette année ne remet en cause
-- Sums that an act announces for a year to come, and that no act of that year calls into question
-- action_id: Action / Action
-- lineage_id: Filiation / Lineage
-- exercise: Année ou exercice de la somme / Year or exercise of the sum
-- ami: Crédits de l'AMI annoncés / AMI money announced
WITH final AS (
    SELECT m.action_id, l.lineage_id, m.exercise, m.ami
    FROM action_year AS m
    JOIN lineage AS l ON l.action_id = m.action_id AND l.main
    ANTI JOIN announced_sum AS s ON s.action_id = m.action_id AND s.exercise = m.exercise
    WHERE m.ami > 0 AND first_year(m.exercise) > first_year(m.act_exercise)
)

SELECT * FROM final
