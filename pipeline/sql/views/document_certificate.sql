-- Ce qui prouve la lecture de chaque document : pages, caractères, colonnes, totaux, accord des lecteurs
-- What proves the reading of each document: pages, characters, columns, totals, agreement of readers
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
-- figures_in_doubt: Figures lues avec doute / Figures read with doubt
-- ocr_confidence: Confiance moyenne de l'OCR / Mean OCR confidence
-- errors: Constats graves / Findings of severity error
-- warnings: Constats à vérifier / Findings of severity warning
WITH findings AS (
    SELECT
        document_id,
        count(*) FILTER (rule = 'figure_doubtful') AS figures_in_doubt,
        count(*) FILTER (severity = 'error') AS errors,
        count(*) FILTER (severity = 'warning') AS warnings
    FROM finding
    GROUP BY ALL
),

final AS (
    SELECT
        r.* EXCLUDE (ocr_confidence),
        coalesce(f.figures_in_doubt, 0) AS figures_in_doubt,
        r.ocr_confidence,
        coalesce(f.errors, 0) AS errors,
        coalesce(f.warnings, 0) AS warnings
    FROM document_reading AS r
    LEFT JOIN findings AS f USING (document_id)
)

SELECT * FROM final
