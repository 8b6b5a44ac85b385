-- Qui paie quelle part, par territoire et exercice ?
-- Who pays what share, by territory and exercise?
-- $territory =
WITH sums AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        s.exercise,
        coalesce(s.funder, 'non précisé') AS funder,
        CAST(sum(s.sums) AS BIGINT) AS sums,
        sum(s.amount_eur) AS amount_eur
    FROM funder_share AS s
    LEFT JOIN territory AS t USING (territory_id)
    WHERE of_territory(s.territory_id, $territory)
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
