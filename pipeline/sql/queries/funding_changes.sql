-- Quelles actions ont gagné ou perdu des crédits AMI d'un exercice à l'autre ?
-- Which actions gained or lost AMI money from one exercise to the next?
-- $territory =
WITH final AS (
    SELECT
        territory,
        lineage_id,
        label,
        previous_exercise,
        previous_ami,
        exercise,
        ami,
        coalesce(ami, 0) - coalesce(previous_ami, 0) AS change,
        event,
        reason
    FROM action_continuity
    WHERE event <> 'new'
        AND coalesce(ami, 0) <> coalesce(previous_ami, 0)
        -- a funded action without a legible sum has neither gained nor lost
        AND (ami IS NOT NULL OR NOT funded)
        AND of_territory(territory_id, $territory)
)

SELECT * FROM final
ORDER BY territory, exercise, abs(change) DESC, lineage_id
