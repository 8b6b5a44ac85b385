-- Quelles actions se sont divisées ou ont fusionné ?
-- Which actions were split or merged?
-- $territory =
WITH final AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        p.relation,
        p.source_exercise,
        p.source_label,
        p.source_ami,
        p.target_exercise,
        p.target_label,
        p.target_ami,
        p.decided_by,
        p.score,
        p.source_action_id,
        p.target_action_id
    FROM action_pair AS p
    LEFT JOIN territory AS t USING (territory_id)
    WHERE p.relation IS NOT NULL AND of_territory(p.territory_id, $territory)
)

SELECT * EXCLUDE (source_action_id, target_action_id) FROM final
ORDER BY territory, target_exercise, relation, source_label, target_label, source_action_id,
    target_action_id
