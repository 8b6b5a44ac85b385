-- SIRET dont la clé est fausse
-- SIRET whose checksum is wrong
-- severity: error
WITH final AS (
    SELECT
        d.document_id,
        f.page,
        'Le SIRET ' || siret || ' n''est pas un numéro valide : ' || wrong_key(p.ocr_confidence) AS message,
        siret AS observed,
        key_severity(p.ocr_confidence) AS severity
    FROM document AS d
    LEFT JOIN document_fact AS f ON f.document_id = d.document_id AND f.name = 'siret'
    LEFT JOIN page AS p ON p.document_id = f.document_id AND p.page = f.page
    WHERE NOT siret_is_valid(siret)
)

SELECT * FROM final
