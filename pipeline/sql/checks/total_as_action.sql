-- Première ou dernière action d'un tableau dont les sommes sont celles de toutes les autres : un total, peut-être
-- First or last action of a table whose sums are those of all others: a total, maybe
-- severity: warning
WITH paid AS (
    SELECT
        a.table_id,
        a.document_id,
        a.action_id,
        a.page,
        a.label,
        m.ami,
        coalesce(m.cofinancing, 0) AS cofinancing,
        a.row_index IN (min(a.row_index) OVER rows, max(a.row_index) OVER rows) AS ends_table,
        sum(m.ami) OVER rows - m.ami AS others_ami,
        sum(coalesce(m.cofinancing, 0)) OVER rows - coalesce(m.cofinancing, 0) AS others_cofinancing,
        count(*) OVER rows AS actions
    FROM action AS a
    JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    WHERE m.ami > 0
    WINDOW rows AS (PARTITION BY a.table_id)
),

closed AS ( -- a totals row counts this action too
    SELECT table_id
    FROM table_total
    WHERE field = 'ami' AND is_right AND NOT is_carry_over
),

final AS (
    SELECT
        document_id,
        action_id,
        page,
        'L''action ' || called(label) || ' a ' || euros(ami) || ', soit la somme de toutes les autres de'
            || ' son tableau : si c''est un total, cet argent compte deux fois.' AS message,
        plain(ami) AS observed
    FROM paid
    ANTI JOIN closed USING (table_id)
    WHERE ends_table AND actions > 2 AND ami = others_ami AND cofinancing = others_cofinancing
)

SELECT * FROM final
