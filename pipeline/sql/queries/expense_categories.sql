-- Comment les crédits AMI se répartissent-ils entre les catégories de dépenses éligibles de l'appel de 2020 ?
-- How is AMI money spread over the eligible expense categories of the call of 2020?
-- $territory =
WITH sums AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        a.exercise,
        coalesce(nullif(a.expense_category, 'unknown'), 'non reconnue') AS expense_category,
        count(*) AS actions,
        sum(a.ami) AS ami
    FROM action_overview AS a
    LEFT JOIN territory AS t USING (territory_id)
    WHERE a.funded AND a.counts AND of_territory(a.territory_id, $territory)
    GROUP BY ALL
),

final AS (
    SELECT
        *,
        CAST(round(100 * ami / sum(ami) OVER (PARTITION BY territory, exercise), 1)
            AS DECIMAL(4, 1)) AS ami_percent
    FROM sums
)

SELECT * FROM final
ORDER BY territory, first_year(exercise), exercise, ami DESC NULLS LAST, expense_category
