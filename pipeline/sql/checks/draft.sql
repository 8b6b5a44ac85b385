-- Acte qui se dit projet, par son titre ou ce qui est imprimé sur ses pages
-- Act that calls itself a draft, in its title or in what is printed over its pages
-- severity: warning
WITH final AS (
    SELECT
        d.document_id,
        s.page,
        'Ce document se dit projet (' || called(s.words) || ') : ses sommes ne sont acquises que si'
            || ' l''acte signé les reprend. Remplacez-le par l''acte signé quand vous l''avez.'
            AS message,
        'acte signé' AS expected,
        s.words AS observed
    FROM document AS d
    JOIN draft_act AS s USING (document_id)
    WHERE d.kind IN ('convention', 'avenant')
)

SELECT * FROM final
