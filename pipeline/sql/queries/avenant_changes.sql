-- Que change un avenant par rapport à l'acte qui le précède : actions, argent, articles ?
-- What does an avenant change against the act before it: actions, money, articles?
-- $avenant =
WITH final AS (
    SELECT document_id AS avenant, * EXCLUDE (document_id)
    FROM avenant_change
    WHERE speaks_of(document_id, $avenant)
)

SELECT * EXCLUDE (rank) FROM final
ORDER BY avenant, rank
