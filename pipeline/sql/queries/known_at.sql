-- Que savait-on à une date, avec les seuls actes signés (ou reçus) jusque-là ?
-- What was known at a date, with only the acts signed (or received) until then?
-- $date = 2024-01-01
WITH known AS ( -- an act without any date is named, and counts for nothing
    SELECT *, coalesce(signed_on, received_on) AS known_on
    FROM document
    WHERE kind IN ('convention', 'avenant') AND copy_of IS NULL
        AND coalesce(coalesce(signed_on, received_on) <= CAST($date AS DATE), true)
),

latest AS (
    SELECT
        k.territory_id,
        k.exercise,
        k.document_id,
        k.known_on,
        m.stated_grant,
        m.annex_ami,
        m.annex_cofinancing
    FROM known AS k
    JOIN document_money AS m USING (document_id)
    QUALIFY k.known_on IS NULL OR row_number() OVER (
        PARTITION BY k.territory_id, k.exercise ORDER BY k.known_on DESC NULLS LAST, k.document_id
    ) = 1
),

actions AS (
    SELECT
        a.document_id,
        count(*) AS actions,
        count(*) FILTER (a.funded) AS funded_actions
    FROM action AS a
    GROUP BY ALL
),

final AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        l.exercise,
        l.document_id,
        l.known_on,
        n.actions,
        n.funded_actions,
        CASE WHEN l.known_on IS NOT NULL THEN l.stated_grant END AS stated_grant,
        CASE WHEN l.known_on IS NOT NULL THEN l.annex_ami END AS annex_ami,
        CASE WHEN l.known_on IS NOT NULL THEN l.annex_cofinancing END AS annex_cofinancing
    FROM latest AS l
    LEFT JOIN actions AS n ON n.document_id = l.document_id AND l.known_on IS NOT NULL
    LEFT JOIN territory AS t ON t.territory_id = l.territory_id
)

SELECT * FROM final
ORDER BY known_on IS NULL, territory, first_year(exercise), exercise, document_id
