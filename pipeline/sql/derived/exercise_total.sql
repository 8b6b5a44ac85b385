-- Crédits de l'AMI d'un territoire par exercice, ou par année là où un acte les énonce par année, tous actes ensemble
-- AMI money of a territory by exercise, or by year where an act states it by year, all acts together
-- territory_id: Territoire / Territory
-- exercise: Exercice ou année / Exercise or year
-- ami: Crédits de l'AMI qui comptent / AMI money that counts
WITH stated AS (
    SELECT a.territory_id, c.year AS exercise, c.ami
    FROM action_counted AS c
    JOIN action AS a USING (action_id)
    WHERE a.funded AND c.ami IS NOT NULL
),

announced AS ( -- by an act before, which those of the year do not give up: see announced_left_out
    SELECT a.territory_id, m.exercise, m.ami
    FROM action_year AS m
    JOIN action AS a USING (action_id)
    ANTI JOIN superseded_sum AS s ON s.action_id = m.action_id AND s.exercise = m.exercise
    SEMI JOIN stated AS y ON y.territory_id = a.territory_id AND y.exercise = m.exercise
    WHERE m.ami > 0 AND NOT m.own_exercise
        AND first_year(m.exercise) > first_year(m.act_exercise)
),

final AS (
    SELECT territory_id, exercise, sum(ami) AS ami
    FROM (FROM stated UNION ALL FROM announced)
    GROUP BY ALL
)

SELECT * FROM final
