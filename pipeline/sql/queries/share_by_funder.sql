-- Qui paie quelle part, par territoire et exercice ?
-- Who pays what share, by territory and exercise?
-- $territory =
WITH best AS ( -- granted sums, else planned ones, else those requested
    SELECT f.action_id, f.funder, f.amount_eur
    FROM funding AS f
    JOIN action AS a USING (action_id)
    WHERE f.stage IN ('granted', 'planned', 'requested')
        AND coalesce(first_year(f.exercise) = first_year(a.exercise), true)
    QUALIFY f.stage = first_value(f.stage) OVER (
        PARTITION BY f.action_id, f.funder IS NOT DISTINCT FROM 'AMI'
        ORDER BY list_position(['granted', 'planned', 'requested'], f.stage)
    )
),

sums AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        a.exercise,
        coalesce(b.funder, 'non précisé') AS funder,
        count(*) AS sums,
        sum(b.amount_eur) AS amount_eur
    FROM best AS b
    JOIN action AS a USING (action_id)
    LEFT JOIN territory AS t ON t.territory_id = a.territory_id
    WHERE a.funded
        AND b.amount_eur IS NOT NULL
        AND speaks_of(concat_ws(' ', t.name, t.short_name, t.territory_id), $territory)
    GROUP BY ALL
),

final AS (
    SELECT
        *,
        CAST(round(100 * amount_eur / sum(amount_eur) OVER (PARTITION BY territory, exercise), 1)
            AS DECIMAL(4, 1)) AS percent
    FROM sums
)

SELECT * FROM final
ORDER BY territory, exercise, amount_eur DESC, funder
