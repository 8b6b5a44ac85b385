-- Acte, tableau numérisé ou tableau d'annexe qui porte des sommes, mais où aucune action n'est reconnue
-- Act, scanned table or table of an annex that holds sums, though no action is recognised in it
-- severity: warning
WITH told AS ( -- the cells whose sums actions state
    SELECT DISTINCT a.document_id, f.page, f.x0, f.top
    FROM funding AS f
    JOIN action AS a USING (action_id)
),

tables AS (
    SELECT
        t.document_id,
        t.table_id,
        min(c.page) AS page,
        count(DISTINCT c.row_index) AS sums,
        bool_or(c.confidence IS NOT NULL) AS scanned,
        bool_and(o.page IS NULL) AS untold,
        sums > 1 AND untold AS unread,
        t.annex IS NOT NULL AND unread AS in_annex,
        count(DISTINCT c.row_index) FILTER (k.field = 'ami' AND amount_of(c.text) > 0) AS grants,
        min(c.text) AS text
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    LEFT JOIN annex_column AS k USING (table_id, column_index)
    LEFT JOIN told AS o
        ON o.document_id = t.document_id AND o.page = c.page AND o.x0 = c.x0 AND o.top = c.top
    WHERE
        c.row_kind = 'body'
        AND t.extractor <> 'list'
        AND (
            regexp_matches(
                c.text, '\d[\s\x{00A0}\x{202F}.]\d{3}\b|\d{3}[\s\x{00A0}\x{202F}]?(€|euros)|\d\s?[kM]€'
            )
            OR (k.field = 'ami' AND amount_of(c.text) > 0)
            OR (regexp_matches(t.title, '\bk€|\bmilliers d. ?(€|euros)') AND regexp_matches(c.text, '(^|: )\d+(,\d+)?$'))
            OR (c.confidence IS NOT NULL AND regexp_matches(c.text, '\d\s*k?€|^\d+,\d\d?$'))
        )
    GROUP BY t.document_id, t.table_id, t.annex
),

totals AS ( -- several in one table, as where each action says 'Coût total : 12 000 €'
    SELECT
        t.document_id,
        min(c.page) AS page,
        count(DISTINCT c.row_index) - 1 AS sums -- one adds up the table
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    WHERE c.row_kind = 'total' AND t.extractor <> 'list' AND len(amounts_in(c.text)) > 0
    GROUP BY t.document_id, t.table_id
),

counted AS (
    SELECT document_id, page, sums, grants FROM tables
    UNION ALL
    SELECT document_id, page, sums, 0 FROM totals WHERE sums > 0
),

recaps AS ( -- a table by axis, payer or pilot that adds up what the actions of others state
    SELECT c.table_id
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    JOIN document_money AS m USING (document_id)
    GROUP BY c.table_id, c.column_index, m.annex_ami
    HAVING bool_or(amount_of(c.text) = m.annex_ami)
        OR sum(amount_of(c.text)) FILTER (c.row_kind = 'body') = m.annex_ami
),

restated AS ( -- sheets whose sums are all stated by actions of another table
    SELECT c.table_id
    FROM tables AS t
    JOIN cell AS c USING (table_id)
    WHERE t.unread AND c.row_kind = 'body' AND len(amounts_in(c.text)) > 0
    GROUP BY c.table_id
    HAVING bool_and((t.document_id, list_max(amounts_in(c.text))) IN (
        SELECT (a.document_id, f.amount_eur)
        FROM funding AS f
        JOIN action AS a USING (action_id)
    ))
),

stated AS ( -- tables of articles whose sums are all told as stated ones
    SELECT t.table_id
    FROM tables AS t
    JOIN cell AS c USING (table_id)
    WHERE c.row_kind = 'body' AND amount_of(c.text) > 0 AND len(amounts_in(c.text)) > 0
    GROUP BY t.table_id
    HAVING bool_and((t.document_id, amount_of(c.text)) IN (
        SELECT (document_id, amount_eur) FROM stated_amount
    ))
),

paid_by_state AS (
    SELECT DISTINCT p.table_id
    FROM cell AS p
    JOIN cell AS s
        ON s.table_id = p.table_id AND s.row_index = p.row_index AND s.column_index >= p.column_index
    WHERE
        p.row_kind = 'body'
        AND regexp_matches(folded(p.text), '^(l )?(etat|ami|dihal|ddets|dreets)\b')
        AND coalesce(amount_of(s.text), list_max(amounts_in(s.text))) > 0
),

state_plans AS ( -- a plan of financing in which the State pays, and not what other tables state
    SELECT c.table_id
    FROM cell AS c
    JOIN paid_by_state USING (table_id)
    JOIN annex_table AS t USING (table_id)
    JOIN document_money AS m USING (document_id)
    WHERE c.row_kind <> 'section'
    GROUP BY c.table_id
    HAVING NOT coalesce(bool_or(amount_of(c.text) IN (m.annex_ami, m.stated_grant)), false)
),

headless AS ( -- tables of annexes as wide as those of actions are, that nothing heads
    SELECT t.document_id, t.table_id, t.page_first
    FROM annex_table AS t
    JOIN annex_column AS k USING (table_id)
    WHERE t.annex IS NOT NULL AND t.row_count > 0 AND t.column_count > 4
    GROUP BY t.document_id, t.table_id, t.page_first
    HAVING bool_and(trim(coalesce(k.header, '')) = '')
),

