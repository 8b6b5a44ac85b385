-- Action qui prend fin sans que les documents disent pourquoi
-- Action that ends without the documents saying why
-- severity: info
WITH last_pages AS (
    SELECT y.lineage_id, y.exercise, y.page, y.action_ids[1] AS action_id
    FROM lineage_year AS y
),

final AS (
    SELECT
        a.document_id,
        a.action_id,
        p.page,
        'L''action ' || called(c.label) || ' de ' || c.previous_exercise
            || ' n''a pas de suite en ' || c.exercise || ', sans raison donnée.' AS message,
        'une suite ou une raison' AS expected,
        NULL AS observed
    FROM action_continuity AS c
    JOIN last_pages AS p ON p.lineage_id = c.lineage_id AND p.exercise = c.previous_exercise
    JOIN action AS a ON a.action_id = p.action_id
    WHERE c.event = 'ended' AND c.reason IS NULL
)

SELECT * FROM final
