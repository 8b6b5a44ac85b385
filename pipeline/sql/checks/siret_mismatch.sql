-- SIRET valide qui n'est pas celui du bénéficiaire
-- Valid SIRET that is not the beneficiary's
-- severity: warning
WITH final AS (
    SELECT
        d.document_id,
        f.page,
        'Le SIRET ' || d.siret || ' est valide mais n''est pas celui de ' || t.name
            || ', dont le SIREN est ' || t.territory_id || '.' AS message,
        t.territory_id AS expected,
        left(d.siret, 9) AS observed
    FROM document AS d
    JOIN territory AS t USING (territory_id)
    LEFT JOIN document_fact AS f ON f.document_id = d.document_id AND f.name = 'siret'
    WHERE siret_is_valid(d.siret)
        AND regexp_full_match(t.territory_id, '\d{9}')
        AND left(d.siret, 9) <> t.territory_id
)

SELECT * FROM final
