-- Exercices de deux actes qui commencent la même année sous deux noms
-- Exercises of two acts that begin in the same year under two names
-- severity: warning
WITH final AS (
    SELECT
        other.document_id,
        1 AS page,
        'L''exercice ' || other.exercise || ' de cet acte commence la même année que l''exercice '
            || one.exercise || ' de « ' || one.document_id || ' » : leurs sommes sont comptées à'
            || ' part. Si c''est un seul exercice, elles comptent deux fois.' AS message,
        one.exercise AS expected,
        other.exercise AS observed
    FROM document AS one
    JOIN document AS other
        ON other.territory_id = one.territory_id
        AND first_year(other.exercise) = first_year(one.exercise)
        AND last_year(other.exercise) > last_year(one.exercise)
    JOIN document_money AS m ON m.document_id = one.document_id AND m.annex_ami > 0
    JOIN document_money AS n ON n.document_id = other.document_id AND n.annex_ami > 0
    WHERE one.copy_of IS NULL AND other.copy_of IS NULL
        AND one.kind IN ('convention', 'avenant') AND other.kind IN ('convention', 'avenant')
)

SELECT * FROM final
