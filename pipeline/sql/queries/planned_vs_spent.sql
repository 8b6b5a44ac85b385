-- Qu'est-ce qui était prévu, et qu'est-ce qui a été dépensé, par action et exercice ?
-- What was planned and what was spent, by action and exercise?
-- $territory =
WITH final AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        m.exercise,
        a.reference,
        a.label,
        coalesce(m.planned, m.ami) AS planned,
        m.spent,
        m.spent - coalesce(m.planned, m.ami) AS difference,
        CAST(round(100 * m.spent / nullif(coalesce(m.planned, m.ami), 0), 1) AS DECIMAL(7, 1))
            AS percent_spent,
        a.comment,
        a.document_id,
        m.page,
        m.action_id
    FROM action_money AS m
    JOIN action AS a USING (action_id)
    LEFT JOIN territory AS t ON t.territory_id = a.territory_id
    WHERE (m.spent IS NOT NULL OR m.planned IS NOT NULL)
        AND of_territory(a.territory_id, $territory)
)

SELECT * EXCLUDE (action_id) FROM final
ORDER BY territory, first_year(exercise), exercise, reference, label, action_id
