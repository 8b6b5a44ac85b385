-- Quels territoires mènent des actions sur le même thème, et avec quels crédits ?
-- Which territories run actions on the same theme, and with what money?
-- $theme =
WITH spread AS (
    SELECT theme, count(DISTINCT territory_id) AS territories
    FROM theme_exercise
    GROUP BY ALL
),

final AS (
    SELECT
        x.theme,
        x.territory_id,
        coalesce(t.short_name, t.name) AS territory,
        x.exercise,
        x.actions,
        x.ami,
        x.labels,
        s.territories
    FROM theme_exercise AS x
    JOIN spread AS s USING (theme)
    LEFT JOIN territory AS t ON t.territory_id = x.territory_id
    WHERE speaks_of(x.theme, $theme)
)

SELECT * EXCLUDE (territory_id) FROM final
ORDER BY territories DESC, theme, territory, first_year(exercise), exercise, territory_id
