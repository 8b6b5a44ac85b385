-- Que savait-on à une date, avec les seuls actes signés (ou reçus) jusque-là ?
-- What was known at a date, with only the acts signed (or received) until then?
-- $date = 2024-01-01
WITH known AS ( -- an act without any date is named, and counts for nothing
    SELECT *, coalesce(signed_on, received_on) AS known_on
    FROM document
    WHERE kind IN ('convention', 'avenant') AND copy_of IS NULL
        AND coalesce(coalesce(signed_on, received_on) <= CAST($date AS DATE), true)
),

replaced AS (
    SELECT DISTINCT r.action_id
    FROM restated_action AS r
    JOIN known AS k ON k.document_id = r.later_document_id
    WHERE k.known_on IS NOT NULL
),

actions AS (
    SELECT
        a.document_id,
        count(*) AS actions,
        count(*) FILTER (a.funded) AS funded_actions,
        coalesce(sum(m.ami) FILTER (a.funded AND r.action_id IS NULL), 0) AS counted_ami
    FROM action AS a
    JOIN document AS d USING (document_id)
    LEFT JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    LEFT JOIN replaced AS r ON r.action_id = a.action_id
    -- an act may also report on the exercises before its own
    WHERE coalesce(first_year(a.exercise) = first_year(d.exercise), true)
    GROUP BY ALL
),

final AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        k.exercise,
        k.document_id,
        k.known_on,
        n.actions,
        n.funded_actions,
        m.stated_grant,
        m.annex_ami,
        CASE WHEN m.annex_ami IS NOT NULL THEN n.counted_ami END AS counted_ami,
        m.annex_cofinancing
    FROM known AS k
    LEFT JOIN document_money AS m ON m.document_id = k.document_id AND k.known_on IS NOT NULL
    LEFT JOIN actions AS n ON n.document_id = k.document_id AND k.known_on IS NOT NULL
    LEFT JOIN territory AS t ON t.territory_id = k.territory_id
)

SELECT * FROM final
ORDER BY known_on IS NULL, territory, first_year(exercise), exercise, known_on, document_id
