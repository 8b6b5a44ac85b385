-- Quelles paires d'actions attendent une décision humaine ?
-- Which pairs of actions wait for a human decision?
-- $territory =
WITH final AS (
    SELECT
        p.score,
        coalesce(t.short_name, t.name) AS territory,
        p.source_exercise,
        p.source_label,
        p.source_page,
        p.target_exercise,
        p.target_label,
        p.target_page,
        p.source_action_id,
        p.target_action_id
    FROM action_pair AS p
    LEFT JOIN territory AS t USING (territory_id)
    WHERE p.relation IS NULL AND of_territory(p.territory_id, $territory)
)

SELECT * EXCLUDE (source_action_id, target_action_id) FROM final
ORDER BY score DESC, source_label, target_label, source_action_id, target_action_id
