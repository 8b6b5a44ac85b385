-- Avenant dont le numéro suppose un avenant qui n'a pas été déposé
-- Avenant whose number supposes an avenant that was not handed in
-- severity: warning
WITH numbered AS (
    SELECT document_id, amends_document_id, avenant_number(title) AS number
    FROM document
    WHERE kind = 'avenant' AND copy_of IS NULL AND amends_document_id IS NOT NULL
),

supposed AS (
    SELECT amends_document_id, document_id, number AS later, unnest(range(1, number)) AS number
    FROM numbered
),

final AS (
    SELECT
        arg_min(s.document_id, s.later) AS document_id,
        1 AS page,
        'Cet avenant suppose un avenant n° ' || s.number || ' à la convention, qui manque : les sommes et'
            || ' les actions qu''il énonce ne comptent pas. Déposez-le.' AS message,
        'avenant n° ' || s.number AS expected
    FROM supposed AS s
    ANTI JOIN numbered AS n
        ON n.amends_document_id = s.amends_document_id AND n.number = s.number
    GROUP BY s.amends_document_id, s.number
)

SELECT * FROM final