acts AS (
    SELECT d.document_id, count(a.action_id) AS actions
    FROM document AS d
    LEFT JOIN action AS a USING (document_id)
    WHERE d.kind <> 'call' AND d.copy_of IS NULL
    GROUP BY d.document_id, d.kind
    HAVING d.kind <> 'report' OR actions > 0
),

worded AS ( -- tables with rows whose actions stand under a heading no longer than headings are
    SELECT t.table_id
    FROM annex_table AS t
    LEFT JOIN annex_column AS k ON k.table_id = t.table_id AND k.field = 'label'
    WHERE t.row_count > 0
    GROUP BY t.table_id
    HAVING coalesce(max(length(k.header)) < 50, true)
),

grid_acts AS ( -- acts that grant, with a table as wide and long as those of actions are
    SELECT DISTINCT document_id
    FROM annex_table AS t
    JOIN stated_amount AS s USING (document_id)
    WHERE s.kind = 'grant' AND t.extractor <> 'list' AND t.column_count > 3 AND t.row_count > 2
),

nameless AS ( -- tables that tell how actions go on, and name none: the last columns of a sheet
    SELECT t.document_id, t.page_first, string_agg(coalesce(k.header, '–'), ' ; ' ORDER BY k.column_index)
        AS headers
    FROM annex_table AS t
    JOIN annex_column AS k USING (table_id)
    ANTI JOIN action USING (table_id)
    ANTI JOIN told_row USING (table_id)
    WHERE t.row_count > 1 AND t.extractor <> 'list'
    GROUP BY t.document_id, t.table_id, t.page_first
    HAVING
        bool_or(k.field = 'status')
        AND bool_and(k.field IS NOT NULL AND k.field NOT IN ('label', 'reference', 'objective', 'section'))
),

final AS (
    SELECT
        document_id,
        min(page) AS page,
        'Aucune action n''est reconnue dans les tableaux de cet acte, alors que '
            || sum(sums) || ' de leurs lignes portent des sommes : lisez-les dans le document.'
            AS message,
        'des actions' AS expected,
        'aucune action' AS observed
    FROM acts
    JOIN counted USING (document_id)
    WHERE actions = 0
    GROUP BY document_id
    HAVING sum(sums) >= 3 OR sum(grants) > 0 -- two alone may be a schedule of payments
    UNION ALL
    SELECT
        document_id,
        1,
        'Aucune action n''est reconnue dans les tableaux de cet acte, dont un article énonce une subvention :'
            || ' lisez-les dans le document.',
        'des actions',
        'aucune action'
    FROM acts
    JOIN grid_acts USING (document_id)
    LEFT JOIN counted USING (document_id)
    WHERE actions = 0
    GROUP BY document_id
    HAVING coalesce(sum(sums), 0) < 3 AND coalesce(sum(grants), 0) = 0
    UNION ALL
    SELECT
        document_id,
        page,
        'Aucune action n''est reconnue dans un tableau ' || CASE WHEN scanned THEN 'numérisé ' ELSE '' END
            || 'de la page ' || page || ', qui porte des sommes (« ' || text || ' ») : lisez-les dans le document.',
        'des actions',
        'aucune action'
    FROM acts
    JOIN tables USING (document_id)
    ANTI JOIN action USING (table_id)
    ANTI JOIN recaps USING (table_id)
    ANTI JOIN restated USING (table_id)
    ANTI JOIN stated USING (table_id)
    WHERE actions > 0
        AND (
            scanned AND untold OR in_annex
            OR unread AND (grants > 1 OR table_id IN (SELECT table_id FROM state_plans))
        )
    UNION ALL
    SELECT
        document_id,
        page_first,
        'Aucune action n''est reconnue dans un tableau sans intitulés de la page ' || page_first
            || ' : lisez-le dans le document.',
        'des actions',
        'aucune action'
    FROM acts
    JOIN headless USING (document_id)
    ANTI JOIN action USING (table_id)
    ANTI JOIN tables AS t ON t.table_id = headless.table_id AND t.in_annex
    WHERE actions > 0
    UNION ALL
    SELECT
        document_id,
        page_first,
        'Le tableau de la page ' || page_first || ' (' || headers
            || ') ne nomme pas ses actions : ce qu''il en dit reste dans les cellules.',
        'des actions',
        'aucune action'
    FROM acts
    JOIN nameless USING (document_id)
    WHERE actions > 0
    UNION ALL
    SELECT
        t.document_id,
        t.page_first,
        'Les lignes d''un tableau de la page ' || t.page_first || ' sont lues comme ses intitulés (« '
            || min(k.header) || ' ») : lisez-les dans le document.',
        'des actions',
        'aucune action'
    FROM acts
    JOIN annex_table AS t USING (document_id)
    JOIN annex_column AS k USING (table_id)
    ANTI JOIN worded AS w USING (table_id)
    WHERE regexp_matches(k.header, '\d[\s\x{00A0}\x{202F}.]\d{3}\b|\d\s*k?€')
    GROUP BY t.document_id, t.page_first, t.table_id
)

SELECT * FROM final
