-- Une ligne par filiation : premières et dernières années, crédits de l'AMI par exercice
-- A row per lineage: first and last years, AMI money by exercise
-- lineage_id: Filiation / Lineage
-- territory_id: Territoire / Territory
-- territory: Nom du territoire / Name of the territory
-- first_exercise: Premier exercice / First exercise
-- last_exercise: Dernier exercice / Last exercise
-- first_label: Premier intitulé / First label
-- last_label: Dernier intitulé / Last label
-- exercises: Nombre d'exercices / Number of exercises
-- ami_by_exercise: Crédits de l'AMI par exercice / AMI money by exercise
-- ami_total: Total des crédits de l'AMI énoncés, ceux d'une année compris dans ceux de la période qu'énonce sa convention / Total AMI money stated, that of a year being a part of that of the period that its convention states
WITH final AS (
    SELECT
        s.lineage_id,
        s.territory_id,
        coalesce(t.short_name, t.name) AS territory,
        s.first_exercise,
        s.last_exercise,
        s.first_label,
        s.last_label,
        s.exercises,
        s.ami_by_exercise,
        s.ami_total
    FROM lineage_span AS s
    LEFT JOIN territory AS t USING (territory_id)
)

SELECT * FROM final
