-- Qu'est devenue telle action ? (mot de l'intitulé, de l'objectif ou de la description)
-- What became of an action? (a word of its label, objective or description)
-- $word = solidarité
-- $territory =
WITH found AS (
    SELECT DISTINCT w.lineage_id
    FROM lineage_wording AS w
    WHERE contains(w.wording, folded($word)) AND of_territory(w.territory_id, $territory)
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
ORDER BY territory, lineage_id, first_year(exercise), NOT is_period(exercise), exercise
