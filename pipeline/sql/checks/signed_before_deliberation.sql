-- Acte signé avant la délibération qui l'autorise
-- Act signed before the deliberation that allows it
-- severity: warning
WITH final AS (
    SELECT
        document_id,
        page_first AS page,
        'L''acte est signé le ' || strftime(signed_on, '%d/%m/%Y')
            || ', avant la délibération du ' || strftime(deliberation_on, '%d/%m/%Y')
            || ' qui l''autorise : l''une des dates est fausse, ou mal lue.' AS message,
        'une signature à partir du ' || strftime(deliberation_on, '%d/%m/%Y') AS expected,
        strftime(signed_on, '%d/%m/%Y') AS observed
    FROM document
    WHERE signed_on < deliberation_on
)

SELECT * FROM final
