-- Crédits de l'AMI d'une filiation par exercice, chaque exercice compté une fois
-- AMI money of a lineage by exercise, each exercise counted once
-- lineage_id: Filiation / Lineage
-- exercise: Exercice de la somme / Exercise of the sum
-- ami: Crédits de l'AMI / AMI money
-- document_id: Document retenu : celui de l'exercice, sinon le plus récent / Document used: the exercise's own, else the latest
WITH added AS ( -- what acts state last for their exercise adds up, under the first of them
    SELECT later_document_id, document_id
    FROM act_pair
    WHERE document_id NOT IN (SELECT later_document_id FROM act_pair)
),

by_document AS (
    SELECT
        l.lineage_id,
        m.exercise,
        coalesce(x.document_id, a.document_id) AS document_id,
        a.exercise AS document_exercise,
        bool_or(m.own_exercise) AS own_exercise,
        sum(m.ami) AS ami
    FROM action_year AS m
    JOIN action AS a USING (action_id)
    JOIN lineage AS l USING (action_id)
    LEFT JOIN added AS x ON x.later_document_id = a.document_id AND first_year(m.exercise) >= first_year(a.exercise)
    ANTI JOIN superseded_sum AS s ON s.action_id = m.action_id AND s.exercise = m.exercise
    WHERE m.ami IS NOT NULL AND l.main
    GROUP BY ALL
),

final AS (
    SELECT lineage_id, exercise, ami, document_id
    FROM by_document
    QUALIFY row_number() OVER (
        PARTITION BY lineage_id, exercise
        ORDER BY own_exercise DESC, first_year(document_exercise) DESC, document_id
    ) = 1
)

SELECT * FROM final
