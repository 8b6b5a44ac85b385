-- Ce que portent les pilotes des actions financées d'un territoire, par exercice
-- What the pilots of the funded actions of a territory run, by exercise
-- territory_id: Territoire / Territory
-- exercise: Exercice / Exercise
-- pilot_ids: Organisations qui pilotent ensemble / Organisations that pilot together
-- pilot_raw: Pilote tel qu'écrit, s'il n'est pas reconnu / Pilot as written, where it is not known
-- actions: Nombre d'actions / Number of actions
-- ami: Crédits de l'AMI / AMI money
-- cofinancing: Cofinancements / Cofunding
WITH final AS (
    SELECT
        territory_id,
        exercise,
        pilot_ids,
        CASE WHEN pilot_ids IS NULL THEN pilot_raw END AS pilot_raw,
        count(*) AS actions,
        sum(ami) AS ami,
        sum(cofinancing) AS cofinancing
    FROM action_overview
    WHERE funded
    GROUP BY ALL
)

SELECT * FROM final
