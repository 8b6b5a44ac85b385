-- Colonne ou somme d'une fiche qu'aucun champ n'explique, ou tableau qui ne porte aucune action
-- Column, or sum of a sheet, that no field explains, or table without any action
-- severity: info
WITH told AS ( -- the cells whose sums actions state
    SELECT DISTINCT a.document_id, f.page, f.x0, f.top
    FROM funding AS f
    JOIN action AS a USING (action_id)
),

of_before AS ( -- « N° 2023 », by which actions are linked
    SELECT DISTINCT k.table_id, k.column_index
    FROM mention AS m
    JOIN action AS a USING (action_id)
    JOIN annex_column AS k ON k.table_id = a.table_id AND starts_with(m.quote, k.header || ' : ')
),

contents AS (
    SELECT
        c.table_id,
        c.column_index,
        bool_or(
            (len(amounts_in(c.text)) > 0 OR regexp_matches(c.text, '\d\s?EUR\b')) AND o.page IS NULL
        ) AS holds_euros,
        bool_or(o.page IS NOT NULL) AS is_told,
        bool_and(regexp_full_match(coalesce(c.text, ''), '[\d\s,.+–—-]*')) AS holds_numbers,
        bool_and(regexp_full_match(coalesce(c.text, ''), '[\d\s\x{00A0}\x{202F},.+–—-]*(k?€)?')) AS holds_sums,
        bool_or(regexp_matches(c.text, '\d')) AS holds_digits,
        bool_or(
            c.confidence IS NOT NULL
            AND regexp_full_match(c.text, '\d{1,3}([\s\x{00A0}\x{202F}.]\d{3})+(,\d\d)?')
        ) AS holds_scanned_sums, -- under a heading that may be misread
        bool_or(regexp_full_match(c.text, '\d{1,3}([\s\x{00A0}\x{202F}.]\d{3})+,\d\d')) AS holds_cents,
        bool_or(regexp_full_match(c.text, '\d{1,3}([\s\x{00A0}\x{202F}.]\d{3})+')) AS holds_thousands,
        min(c.page) AS page
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    LEFT JOIN told AS o
        ON o.document_id = t.document_id AND o.page = c.page AND o.x0 = c.x0 AND o.top = c.top
    WHERE c.row_kind = 'body'
    GROUP BY ALL
),

bare_sums AS ( -- tables whose sums are written without their currency
    SELECT k.table_id, bool_and(c.holds_numbers) AS are_bare
    FROM annex_column AS k
    JOIN contents AS c USING (table_id, column_index)
    WHERE k.field IN ('ami', 'ami_previous', 'cofinancing', 'total_cost', 'planned', 'spent')
    GROUP BY ALL
),

action_tables AS (
    SELECT DISTINCT table_id FROM action
),

forms AS ( -- questions and answers, on which see `sheets`
    SELECT table_id
    FROM annex_column
    GROUP BY ALL
    HAVING bool_and(header IS NULL AND field IS NULL)
),

told_elsewhere AS ( -- tables of which most rows are, and all sums
    SELECT c.table_id
    FROM cell AS c
    LEFT JOIN told_row AS r USING (table_id, row_index)
    ANTI JOIN (FROM contents WHERE holds_euros) AS s ON s.table_id = c.table_id
    GROUP BY ALL
    HAVING 2 * count(DISTINCT r.row_index) >= count(DISTINCT c.row_index)
    UNION
    SELECT table_id FROM contents WHERE is_told AND holds_sums -- the budget below a form
    UNION
    SELECT t.table_id -- all sums are those that articles state
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    LEFT JOIN stated_amount AS s
        ON s.document_id = t.document_id AND s.amount_eur = amount_of(c.text)
    WHERE amount_of(c.text) IS NOT NULL OR len(amounts_in(c.text)) > 0
    GROUP BY ALL
    HAVING bool_and(s.document_id IS NOT NULL)
),

