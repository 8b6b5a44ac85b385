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
-- ami_total: Total des crédits de l'AMI énoncés / Total AMI money stated
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
        sum(ami) AS ami_total
    FROM lineage_money
    WHERE exercise IS NOT NULL
    GROUP BY ALL
),

final AS (
    SELECT s.*, m.ami_by_exercise, m.ami_total
    FROM span AS s
    LEFT JOIN money AS m USING (lineage_id)
)

SELECT * FROM final
