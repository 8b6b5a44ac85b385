-- Somme d'une colonne d'argent, dans la ligne d'une action, qu'aucun financement de l'acte ne dit
-- Sum of a column of money, in the row of an action, that no funding of the act tells
-- severity: warning
WITH sums AS (
    SELECT
        t.document_id,
        t.table_id,
        t.annex,
        k.header,
        c.column_index,
        c.row_index,
        c.page,
        c.text,
        amount_of(c.text) * CASE WHEN regexp_matches(c.text, '€|[kK]|[eE]ur') THEN 1 ELSE k.unit END
            AS amount
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    JOIN annex_column AS k USING (table_id, column_index)
    SEMI JOIN action AS a ON a.table_id = c.table_id AND a.row_index = c.row_index
    WHERE
        c.row_kind = 'body'
        AND k.field IN (
            'total_cost', 'ami', 'ami_previous', 'cofinancing', 'planned', 'spent', 'carry_over'
        )
        AND amount_of(c.text) > 0
),

told AS (
    SELECT DISTINCT a.document_id, f.amount_eur AS amount, f.raw
    FROM funding AS f
    JOIN action AS a USING (action_id)
),

unread AS (
    SELECT s.*
    FROM sums AS s
    ANTI JOIN told AS t
        ON t.document_id = s.document_id AND (t.amount = s.amount OR contains(t.raw, s.text))
),

final AS (
    SELECT
        document_id,
        min(page) AS page,
        annex_title(annex) || ' : dans la colonne ' || called(header) || ', aucun financement ne dit '
            || CASE WHEN count(*) > 1 THEN 'les sommes des lignes ' ELSE 'la somme de la ligne ' END
            || string_agg(row_index, ', ' ORDER BY row_index) || ' (' || min_by(text, row_index)
            || ') ; elles restent dans les cellules : lisez-les dans le document.' AS message,
        'un financement' AS expected,
        string_agg(text, ' ; ' ORDER BY row_index) AS observed
    FROM unread
    GROUP BY document_id, table_id, annex, header, column_index
)

SELECT * FROM final
