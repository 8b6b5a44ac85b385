-- Action dont l'OCR ne lit l'intitulé qu'avec doute : ce n'est peut-être pas une action
-- Action whose label OCR reads with doubt: it may be none
-- severity: warning
WITH final AS (
    SELECT
        a.document_id,
        a.action_id,
        c.page,
        annex_title(t.annex) || ', ligne ' || c.row_index || ' : l''intitulé ' || called(c.text)
            || ' est lu avec une confiance de ' || CAST(round(c.confidence * 100) AS INTEGER)
            || ' % seulement ; ce n''est peut-être pas celui d''une action. Lisez la ligne dans le document.'
            AS message,
        c.text AS observed
    FROM action AS a
    JOIN annex_table AS t USING (table_id)
    JOIN cell AS c USING (table_id, row_index)
    JOIN annex_column AS k USING (table_id, column_index)
    JOIN page AS p ON p.document_id = a.document_id AND p.page = c.page
    WHERE k.field = 'label'
        AND c.confidence < 0.7
        AND p.ocr_confidence IS NOT NULL -- elsewhere doubt is about a figure that a page's end cut
)

SELECT * FROM final
