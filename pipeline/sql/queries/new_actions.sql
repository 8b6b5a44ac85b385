-- Quelles actions sont nouvelles, après le premier exercice connu du territoire, et quelle origine possible attend une relecture ?
-- Which actions are new, after the first known exercise of the territory, and which possible origin waits for review?
-- $territory =
WITH final AS (
    SELECT
        c.territory,
        c.exercise,
        c.lineage_id,
        c.label,
        c.pilots,
        c.funded,
        c.ami,
        c.status,
        (
            SELECT together(list(p.source_label), ' ; ')
            FROM action_pair AS p
            WHERE p.relation IS NULL AND list_contains(c.action_ids, p.target_action_id)
        ) AS to_review
    FROM action_continuity AS c
    JOIN territory_exercise AS t
        ON t.territory_id IS NOT DISTINCT FROM c.territory_id AND t.exercise = c.exercise
    WHERE c.event = 'new'
        AND t.rank > 1
        AND of_territory(c.territory_id, $territory)
)

SELECT * FROM final
ORDER BY territory, exercise, funded DESC, ami DESC NULLS LAST, lineage_id
