-- Quelles actions se sont divisées ou ont fusionné ?
-- Which actions were split or merged?
-- $territory =
WITH final AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        k.relation,
        earlier.exercise AS source_exercise,
        earlier.label AS source_label,
        earlier.ami AS source_ami,
        later.exercise AS target_exercise,
        later.label AS target_label,
        later.ami AS target_ami,
        k.decided_by,
        k.score,
        k.source_action_id,
        k.target_action_id
    FROM link AS k
    JOIN action_overview AS earlier ON earlier.action_id = k.source_action_id
    JOIN action_overview AS later ON later.action_id = k.target_action_id
    LEFT JOIN territory AS t ON t.territory_id = later.territory_id
    WHERE k.relation IN ('splits', 'merges')
        AND of_territory(later.territory_id, $territory)
)

SELECT * EXCLUDE (source_action_id, target_action_id) FROM final
ORDER BY territory, target_exercise, relation, source_label, target_label, source_action_id,
    target_action_id
