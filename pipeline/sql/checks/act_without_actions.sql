-- Acte sans action ni tableau : ses annexes manquent, ou ne sont pas reconnues
-- Act without action or table: its annexes are missing, or not recognised
-- severity: warning
WITH clauses AS ( -- avenants that grant nothing and name no annex: a term put off, a clause amended
    SELECT d.document_id
    FROM document AS d
    JOIN article AS a USING (document_id)
    WHERE d.kind = 'avenant'
    GROUP BY d.document_id
    HAVING NOT bool_or(regexp_matches(folded(concat_ws(' ', a.title, a.text)), '\bannexes?\b'))
        AND d.document_id NOT IN (SELECT document_id FROM stated_amount WHERE kind = 'grant')
),

final AS (
    SELECT
        document_id,
        1 AS page,
        CASE WHEN c.document_id IS NULL THEN 'warning' ELSE 'info' END AS severity,
        CASE WHEN c.document_id IS NULL
             THEN 'Aucune action n''est reconnue dans cet acte, ni tableau : si ses annexes sont un autre'
                 || ' fichier, déposez-les dans le même PDF ; sinon, lisez-les dans le document.'
             ELSE 'Cet avenant n''accorde aucune subvention et ne cite aucune annexe : il ne change que'
                 || ' des clauses de la convention, sans action à lire.' END AS message,
        'des actions' AS expected,
        'aucun tableau' AS observed
    FROM document
    LEFT JOIN clauses AS c USING (document_id)
    ANTI JOIN action USING (document_id)
    ANTI JOIN annex_table USING (document_id)
    WHERE kind IN ('convention', 'avenant') AND copy_of IS NULL
)

SELECT * FROM final
