-- Étendue et crédits de chaque filiation
-- Span and money of each lineage
-- lineage_id: Filiation / Lineage
-- territory_id: Territoire / Territory
-- first_exercise: Premier exercice / First exercise
-- last_exercise: Dernier exercice / Last exercise
-- first_label: Premier intitulé / First label
-- last_label: Dernier intitulé / Last label
-- exercises: Nombre d'exercices / Number of exercises
-- ami_by_exercise: Crédits de l'AMI par exercice / AMI money by exercise
-- ami_total: Total des crédits de l'AMI énoncés, ceux d'une année compris dans ceux de la période qu'énonce sa convention / Total AMI money stated, that of a year being a part of that of the period that its convention states
WITH span AS (
    SELECT
        lineage_id,
        territory_id,
        arg_min(exercise, rank) AS first_exercise,
        arg_max(exercise, rank) AS last_exercise,
        arg_min(label, rank) AS first_label,
        arg_max(label, rank) AS last_label,
        count(*) AS exercises
    FROM lineage_year
    GROUP BY ALL
),

money AS (
    SELECT
        lineage_id,
        map_from_entries(list((exercise, ami) ORDER BY first_year(exercise), exercise))
            AS ami_by_exercise,
        sum(ami) FILTER (NOT is_part) AS ami_total
    FROM (
        SELECT
            *,
            EXISTS ( -- of what the convention grants for its period
                FROM lineage_money AS p
                WHERE p.lineage_id = m.lineage_id AND is_within(m.exercise, p.exercise)
            ) AS is_part
        FROM lineage_money AS m
        WHERE exercise IS NOT NULL
    )
    GROUP BY ALL
),

final AS (
    SELECT s.*, m.ami_by_exercise, m.ami_total
    FROM span AS s
    LEFT JOIN money AS m USING (lineage_id)
)

SELECT * FROM final
