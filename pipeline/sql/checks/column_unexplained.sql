-- Colonne d'un tableau d'annexe qu'aucun champ n'explique
-- Column of an annex table that no field explains
-- severity: info
WITH contents AS (
    SELECT table_id, column_index, bool_or(len(amounts_in(text)) > 0) AS holds_euros, min(page) AS page
    FROM cell
    WHERE row_kind = 'body'
    GROUP BY ALL
),

action_tables AS (
    SELECT DISTINCT table_id FROM action
),

final AS (
    SELECT
        t.document_id,
        c.page,
        CASE WHEN c.holds_euros AND a.table_id IS NOT NULL THEN 'warning' ELSE 'info' END AS severity,
        'Annexe ' || coalesce(t.annex, '?') || ' : la colonne '
            || coalesce('« ' || k.header || ' »', 'sans intitulé n° ' || k.column_index)
            || ' n''est rattachée à aucun champ ; son contenu reste dans les cellules.' AS message,
        k.header AS observed
    FROM annex_column AS k
    JOIN annex_table AS t USING (table_id)
    LEFT JOIN contents AS c USING (table_id, column_index)
    LEFT JOIN action_tables AS a USING (table_id)
    WHERE k.field IS NULL
)

SELECT * FROM final
