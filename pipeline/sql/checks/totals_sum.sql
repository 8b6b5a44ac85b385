-- Ligne de total qui ne correspond pas aux lignes, ou dont les colonnes ne s'additionnent pas
-- Totals row that does not match the rows, or whose columns do not add up
-- severity: warning
WITH names AS (
    FROM (VALUES
        ('total_cost', 'coût total'), ('ami', 'financement AMI'),
        ('ami_previous', 'financement AMI antérieur'), ('cofinancing', 'cofinancements'),
        ('planned', 'prévu'), ('spent', 'dépensé'), ('carry_over', 'reliquat')
    ) AS named (field, french)
),

misread AS ( -- sums of a scan of which one digit, read otherwise, makes the total right
    SELECT DISTINCT
        t.table_id,
        t.row_index AS total_row,
        t.column_index,
        a.action_id,
        'ligne ' || a.row_index || ', « ' || c.text || ' », où le total suppose '
            || euros(f.amount_eur + t.stated - t.computed) AS cell
    FROM table_total AS t
    JOIN cell AS c USING (table_id, column_index)
    JOIN action AS a ON a.table_id = c.table_id AND a.row_index = c.row_index
    JOIN funding AS f
        ON f.action_id = a.action_id AND f.page = c.page AND f.x0 = c.x0 AND f.top = c.top
    WHERE NOT t.is_right
        AND c.confidence IS NOT NULL
        AND one_digit_off(f.amount_eur, f.amount_eur + t.stated - t.computed)
),

suspects AS (
    SELECT
        table_id,
        total_row AS row_index,
        column_index,
        if(count(*) = 1, min(action_id), NULL) AS action_id,
        string_agg(cell, ' ; ' ORDER BY cell) AS cells
    FROM misread
    GROUP BY ALL
),

down AS (
    SELECT
        t.document_id,
        s.action_id,
        t.page,
        'warning' AS severity,
        'Le total « ' || n.french || ' » écrit ' || euros(t.stated)
            || ' alors que les lignes du tableau totalisent ' || euros(t.computed) || '.'
            || coalesce(
                ' Sur cette page numérisée, un seul chiffre mal lu l''expliquerait : ' || s.cells
                || if(one_digit_off(t.stated, t.computed), ' ; ou dans le total lui-même.', '.'), ''
            ) AS message,
        plain(t.computed) AS expected,
        plain(t.stated) AS observed
    FROM table_total AS t
    JOIN names AS n USING (field)
    JOIN document_money AS m USING (document_id)
    LEFT JOIN suspects AS s USING (table_id, row_index, column_index)
    -- the last of several tables may bear the total of all
    WHERE NOT t.is_right AND NOT coalesce(t.field = 'ami' AND t.stated = m.annex_ami, false)
),

rows_complete AS ( -- each entry has its total, its AMI sum and a cofunding without a doubt
    SELECT
        a.table_id,
        bool_and(m.total_cost IS NOT NULL AND m.ami IS NOT NULL AND NOT m.cofinancing_open)
            AS is_complete,
        sum(m.total_cost - m.ami - coalesce(m.cofinancing, 0)) AS gap
    FROM action AS a
    LEFT JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    GROUP BY ALL
),

one_row AS (
    SELECT
        document_id,
        table_id,
        row_index,
        min(page) AS page,
        max(stated) FILTER (field = 'total_cost') AS total_cost,
        max(stated) FILTER (field = 'ami') AS ami,
        max(stated) FILTER (field = 'cofinancing') AS cofinancing
    FROM table_total
    WHERE NOT is_carry_over
    GROUP BY ALL
    HAVING count(*) = count(DISTINCT field)
),

across AS (
    SELECT
        r.document_id,
        NULL AS action_id,
        r.page,
        -- the gap of a row that row_sum already names comes back in the total
        CASE WHEN c.gap = r.total_cost - r.ami - r.cofinancing THEN 'info' ELSE 'warning' END
            AS severity,
        'Dans la ligne de total, ' || euros(r.ami) || ' d''AMI + ' || euros(r.cofinancing)
            || ' de cofinancements font ' || euros(r.ami + r.cofinancing)
            || ', et non le coût total écrit de ' || euros(r.total_cost) || '.'
            || CASE WHEN c.gap = r.total_cost - r.ami - r.cofinancing
                    THEN ' Les lignes qui ne s''additionnent pas expliquent l''écart.' ELSE '' END
            AS message,
        plain(r.ami + r.cofinancing) AS expected,
        plain(r.total_cost) AS observed
    FROM one_row AS r
    JOIN rows_complete AS c USING (table_id)
    -- incomes in which the AMI is named add up to the cost
    WHERE c.is_complete AND r.total_cost NOT IN (r.ami + r.cofinancing, r.cofinancing)
),

final AS (
    SELECT * FROM down
    UNION ALL
    SELECT * FROM across
)

SELECT * FROM final
