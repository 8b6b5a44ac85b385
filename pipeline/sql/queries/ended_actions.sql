-- Quelles actions ont pris fin, pour quelle raison, et quelle suite possible attend une relecture ?
-- Which actions ended, why, and which possible continuation waits for review?
-- $territory =
WITH final AS (
    SELECT
        territory,
        previous_exercise AS last_exercise,
        lineage_id,
        label,
        pilots,
        previous_ami AS last_ami,
        status AS last_status,
        reason,
        (
            SELECT together(list(p.target_label), ' ; ')
            FROM action_pair AS p
            WHERE p.relation IS NULL AND list_contains(c.action_ids, p.source_action_id)
        ) AS to_review
    FROM action_continuity AS c
    WHERE event = 'ended'
        AND of_territory(territory_id, $territory)
)

SELECT * FROM final
ORDER BY territory, last_exercise, last_ami DESC NULLS LAST, lineage_id
