-- Quelles paires d'actions attendent une décision humaine ?
-- Which pairs of actions wait for a human decision?
-- $territory =
WITH final AS (
    SELECT
        score,
        territory,
        source_exercise,
        source_label,
        source_page,
        target_exercise,
        target_label,
        target_page
    FROM review_queue
    WHERE speaks_of(concat_ws(' ', territory, territory_id), $territory)
)

SELECT * FROM final
ORDER BY score DESC, source_label, target_label
