-- Tableau d'actions qui suit celui de la page précédente sous d'autres titres : l'intitulé n'y est pas dans la même colonne
-- Table of actions that follows the one of the page before under other heads: its label is in another column
-- severity: warning
WITH action_tables AS (
    SELECT t.*, lead(t.table_id) OVER pages AS next_id, lead(t.page_first) OVER pages AS next_page
    FROM annex_table AS t
    WHERE t.extractor <> 'list' AND t.table_id IN (SELECT a.table_id FROM action AS a WHERE a.row_index IS NOT NULL)
    WINDOW pages AS (
        PARTITION BY t.document_id, t.annex, t.title
        ORDER BY t.page_first, t.page_last
    )
),

columns AS (
    SELECT
        *,
        folded(header) AS heading,
        folded(header || ' ' || lead(header) OVER (
            PARTITION BY table_id
            ORDER BY column_index
        )) AS with_next
    FROM annex_column
    WHERE header IS NOT NULL
),

other AS (
    SELECT
        t.document_id,
        t.next_page AS page,
        annex_title(t.annex) || ' : la colonne « ' || b.header || ' » de la page ' || t.next_page
            || CASE
                WHEN b.heading = a.with_next THEN ' réunit deux colonnes du tableau de la page précédente'
                ELSE ' n''est pas lue comme celle du tableau de la page précédente'
            END
            || ' ; intitulés et pilotes y sont à relire.' AS message,
        a.header AS expected,
        b.header AS observed
    FROM action_tables AS t
    JOIN columns AS a ON a.table_id = t.table_id
    JOIN columns AS b ON b.table_id = t.next_id
    WHERE
        t.next_page = t.page_last + 1
        AND (
            b.heading = a.with_next
            OR b.heading = a.heading AND b.field <> a.field AND 'label' IN (a.field, b.field)
        )
),

final AS (
    SELECT
        document_id,
        page,
        message,
        expected,
        observed
    FROM other
    QUALIFY row_number() OVER (
        PARTITION BY document_id, page
        ORDER BY message
    ) = 1
)

SELECT * FROM final
