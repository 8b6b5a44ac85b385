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
    LEFT JOIN funding AS f ON f.action_id = a.action_id AND f.funder = 'AMI'
    WHERE a.funded AND a.table_id IS NOT NULL
    GROUP BY a.document_id, a.table_id
    HAVING count(f.action_id) = 0
),

final AS (
    SELECT
        document_id,
        page,
        'Page ' || page || ' : les ' || actions || ' actions de ce tableau sont dites financées par l''AMI, mais'
            || ' aucune n''a de somme AMI : lisez leurs sommes dans le document.' AS message,
        'des sommes AMI' AS expected,
        'aucune' AS observed
    FROM tables
    WHERE actions > 1
)

SELECT * FROM final
