-- Acte sans action ni tableau : ses annexes manquent, ou ne sont pas reconnues
-- Act without action or table: its annexes are missing, or not recognised
-- severity: warning
WITH final AS (
    SELECT
        document_id,
        1 AS page,
        'Aucune action n''est reconnue dans cet acte, ni tableau : si ses annexes sont un autre fichier,'
            || ' déposez-les dans le même PDF ; sinon, lisez-les dans le document.' AS message,
        'des actions' AS expected,
        'aucun tableau' AS observed
    FROM document
    ANTI JOIN action USING (document_id)
    ANTI JOIN annex_table USING (document_id)
    WHERE kind IN ('convention', 'avenant') AND copy_of IS NULL
)

SELECT * FROM final
