-- Acte qui ne parle nulle part du Logement d'abord : ses sommes sont peut-être d'un autre programme
-- Act that nowhere speaks of Logement d'abord: its sums may be another programme's
-- severity: warning
WITH wording AS (
    SELECT document_id, concat_ws(' ', title, text) AS words FROM article
    UNION ALL
    SELECT document_id, title FROM annex_table
    UNION ALL
    SELECT document_id, header FROM annex_column JOIN annex_table USING (table_id)
),

named AS (
    SELECT document_id, bool_or(names_programme(words)) AS in_text
    FROM wording
    SEMI JOIN article USING (document_id) -- annexes alone say little of themselves
    GROUP BY ALL
),

acts AS (
    SELECT
        d.document_id,
        d.amends_document_id,
        d.programme AS code,
        coalesce(names_programme(d.title), false) AS in_title,
        n.in_text
    FROM document AS d
    JOIN named AS n USING (document_id)
    WHERE d.kind IN ('convention', 'avenant')
),

final AS (
    SELECT
        a.document_id,
        1 AS page,
        'Cet acte ne parle pas du Logement d''abord'
            || coalesce(' et ses crédits sont du programme ' || a.code, '')
            || ' : ses sommes, lues comme celles de l''AMI, sont peut-être d''une autre politique.'
            || ' Si c''est le cas, retirez le fichier du dossier.' AS message,
        'programme 177, Logement d''abord' AS expected,
        a.code AS observed
    FROM acts AS a
    LEFT JOIN acts AS amended ON amended.document_id = a.amends_document_id
    SEMI JOIN action ON action.document_id = a.document_id
    WHERE NOT a.in_title
        AND NOT coalesce(amended.in_title OR amended.in_text, false)
        AND CASE WHEN a.code IS NULL THEN NOT a.in_text ELSE a.code <> '177' END
)

SELECT * FROM final
