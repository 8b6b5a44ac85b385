-- IBAN dont la clé est fausse
-- IBAN whose checksum is wrong
-- severity: error
WITH final AS (
    SELECT
        d.document_id,
        f.page,
        'L''IBAN du bénéficiaire (' || coalesce(iban_masked, 'masqué')
            || ') n''est pas valide : sa clé de contrôle est fausse.' AS message,
        iban_masked AS observed
    FROM document AS d
    LEFT JOIN document_fact AS f ON f.document_id = d.document_id AND f.name = 'iban_masked'
    WHERE iban_valid = false
)

SELECT * FROM final
