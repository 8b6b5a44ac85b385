-- Par territoire et exercice : ce que les articles énoncent, ce que les annexes totalisent, l'écart
-- By territory and exercise: what articles state, what annexes add up to, the difference
-- territory_id: Territoire / Territory
-- territory: Nom du territoire / Name of the territory
-- exercise: Exercice / Exercise
-- document_id: Acte qui finance l'exercice / Act that funds the exercise
-- stated_grant: Subvention énoncée dans les articles / Grant stated in the articles
-- stated_carry_over: Reliquat énoncé / Carry-over stated
-- annex_ami: Crédits de l'AMI que les annexes totalisent / AMI money that the annexes add up to
-- counted_ami: Crédits de l'AMI de cet acte qui comptent : aucun acte suivant ne les remplace / AMI money of this act that counts: no following act replaces it
-- annex_cofinancing: Cofinancements des actions financées / Cofunding of the funded actions
-- exercise_ami: Crédits de l'AMI de l'exercice, tous actes ensemble ; redits à chaque acte, additionner counted_ami / AMI money of the exercise, all acts together; told again beside each act, add up counted_ami
-- difference: Annexes moins subvention énoncée ; 0 où celle-ci est le total de l'exercice, que cet acte modifie en partie / Annexes minus the stated grant; 0 where that is the total of the exercise, of which this act changes a part
WITH counted AS (
    SELECT a.document_id, sum(c.ami) AS ami
    FROM action_counted AS c
    JOIN action AS a USING (action_id)
    JOIN document AS d USING (document_id)
    WHERE a.funded AND coalesce(first_year(a.exercise) = first_year(d.exercise), true)
    GROUP BY ALL
),

final AS (
    SELECT
        d.territory_id,
        coalesce(t.short_name, t.name) AS territory,
        d.exercise,
        d.document_id,
        m.stated_grant,
        m.stated_carry_over,
        m.annex_ami,
        CASE WHEN m.annex_ami IS NOT NULL THEN coalesce(c.ami, 0) END AS counted_ami,
        m.annex_cofinancing,
        e.ami AS exercise_ami,
        CASE WHEN m.stated_grant = e.ami THEN 0
            ELSE m.annex_ami - m.stated_grant END AS difference
    FROM document AS d
    JOIN document_money AS m USING (document_id)
    LEFT JOIN counted AS c USING (document_id)
    LEFT JOIN exercise_total AS e ON e.territory_id = d.territory_id AND e.exercise = d.exercise
    LEFT JOIN territory AS t ON t.territory_id = d.territory_id
    WHERE coalesce(m.stated_grant, m.annex_ami) IS NOT NULL AND d.copy_of IS NULL
)

SELECT * FROM final
