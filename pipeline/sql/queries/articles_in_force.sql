-- Quelle est la convention en vigueur, article par article, après ses avenants ?
-- What is the convention in force, article by article, after its avenants?
-- $convention =
WITH final AS (
    SELECT document_id AS convention, number, title, change, source_document_id, source_article, text, position
    FROM convention_in_force
    WHERE speaks_of(document_id, $convention)
)

SELECT * EXCLUDE (position) FROM final
ORDER BY convention, position, number
