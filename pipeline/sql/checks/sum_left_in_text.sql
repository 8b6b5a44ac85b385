-- Somme de l'article qui raconte une action, absente de ses financements
-- Sum of the article that tells an action, missing from its fundings
-- severity: warning
WITH told AS ( -- « L'État finance 40 000 € ; le Département apporte 15 000 € »
    SELECT
        a.document_id,
        a.action_id,
        a.label,
        s.page,
        s.amount_eur
    FROM action AS a
    JOIN stated_amount AS s
        ON s.document_id = a.document_id AND s.quote <> '' AND contains(a.description, s.quote)
    WHERE s.kind = 'other'
),

final AS (
    SELECT
        t.document_id,
        t.action_id,
        min(t.page) AS page,
        'L''action ' || coalesce(called(t.label), 'sans intitulé') || ' : son article énonce aussi '
            || string_agg(euros(t.amount_eur), ', ' ORDER BY t.amount_eur)
            || ', qui n''est dans aucun de ses financements.' AS message,
        NULL AS expected,
        string_agg(plain(t.amount_eur), ', ' ORDER BY t.amount_eur) AS observed
    FROM told AS t
    ANTI JOIN funding AS f
        ON f.action_id = t.action_id AND f.amount_eur = t.amount_eur
    GROUP BY t.document_id, t.action_id, t.label
)

SELECT * FROM final
