-- Quelle part de l'argent chaque pilote porte-t-il, par territoire et exercice ?
-- What share of the money does each pilot run, by territory and exercise?
-- $territory =
WITH pilots AS ( -- several pilots of one action stay together: nothing says how they share
    SELECT p.action_id, list_aggregate(list_sort(list(o.name)), 'string_agg', ' + ') AS pilot
    FROM action_pilot AS p
    JOIN organisation AS o USING (organisation_id)
    GROUP BY ALL
),

sums AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        a.exercise,
        coalesce(p.pilot, a.pilot_raw, 'non précisé') AS pilot,
        count(*) AS actions,
        sum(m.ami) AS ami,
        sum(m.cofinancing) AS cofinancing
    FROM action AS a
    LEFT JOIN pilots AS p USING (action_id)
    LEFT JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    LEFT JOIN territory AS t ON t.territory_id = a.territory_id
    WHERE a.funded
        AND speaks_of(concat_ws(' ', t.name, t.short_name, t.territory_id), $territory)
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
