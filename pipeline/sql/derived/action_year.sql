-- Argent de chaque action, par année là où l'acte l'énonce par année, sinon par exercice ; une somme que rien n'énonce est NULL
-- Money of each action, by year where the act states it by year, else by exercise; a sum that nothing states is NULL
-- action_id: Action / Action
-- exercise: Année ou exercice de la somme / Year or exercise of the sum
-- act_exercise: Exercice que l'acte finance / Exercise that the act funds
-- own_exercise: La somme est de cet exercice, et non annoncée pour la suite / The sum is of that exercise, not announced for the next ones
-- ami: Crédits de l'AMI, accordés, à défaut prévus, à défaut demandés dans un acte qui ne les refuse pas / AMI money, granted, else planned, else requested in an act that does not refuse it
-- cofinancing: Cofinancements, même ordre / Cofunding, in the same order
-- cofinancing_open: Un cofinancement est annoncé sans montant lisible / Some cofunding is announced without a sum
-- total_cost: Coût total énoncé / Total cost as stated
-- costs_differ: Plusieurs coûts totaux différents sont énoncés / Several total costs that differ are stated
-- previous: Crédits que le document dit obtenus auparavant / Money that the document says was obtained before
-- carry_over: Reliquat / Money carried over
-- requested: Demandé à l'AMI, à défaut sans financeur dit / Requested from the AMI, else of a funder that is not said
-- planned: Prévu de l'AMI, à défaut sans financeur dit / Planned of the AMI, else of a funder that is not said
-- spent: Dépensé de l'AMI, à défaut sans financeur dit / Spent of the AMI, else of a funder that is not said
-- page: Page de la première somme / Page of the first sum
WITH placed AS (
    SELECT
        f.*,
        a.exercise AS act_exercise,
        a.funded IS NOT false AND d.kind <> 'report' AS may_be_granted,
        CASE WHEN f.funder = 'AMI' THEN 'ami'
             WHEN f.funder IS NOT NULL OR f.stage = 'granted' THEN 'cofinancing' END AS side,
        f.exercise IS NOT NULL AND f.stage <> 'previous' AS is_dated,
        first_year(f.exercise) >= first_year(a.exercise)
            AND last_year(f.exercise) <= last_year(a.exercise) AS is_within,
        is_dated AND first_year(f.exercise) > first_year(a.exercise) AS is_later,
        -- beside a sum for 2023 and one for 2024, a cost '2023-2024' is that of both
        bool_or(is_later AND side IS NOT NULL) OVER (PARTITION BY f.action_id) AS pays_later,
        bool_or(is_later AND is_within AND f.funder = 'AMI') OVER (PARTITION BY a.document_id, a.exercise) AS pays_by_year
    FROM funding AS f
    JOIN action AS a USING (action_id)
    JOIN document AS d USING (document_id)
),

sums AS (
    SELECT
        *,
        NOT is_dated OR coalesce(is_within, false) OR coalesce(
            first_year(exercise) = first_year(act_exercise)
            AND last_year(act_exercise) - first_year(act_exercise) <= 1 -- else a span of exercises
            AND last_year(exercise) - first_year(exercise) <= 1
            AND NOT pays_later, false
        ) AS own_exercise,
        CASE WHEN NOT own_exercise OR is_dated AND (pays_later OR pays_by_year) THEN exercise
             ELSE act_exercise END AS year
    FROM placed
),

by_stage AS (
    SELECT
        action_id,
        year AS exercise,
        act_exercise,
        own_exercise,
        sum(amount_eur) FILTER (side = 'ami' AND stage = 'granted') AS ami_granted,
        sum(amount_eur) FILTER (side = 'ami' AND stage = 'planned') AS ami_planned,
        -- what an action asked for and was not granted, or a report asks, is no money of the AMI
        sum(amount_eur) FILTER (side = 'ami' AND stage = 'requested' AND may_be_granted)
            AS ami_requested,
        sum(amount_eur) FILTER (side = 'cofinancing' AND stage = 'granted') AS others_granted,
        sum(amount_eur) FILTER (side = 'cofinancing' AND stage = 'planned') AS others_planned,
        sum(amount_eur) FILTER (side = 'cofinancing' AND stage = 'requested') AS others_requested,
        coalesce(bool_or(amount_eur IS NULL)
            FILTER (side = 'cofinancing' AND stage = 'granted'), false) AS cofinancing_open,
        CASE WHEN count(DISTINCT amount_eur) FILTER (stage = 'total_cost') = 1
             THEN max(amount_eur) FILTER (stage = 'total_cost') END AS total_cost,
        count(DISTINCT amount_eur) FILTER (stage = 'total_cost') > 1 AS costs_differ,
        sum(amount_eur) FILTER (stage = 'previous') AS previous,
        sum(amount_eur) FILTER (stage = 'carry_over') AS carry_over,
        of_ami(amount_eur, funder, stage = 'requested') AS requested,
        of_ami(amount_eur, funder, stage = 'planned') AS planned,
        of_ami(amount_eur, funder, stage = 'spent') AS spent,
        min(page) AS page
    FROM sums
    GROUP BY ALL
),

chosen AS (
    SELECT *, coalesce(ami_granted, ami_planned, ami_requested) AS stated_ami
    FROM by_stage
),

final AS (
    SELECT
        action_id,
        exercise,
        act_exercise,
        own_exercise,
        -- a sum for '2024-2025' may be the total of those for 2024 and 2025
        CASE WHEN own_exercise AND exercise = act_exercise AND stated_ami = sum(
                CASE WHEN own_exercise AND exercise <> act_exercise THEN stated_ami END
            ) OVER (PARTITION BY action_id) THEN NULL ELSE stated_ami END AS ami,
        coalesce(others_granted, others_planned, others_requested) AS cofinancing,
        cofinancing_open,
        total_cost,
        costs_differ,
        previous,
        carry_over,
        requested,
        planned,
        spent,
        page
    FROM chosen
)

SELECT * FROM final
