-- Action qui prend fin sans que les documents disent pourquoi
-- Action that ends without the documents saying why
-- severity: info
WITH last_pages AS (
    SELECT y.lineage_id, y.exercise, y.page, y.action_ids[1] AS action_id
    FROM lineage_year AS y
),

announced AS ( -- which no act gives up
    SELECT c.lineage_id, sum(m.ami) AS ami, together(list(m.document_id), ', ') AS documents
    FROM action_continuity AS c
    JOIN lineage_money AS m
        ON m.lineage_id = c.lineage_id AND first_year(m.exercise) >= first_year(c.exercise)
    WHERE c.event = 'ended'
    GROUP BY ALL
    HAVING sum(m.ami) > 0
),

left_out AS ( -- which the act of the year does not grant
    SELECT
        l.lineage_id,
        sum(s.ami) AS ami,
        together(list(a.document_id), ', ') AS documents,
        together(list(s.document_id), ', ') AS acts
    FROM announced_sum AS s
    JOIN action AS a USING (action_id)
    JOIN lineage AS l ON l.action_id = s.action_id AND l.main
    WHERE s.is_left_out
    GROUP BY ALL
),

final AS (
    SELECT
        a.document_id,
        a.action_id,
        p.page,
        'L''action ' || called(c.label) || ' de ' || c.previous_exercise
            || ' n''a pas de suite ' || CASE WHEN d.source_action_id IS NULL THEN '' ELSE 'sûre ' END
            || 'en ' || c.exercise || ', sans raison donnée'
            || CASE WHEN d.source_action_id IS NULL THEN '' ELSE ' (paire à examiner)' END
            || coalesce(' ; les ' || euros(n.ami) || ' que ' || n.documents
                || ' annonce pour la suite comptent encore.', ' ; les ' || euros(o.ami) || ' que '
                || o.documents || ' annonce pour la suite ne comptent plus : ' || o.acts
                || ' n''accorde que ce que ses annexes totalisent.', '.') AS message,
        CASE WHEN coalesce(n.ami, o.ami) IS NULL THEN 'info' ELSE 'warning' END AS severity,
        'une suite ou une raison' AS expected,
        NULL AS observed
    FROM action_continuity AS c
    JOIN last_pages AS p ON p.lineage_id = c.lineage_id AND p.exercise = c.previous_exercise
    JOIN action AS a ON a.action_id = p.action_id
    LEFT JOIN announced AS n ON n.lineage_id = c.lineage_id
    LEFT JOIN left_out AS o ON o.lineage_id = c.lineage_id
    LEFT JOIN (SELECT DISTINCT source_action_id FROM candidate_pair) AS d
        ON d.source_action_id = a.action_id
    WHERE c.event = 'ended' AND c.reason IS NULL
)

SELECT * FROM final
