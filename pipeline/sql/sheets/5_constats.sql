-- Constats
-- Findings
-- severity: Gravité / Severity
-- message: Constat / Finding
-- expected: Attendu / Expected
-- observed: Observé / Observed
-- document_id: Document / Document
-- article_number: Article / Article
-- page: Page / Page
-- rule: Règle / Rule
-- finding_id: Identifiant / Identifier
SELECT severity, message, expected, observed, document_id, article_number, page, rule, finding_id
FROM finding
ORDER BY list_position(['error', 'warning', 'info'], severity), document_id, rule, page, finding_id
