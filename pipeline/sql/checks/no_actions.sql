-- Acte dont les tableaux portent des sommes, mais où aucune action n'est reconnue
-- Act whose tables hold sums, though no action is recognised in it
-- severity: warning
WITH tables AS (
    SELECT t.document_id, t.table_id, min(c.page) AS page, count(DISTINCT c.row_index) AS sums
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    WHERE c.row_kind = 'body' AND t.extractor <> 'list' AND regexp_matches(c.text, '\d[\s\x{00A0}\x{202F}.]\d{3}\b')
    GROUP BY ALL
),

final AS (
    SELECT
        d.document_id,
        min(t.page) AS page,
        'Aucune action n''est reconnue dans les tableaux de cet acte, alors que '
            || sum(t.sums) || ' de leurs lignes portent des sommes : lisez-les dans le document.'
            AS message,
        'des actions' AS expected,
        'aucune action' AS observed
    FROM document AS d
    JOIN tables AS t USING (document_id)
    LEFT JOIN (SELECT DISTINCT document_id FROM action) AS a USING (document_id)
    WHERE d.kind IN ('convention', 'avenant') AND d.copy_of IS NULL AND a.document_id IS NULL
    GROUP BY d.document_id
    HAVING sum(t.sums) >= 3
)

SELECT * FROM final
