-- Exercices connus de chaque territoire, dans l'ordre, avec le suivant
-- Known exercises of each territory in their order, with the next one
-- territory_id: Territoire / Territory
-- exercise: Exercice / Exercise
-- rank: Rang, à partir de 1 / Rank, from 1
-- next_exercise: Exercice suivant dont un acte traite ; NULL pour le dernier / Next exercise that an act deals with; NULL for the last
WITH known AS (
    SELECT
        a.territory_id,
        a.exercise,
        -- an earlier act announces what will begin then, not what goes on
        bool_and(coalesce(first_year(a.exercise) > last_year(d.exercise), false)) AS announced
    FROM action AS a
    JOIN document AS d USING (document_id)
    WHERE a.exercise IS NOT NULL
    GROUP BY ALL
),

ordered AS (
    SELECT
        territory_id,
        exercise,
        -- acts of which no territory is known are not the acts of one
        CASE WHEN territory_id IS NULL THEN 1 ELSE row_number() OVER in_order END AS rank,
        announced
    FROM known
    WINDOW in_order AS (
        PARTITION BY territory_id
        ORDER BY first_year(exercise), NOT is_period(exercise), last_year(exercise), exercise
    )
),

final AS (
    SELECT
        o.territory_id,
        o.exercise,
        o.rank,
        -- 2024 ends nothing of 2023-2024, which it is a part of
        arg_min(n.exercise, n.rank) AS next_exercise
    FROM ordered AS o
    LEFT JOIN ordered AS n
        ON n.territory_id = o.territory_id
        AND n.rank > o.rank
        AND NOT n.announced
        AND last_year(n.exercise) > last_year(o.exercise)
    GROUP BY ALL
)

SELECT * FROM final
