-- Cellule qui énonce plusieurs sommes d'un même financeur, qu'aucun total n'assure
-- Cell that states several sums of one funder, which no total proves
-- severity: warning
WITH columns_of AS ( -- the column in which a sum stands
    SELECT DISTINCT t.document_id, c.page, c.x0, c.top, c.table_id, c.column_index
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
),

told AS (
    SELECT
        a.document_id,
        f.action_id,
        a.label,
        f.stage,
        f.funder,
        f.exercise,
        f.raw,
        f.page,
        f.x0,
        f.top,
        count(*) AS sums,
        sum(f.amount_eur) AS whole
    FROM funding AS f
    JOIN action AS a USING (action_id)
    WHERE f.amount_eur > 0 AND f.raw NOT LIKE '%+%'
        AND (f.stage = 'total_cost' OR f.funder = 'AMI' AND f.stage IN ('planned', 'granted'))
    GROUP BY ALL
    HAVING count(*) > 1
),

proved AS ( -- the total of that column is that of its rows, these sums among them
    SELECT k.document_id, k.page, k.x0, k.top
    FROM columns_of AS k
    JOIN table_total AS t USING (table_id, column_index)
    WHERE t.is_right AND t.computed > 0
),

final AS (
    SELECT
        t.document_id,
        t.action_id,
        t.page,
        'L''action ' || coalesce(called(t.label), 'sans intitulé') || ' : une cellule énonce ' || t.sums
            || ' sommes (« ' || replace(t.raw, chr(10), ' ; ') || ' ») sans dire ce que chacune est ;'
            || ' elles comptent ensemble pour ' || euros(t.whole) || '.' AS message,
        'une somme' AS expected,
        t.raw AS observed
    FROM told AS t
    ANTI JOIN proved AS p USING (document_id, page, x0, top)
)

SELECT * FROM final
