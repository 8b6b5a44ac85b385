-- Même pilote écrit de plusieurs façons dans un document
-- The same pilot spelled in several ways in one document
-- severity: info
WITH alone AS ( -- an action with several pilots does not tell which spelling is whose
    SELECT action_id, any_value(organisation_id) AS organisation_id
    FROM action_pilot
    GROUP BY ALL
    HAVING count(*) = 1
),

final AS (
    SELECT
        a.document_id,
        min(a.page) AS page,
        'Le pilote ' || o.name || ' est écrit de plusieurs façons : '
            || string_agg(DISTINCT a.pilot_raw, ' ; ' ORDER BY a.pilot_raw) || '.' AS message,
        o.name AS expected,
        string_agg(DISTINCT a.pilot_raw, ' ; ' ORDER BY a.pilot_raw) AS observed
    FROM action AS a
    JOIN alone AS p USING (action_id)
    JOIN organisation AS o USING (organisation_id)
    GROUP BY a.document_id, o.organisation_id, o.name
    HAVING count(DISTINCT trim(a.pilot_raw)) > 1
)

SELECT * FROM final
