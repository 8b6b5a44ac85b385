-- Action dite en cours ou reconduite qu'aucun document antérieur ne connaît
-- Action said to be under way or renewed that no earlier document knows
-- severity: warning
WITH final AS (
    SELECT
        a.document_id,
        a.action_id,
        a.page,
        'L''action ' || called(a.label) || ' est dite « ' || a.status_raw
            || ' », mais aucune action antérieure connue ne lui correspond'
            || CASE WHEN c.target_action_id IS NULL THEN '.'
                    ELSE ' avec assurance (paire à examiner).' END AS message,
        'nouvelle action ou lien vers une action antérieure' AS expected,
        a.status_raw AS observed,
        CASE WHEN c.target_action_id IS NULL AND a.funded THEN 'warning' ELSE 'info' END AS severity
    FROM action AS a
    JOIN territory_exercise AS t
        ON t.territory_id IS NOT DISTINCT FROM a.territory_id AND t.exercise = a.exercise
    LEFT JOIN link AS l ON l.target_action_id = a.action_id
    LEFT JOIN (SELECT DISTINCT target_action_id FROM candidate_pair) AS c
        ON c.target_action_id = a.action_id
    WHERE t.rank > 1
        AND a.status IN ('in_progress', 'renewed', 'increased', 'modified')
        AND l.target_action_id IS NULL
)

SELECT * FROM final
