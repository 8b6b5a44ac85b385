-- Avenant dont le numéro suppose un avenant qui n'a pas été déposé
-- Avenant whose number supposes an avenant that was not handed in
-- severity: warning
WITH numbered AS (
    SELECT
        document_id,
        amends_document_id,
        coalesce(first_year(exercise), year(signed_on)) AS of_year,
        avenant_number(title) AS number
    FROM document
    WHERE kind = 'avenant' AND copy_of IS NULL AND amends_document_id IS NOT NULL
),

supposed AS (
    SELECT
        amends_document_id,
        document_id,
        of_year,
        number AS later,
        unnest(range(1, number)) AS number
    FROM numbered
),

missing AS (
    SELECT s.*, row_number() OVER (PARTITION BY s.document_id ORDER BY s.number) AS rank
    FROM supposed AS s
    ANTI JOIN numbered AS n
        ON n.amends_document_id = s.amends_document_id AND n.number = s.number
),

unnumbered AS ( -- « Avenant 2023 », before an « Avenant n° 2 » of 2024
    SELECT m.document_id, count(DISTINCT n.document_id) AS acts
    FROM missing AS m
    JOIN numbered AS n
        ON n.amends_document_id = m.amends_document_id
        AND n.number IS NULL
        AND n.of_year < m.of_year
    GROUP BY ALL
),

final AS (
    SELECT
        arg_min(s.document_id, s.later) AS document_id,
        1 AS page,
        'Cet avenant suppose un avenant n° ' || s.number || ' à la convention, qui manque : les sommes et'
            || ' les actions qu''il énonce ne comptent pas. Déposez-le.' AS message,
        'avenant n° ' || s.number AS expected
    FROM missing AS s
    LEFT JOIN unnumbered AS u USING (document_id)
    WHERE s.rank > coalesce(u.acts, 0)
    GROUP BY s.amends_document_id, s.number
)

SELECT * FROM final
