-- Avenant qui accorde un complément aux sommes qu'un acte précédent énonce pour la même année
-- Avenant that grants a complement to the sums that an act before states for the same year
-- later_document_id: Avenant / Avenant
-- document_id: Acte qu'il complète / Act that it adds to
-- exercise: Exercice de cet acte / Exercise of that act
WITH complements AS (
    SELECT DISTINCT d.document_id, d.territory_id, d.exercise
    FROM document AS d
    JOIN document_money AS m USING (document_id)
    JOIN stated_amount AS s ON s.document_id = d.document_id AND s.amount_eur = m.annex_ami
    WHERE d.kind = 'avenant' AND d.copy_of IS NULL
        AND s.kind = 'grant' AND is_complement(s.quote, s.amount_eur)
),

final AS (
    SELECT
        c.document_id AS later_document_id,
        max_by(a.document_id, (m.act_exercise, a.document_id)) AS document_id,
        max(m.act_exercise) AS exercise
    FROM complements AS c
    JOIN action AS a ON a.territory_id = c.territory_id
    JOIN action_year AS m ON m.action_id = a.action_id
    WHERE m.ami > 0 AND first_year(m.exercise) = first_year(c.exercise)
        AND first_year(m.act_exercise) < first_year(c.exercise)
    GROUP BY ALL
)

SELECT * FROM final
