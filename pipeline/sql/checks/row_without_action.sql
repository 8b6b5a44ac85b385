-- Ligne d'un tableau d'actions qui porte une somme sous aucun intitulé
-- Row of a table of actions whose sum stands under no label
-- severity: warning
WITH action_tables AS (
    SELECT DISTINCT table_id FROM action WHERE row_index IS NOT NULL
),

lines AS (
    SELECT
        c.table_id,
        c.row_index,
        min(c.page) AS page,
        bool_or(k.field = 'label') AS has_label_column,
        bool_or(k.field = 'label' AND c.text IS NOT NULL) AS is_labelled,
        string_agg(c.text, ' ; ' ORDER BY c.column_index) FILTER (
            k.field IN ('ami', 'cofinancing', 'total_cost', 'planned', 'spent')
            AND (amount_of(c.text) > 0 OR list_max(amounts_in(c.text)) > 0)
        ) AS sums
    FROM cell AS c
    JOIN action_tables AS a USING (table_id)
    JOIN annex_column AS k USING (table_id, column_index)
    WHERE c.row_kind = 'body'
    GROUP BY ALL
),

final AS (
    SELECT
        t.document_id,
        l.page,
        annex_title(t.annex) || ' : la ligne ' || l.row_index || ' porte une somme (' || l.sums
            || ') mais aucun intitulé ; elle n''est comptée dans aucune action.' AS message,
        'un intitulé' AS expected,
        l.sums AS observed
    FROM lines AS l
    JOIN annex_table AS t USING (table_id)
    LEFT JOIN action AS a USING (table_id, row_index)
    WHERE l.has_label_column AND NOT l.is_labelled AND l.sums IS NOT NULL AND a.action_id IS NULL
)

SELECT * FROM final
