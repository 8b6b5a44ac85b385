-- Qu'est devenue telle action ? (mot de l'intitulé, de l'objectif ou de la description)
-- What became of an action? (a word of its label, objective or description)
-- $word = solidarité
-- $territory =
WITH found AS (
    SELECT DISTINCT y.lineage_id
    FROM lineage_year AS y
    WHERE len(list_filter(y.wordings, lambda wording: contains(wording, folded($word)))) > 0
        AND of_territory(y.territory_id, $territory)
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
