-- Acte qui ne parle nulle part du Logement d'abord : ses sommes sont peut-être d'un autre programme
-- Act that nowhere speaks of Logement d'abord: its sums may be another programme's
-- severity: warning
WITH acts AS (
    SELECT document_id, amends_document_id, programme AS code, programme_named AS named
    FROM document
    SEMI JOIN article USING (document_id) -- annexes alone say little of themselves
    WHERE kind IN ('convention', 'avenant')
),

final AS (
    SELECT
        a.document_id,
        1 AS page,
        'Cet acte ne parle pas du Logement d''abord'
            || coalesce(' et ses crédits sont du programme ' || a.code, '')
            || ' : ce qui en est lu, compté pour l''AMI, est peut-être d''une autre politique.'
            || ' Si c''est le cas, retirez le fichier du dossier.' AS message,
        'programme 177, Logement d''abord' AS expected,
        a.code AS observed
    FROM acts AS a
    LEFT JOIN acts AS amended ON amended.document_id = a.amends_document_id
    WHERE a.named IS DISTINCT FROM 'title'
        AND amended.named IS NULL
        AND CASE WHEN a.code IS NULL THEN a.named IS NULL ELSE a.code <> '177' END
)

SELECT * FROM final
