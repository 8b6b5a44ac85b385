-- Quelles actions sont nouvelles, après le premier exercice connu du territoire ?
-- Which actions are new, after the first known exercise of the territory?
-- $territory =
WITH final AS (
    SELECT c.territory, c.exercise, c.lineage_id, c.label, c.pilots, c.funded, c.ami, c.status
    FROM action_continuity AS c
    JOIN territory_exercise AS t
        ON t.territory_id IS NOT DISTINCT FROM c.territory_id AND t.exercise = c.exercise
    WHERE c.event = 'new'
        AND t.rank > 1
        AND of_territory(c.territory_id, $territory)
)

SELECT * FROM final
ORDER BY territory, exercise, funded DESC, ami DESC NULLS LAST, lineage_id
