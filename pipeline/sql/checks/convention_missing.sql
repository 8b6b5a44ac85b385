-- Avenant dont la convention n'a pas été déposée
-- Avenant whose convention was not handed in
-- severity: warning
WITH final AS (
    SELECT
        document_id,
        1 AS page,
        'La convention que cet avenant modifie n''est pas parmi les documents : ses articles et les'
            || ' actions des exercices précédents manquent. Déposez-la.' AS message,
        'la convention modifiée' AS expected
    FROM document
    WHERE kind = 'avenant' AND copy_of IS NULL AND amends_document_id IS NULL
)

SELECT * FROM final
