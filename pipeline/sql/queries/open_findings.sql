-- Quels constats restent ouverts, les plus graves d'abord ?
-- Which findings are open, the gravest first?
-- $document =
WITH final AS (
    SELECT severity, rule, document_id, article_number, page, message, expected, observed, finding_id
    FROM finding
    WHERE speaks_of(coalesce(document_id, ''), $document)
)

SELECT * FROM final
ORDER BY list_position(['error', 'warning', 'info'], severity), document_id, rule, page, finding_id
