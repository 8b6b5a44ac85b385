-- Actes qui se disent projets, par leur titre ou ce qui est imprimé sur leurs pages
-- Acts that call themselves drafts, in their title or in what is printed over their pages
-- document_id: Acte / Act
-- page: Première page qui le dit / First page that says so
-- words: Ce qui y est imprimé, ou le titre / What is printed there, or the title
WITH said AS (
    SELECT document_id, 1 AS page, title AS words FROM document
    UNION ALL
    SELECT document_id, page, text FROM furniture
),

final AS (
    SELECT document_id, min(page) AS page, arg_min(words, page) AS words
    FROM said
    WHERE is_draft(words)
    GROUP BY ALL
)

SELECT * FROM final
