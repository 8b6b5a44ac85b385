-- Bénéficiaires dont le nom diffère d'un acte à l'autre, tenus pour un seul territoire
-- Beneficiaries whose name differs from act to act, taken for one territory
-- severity: info
WITH names AS (
    SELECT
        territory_id,
        folded(beneficiary) AS name,
        min(beneficiary) AS written,
        max(document_id) AS document_id
    FROM document
    WHERE territory_id IS NOT NULL AND beneficiary IS NOT NULL
    GROUP BY ALL
),

final AS (
    SELECT
        max(document_id) AS document_id,
        1 AS page,
        'Le bénéficiaire est écrit ' || string_agg('« ' || written || ' »', ', ' ORDER BY written)
            || ' : ces actes sont tenus pour ceux d''un seul territoire.' AS message,
        count(*) || ' graphies' AS observed
    FROM names
    GROUP BY territory_id
    HAVING count(*) > 1
)

SELECT * FROM final
