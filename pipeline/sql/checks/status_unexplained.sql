-- Statut dont la formulation n'est rattachée à aucun statut connu
-- Status whose wording belongs to no known status
-- severity: info
WITH worded AS ( -- of printed boxes, the one that is ticked
    SELECT
        *,
        len(regexp_extract_all(status_raw, '[☑☒⌧]|\[\s*[xX]\s*\]')) AS ticked,
        regexp_matches(status_raw, '[☐□▢◻❏❐❑❒]|\[\s*\]') AS has_empty_box
    FROM action
    WHERE status = 'unknown' AND regexp_matches(status_raw, '[\p{L}\d●◉◆■▲★⬤]')
),

final AS (
    SELECT
        document_id,
        min(page) AS page,
        'Le statut ' || called(replace(status_raw, chr(10), ' ')) || ' (' || agreed(count(*), 'action')
            || ') n''est rattaché à aucun statut connu :'
            || ' ajouter sa formulation aux données de référence.' AS message,
        status_raw AS observed
    FROM worded
    WHERE ticked = 1 OR (ticked = 0 AND NOT has_empty_box) -- more: see status_twice
    GROUP BY document_id, status_raw
)

SELECT * FROM final
