-- IBAN dont la clé est fausse
-- IBAN whose checksum is wrong
-- severity: error
WITH final AS (
    SELECT
        document_id,
        'L''IBAN du bénéficiaire (' || coalesce(iban_masked, 'masqué')
            || ') n''est pas valide : sa clé de contrôle est fausse.' AS message,
        iban_masked AS observed
    FROM document
    WHERE iban_valid = false
)

SELECT * FROM final
