-- Quelle part de l'argent chaque pilote porte-t-il, par territoire et exercice ?
-- What share of the money does each pilot run, by territory and exercise?
-- $territory =
WITH shares AS (
    FROM pilot_share
    WHERE of_territory(territory_id, $territory)
),

pilots AS ( -- several pilots of one action stay together: nothing says how they share
    SELECT p.pilot_ids, list_aggregate(list_sort(list(o.name)), 'string_agg', ' + ') AS pilot
    FROM (SELECT DISTINCT pilot_ids, unnest(pilot_ids) AS organisation_id FROM shares) AS p
    JOIN organisation AS o USING (organisation_id)
    GROUP BY ALL
),

sums AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        s.exercise,
        coalesce(p.pilot, s.pilot_raw, 'non précisé') AS pilot,
        CAST(sum(s.actions) AS BIGINT) AS actions,
        sum(s.ami) AS ami,
        sum(s.cofinancing) AS cofinancing
    FROM shares AS s
    LEFT JOIN pilots AS p USING (pilot_ids)
    LEFT JOIN territory AS t USING (territory_id)
    GROUP BY ALL
),

totals AS ( -- joined: a window over so many small groups is far slower
    SELECT territory, exercise, sum(ami) AS ami FROM sums GROUP BY ALL
),

final AS (
    SELECT s.*, CAST(round(100 * s.ami / t.ami, 1) AS DECIMAL(4, 1)) AS ami_percent
    FROM sums AS s
    JOIN totals AS t
        ON t.territory IS NOT DISTINCT FROM s.territory
        AND t.exercise IS NOT DISTINCT FROM s.exercise
)

SELECT * FROM final
ORDER BY territory, exercise, ami DESC NULLS LAST, pilot
