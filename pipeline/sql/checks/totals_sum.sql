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

down AS (
    SELECT
        t.document_id,
        t.page,
        'warning' AS severity,
        'Le total « ' || n.french || ' » écrit ' || euros(t.stated)
            || ' alors que les lignes du tableau totalisent ' || euros(t.computed) || '.' AS message,
        plain(t.computed) AS expected,
        plain(t.stated) AS observed
    FROM table_total AS t
    JOIN names AS n USING (field)
    WHERE NOT t.is_right
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
    WHERE c.is_complete AND r.total_cost <> r.ami + r.cofinancing
),

final AS (
    SELECT * FROM down
    UNION ALL
    SELECT * FROM across
)

SELECT * FROM final
