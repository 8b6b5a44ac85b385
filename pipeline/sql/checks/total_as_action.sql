-- Action dont les sommes sont celles de toutes les autres de son tableau, ou de toutes celles qui la précèdent : un total, peut-être
-- Action whose sums are those of all others of its table, or of all before it: a total, maybe
-- severity: warning
WITH paid AS (
    SELECT
        a.table_id,
        a.row_index,
        a.document_id,
        a.action_id,
        a.page,
        a.label,
        m.ami,
        coalesce(m.cofinancing, 0) AS cofinancing
    FROM action AS a
    JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    WHERE m.ami > 0
),

beside AS (
    SELECT
        *,
        row_index IN (min(row_index) OVER rows, max(row_index) OVER rows) AS ends_table,
        sum(ami) OVER rows - ami AS others_ami,
        sum(cofinancing) OVER rows - cofinancing AS others_cofinancing,
        count(*) OVER rows - 1 AS others,
        sum(ami) OVER above AS ami_above,
        sum(cofinancing) OVER above AS cofinancing_above,
        count(*) OVER above AS above
    FROM paid
    WINDOW
        rows AS (PARTITION BY table_id),
        above AS (
            PARTITION BY table_id ORDER BY row_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
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
            || ' son tableau' || CASE WHEN ami = others_ami THEN '' ELSE ' qui la précèdent' END
            || ' : si c''est un total, cet argent compte deux fois.' AS message,
        plain(ami) AS observed
    FROM beside
    ANTI JOIN closed USING (table_id)
    WHERE (ends_table AND others > 1 AND ami = others_ami AND cofinancing = others_cofinancing)
        -- amid others, two sums prove what one may do by chance
        OR (above > 1 AND ami = ami_above AND cofinancing = cofinancing_above AND cofinancing > 0)
)

SELECT * FROM final
