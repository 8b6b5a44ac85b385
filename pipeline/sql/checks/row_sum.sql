-- Coût total d'une action différent de la somme AMI + cofinancements
-- Total cost of an action other than AMI + cofunding
-- severity: warning
WITH cofunding_cells AS (
    SELECT c.table_id, c.row_index, bool_or(c.text IS NULL) AS is_empty
    FROM cell AS c
    JOIN annex_column AS k USING (table_id, column_index)
    WHERE k.field = 'cofinancing'
    GROUP BY ALL
),

lacking AS ( -- « Reste à financer » : what nobody pays yet
    SELECT c.table_id, c.row_index, sum(coalesce(amount_of(c.text), list_sum(amounts_in(c.text)))) AS amount
    FROM cell AS c
    JOIN annex_column AS k USING (table_id, column_index)
    WHERE k.field = 'unfunded'
    GROUP BY ALL
),

carried AS ( -- what was left of the exercise before pays too
    SELECT action_id, sum(amount_eur) AS amount
    FROM funding
    WHERE stage = 'carry_over'
    GROUP BY ALL
),

asked AS ( -- what others have not granted yet
    SELECT action_id, sum(amount_eur) AS amount
    FROM funding
    WHERE stage = 'requested' AND funder IS DISTINCT FROM 'AMI'
    GROUP BY ALL
),

closed AS ( -- the totals row is the sum of the cofundings written: the others are none
    SELECT DISTINCT table_id
    FROM table_total
    WHERE field = 'cofinancing' AND is_right AND NOT is_carry_over
),

final AS (
    SELECT
        a.document_id,
        a.action_id,
        a.page,
        m.cofinancing IS NULL AND coalesce(c.is_empty, true) AND m.total_cost > m.ami AS is_unsaid,
        CASE WHEN is_unsaid THEN 'info' ELSE 'warning' END AS severity,
        m.ami + coalesce(m.cofinancing, 0) AS computed,
        'L''action ' || called(a.label) || ' annonce un coût total de ' || euros(m.total_cost)
            || ', mais AMI ' || euros(m.ami) || ' + cofinancements '
            || euros(coalesce(m.cofinancing, 0)) || ' font ' || euros(computed) || '.' AS message,
        plain(computed) AS expected,
        plain(m.total_cost) AS observed
    FROM action AS a
    JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    LEFT JOIN cofunding_cells AS c USING (table_id, row_index)
    LEFT JOIN lacking AS l USING (table_id, row_index)
    LEFT JOIN carried AS r ON r.action_id = a.action_id
    LEFT JOIN asked AS q ON q.action_id = a.action_id
    LEFT JOIN closed AS t ON t.table_id = a.table_id
    WHERE a.funded
        AND NOT m.cofinancing_open
        AND m.total_cost NOT IN (
            computed,
            computed + coalesce(l.amount, 0),
            computed + coalesce(r.amount, 0),
            computed + coalesce(m.carry_over, 0), -- stated of the exercise before too
            computed + coalesce(q.amount, 0)
        )
        -- an empty cell beside a higher total leaves the cofunding unknown
        AND NOT (is_unsaid AND t.table_id IS NULL)
)

SELECT * EXCLUDE (computed, is_unsaid) FROM final
