-- Chaque montant d'une ligne de total, avec la somme des lignes qu'il couvre
-- Each sum of a totals row, with the sum of the rows that it covers
-- table_id: Tableau / Table
-- document_id: Document / Document
-- row_index: Ligne du total / Row of the total
-- column_index: Colonne / Column
-- field: Champ de la colonne / Field of the column
-- label: Intitulé de la ligne de total / Wording of the totals row
-- is_carry_over: Ligne de reliquat / Row of carry-overs
-- stated: Montant écrit / Sum as written
-- computed: Somme de toutes les lignes, ou depuis le sous-total précédent, ou jusqu'au suivant si elle convient / Sum of all rows, or since the subtotal before or until the next where that fits
-- unread: Lignes couvertes au montant annoncé mais illisible / Covered rows whose sum is announced but not legible
-- is_right: Le total est exact ; NULL s'il ne peut être vérifié / The total is right; NULL where it cannot be checked
-- page: Page / Page
WITH money_columns AS (
    SELECT table_id, column_index, field, unit -- of sums without a mark of their own
    FROM annex_column
    WHERE field IN
        ('total_cost', 'ami', 'ami_previous', 'cofinancing', 'planned', 'spent', 'carry_over')
),

labels AS ( -- « 47 500 € + 8 500 € de reliquat » is a sum, and names none
    SELECT
        c.table_id,
        c.row_index,
        string_agg(c.text, ' ' ORDER BY column_index)
            FILTER (k.field IS NULL AND amount_of(c.text) IS NULL) AS label
    FROM cell AS c
    LEFT JOIN money_columns AS k USING (table_id, column_index)
    WHERE c.row_kind = 'total'
    GROUP BY ALL
),

payers AS ( -- who pays the sums of a row, or when: « Total | État », « Total | 2025 » add up those
    SELECT c.table_id, c.row_index, string_agg(DISTINCT folded(c.text), ' ' ORDER BY folded(c.text)) AS payer
    FROM cell AS c
    JOIN annex_column AS k USING (table_id, column_index)
    WHERE
        (k.field = 'cofinancing_source' AND c.text <> '')
        OR (k.field = 'schedule' AND regexp_full_match(c.text, '20\d\d(\s?[-–/]\s?(20)?\d\d)?'))
    GROUP BY ALL
),

totals AS (
    SELECT
        c.table_id,
        t.document_id,
        c.row_index,
        c.column_index,
        k.field,
        l.label,
        p.payer,
        -- « À reporter » at the foot of a page, « Report » at the top of the next: the rows above
        coalesce(regexp_full_match(
            folded(l.label),
            '((montants? )?a )?report(er|es?|s)?( (de (la )?)?page( precedente| \d+)?)?'
        ), false) AS goes_on,
        coalesce(regexp_matches(folded(l.label), '\b(reliquats?|reports?)\b'), false) AND NOT goes_on
            AS names_carry_over,
        names_carry_over AND NOT regexp_matches(
            folded(l.label), '\b(avant|apres|hors|net|nette|deduction|deduit)\b'
        ) AS is_carry_over,
        amount_of(c.text) * CASE WHEN regexp_matches(c.text, '€|[kK]|[eE]ur') THEN 1 ELSE k.unit END
            AS stated,
        c.section,
        c.page,
        lag(c.row_index, 1, 0) OVER (
            PARTITION BY c.table_id, c.column_index ORDER BY c.row_index
        ) AS total_before,
        lead(c.row_index) OVER (
            PARTITION BY c.table_id, c.column_index ORDER BY c.row_index
        ) AS total_after
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    JOIN money_columns AS k USING (table_id, column_index)
    JOIN labels AS l USING (table_id, row_index)
    LEFT JOIN payers AS p USING (table_id, row_index)
    WHERE c.row_kind = 'total' AND amount_of(c.text) IS NOT NULL
),

said AS ( -- what one cell states: "CAF : 5 000 € ; Ville : 2 000 €"
    SELECT
        a.table_id,
        action_id,
        f.page,
        f.x0,
        f.top,
        sum(f.amount_eur) AS amount,
        bool_or(f.amount_eur IS NULL) AS is_open
    FROM funding AS f
    JOIN action AS a USING (action_id)
    WHERE f.stage <> 'carry_over' OR NOT regexp_matches(folded(f.raw), '\b(dont|y compris)\b')
    GROUP BY a.table_id, action_id, f.page, f.x0, f.top
    QUALIFY row_number() OVER (PARTITION BY a.table_id, f.page, f.x0, f.top ORDER BY action_id) = 1
),

