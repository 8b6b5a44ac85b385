-- Quels territoires mènent des actions sur le même thème, et avec quels crédits ?
-- Which territories run actions on the same theme, and with what money?
-- $theme =
WITH final AS (
    SELECT
        a.theme,
        coalesce(t.short_name, t.name) AS territory,
        a.exercise,
        count(*) AS actions,
        sum(m.ami) AS ami,
        string_agg(DISTINCT a.label, ' ; ' ORDER BY a.label) AS labels,
        count(DISTINCT a.territory_id) OVER (PARTITION BY a.theme) AS territories
    FROM action AS a
    LEFT JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    LEFT JOIN territory AS t ON t.territory_id = a.territory_id
    WHERE a.theme IS NOT NULL AND speaks_of(a.theme, $theme)
    GROUP BY a.theme, a.territory_id, territory, a.exercise
)

SELECT * FROM final
ORDER BY territories DESC, theme, territory, first_year(exercise), exercise
