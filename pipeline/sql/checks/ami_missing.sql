-- Tableau d'actions financées par l'AMI dont aucune n'a de somme AMI : colonne mal lue, ou absente
-- Table of actions that the AMI funds, of which none has an AMI sum: a column misread, or missing
-- severity: warning
WITH tables AS (
    SELECT
        a.document_id,
        a.table_id,
        min(a.page) AS page,
        count(DISTINCT a.action_id) AS actions
    FROM action AS a
    LEFT JOIN funding AS f
        ON f.action_id = a.action_id AND f.funder = 'AMI' AND f.amount_eur IS NOT NULL
    WHERE a.funded AND a.table_id IS NOT NULL
    GROUP BY a.document_id, a.table_id
    HAVING count(f.action_id) = 0
),

acts AS ( -- the State grants, and no action has a sum of the AMI that is not only asked for
    SELECT
        m.document_id,
        min(a.page) AS page,
        the_article(m.grant_article) || ' énonce une subvention de ' || euros(m.stated_grant)
            || ', mais aucune des actions (' || count(DISTINCT a.action_id) || ') n''a de somme AMI'
            || ' accordée ou prévue pour ' || m.exercise || ' : lisez leurs sommes dans le document.'
            AS message
    FROM document_money AS m
    JOIN action AS a ON a.document_id = m.document_id AND a.exercise = m.exercise
    WHERE m.stated_grant > 0 AND m.document_id NOT IN (SELECT document_id FROM tables)
    GROUP BY m.document_id, m.exercise, m.grant_article, m.stated_grant
    HAVING NOT EXISTS (
        FROM funding AS f
        JOIN action AS o USING (action_id)
        WHERE o.document_id = m.document_id AND f.funder = 'AMI' AND f.stage IN ('granted', 'planned')
            AND left(coalesce(f.exercise, o.exercise), 4) <= right(m.exercise, 4)
            AND right(coalesce(f.exercise, o.exercise), 4) >= left(m.exercise, 4)
    )
),

final AS (
    SELECT document_id, page, message, 'des sommes AMI' AS expected, 'aucune' AS observed
    FROM acts
    UNION ALL BY NAME
    SELECT
        document_id,
        page,
        'Page ' || page || ' : ' || agreed(actions, 'action') || ' de ce tableau, que l''AMI finance,'
            || ' sans aucune somme AMI : lisez leurs sommes dans le document.' AS message,
        'des sommes AMI' AS expected,
        'aucune' AS observed
    FROM tables
    WHERE
        actions > 1
        OR table_id IN (SELECT k.table_id FROM annex_column AS k WHERE k.field IS NULL)
)

SELECT * FROM final
