-- Crédits de l'AMI d'un territoire par exercice, ou par année là où un acte les énonce par année, tous actes ensemble
-- AMI money of a territory by exercise, or by year where an act states it by year, all acts together
-- territory_id: Territoire / Territory
-- exercise: Exercice ou année / Exercise or year
-- ami: Crédits de l'AMI qui comptent / AMI money that counts
WITH final AS (
    SELECT a.territory_id, c.year AS exercise, sum(c.ami) AS ami
    FROM action_counted AS c
    JOIN action AS a USING (action_id)
    WHERE a.funded AND c.ami IS NOT NULL
    GROUP BY ALL
)

SELECT * FROM final
