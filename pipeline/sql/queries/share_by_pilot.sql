-- Quelle part de l'argent chaque pilote porte-t-il, par territoire et exercice ?
-- What share of the money does each pilot run, by territory and exercise?
-- $territory =
WITH pilots AS ( -- several pilots of one action stay together: nothing says how they share
    SELECT s.share, list_aggregate(list_sort(list(o.name)), 'string_agg', ' + ') AS pilot
    FROM (SELECT rowid AS share, unnest(pilot_ids) AS organisation_id FROM pilot_share) AS s
    JOIN organisation AS o USING (organisation_id)
    GROUP BY ALL
),

sums AS (
    SELECT
        s.territory_id,
        s.exercise,
        coalesce(p.pilot, s.pilot_raw, 'non précisé') AS pilot,
        CAST(sum(s.actions) AS BIGINT) AS actions,
        sum(s.ami) AS ami,
        sum(s.cofinancing) AS cofinancing,
        max(s.ami_of_all) AS ami_of_all
    FROM pilot_share AS s
    LEFT JOIN pilots AS p ON p.share = s.rowid
    WHERE of_territory(s.territory_id, $territory)
    GROUP BY ALL
),

final AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        s.* EXCLUDE (ami_of_all),
        CAST(round(100 * s.ami / s.ami_of_all, 1) AS DECIMAL(4, 1)) AS ami_percent
    FROM sums AS s
    LEFT JOIN territory AS t USING (territory_id)
)

SELECT * EXCLUDE (territory_id) FROM final
ORDER BY territory, territory_id, exercise, ami DESC NULLS LAST, pilot
