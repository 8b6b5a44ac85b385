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
        target_page,
        source_action_id,
        target_action_id
    FROM review_queue
    WHERE of_territory(territory_id, $territory)
)

SELECT * EXCLUDE (source_action_id, target_action_id) FROM final
ORDER BY score DESC, source_label, target_label, source_action_id, target_action_id
