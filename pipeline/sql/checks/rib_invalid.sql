-- RIB dont la clé est fausse
-- RIB whose key is wrong
-- severity: error
WITH final AS (
    SELECT
        d.document_id,
        f.page,
        'Le RIB du bénéficiaire (' || coalesce(rib_masked, 'masqué')
            || ') n''est pas valide : ' || wrong_key(p.ocr_confidence) AS message,
        rib_masked AS observed,
        key_severity(p.ocr_confidence) AS severity
    FROM document AS d
    LEFT JOIN document_fact AS f ON f.document_id = d.document_id AND f.name = 'rib_masked'
    LEFT JOIN page AS p ON p.document_id = f.document_id AND p.page = f.page
    WHERE rib_valid = false
)

SELECT * FROM final
