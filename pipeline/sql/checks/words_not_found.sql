-- Mots qu'un avenant remplace ou supprime dans un article qui ne les contient pas
-- Words that an avenant replaces or strikes in an article that does not hold them
-- severity: warning
WITH final AS (
    SELECT
        source_document_id AS document_id,
        source_article AS article_number,
        page,
        the_article(source_article) || ' remplace « ' || removed || ' » à l''article ' || number
            || ' de ' || document_id || CASE WHEN before IS NULL THEN ', que cet acte n''a pas'
                ELSE ', qui ne contient pas ces mots' END
            || ' : sa rédaction en vigueur reste sans ce changement.' AS message,
        removed AS expected,
        last_words(before) AS observed
    FROM amendment_step
    WHERE NOT is_found
)

SELECT * FROM final
