-- SIRET dont la clé est fausse
-- SIRET whose checksum is wrong
-- severity: error
WITH final AS (
    SELECT
        d.document_id,
        f.page,
        'Le SIRET ' || siret || ' n''est pas un numéro valide : sa clé de contrôle est fausse.' AS message,
        siret AS observed
    FROM document AS d
    LEFT JOIN document_fact AS f ON f.document_id = d.document_id AND f.name = 'siret'
    WHERE NOT siret_is_valid(siret)
)

SELECT * FROM final
