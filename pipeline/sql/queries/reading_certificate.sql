-- Jusqu'où la lecture de chaque document est-elle prouvée ?
-- How far is the reading of each document proved?
-- $document =
WITH final AS (
    SELECT *
    FROM document_certificate
    WHERE contains(folded(document_id), folded($document))
)

SELECT * FROM final
ORDER BY document_id
