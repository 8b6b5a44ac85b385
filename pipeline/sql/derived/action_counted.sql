-- Argent d'une action qui compte pour l'exercice de son acte, par année là où il l'énonce par année
-- Money of an action that counts for the exercise of its act, by year where the act states it by year
-- action_id: Action / Action
-- exercise: Exercice que l'acte finance / Exercise that the act funds
-- year: Année de la somme, ou l'exercice / Year of the sum, or the exercise
-- by_year: L'acte énonce des sommes par année / The act states sums by year
-- ami: Crédits de l'AMI / AMI money
-- cofinancing: Cofinancements / Cofunding
WITH final AS (
    SELECT
        m.action_id,
        m.act_exercise AS exercise,
        m.exercise AS year,
        coalesce(m.ami IS NOT NULL AND m.exercise <> m.act_exercise, false) AS by_year,
        m.ami,
        m.cofinancing
    FROM action_year AS m
    ANTI JOIN superseded_sum AS s
        ON s.action_id = m.action_id AND s.exercise IS NOT DISTINCT FROM m.exercise
    WHERE m.own_exercise
)

SELECT * FROM final
