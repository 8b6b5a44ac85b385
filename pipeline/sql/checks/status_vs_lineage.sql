-- Statut que la filiation contredit : en cours sans action antérieure, à lancer alors qu'elle l'est déjà
-- Status that the lineage contradicts: under way without an earlier action, to be launched though it was
-- severity: warning
WITH unknown_before AS (
    SELECT
        a.document_id,
        a.action_id,
        a.page,
        'L''action ' || called(a.label) || ' est dite « ' || a.status_raw
            || ' », mais aucune action antérieure connue ne lui correspond'
            || CASE WHEN c.target_action_id IS NULL THEN '.'
                    ELSE ' avec assurance (paire à examiner).' END AS message,
        'une action antérieure, ou une action à lancer' AS expected,
        a.status_raw AS observed,
        CASE WHEN c.target_action_id IS NULL AND a.funded THEN 'warning' ELSE 'info' END AS severity
    FROM action AS a
    JOIN document AS d USING (document_id)
    LEFT JOIN (SELECT DISTINCT target_action_id FROM candidate_pair) AS c
        ON c.target_action_id = a.action_id
    WHERE a.status IN ('in_progress', 'renewed', 'increased', 'modified')
        AND d.kind <> 'report' -- « En cours » : what became of it in the year
        AND NOT EXISTS ( -- a row that a later act states again has its origin through the first
            FROM lineage AS own
            JOIN lineage AS same USING (lineage_id)
            JOIN action AS origin ON origin.action_id = same.action_id
            WHERE own.action_id = a.action_id
                AND first_year(origin.exercise) < first_year(a.exercise)
        )
        -- « Maintenue », of an action of the year before: what it becomes, not what it was
        AND NOT coalesce(last_year(a.exercise) < first_year(d.exercise), false)
        AND EXISTS (
            FROM action AS earlier
            WHERE earlier.territory_id = a.territory_id -- nothing links the actions of no territory
                AND earlier.document_id <> a.document_id
                AND first_year(earlier.exercise) < first_year(a.exercise)
        )
),

otherwise_before AS (
    SELECT
        later.document_id,
        later.action_id,
        later.page,
        'L''action ' || called(later.label) || ' est dite « ' || later.status_raw
            || ' », alors que le document ' || earlier.document_id || ' la disait « ' || earlier.status_raw
            || ' ».' AS message,
        earlier.status_raw AS expected,
        later.status_raw AS observed,
        'info' AS severity
    FROM link AS l
    JOIN action AS earlier ON earlier.action_id = l.source_action_id
    JOIN action AS later ON later.action_id = l.target_action_id
    WHERE l.relation = 'continues'
        AND earlier.document_id <> later.document_id
        AND (
            (later.status = 'planned'
                AND earlier.status IN ('in_progress', 'renewed', 'increased', 'modified'))
            OR (earlier.status IN ('done', 'abandoned')
                AND later.status IN ('planned', 'in_progress', 'renewed', 'increased'))
        )
),

final AS (
    SELECT * FROM unknown_before
    UNION ALL
    SELECT * FROM otherwise_before
)

SELECT * FROM final
