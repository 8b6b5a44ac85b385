-- Ligne d'un tableau d'actions dont la somme ou les mots ne sont d'aucune action : sans intitulé, ou sous le total
-- Row of a table of actions whose sum or words are no action's: it has no label, or stands below the total
-- severity: warning
WITH action_tables AS ( -- whose rows have a column for the label, be it under a cell merged over several
    SELECT DISTINCT a.table_id
    FROM action AS a
    JOIN annex_column AS k ON k.table_id = a.table_id AND k.field = 'label'
    WHERE a.row_index IS NOT NULL
),

totals AS (
    SELECT table_id, max(row_index) AS last_row
    FROM cell
    WHERE row_kind = 'total'
    GROUP BY ALL
),

lines AS (
    SELECT
        c.table_id,
        c.row_index,
        min(c.page) AS page,
        string_agg(c.text, ' ' ORDER BY c.column_index) FILTER (
            k.field = 'label' AND regexp_matches(c.text, '\p{L}')
        ) AS label,
        string_agg(c.text, ' ; ' ORDER BY c.column_index) FILTER (
            k.field IN ('ami', 'cofinancing', 'total_cost', 'planned', 'spent')
            AND (amount_of(c.text) > 0 OR list_max(amounts_in(c.text)) > 0)
        ) AS sums,
        string_agg(c.text, ' ; ' ORDER BY c.column_index) FILTER (
            k.field IN ('reference', 'pilot', 'objective', 'description', 'indicators', 'comment', 'status')
            AND regexp_matches(c.text, '\p{L}{2}')
        ) AS words
    FROM cell AS c
    JOIN action_tables AS a USING (table_id)
    JOIN annex_column AS k USING (table_id, column_index)
    WHERE c.row_kind = 'body'
    GROUP BY ALL
),

left_out AS (
    SELECT
        t.document_id,
        l.table_id,
        l.page,
        l.row_index,
        l.label,
        l.sums,
        l.words,
        annex_title(t.annex) AS annex
    FROM lines AS l
    JOIN annex_table AS t USING (table_id)
    LEFT JOIN totals AS s USING (table_id)
    LEFT JOIN action AS a USING (table_id, row_index)
    WHERE a.action_id IS NULL AND (l.label IS NULL OR l.row_index > s.last_row)
),

sums AS (
    SELECT
        document_id,
        page,
        annex || ' : la ligne ' || row_index || ' porte une somme (' || sums || ') '
            || CASE WHEN label IS NULL THEN 'mais aucun intitulé'
                ELSE 'sous le total, qui ne la compte pas (' || called(label) || ')' END
            || ' ; elle n''est comptée dans aucune action.' AS message,
        CASE WHEN label IS NULL THEN 'un intitulé' ELSE 'une action au-dessus du total' END AS expected,
        sums AS observed
    FROM left_out
    WHERE sums IS NOT NULL
),

words AS (
    SELECT
        document_id,
        page,
        annex || ' : sans intitulé, les mots ' || called(string_agg(words, ' … ' ORDER BY row_index))
            || CASE WHEN count(*) > 1 THEN ' des lignes ' ELSE ' de la ligne ' END
            || string_agg(row_index, ', ' ORDER BY row_index)
            || ' ne sont d''aucune action ; ils restent dans les cellules.' AS message,
        'un intitulé' AS expected,
        string_agg(words, ' … ' ORDER BY row_index) AS observed
    FROM left_out
    WHERE label IS NULL AND sums IS NULL AND words IS NOT NULL
    GROUP BY document_id, table_id, annex, page
),

final AS (
    SELECT * FROM sums
    UNION ALL
    SELECT * FROM words
)

SELECT * FROM final
