-- Acte sans date de signature
-- Act without a date of signature
-- severity: warning
WITH last_pages AS (
    SELECT document_id, max(page_last) AS page
    FROM article
    WHERE NOT is_annexed(number)
    GROUP BY ALL
),

final AS (
    SELECT
        document_id,
        page,
        CASE kind WHEN 'avenant' THEN 'L''avenant' ELSE 'La convention' END
            || ' ne porte pas de date de signature lisible'
            || coalesce(' (reçu au contrôle de légalité le ' || strftime(received_on, '%d/%m/%Y') || ')', '')
            || '.' AS message
    FROM document
    LEFT JOIN last_pages USING (document_id)
    WHERE kind IN ('convention', 'avenant') AND signed_on IS NULL
)

SELECT * FROM final
