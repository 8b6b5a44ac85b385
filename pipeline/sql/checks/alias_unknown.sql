-- Pilote dont la graphie n'est rattachée à aucune organisation
-- Pilot whose spelling belongs to no known organisation
-- severity: info
WITH final AS (
    SELECT
        a.document_id,
        min(a.page) AS page,
        'Le pilote « ' || a.pilot_raw || ' » (' || agreed(count(*), 'action')
            || ') n''est rattaché à aucune organisation connue :'
            || ' ajouter sa graphie aux données de référence.' AS message,
        a.pilot_raw AS observed
    FROM action AS a
    LEFT JOIN action_pilot AS p USING (action_id)
    WHERE a.pilot_raw IS NOT NULL AND p.action_id IS NULL
    GROUP BY a.document_id, a.pilot_raw
)

SELECT * FROM final
