-- Que savait-on à une date, avec les seuls actes signés (ou reçus) jusque-là ?
-- What was known at a date, with only the acts signed (or received) until then?
-- $date = 2024-01-01
WITH known AS (
    SELECT *, coalesce(signed_on, received_on) AS known_on
    FROM document
    WHERE coalesce(signed_on, received_on) <= CAST($date AS DATE)
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
    QUALIFY row_number() OVER (
        PARTITION BY k.territory_id, k.exercise ORDER BY k.known_on DESC, k.document_id
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
        l.stated_grant,
        l.annex_ami,
        l.annex_cofinancing
    FROM latest AS l
    LEFT JOIN actions AS n USING (document_id)
    LEFT JOIN territory AS t ON t.territory_id = l.territory_id
)

SELECT * FROM final
ORDER BY territory, first_year(exercise), exercise, document_id
