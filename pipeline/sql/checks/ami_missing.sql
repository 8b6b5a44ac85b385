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

final AS (
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
