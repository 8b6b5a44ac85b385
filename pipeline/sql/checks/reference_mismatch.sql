-- Article sur une action qui renvoie à la fiche d'une autre
-- Article about one action that sends to the sheet of another
-- severity: info
WITH named AS ( -- « L'action Mentorat des jeunes » … « voir la fiche FA 22 »
    SELECT
        document_id,
        number AS article_number,
        page_first AS page,
        regexp_extract(folded(title), '^(?:l )?action (\w{5,})', 1) AS head,
        unnest(regexp_extract_all(
            text, '(?i)\bvoir\s+(?:la\s+)?fiche(?:[\s-]action)?\s+(?:FA\s*)?(?:n°\s*)?(\d+)\b', 1
        )) AS target
    FROM article
    WHERE title IS NOT NULL
),

actions AS (
    SELECT DISTINCT
        document_id,
        regexp_extract(reference, '(\d+)\W*$', 1) AS number,
        reference,
        label,
        regexp_extract(folded(label), '^(\w+)', 1) AS head
    FROM action
    WHERE reference IS NOT NULL AND label IS NOT NULL
),

owners AS ( -- the one action of the document whose label begins with that word
    SELECT document_id, head, min(number) AS number, min(reference) AS reference, min(label) AS label
    FROM actions
    GROUP BY document_id, head
    HAVING count(DISTINCT number) = 1
),

final AS (
    SELECT DISTINCT
        n.document_id,
        n.article_number,
        n.page,
        the_article(n.article_number) || ' parle de l''action ' || called(o.label)
            || ' (' || o.reference || '), mais renvoie à ' || a.reference || ', '
            || called(a.label) || '.' AS message,
        o.reference AS expected,
        a.reference AS observed
    FROM named AS n
    JOIN owners AS o ON o.document_id = n.document_id AND o.head = n.head
    JOIN actions AS a ON a.document_id = n.document_id AND a.number = n.target
    WHERE a.number <> o.number
        AND NOT EXISTS ( -- in no wording is the action referred to called so
            FROM actions AS x
            WHERE x.document_id = n.document_id AND x.number = n.target
                AND contains(folded(x.label), n.head)
        )
)

SELECT * FROM final
