-- Ce que paie chaque financeur aux actions financées d'un territoire, par exercice
-- What each funder pays for the funded actions of a territory, by exercise
-- territory_id: Territoire / Territory
-- exercise: Exercice / Exercise
-- funder: Financeur ; NULL s'il n'est pas dit / Funder; NULL where not said
-- sums: Nombre de sommes / Number of sums
-- amount_eur: Total / Total
WITH stated AS (
    SELECT
        a.territory_id,
        a.exercise,
        a.funded,
        f.action_id,
        coalesce(first_year(f.exercise), first_year(a.exercise)) AS year,
        f.funder,
        f.amount_eur,
        list_position(['granted', 'planned', 'requested'], f.stage) AS choice
    FROM funding AS f
    JOIN action AS a USING (action_id)
    JOIN document AS d USING (document_id)
    ANTI JOIN superseded_action AS s ON s.action_id = a.action_id
    ANTI JOIN superseded_sum AS y ON y.action_id = f.action_id AND y.exercise = f.exercise
    WHERE f.stage IN ('granted', 'planned', 'requested')
        AND NOT (d.kind = 'report' AND f.stage = 'requested') -- what a report asks, nobody pays yet
        AND coalesce(
            first_year(f.exercise) = first_year(a.exercise)
            OR first_year(f.exercise) > first_year(a.exercise)
            AND last_year(f.exercise) <= last_year(a.exercise),
            true
        )
),

best AS ( -- granted sums, else planned ones, else those requested
    FROM stated
    QUALIFY choice = min(choice) OVER (
        PARTITION BY action_id, year, funder IS NOT DISTINCT FROM 'AMI'
    )
),

final AS (
    SELECT territory_id, exercise, funder, count(*) AS sums, sum(amount_eur) AS amount_eur
    FROM best
    WHERE funded AND amount_eur IS NOT NULL
    GROUP BY ALL
)

SELECT * FROM final
