-- Quelles sont les filiations d'un territoire, avec leurs crédits AMI par exercice ?
-- Which are the lineages of a territory, with their AMI money by exercise?
-- $territory =
WITH final AS (
    SELECT
        territory,
        lineage_id,
        first_exercise,
        last_exercise,
        last_label AS label,
        ami_by_exercise,
        ami_total
    FROM funding_lineage
    WHERE of_territory(territory_id, $territory)
)

SELECT * FROM final
ORDER BY territory, ami_total DESC NULLS LAST, lineage_id
