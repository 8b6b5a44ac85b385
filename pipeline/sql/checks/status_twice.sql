-- Action cochée sous plusieurs statuts qui se contredisent : aucun n'est retenu
-- Action ticked under several statuses that contradict each other: none is kept
-- severity: warning
WITH final AS (
    SELECT
        document_id,
        action_id,
        page,
        'L''action ' || coalesce(called(label), 'sans intitulé') || ' est cochée sous plusieurs statuts (« '
            || replace(status_raw, chr(10), ' ; ') || ' ») : aucun n''est retenu.' AS message,
        'un statut' AS expected,
        status_raw AS observed
    FROM action
    WHERE status = 'unknown' AND len(regexp_extract_all(status_raw, '[☑☒⌧]')) > 1
)

SELECT * FROM final
