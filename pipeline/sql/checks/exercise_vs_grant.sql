-- Acte rattaché à un exercice pour lequel ses articles n'accordent rien, alors qu'ils accordent pour un autre
-- Act of an exercise for which its articles grant nothing, though they grant for another
-- severity: warning
WITH granted AS (
    SELECT
        s.document_id,
        min_by(s.article_number, s.exercise) AS article_number,
        min_by(s.page, s.exercise) AS page,
        string_agg(DISTINCT s.exercise, ', ' ORDER BY s.exercise) AS exercises,
        bool_or(
            s.exercise = d.exercise
            OR first_year(s.exercise) <= last_year(d.exercise)
            AND last_year(s.exercise) >= first_year(d.exercise)
            AND NOT (contains(s.exercise, '-') AND contains(d.exercise, '-'))
        ) AS own
    FROM stated_amount AS s
    JOIN document AS d USING (document_id)
    WHERE s.kind = 'grant'
        AND s.exercise IS NOT NULL
        AND d.exercise IS NOT NULL
        AND d.kind IN ('convention', 'avenant')
        AND NOT is_annexed(s.article_number)
    GROUP BY s.document_id
),

final AS (
    SELECT
        g.document_id,
        g.article_number,
        g.page,
        'L''acte est rattaché à l''exercice ' || d.exercise || ', mais ses articles n''accordent de crédits que pour '
            || g.exercises || ' : les sommes des annexes sont peut-être d''un autre exercice que celui retenu.'
            AS message,
        g.exercises AS expected,
        d.exercise AS observed
    FROM granted AS g
    JOIN document AS d USING (document_id)
    SEMI JOIN action ON action.document_id = g.document_id
    WHERE NOT g.own
)

SELECT * FROM final
