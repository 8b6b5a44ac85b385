-- Somme annoncée pour une année que l'acte de cette année n'énonce plus, sans que l'action prenne fin
-- Sum announced for a year that the act of that year states no more, though the action does not end
-- severity: warning
WITH told AS ( -- an action that ends: see ended_without_reason
    SELECT DISTINCT lineage_id
    FROM lineage_turn
    WHERE event = 'ended'
),

sums AS (
    SELECT
        action_id,
        exercise,
        any_value(ami) AS ami,
        bool_or(is_left_out) AS is_left_out,
        coalesce(min(document_id) FILTER (is_left_out), min(document_id)) AS act
    FROM announced_sum
    GROUP BY ALL
),

final AS (
    SELECT
        a.document_id,
        a.action_id,
        a.page,
        'Les ' || euros(s.ami) || ' que l''acte annonce en ' || s.exercise || ' pour l''action '
            || called(a.label) || ' ne sont pas dans l''acte de cette année, « ' || s.act || ' » : '
            || CASE WHEN s.is_left_out
                THEN 'il n''accorde que ce que ses annexes totalisent, et ils ne comptent plus.'
                ELSE 'ils comptent encore, vérifiez-les.' END AS message,
        plain(s.ami) AS observed
    FROM sums AS s
    JOIN action AS a USING (action_id)
    JOIN lineage AS l ON l.action_id = s.action_id AND l.main
    LEFT JOIN superseded_sum AS u ON u.action_id = s.action_id AND u.exercise = s.exercise
    WHERE l.lineage_id NOT IN (FROM told)
        AND (s.is_left_out OR u.action_id IS NULL) -- else an act gives them up
)

SELECT * FROM final