parts AS ( -- « dont … » below an action: counted in it
    SELECT c.table_id, c.row_index
    FROM cell AS c
    LEFT JOIN annex_column AS k USING (table_id, column_index)
    WHERE c.row_kind = 'body'
    GROUP BY ALL
    HAVING regexp_matches(
        folded(coalesce(any_value(c.text) FILTER (k.field = 'label'), min_by(c.text, c.column_index))),
        '^\W*(dont|y compris)\b'
    )
),

years AS ( -- « Financements | 2024 | 2025 » amid a sheet heads its sums
    SELECT table_id, row_index
    FROM cell
    WHERE row_kind = 'body' AND column_index > 1 AND text <> ''
    GROUP BY ALL
    HAVING count(DISTINCT text) > 1 AND bool_and(regexp_full_match(text, '20\d\d'))
),

wholes AS ( -- « Total action 1.1 » below the funders of an action: what they pay together
    SELECT DISTINCT c.table_id, c.row_index
    FROM cell AS c
    JOIN annex_column AS k USING (table_id, column_index)
    WHERE k.field = 'cofinancing_source'
        AND regexp_matches(folded(c.text), '^(sous )?(totaux|total|cout|budget|ensemble)\b')
),

accounts AS ( -- « 61 – Services extérieurs » in a budget: an account, whose details stand below it
    SELECT table_id, row_index, column_index
    FROM cell
    WHERE row_kind = 'body' AND regexp_matches(text, '^\W*\d{1,3}\s*[-–—.:]\s*\pL')
    WINDOW of_column AS (PARTITION BY table_id, column_index)
    QUALIFY count(*) OVER of_column > 1
        AND bool_and(regexp_matches(text, '^\W*[67]\d\b')) OVER of_column
),

run_by AS ( -- who runs the action of a row: « Sous-total CCAS » adds up what the CCAS runs
    SELECT table_id, row_index, min(folded(pilot_raw)) AS pilot
    FROM action
    GROUP BY ALL
),

entries AS ( -- a cell merged over several rows is repeated in each of them: it counts once
    SELECT
        c.table_id,
        c.column_index,
        k.field,
        c.row_index,
        c.section,
        p.payer,
        a.pilot,
        coalesce(
            amount_of(c.text)
                * CASE WHEN regexp_matches(c.text, '€|[kK]|[eE]ur') THEN 1 ELSE k.unit END,
            CASE WHEN NOT f.is_open THEN f.amount END
        ) AS amount,
        amount IS NULL AND regexp_matches(coalesce(c.text, ''), '\pL|\d') AS is_unread,
        n.column_index IS NOT NULL AS is_account
    FROM cell AS c
    JOIN money_columns AS k USING (table_id, column_index)
    LEFT JOIN run_by AS a USING (table_id, row_index)
    LEFT JOIN said AS f
        ON f.table_id = c.table_id AND f.page = c.page AND f.x0 = c.x0 AND f.top = c.top
    LEFT JOIN payers AS p USING (table_id, row_index)
    LEFT JOIN accounts AS n
        ON n.table_id = c.table_id AND n.row_index = c.row_index AND n.column_index = c.column_index - 1
    ANTI JOIN parts AS d ON d.table_id = c.table_id AND d.row_index = c.row_index
    ANTI JOIN years AS y ON y.table_id = c.table_id AND y.row_index = c.row_index
    ANTI JOIN wholes AS w ON w.table_id = c.table_id AND w.row_index = c.row_index
    WHERE c.row_kind = 'body'
    QUALIFY row_number() OVER (
        PARTITION BY c.table_id, c.column_index, c.page, c.x0, c.top, c.bottom ORDER BY c.row_index
    ) = 1
),

document_sums AS (
    SELECT t.document_id, e.field, sum(e.amount) AS amount
    FROM entries AS e
    JOIN annex_table AS t USING (table_id)
    GROUP BY ALL
),

annex_sums AS ( -- of tables that pages part otherwise
    SELECT t.document_id, t.annex, e.field, sum(e.amount) AS amount
    FROM entries AS e
    JOIN annex_table AS t USING (table_id)
    GROUP BY ALL
),

same_heading AS ( -- one table an axis, and a grand total below the last one
    SELECT t.document_id, k.header, k.field, sum(e.amount) AS amount
    FROM entries AS e
    JOIN annex_table AS t USING (table_id)
    JOIN annex_column AS k USING (table_id, column_index)
    GROUP BY ALL
),

