-- Action dont l'OCR ne lit l'intitulé ou le pilote qu'avec doute
-- Action whose label or pilot OCR reads with doubt
-- severity: warning
WITH final AS (
    SELECT
        a.document_id,
        a.action_id,
        c.page,
        annex_title(t.annex) || ', ligne ' || c.row_index || ' : '
            || if(k.field = 'pilot', 'le pilote ', 'l''intitulé ') || called(c.text)
            || ' est lu avec une confiance de ' || CAST(round(c.confidence * 100) AS INTEGER)
            || ' % seulement ; ' || if(
                c.confidence < 0.5 AND k.field = 'label',
                'ce n''est peut-être pas celui d''une action. Lisez la ligne dans le document.',
                'un mot en est peut-être mal lu. Lisez-le dans le document.'
            ) AS message,
        c.text AS observed
    FROM action AS a
    JOIN annex_table AS t USING (table_id)
    JOIN cell AS c USING (table_id, row_index)
    JOIN annex_column AS k USING (table_id, column_index)
    JOIN page AS p ON p.document_id = a.document_id AND p.page = c.page
    WHERE k.field IN ('label', 'pilot')
        AND c.confidence < 0.7
        AND p.ocr_confidence IS NOT NULL -- elsewhere doubt is about a figure that a page's end cut
)

SELECT * FROM final
