-- IBAN dont la clé est fausse
-- IBAN whose checksum is wrong
-- severity: error
WITH final AS (
    SELECT
        d.document_id,
        f.page,
        'L''IBAN du bénéficiaire (' || coalesce(iban_masked, 'masqué')
            || ') n''est pas valide : ' || wrong_key(p.ocr_confidence) AS message,
        iban_masked AS observed,
        key_severity(p.ocr_confidence) AS severity
    FROM document AS d
    LEFT JOIN document_fact AS f ON f.document_id = d.document_id AND f.name = 'iban_masked'
    LEFT JOIN page AS p ON p.document_id = f.document_id AND p.page = f.page
    WHERE iban_valid = false
)

SELECT * FROM final
