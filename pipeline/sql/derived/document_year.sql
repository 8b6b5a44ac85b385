-- Ce que les annexes d'un acte totalisent par année, là où elles l'énoncent par année
-- What the annexes of an act add up to by year, where they state it by year
-- document_id: Document / Document
-- exercise: Année de l'exercice que l'acte finance / Year of the exercise that the act funds
-- years: Nombre de ces années / Number of these years
-- annex_ami: Crédits de l'AMI des actions financées / AMI money of the funded actions
WITH years AS (
    SELECT a.document_id, m.exercise, sum(m.ami) AS annex_ami
    FROM action AS a
    JOIN document AS d USING (document_id)
    JOIN action_year AS m ON m.action_id = a.action_id AND m.own_exercise
    WHERE a.funded AND m.ami IS NOT NULL
        AND m.exercise <> m.act_exercise AND d.exercise = m.act_exercise
    GROUP BY ALL
),

final AS (
    SELECT document_id, exercise, count(*) OVER (PARTITION BY document_id) AS years, annex_ami
    FROM years
)

SELECT * FROM final