carry_overs AS (
    SELECT a.table_id, sum(m.carry_over) AS amount
    FROM action AS a
    JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    GROUP BY ALL
),

ami_sums AS (
    SELECT a.table_id, sum(f.amount_eur) AS amount
    FROM funding AS f
    JOIN action AS a USING (action_id)
    WHERE f.funder = 'AMI' AND f.stage IN ('requested', 'planned', 'granted')
    GROUP BY ALL
),

compared AS (
    SELECT
        t.table_id,
        t.document_id,
        t.row_index,
        t.column_index,
        t.field,
        t.label,
        t.names_carry_over,
        t.is_carry_over,
        t.goes_on,
        t.stated,
        t.page,
        -- the accounts of a budget are the sums of their details
        coalesce(sum(e.amount) FILTER (e.is_account), sum(e.amount)) AS of_all,
        sum(e.amount) FILTER (e.row_index BETWEEN t.total_before AND t.row_index) AS since_before,
        sum(e.amount) FILTER (
            e.row_index > t.row_index AND (t.total_after IS NULL OR e.row_index < t.total_after)
        ) AS until_next,
        sum(e.amount) FILTER (e.row_index < t.row_index) AS of_above,
        sum(e.amount) FILTER (e.section = t.section) AS of_section,
        sum(e.amount) FILTER (e.payer = t.payer) AS of_payer,
        sum(e.amount) FILTER (
            ' ' || folded(t.label) || ' ' LIKE 'sous%total% ' || e.pilot || ' %'
            OR ' ' || folded(t.label) || ' ' LIKE '% total% ' || e.pilot || ' %'
        ) AS of_pilot,
        count(*) FILTER (e.is_unread) AS unread
    FROM totals AS t
    JOIN entries AS e USING (table_id, column_index)
    GROUP BY ALL
),

final AS (
    SELECT
        c.table_id,
        c.document_id,
        c.row_index,
        c.column_index,
        c.field,
        c.label,
        c.is_carry_over,
        c.stated,
        CASE WHEN c.is_carry_over THEN r.amount
             WHEN c.goes_on THEN c.of_above
             WHEN c.stated = c.of_all + b.stated THEN c.stated
             WHEN c.of_payer IS NOT NULL THEN c.of_payer
             -- « Total État (AMI) » below the sums of all payers
             WHEN c.field = 'cofinancing' AND m.amount IS NOT NULL
                 AND regexp_matches(folded(c.label), '\b(ami|etat|dihal)\b')
                 AND NOT regexp_matches(folded(c.label), '\b(hors|sans|autres?)\b') THEN m.amount
             WHEN c.stated IN (coalesce(c.since_before, 0), c.until_next, c.of_section, d.amount, x.amount, h.amount)
                 THEN c.stated
             WHEN c.of_pilot IS NOT NULL AND c.stated <> c.of_all THEN c.of_pilot
             WHEN c.names_carry_over AND c.of_all - c.stated IN (r.amount, o.stated) THEN c.stated
             ELSE c.of_all END AS computed,
        c.unread,
        -- « dont … » names a part of the total above: there is nothing to compare it with
        CASE WHEN c.is_carry_over OR computed IS NULL OR starts_with(folded(c.label), 'dont ') THEN NULL
             WHEN c.stated = computed THEN true
             WHEN c.unread = 0 OR c.stated < computed THEN false END AS is_right,
        c.page
    FROM compared AS c
    LEFT JOIN document_sums AS d USING (document_id, field)
    LEFT JOIN annex_table AS a USING (table_id)
    LEFT JOIN annex_sums AS x
        ON x.document_id = c.document_id AND x.annex = a.annex AND x.field = c.field
    LEFT JOIN annex_column AS k USING (table_id, column_index)
    LEFT JOIN same_heading AS h
        ON h.document_id = c.document_id AND h.header = k.header AND h.field = c.field
    LEFT JOIN carry_overs AS r USING (table_id)
    LEFT JOIN ami_sums AS m USING (table_id)
    LEFT JOIN (
        SELECT table_id, column_index, max(stated) AS stated
        FROM totals
        WHERE is_carry_over
        GROUP BY ALL
    ) AS o USING (table_id, column_index)
    LEFT JOIN (
        SELECT table_id, column_index, stated -- by the page before
        FROM totals
        WHERE goes_on AND row_index = 1
    ) AS b USING (table_id, column_index)
)

SELECT * FROM final
