-- Montant lu par OCR avec doute, ou dans une colonne qui n'en porte pas
-- Sum that OCR read with doubt, or in a column of none
-- severity: warning
WITH final AS (
    SELECT
        t.document_id,
        a.action_id,
        c.page,
        annex_title(t.annex) || ', ligne ' || c.row_index || ', colonne « '
            || coalesce(k.header, CAST(c.column_index AS VARCHAR)) || ' » : '
            || if(regexp_matches(c.text, '\d'), 'le montant', 'le texte') || ' « ' || c.text
            || ' » est lu avec une confiance de ' || CAST(round(c.confidence * 100) AS INTEGER)
            || ' % seulement' || if(c.confidence < 0.5, ' ; il n''est pas retenu.', '.') AS message,
        c.text AS observed
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    JOIN annex_column AS k USING (table_id, column_index)
    LEFT JOIN action AS a USING (table_id, row_index)
    WHERE c.confidence < 0.7
        AND regexp_matches(c.text, '\w')
        AND (
            k.field IN
                ('total_cost', 'ami', 'ami_previous', 'cofinancing', 'planned', 'spent', 'carry_over')
            OR (k.field IS NULL AND a.action_id IS NOT NULL OR k.field = 'cofinancing_source')
            AND regexp_matches(c.text, '\d')
            OR EXISTS (
                SELECT 1 FROM funding AS f
                WHERE f.action_id = a.action_id AND f.page = c.page AND f.x0 = c.x0
                    AND f.top = c.top
            )
        )
    UNION ALL
    SELECT
        t.document_id,
        a.action_id,
        c.page,
        annex_title(t.annex) || ', ligne ' || c.row_index || ' : une somme se lit dans la colonne « '
            || k.header || ' » (« ' || c.text || ' ») ; elle n''est comptée nulle part.',
        c.text
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    JOIN annex_column AS k USING (table_id, column_index)
    JOIN action AS a USING (table_id, row_index)
    WHERE k.field IN ('reference', 'pilot', 'status')
        AND regexp_matches(c.text, '\d\s?(€|k€|M€|euros)')
        AND NOT EXISTS (
            SELECT 1 FROM funding AS f
            WHERE f.action_id = a.action_id AND f.page = c.page AND f.x0 = c.x0 AND f.top = c.top
        )
)

SELECT * FROM final
