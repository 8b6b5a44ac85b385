-- Jusqu'où la lecture de chaque document est-elle prouvée ?
-- How far is the reading of each document proved?
-- $document =
WITH final AS (
    SELECT *
    FROM document_certificate
    WHERE speaks_of(document_id, $document)
)

SELECT * FROM final
ORDER BY document_id
