-- Acte sans date de signature
-- Act without a date of signature
-- severity: warning
WITH final AS (
    SELECT
        document_id,
        page_count AS page,
        CASE kind WHEN 'avenant' THEN 'L''avenant' ELSE 'La convention' END
            || ' ne porte pas de date de signature lisible'
            || coalesce(' (reçu au contrôle de légalité le ' || strftime(received_on, '%d/%m/%Y') || ')', '')
            || '.' AS message
    FROM document
    WHERE kind IN ('convention', 'avenant') AND signed_on IS NULL
)

SELECT * FROM final
