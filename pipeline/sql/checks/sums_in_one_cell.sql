-- Cellule qui énonce plusieurs sommes d'un même financeur, qu'aucun total n'assure
-- Cell that states several sums of one funder, which no total proves
-- severity: warning
WITH told AS (
    SELECT
        a.document_id,
        f.action_id,
        a.table_id,
        a.label,
        f.stage,
        f.funder,
        f.raw,
        min(f.page) AS page,
        count(*) AS sums,
        sum(f.amount_eur) AS whole
    FROM funding AS f
    JOIN action AS a USING (action_id)
    WHERE f.amount_eur > 0 AND f.raw NOT LIKE '%+%'
        AND (f.stage = 'total_cost' OR f.funder = 'AMI' AND f.stage IN ('planned', 'granted'))
    GROUP BY a.document_id, f.action_id, a.table_id, a.label, f.stage, f.funder, f.exercise, f.raw
    HAVING count(*) > 1
),

proved AS ( -- the total of the column is that of its rows, these sums among them
    SELECT table_id, CASE field WHEN 'total_cost' THEN 'total_cost' ELSE 'ami' END AS of_kind
    FROM table_total
    WHERE is_right AND computed > 0 AND field IN ('total_cost', 'ami', 'planned')
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
    ANTI JOIN proved AS p
        ON p.table_id = t.table_id
        AND p.of_kind = CASE t.stage WHEN 'total_cost' THEN 'total_cost' ELSE 'ami' END
)

SELECT * FROM final
