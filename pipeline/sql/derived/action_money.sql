-- Argent de chaque action, par exercice ; une somme que rien n'énonce est NULL
-- Money of each action by exercise; a sum that nothing states is NULL
-- action_id: Action / Action
-- exercise: Exercice de la somme / Exercise of the sum
-- paid_exercise: Le même, ou sa première année si d'autres sommes sont pour la suite / The same, or its first year where other sums are for the next
-- own_exercise: Exercice que le document finance, et non un rappel / Exercise that the document funds, not a reminder
-- ami: Crédits de l'AMI, accordés, à défaut prévus, à défaut demandés s'ils n'ont pas été refusés / AMI money, granted, else planned, else requested unless it was not granted
-- cofinancing: Cofinancements, même ordre / Cofunding, in the same order
-- cofinancing_open: Un cofinancement est annoncé sans montant lisible / Some cofunding is announced without a sum
-- total_cost: Coût total énoncé / Total cost as stated
-- previous: Crédits que le document dit obtenus auparavant / Money that the document says was obtained before
-- carry_over: Reliquat / Money carried over
-- requested: Demandé / Requested
-- planned: Prévu / Planned
-- spent: Dépensé / Spent
-- page: Page de la première somme / Page of the first sum
WITH sums AS (
    SELECT
        f.action_id,
        -- beside a sum for 2023 and one for 2024, a cost '2023-2024' is that of both
        bool_or(f.funder = 'AMI' AND first_year(f.exercise) > first_year(a.exercise))
            OVER (PARTITION BY f.action_id) AS pays_later,
        CASE WHEN f.exercise IS NULL OR f.stage = 'previous'
                  OR first_year(f.exercise) = first_year(a.exercise)
                  AND last_year(a.exercise) - first_year(a.exercise) <= 1 -- else a span of exercises
                  AND last_year(f.exercise) - first_year(f.exercise) <= 1
                  AND NOT (pays_later AND last_year(f.exercise) > last_year(a.exercise))
             THEN a.exercise ELSE f.exercise END AS exercise,
        f.exercise AS written_exercise,
        a.exercise AS document_exercise,
        CASE WHEN f.funder = 'AMI' THEN 'ami'
             WHEN f.funder IS NOT NULL OR f.stage = 'granted' THEN 'cofinancing' END AS side,
        f.stage,
        f.amount_eur,
        a.funded,
        f.page
    FROM funding AS f
    JOIN action AS a USING (action_id)
),

by_stage AS (
    SELECT
        action_id,
        exercise,
        CASE WHEN bool_or(pays_later)
                  AND count(DISTINCT written_exercise) FILTER (side = 'ami' AND stage <> 'previous') = 1
             THEN min(written_exercise) FILTER (side = 'ami' AND stage <> 'previous')
             ELSE any_value(exercise) END AS paid_exercise,
        exercise IS NOT DISTINCT FROM document_exercise AS own_exercise,
        sum(amount_eur) FILTER (side = 'ami' AND stage = 'granted') AS ami_granted,
        sum(amount_eur) FILTER (side = 'ami' AND stage = 'planned') AS ami_planned,
        -- what an action asked for and was not granted is no money of the AMI
        sum(amount_eur) FILTER (side = 'ami' AND stage = 'requested' AND funded IS NOT false)
            AS ami_requested,
        sum(amount_eur) FILTER (side = 'cofinancing' AND stage = 'granted') AS others_granted,
        sum(amount_eur) FILTER (side = 'cofinancing' AND stage = 'planned') AS others_planned,
        sum(amount_eur) FILTER (side = 'cofinancing' AND stage = 'requested') AS others_requested,
        coalesce(bool_or(amount_eur IS NULL)
            FILTER (side = 'cofinancing' AND stage = 'granted'), false) AS cofinancing_open,
        -- two totals that differ leave the cost unknown
        CASE WHEN count(DISTINCT amount_eur) FILTER (stage = 'total_cost') = 1
             THEN max(amount_eur) FILTER (stage = 'total_cost') END AS total_cost,
        sum(amount_eur) FILTER (stage = 'previous') AS previous,
        sum(amount_eur) FILTER (stage = 'carry_over') AS carry_over,
        sum(amount_eur) FILTER (stage = 'requested') AS requested,
        sum(amount_eur) FILTER (stage = 'planned') AS planned,
        sum(amount_eur) FILTER (stage = 'spent') AS spent,
        min(page) AS page
    FROM sums
    GROUP BY ALL
),

final AS (
    SELECT
        action_id,
        exercise,
        paid_exercise,
        own_exercise,
        coalesce(ami_granted, ami_planned, ami_requested) AS ami,
        coalesce(others_granted, others_planned, others_requested) AS cofinancing,
        cofinancing_open,
        total_cost,
        previous,
        carry_over,
        requested,
        planned,
        spent,
        page
    FROM by_stage
)

SELECT * FROM final
