-- Une filiation pendant un exercice : les actions qui la portent, sans leur argent
-- One lineage during one exercise: the actions that carry it, without their money
-- lineage_id: Filiation / Lineage
-- territory_id: Territoire / Territory
-- exercise: Exercice / Exercise
-- rank: Rang de l'exercice dans le territoire / Rank of the exercise in the territory
-- action_ids: Actions de la filiation pour cet exercice / Actions of the lineage for this exercise
-- label: Intitulés, séparés par « + » / Labels, separated by "+"
-- wordings: Intitulés, objectifs et descriptions, pour comparer / Labels, objectives and descriptions, to compare
-- pilots: Pilotes tels qu'écrits / Pilots as written
-- funded: L'AMI paie / The AMI pays
-- previous: Crédits que les documents disent obtenus auparavant / Money that the documents say was obtained before
-- status: Statuts normalisés / Normalised statuses
-- status_raw: Statuts tels qu'écrits / Statuses as written
-- page: Première page / First page
WITH final AS (
    SELECT
        l.lineage_id,
        a.territory_id,
        a.exercise,
        t.rank,
        list_sort(list(a.action_id)) AS action_ids,
        together(list(a.label), ' + ') AS label,
        list_distinct(flatten(list([folded(a.label), folded(a.objective), folded(a.description)])))
            AS wordings,
        together(list(a.pilot_raw), ' + ') AS pilots,
        bool_or(a.funded AND s.withdrawn IS NOT true) AS funded,
        sum(m.previous) FILTER (WHERE l.main AND s.action_id IS NULL) AS previous,
        coalesce(together(list(nullif(a.status, 'unknown')), ' + '), 'unknown') AS status,
        together(list(a.status_raw), ' + ') AS status_raw,
        min(a.page) AS page
    FROM lineage AS l
    JOIN action AS a USING (action_id)
    LEFT JOIN territory_exercise AS t
        ON t.territory_id IS NOT DISTINCT FROM a.territory_id AND t.exercise = a.exercise
    LEFT JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    LEFT JOIN superseded_action AS s ON s.action_id = a.action_id
    GROUP BY ALL
)

SELECT * FROM final
