-- Action qui porte des crédits AMI sous le total de son tableau, qui ne les compte pas
-- Action with AMI money below the total of its table, which does not count it
-- severity: warning
WITH totals AS ( -- the last of each table
    SELECT table_id, max(row_index) AS row_index, arg_max(stated, row_index) AS stated
    FROM table_total
    WHERE field = 'ami' AND NOT is_carry_over
    GROUP BY ALL
),

below AS (
    SELECT
        a.document_id,
        a.action_id,
        a.page,
        a.label,
        m.ami,
        t.stated,
        sum(m.ami) OVER (PARTITION BY a.table_id) AS all_below
    FROM totals AS t
    JOIN action AS a ON a.table_id = t.table_id AND a.row_index > t.row_index
    JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    WHERE m.ami > 0
),

final AS (
    SELECT
        document_id,
        action_id,
        page,
        'L''action ' || called(label) || ' (' || euros(ami) || ') est sous le total du tableau, '
            || euros(stated) || ', qui ne la compte pas : vérifiez que c''en est une.' AS message,
        plain(ami) AS observed
    FROM below
    WHERE stated IS DISTINCT FROM all_below -- else it stands above what it adds up
)

SELECT * FROM final
