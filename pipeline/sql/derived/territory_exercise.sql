-- Exercices connus de chaque territoire, dans l'ordre, avec le suivant
-- Known exercises of each territory in their order, with the next one
-- territory_id: Territoire / Territory
-- exercise: Exercice / Exercise
-- rank: Rang, à partir de 1 / Rank, from 1
-- next_exercise: Exercice suivant ; NULL pour le dernier / Next exercise; NULL for the last
WITH known AS (
    SELECT DISTINCT territory_id, exercise
    FROM action
    WHERE exercise IS NOT NULL
),

final AS (
    SELECT
        territory_id,
        exercise,
        row_number() OVER in_order AS rank,
        lead(exercise) OVER in_order AS next_exercise
    FROM known
    WINDOW in_order AS (
        PARTITION BY territory_id ORDER BY first_year(exercise), last_year(exercise), exercise
    )
)

SELECT * FROM final
