-- Montant lu par OCR avec doute, dans une colonne qui n'en porte pas, ou dans une tête de colonne
-- Sum that OCR read with doubt, in a column of none, or in the head of one
-- severity: warning
WITH final AS (
    SELECT
        t.document_id,
        coalesce(a.action_id, s.action_id) AS action_id,
        c.page,
        if(c.confidence < 0.5 AND s.amount_eur IS NOT NULL, 'info', 'warning') AS severity,
        annex_title(t.annex) || ', ligne ' || c.row_index || ', colonne « '
            || coalesce(k.header, CAST(c.column_index AS VARCHAR)) || ' » : '
            || if(regexp_matches(c.text, '\d'), 'le montant', 'le texte') || ' « ' || c.text
            || ' » est lu avec une confiance de ' || CAST(round(c.confidence * 100) AS INTEGER)
            || ' % seulement' || CASE
                WHEN c.confidence >= 0.5 THEN '.'
                WHEN s.amount_eur IS NULL THEN ' ; il n''est pas retenu.'
                ELSE ' ; il est retenu, car le total de sa colonne le confirme.'
            END AS message,
        c.text AS observed
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    JOIN annex_column AS k USING (table_id, column_index)
    LEFT JOIN action AS a USING (table_id, row_index)
    LEFT JOIN (
        SELECT
            i.table_id, f.action_id, f.page, f.x0, f.top, max(f.amount_eur) AS amount_eur
        FROM funding AS f
        JOIN action AS i USING (action_id)
        GROUP BY ALL
    ) AS s ON s.table_id = c.table_id AND s.page = c.page AND s.x0 = c.x0 AND s.top = c.top
        AND (a.action_id IS NULL OR a.action_id = s.action_id)
    WHERE c.confidence < 0.7
        AND regexp_matches(c.text, '\w')
        AND (
            k.field IN
                ('total_cost', 'ami', 'ami_previous', 'cofinancing', 'planned', 'spent', 'carry_over')
            OR (k.field IS NULL AND a.action_id IS NOT NULL OR k.field = 'cofinancing_source')
            AND regexp_matches(c.text, '\d')
            OR s.action_id IS NOT NULL
        )
    UNION ALL
    SELECT
        t.document_id,
        a.action_id,
        c.page,
        'warning',
        annex_title(t.annex) || ', ligne ' || c.row_index || ' : une somme se lit dans la colonne « '
            || coalesce(k.header, CAST(c.column_index AS VARCHAR)) || ' » (« ' || c.text || ' ») ; elle n''est comptée nulle part.',
        c.text
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    JOIN annex_column AS k USING (table_id, column_index)
    JOIN action AS a USING (table_id, row_index)
    WHERE (
        k.field IN ('reference', 'pilot', 'status')
        AND regexp_matches(c.text, '\d\s?(€|k€|M€|euros)')
        AND NOT EXISTS (
            SELECT 1 FROM funding AS f
            WHERE f.action_id = a.action_id AND f.page = c.page AND f.x0 = c.x0 AND f.top = c.top
        )
        OR k.field = 'cofinancing_source' -- Métropole de 41 000 Bar, and no sum of others beside it
        AND regexp_matches(c.text, '\d[  ]\d{3}\b')
        AND NOT EXISTS (
            SELECT 1 FROM funding AS f
            WHERE f.action_id = a.action_id AND f.funder IS DISTINCT FROM 'AMI'
        )
    )
    UNION ALL
    SELECT
        t.document_id,
        NULL,
        t.page_first,
        'warning',
        annex_title(t.annex) || ' : la tête de la colonne « ' || k.header || ' » porte une somme ; sur '
            || 'cette page numérisée, la première ligne a pu y être lue, et elle n''est pas une action.',
        k.header
    FROM annex_column AS k
    JOIN annex_table AS t USING (table_id)
    WHERE regexp_matches(k.header, '\d\s?(€|k€|M€|euros)')
        AND EXISTS (SELECT 1 FROM cell AS c WHERE c.table_id = t.table_id AND c.confidence IS NOT NULL)
)

SELECT * FROM final
