-- Argent de chaque action, par exercice ; une somme que rien n'énonce est NULL
-- Money of each action by exercise; a sum that nothing states is NULL
-- action_id: Action / Action
-- exercise: Exercice de la somme / Exercise of the sum
-- own_exercise: Exercice que le document finance, et non un rappel / Exercise that the document funds, not a reminder
-- ami: Crédits de l'AMI, accordés, à défaut prévus, à défaut demandés dans un acte qui ne les refuse pas / AMI money, granted, else planned, else requested in an act that does not refuse it
-- cofinancing: Cofinancements, même ordre / Cofunding, in the same order
-- cofinancing_open: Un cofinancement est annoncé sans montant lisible / Some cofunding is announced without a sum
-- total_cost: Coût total énoncé / Total cost as stated
-- previous: Crédits que le document dit obtenus auparavant / Money that the document says was obtained before
-- carry_over: Reliquat / Money carried over
-- requested: Demandé à l'AMI, à défaut sans financeur dit / Requested from the AMI, else of a funder that is not said
-- planned: Prévu de l'AMI, à défaut sans financeur dit / Planned of the AMI, else of a funder that is not said
-- spent: Dépensé de l'AMI, à défaut sans financeur dit / Spent of the AMI, else of a funder that is not said
-- page: Page de la première somme / Page of the first sum
WITH final AS (
    SELECT
        action_id,
        CASE WHEN own_exercise THEN act_exercise ELSE exercise END AS exercise,
        own_exercise,
        sum(ami) AS ami,
        sum(cofinancing) AS cofinancing,
        bool_or(cofinancing_open) AS cofinancing_open,
        -- two totals that differ leave the cost unknown, and so does a year without one
        CASE WHEN bool_or(costs_differ) THEN NULL
             WHEN bool_or(exercise = act_exercise AND total_cost IS NOT NULL)
             THEN max(total_cost) FILTER (exercise = act_exercise)
             WHEN bool_and(total_cost IS NOT NULL OR ami IS NULL) THEN sum(total_cost) END
            AS total_cost,
        sum(previous) AS previous,
        sum(carry_over) AS carry_over,
        sum(requested) AS requested,
        sum(planned) AS planned,
        sum(spent) AS spent,
        min(page) AS page
    FROM action_year
    GROUP BY ALL
)

SELECT * FROM final
