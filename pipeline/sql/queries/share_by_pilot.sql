-- Quelle part de l'argent chaque pilote porte-t-il, par territoire et exercice ?
-- What share of the money does each pilot run, by territory and exercise?
-- $territory =
WITH sums AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        a.exercise,
        coalesce(a.pilot, a.pilot_raw, 'non précisé') AS pilot,
        count(*) AS actions,
        sum(a.ami) AS ami,
        sum(a.cofinancing) AS cofinancing
    FROM action_overview AS a
    LEFT JOIN territory AS t USING (territory_id)
    WHERE a.funded AND of_territory(a.territory_id, $territory)
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
ORDER BY territory, exercise, ami DESC NULLS LAST, pilot