tables AS (
    SELECT
        t.document_id,
        t.page_first AS page,
        'info' AS severity,
        annex_title(t.annex) || ' : le tableau de la page ' || t.page_first
            || ' ne porte pas d''actions ; ' || agreed(count(*), 'colonne')
            || CASE WHEN count(*) > 1 THEN ' restent' ELSE ' reste' END || ' dans les cellules'
            || CASE WHEN count(k.header) = 0 THEN ''
                ELSE ' (' || string_agg(coalesce(k.header, 'sans intitulé'), ' ; ' ORDER BY k.column_index) || ')' END
            || '.'
            AS message,
        string_agg(k.header, ' ; ' ORDER BY k.column_index) AS observed
    FROM annex_column AS k
    JOIN annex_table AS t USING (table_id)
    LEFT JOIN action_tables AS a USING (table_id)
    ANTI JOIN told_elsewhere AS e ON e.table_id = t.table_id
    WHERE k.field IS NULL AND a.table_id IS NULL AND t.extractor <> 'list'
    GROUP BY t.document_id, t.table_id, t.annex, t.page_first
),

columns AS (
    SELECT
        t.document_id,
        c.page,
        CASE
            WHEN c.holds_euros OR c.holds_scanned_sums THEN 'warning'
            WHEN c.holds_digits AND (k.unit > 1 OR regexp_matches(k.header, '(?i)€|\beuros?\b')) THEN 'warning'
            WHEN c.holds_numbers AND (c.holds_cents AND b.are_bare IS NOT NULL OR b.are_bare AND c.holds_thousands)
                THEN 'warning'
            ELSE 'info'
        END AS severity,
        annex_title(t.annex) || ' : la colonne '
            || coalesce('« ' || k.header || ' »', 'sans intitulé n° ' || k.column_index)
            || ' n''est rattachée à aucun champ ; son contenu reste dans les cellules.' AS message,
        k.header AS observed
    FROM annex_column AS k
    JOIN annex_table AS t USING (table_id)
    JOIN action_tables AS a USING (table_id)
    LEFT JOIN contents AS c USING (table_id, column_index)
    LEFT JOIN bare_sums AS b USING (table_id)
    ANTI JOIN of_before AS o ON o.table_id = k.table_id AND o.column_index = k.column_index
    WHERE k.field IS NULL
        AND k.table_id NOT IN (FROM forms)
        AND NOT (coalesce(c.is_told, false) AND NOT c.holds_euros)
        AND t.extractor <> 'list'
),

answers AS ( -- what sheets answer with a sum, to a question that no field explains
    SELECT
        a.document_id,
        a.action_id,
        a.page,
        a.label,
        e.key AS question,
        e.value ->> '$' AS said,
        list_max(amounts_in(said)) AS amount
    FROM action AS a, json_each(CASE WHEN json_valid(a.other) THEN a.other END) AS e
    WHERE
        regexp_full_match(said, '\d[\d\s\x{00A0}\x{202F}.,]*(k?€|euros?)')
        AND NOT EXISTS (FROM annex_column AS k WHERE k.table_id = a.table_id AND k.header = e.key)
),

charges AS ( -- that make the cost of an action, or what all pay for it
    SELECT n.action_id
    FROM (SELECT action_id, sum(amount) AS total FROM answers GROUP BY ALL) AS n
    JOIN funding AS f USING (action_id)
    GROUP BY n.action_id, n.total
    HAVING
        bool_or(f.stage = 'total_cost' AND f.amount_eur = n.total)
        OR sum(f.amount_eur) FILTER (f.stage IN ('planned', 'granted')) = n.total
),

sheets AS (
    SELECT
        document_id,
        page,
        'warning' AS severity,
        'L''action ' || called(label) || ' : « ' || question || ' : ' || said
            || ' » n''est rattaché à aucun champ ; la somme reste dans les cellules.' AS message,
        question AS observed
    FROM answers
    ANTI JOIN charges USING (action_id)
),

final AS (
    SELECT * FROM tables
    UNION ALL
    SELECT * FROM columns
    UNION ALL
    SELECT * FROM sheets
)

SELECT * FROM final
