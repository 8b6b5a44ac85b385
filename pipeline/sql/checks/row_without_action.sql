-- Ligne d'un tableau d'actions dont la somme n'est celle d'aucune action : sans intitulé, ou sous le total
-- Row of a table of actions whose sum is no action's: it has no label, or stands below the total
-- severity: warning
WITH action_tables AS (
    SELECT DISTINCT table_id FROM action WHERE row_index IS NOT NULL
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
        bool_or(k.field = 'label') AS has_label_column,
        string_agg(c.text, ' ' ORDER BY c.column_index) FILTER (
            k.field = 'label' AND regexp_matches(c.text, '\p{L}')
        ) AS label,
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
        annex_title(t.annex) || ' : la ligne ' || l.row_index || ' porte une somme (' || l.sums || ') '
            || CASE WHEN l.label IS NULL THEN 'mais aucun intitulé'
                ELSE 'sous le total, qui ne la compte pas (' || called(l.label) || ')' END
            || ' ; elle n''est comptée dans aucune action.' AS message,
        CASE WHEN l.label IS NULL THEN 'un intitulé' ELSE 'une action au-dessus du total' END AS expected,
        l.sums AS observed
    FROM lines AS l
    JOIN annex_table AS t USING (table_id)
    LEFT JOIN totals AS s USING (table_id)
    LEFT JOIN action AS a USING (table_id, row_index)
    WHERE l.has_label_column AND l.sums IS NOT NULL AND a.action_id IS NULL
        AND (l.label IS NULL OR l.row_index > s.last_row)
)

SELECT * FROM final
