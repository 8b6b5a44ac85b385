-- Ce que la lecture de chaque document a rendu : pages, caractères, colonnes, totaux, accord des lecteurs
-- What the reading of each document gave: pages, characters, columns, totals, agreement of readers
-- document_id: Document / Document
-- pages: Nombre de pages / Number of pages
-- pages_by_kind: Pages par nature / Pages by kind
-- characters_in_tables: Caractères dans l'emprise des tableaux / Characters inside the tables' areas
-- characters_in_cells: Caractères rendus dans les cellules / Characters that ended in cells
-- annex_columns: Colonnes des tableaux d'annexe / Columns of the annex tables
-- columns_explained: Dont expliquées par un champ / Of which explained by a field
-- totals_checked: Montants des lignes de total comparés aux lignes / Sums of totals rows compared with the rows
-- totals_right: Dont exacts / Of which right
-- table_cells: Cellules des tableaux d'annexe / Cells of the annex tables
-- cells_read_twice: Dont dans des tableaux que deux lecteurs ont comparés / Of which in tables that two readers compared
-- agreement: Part des cellules sur lesquelles deux lecteurs s'accordent / Share of cells on which two readers agree
-- ocr_confidence: Confiance moyenne de l'OCR / Mean OCR confidence
WITH pages AS (
    SELECT
        document_id,
        CAST(histogram(kind) AS MAP(VARCHAR, BIGINT)) AS pages_by_kind,
        avg(ocr_confidence) AS ocr_confidence
    FROM page
    GROUP BY ALL
),

tables AS (
    SELECT
        document_id,
        sum(characters) AS characters_in_tables,
        sum(characters_in_cells) AS characters_in_cells,
        sum(row_count * column_count) AS table_cells,
        sum(row_count * column_count) FILTER (agreement IS NOT NULL) AS cells_read_twice,
        sum(agreement * row_count * column_count)
            / nullif(sum(row_count * column_count) FILTER (agreement IS NOT NULL), 0) AS agreement
    FROM annex_table
    GROUP BY ALL
),

columns AS (
    SELECT
        t.document_id,
        count(*) AS annex_columns,
        count(*) FILTER (c.field IS NOT NULL) AS columns_explained
    FROM annex_column AS c
    JOIN annex_table AS t USING (table_id)
    GROUP BY ALL
),

totals AS (
    SELECT
        document_id,
        count(*) AS totals_checked,
        count(*) FILTER (is_right) AS totals_right
    FROM table_total
    WHERE is_right IS NOT NULL
    GROUP BY ALL
),

final AS (
    SELECT
        d.document_id,
        d.page_count AS pages,
        p.pages_by_kind,
        coalesce(t.characters_in_tables, 0) AS characters_in_tables,
        coalesce(t.characters_in_cells, 0) AS characters_in_cells,
        coalesce(c.annex_columns, 0) AS annex_columns,
        coalesce(c.columns_explained, 0) AS columns_explained,
        coalesce(s.totals_checked, 0) AS totals_checked,
        coalesce(s.totals_right, 0) AS totals_right,
        coalesce(t.table_cells, 0) AS table_cells,
        coalesce(t.cells_read_twice, 0) AS cells_read_twice,
        round(t.agreement, 6) AS agreement, -- the order of a sum leaves its mark in the last digits
        round(p.ocr_confidence, 6) AS ocr_confidence
    FROM document AS d
    LEFT JOIN pages AS p USING (document_id)
    LEFT JOIN tables AS t USING (document_id)
    LEFT JOIN columns AS c USING (document_id)
    LEFT JOIN totals AS s USING (document_id)
)

SELECT * FROM final
