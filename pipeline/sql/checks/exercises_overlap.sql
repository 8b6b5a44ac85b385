-- Exercices de deux actes qui commencent la même année sous deux noms, ou dont l'un est compris dans la période de l'autre
-- Exercises of two acts that begin in the same year under two names, or of which one is within the period of the other
-- severity: warning
WITH paying AS (
    SELECT d.*
    FROM document AS d
    JOIN document_money AS m ON m.document_id = d.document_id AND m.annex_ami > 0
    WHERE d.copy_of IS NULL AND d.kind IN ('convention', 'avenant')
),

same_start AS (
    SELECT
        other.document_id,
        'L''exercice ' || other.exercise || ' de cet acte commence la même année que l''exercice '
            || one.exercise || ' de « ' || one.document_id || ' » : leurs sommes sont comptées à'
            || ' part. Si c''est un seul exercice, elles comptent deux fois.' AS message,
        one.exercise AS expected,
        other.exercise AS observed
    FROM paying AS one
    JOIN paying AS other
        ON other.territory_id = one.territory_id
        AND first_year(other.exercise) = first_year(one.exercise)
        AND last_year(other.exercise) > last_year(one.exercise)
        AND NOT is_within(one.exercise, other.exercise)
),

within_period AS (
    SELECT
        other.document_id,
        'Les sommes des annexes de cet acte sont de toute sa période, ' || other.exercise
            || '. Celles que d''autres actes énoncent pour '
            || string_agg(DISTINCT one.exercise, ', ' ORDER BY one.exercise)
            || ' sont tenues pour une part d''elles : dans le total d''une filiation, elles ne'
            || ' s''y ajoutent pas.' AS message,
        other.exercise AS expected,
        string_agg(DISTINCT one.exercise, ', ' ORDER BY one.exercise) AS observed
    FROM paying AS one
    JOIN paying AS other
        ON other.territory_id = one.territory_id AND is_within(one.exercise, other.exercise)
    GROUP BY other.document_id, other.exercise
),

final AS (
    SELECT document_id, 1 AS page, message, expected, observed
    FROM (FROM same_start UNION ALL FROM within_period)
)

SELECT * FROM final
