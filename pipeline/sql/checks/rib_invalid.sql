-- RIB dont la clé est fausse
-- RIB whose key is wrong
-- severity: error
WITH final AS (
    SELECT
        d.document_id,
        f.page,
        'Le RIB du bénéficiaire (' || coalesce(rib_masked, 'masqué')
            || ') n''est pas valide : sa clé de contrôle est fausse.' AS message,
        rib_masked AS observed
    FROM document AS d
    LEFT JOIN document_fact AS f ON f.document_id = d.document_id AND f.name = 'rib_masked'
    WHERE rib_valid = false
)

SELECT * FROM final
