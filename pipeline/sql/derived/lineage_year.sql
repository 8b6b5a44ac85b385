-- Une filiation pendant un exercice : les actions qui la portent et leur argent
-- One lineage during one exercise: the actions that carry it and their money
-- lineage_id: Filiation / Lineage
-- territory_id: Territoire / Territory
-- exercise: Exercice / Exercise
-- rank: Rang de l'exercice dans le territoire / Rank of the exercise in the territory
-- action_ids: Actions de la filiation pour cet exercice / Actions of the lineage for this exercise
-- label: Intitulés, séparés par « + » / Labels, separated by "+"
-- wordings: Intitulés, objectifs et descriptions, pour comparer / Labels, objectives and descriptions, to compare
-- pilots: Pilotes tels qu'écrits / Pilots as written
-- funded: L'AMI paie / The AMI pays
-- ami: Crédits de l'AMI qui comptent pour l'exercice, dans la filiation principale de chaque action / AMI money that counts for the exercise, in each action's main lineage
-- ami_by_year: Les mêmes par année, là où un acte les énonce par année / The same by year, where an act states them by year
-- cofinancing: Cofinancements, dans la filiation principale / Cofunding, in the main lineage
-- previous: Crédits que les documents disent obtenus auparavant / Money that the documents say was obtained before
-- status: Statuts normalisés / Normalised statuses
-- status_raw: Statuts tels qu'écrits / Statuses as written
-- page: Première page / First page
WITH counted AS (
    SELECT
        l.lineage_id,
        c.exercise,
        c.year,
        bool_or(c.by_year) AS by_year,
        sum(c.ami) AS ami,
        sum(c.cofinancing) AS cofinancing
    FROM action_counted AS c
    JOIN lineage AS l ON l.action_id = c.action_id AND l.main
    GROUP BY ALL
),

money AS (
    SELECT
        lineage_id,
        exercise,
        sum(ami) AS ami,
        CASE WHEN bool_or(by_year) THEN map_from_entries(
            list((year, ami) ORDER BY first_year(year), year) FILTER (ami IS NOT NULL)
        ) END AS ami_by_year,
        sum(cofinancing) AS cofinancing
    FROM counted
    GROUP BY ALL
),

final AS (
    SELECT
        y.lineage_id,
        y.territory_id,
        y.exercise,
        y.rank,
        y.action_ids,
        y.label,
        y.wordings,
        y.pilots,
        y.funded,
        m.ami,
        m.ami_by_year,
        m.cofinancing,
        y.previous,
        y.status,
        y.status_raw,
        y.page
    FROM lineage_presence AS y
    LEFT JOIN money AS m
        ON m.lineage_id = y.lineage_id AND m.exercise IS NOT DISTINCT FROM y.exercise
)

SELECT * FROM final
