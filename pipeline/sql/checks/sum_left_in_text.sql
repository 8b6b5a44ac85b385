-- Somme du texte qui raconte une action, absente de ses financements
-- Sum of the text that tells an action, missing from its fundings
-- severity: warning
WITH told AS ( -- « L'État finance 40 000 € ; le Département apporte 15 000 € »
    SELECT DISTINCT
        a.document_id,
        a.action_id,
        a.label,
        a.page,
        unnest(amounts_in(a.description)) AS amount_eur
    FROM action AS a
    JOIN annex_table AS t USING (table_id)
    WHERE t.extractor = 'list' AND t.column_count = 2
),

final AS (
    SELECT
        t.document_id,
        t.action_id,
        min(t.page) AS page,
        'L''action ' || coalesce(called(t.label), 'sans intitulé') || ' : le texte qui la raconte énonce aussi '
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
