-- Qu'est devenue telle action ? (mot de l'intitulé, de l'objectif ou de la description)
-- What became of an action? (a word of its label, objective or description)
-- $word = solidarité
-- $territory =
WITH found AS (
    SELECT DISTINCT l.lineage_id
    FROM action AS a
    JOIN lineage AS l USING (action_id)
    LEFT JOIN territory AS t USING (territory_id)
    WHERE speaks_of(concat_ws(' ', a.label, a.objective, a.description), $word)
        AND speaks_of(concat_ws(' ', t.name, t.short_name, t.territory_id), $territory)
),

final AS (
    SELECT
        c.lineage_id,
        c.territory,
        c.exercise,
        c.event,
        c.label,
        c.pilots,
        c.ami,
        c.cofinancing,
        c.status,
        c.reason
    FROM action_continuity AS c
    JOIN found USING (lineage_id)
)

SELECT * FROM final
ORDER BY territory, lineage_id, first_year(exercise), exercise
