-- Quelles actions se sont divisées ou ont fusionné ?
-- Which actions were split or merged?
-- $territory =
WITH final AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        k.relation,
        earlier.exercise AS source_exercise,
        earlier.label AS source_label,
        earlier_money.ami AS source_ami,
        later.exercise AS target_exercise,
        later.label AS target_label,
        later_money.ami AS target_ami,
        k.decided_by,
        k.score
    FROM link AS k
    JOIN action AS earlier ON earlier.action_id = k.source_action_id
    JOIN action AS later ON later.action_id = k.target_action_id
    LEFT JOIN action_money AS earlier_money
        ON earlier_money.action_id = k.source_action_id AND earlier_money.own_exercise
    LEFT JOIN action_money AS later_money
        ON later_money.action_id = k.target_action_id AND later_money.own_exercise
    LEFT JOIN territory AS t ON t.territory_id = later.territory_id
    WHERE k.relation IN ('splits', 'merges')
        AND speaks_of(concat_ws(' ', t.name, t.short_name, t.territory_id), $territory)
)

SELECT * FROM final
ORDER BY territory, target_exercise, relation, source_label, target_label
