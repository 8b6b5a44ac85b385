-- Quelles actions ont pris fin, et pour quelle raison ?
-- Which actions ended, and why?
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
        reason
    FROM action_continuity
    WHERE event = 'ended'
        AND of_territory(territory_id, $territory)
)

SELECT * FROM final
ORDER BY territory, last_exercise, last_ami DESC NULLS LAST, lineage_id
