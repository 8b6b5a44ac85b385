-- Qu'est-ce qui était prévu, et qu'est-ce qui a été dépensé, par action et exercice ?
-- What was planned and what was spent, by action and exercise?
-- $territory =
WITH final AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        p.exercise,
        p.reference,
        p.label,
        p.planned,
        p.spent,
        p.spent - p.planned AS difference,
        CAST(round(100 * p.spent / nullif(p.planned, 0), 1) AS DECIMAL(7, 1)) AS percent_spent,
        p.comment,
        p.document_id,
        p.page,
        p.territory_id,
        p.rank
    FROM planned_spent AS p
    LEFT JOIN territory AS t USING (territory_id)
    WHERE of_territory(p.territory_id, $territory)
)

SELECT * EXCLUDE (territory_id, rank) FROM final
ORDER BY territory, territory_id, rank
