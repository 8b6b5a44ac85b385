-- Ce que portent les pilotes des actions financées d'un territoire, par exercice
-- What the pilots of the funded actions of a territory run, by exercise
-- territory_id: Territoire / Territory
-- exercise: Exercice / Exercise
-- pilot_ids: Organisations qui pilotent ensemble / Organisations that pilot together
-- pilot_raw: Pilote tel qu'écrit, s'il n'est pas reconnu / Pilot as written, where it is not known
-- actions: Nombre d'actions / Number of actions
-- ami: Crédits de l'AMI / AMI money
-- cofinancing: Cofinancements / Cofunding
-- ami_of_all: Crédits de l'AMI de tous les pilotes de l'exercice / AMI money of all pilots of the exercise
WITH sums AS (
    SELECT
        territory_id,
        exercise,
        pilot_ids,
        CASE WHEN pilot_ids IS NULL THEN pilot_raw END AS pilot_raw,
        count(*) AS actions,
        sum(ami) AS ami,
        sum(cofinancing) AS cofinancing
    FROM action_overview
    WHERE funded AND counts
    GROUP BY ALL
),

final AS (
    SELECT *, sum(ami) OVER (PARTITION BY territory_id, exercise) AS ami_of_all
    FROM sums
)

SELECT * FROM final
