-- Acte dont aucune partie n'est l'État : ses sommes ne sont peut-être pas celles de l'AMI
-- Act to which the State is no party: its sums may not be the AMI's
-- severity: warning
WITH parties AS (
    SELECT
        document_id,
        coalesce(
            string_agg(organisation, ' et ' ORDER BY role, organisation), 'sans nom' -- beneficiary first
        ) AS named,
        count(DISTINCT role) AS count,
        bool_or(role = 'state') AS has_state
    FROM signatory
    GROUP BY ALL
),

final AS (
    SELECT
        d.document_id,
        1 AS page,
        'L''État n''est pas parmi les parties lues (' || p.named || ') : cet acte n''est peut-être'
            || ' pas celui de l''AMI, mais l''un de ceux par lesquels son bénéficiaire en reverse les'
            || ' crédits. Ses sommes compteraient alors deux fois : retirez le fichier du dossier.'
            AS message,
        'État' AS expected,
        p.named AS observed
    FROM document AS d
    JOIN parties AS p USING (document_id)
    SEMI JOIN action ON action.document_id = d.document_id
    WHERE d.kind IN ('convention', 'avenant') AND p.count > 1 AND NOT p.has_state
)

SELECT * FROM final
