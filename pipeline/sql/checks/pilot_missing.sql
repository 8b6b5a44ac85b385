-- Action sans pilote dans un tableau où bien d'autres en ont un : cellule vide, ou d'une autre ligne
-- Action without pilot in a table where many others have one: an empty cell, or another row's
-- severity: warning
WITH tables AS (
    SELECT table_id, count(*) AS actions, count(pilot_raw) AS piloted
    FROM action
    WHERE table_id IS NOT NULL
    GROUP BY table_id
),

final AS (
    SELECT
        a.document_id,
        a.action_id,
        a.page,
        'L''action ' || coalesce(called(a.label), 'sans intitulé') || ' n''a pas de pilote, et '
            || t.piloted || ' des ' || t.actions || ' actions du tableau en '
            || CASE WHEN t.piloted = 1 THEN 'a' ELSE 'ont' END || ' un : la cellule est vide,'
            || ' ou va avec celle d''une autre ligne.' AS message,
        'un pilote' AS expected
    FROM action AS a
    JOIN tables AS t USING (table_id)
    WHERE a.pilot_raw IS NULL
        AND NOT coalesce(a.run_by_beneficiary, FALSE)
        AND 3 * t.piloted >= t.actions
)

SELECT * FROM final
