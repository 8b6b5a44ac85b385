-- Statut dont aucun motif n'explique la formulation
-- Status whose wording no pattern explains
-- severity: info
WITH final AS (
    SELECT
        document_id,
        CASE WHEN count(*) = 1 THEN any_value(action_id) END AS action_id,
        min(page) AS page,
        'Le statut « ' || replace(status_raw, chr(10), ' ; ') || ' » (' || agreed(count(*), 'action')
            || ') n''a pas de sens connu : ajouter sa formulation aux données de référence.' AS message,
        status_raw AS observed
    FROM action
    WHERE status = 'unknown' AND regexp_matches(status_raw, '\pL{2}')
        AND len(regexp_extract_all(status_raw, '[☑☒⌧]')) < 2 -- see status_twice
    GROUP BY document_id, status_raw
)

SELECT * FROM final
