-- SIRET dont la clé est fausse
-- SIRET whose checksum is wrong
-- severity: error
WITH final AS (
    SELECT
        document_id,
        'Le SIRET ' || siret || ' n''est pas un numéro valide : sa clé de contrôle est fausse.' AS message,
        siret AS observed
    FROM document
    WHERE NOT siret_is_valid(siret)
)

SELECT * FROM final
