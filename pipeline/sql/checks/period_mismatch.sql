-- Période du titre différente de celle de l'article sur la durée, ou durée que ses dates démentent
-- Period of the title other than that of the article on duration, or a duration that its dates belie
-- severity: warning
WITH durations AS (
    SELECT
        d.document_id,
        x.number AS article_number,
        x.page_first AS page,
        d.period_start,
        d.period_end,
        list_transform(
            list_concat(
                regexp_extract_all(x.text, '(?is)\b\d{4}\s+à\s+(\d{4})', 1),
                regexp_extract_all(x.text, '(?is)\d{4}\s*[-–]\s*(\d{4})', 1),
                regexp_extract_all(x.text, '(?is)(?:jusqu.au|\d{4},?\s+au|(?:achève|expire|fin|termine)\s+(?:le|au))\s+\d{1,2}(?:er)?\s+\pL+\s+(\d{4})', 1)
            ),
            lambda year: CAST(year AS INTEGER)
        ) AS ends
    FROM document AS d
    JOIN article AS x USING (document_id)
    WHERE d.kind = 'convention'
        AND NOT is_annexed(x.number)
        AND regexp_matches(folded(x.title), '\b(duree|terme|vigueur|effet|validite)\b')
),

whole_years AS ( -- « une durée de deux ans, du 1er janvier 2024 au 31 décembre 2026 »
    SELECT
        document_id,
        number AS article_number,
        page_first AS page,
        regexp_extract(
            folded(text),
            '\b(un|deux|trois|quatre|cinq|[1-5])\s+(?:ans?|annees?)\b[^.;]{0,60}?\bdu\s+1er\s+janvier\s+(20\d\d)\s+au\s+31\s+decembre\s+(20\d\d)',
            ['count', 'first', 'last']
        ) AS said,
        coalesce(
            list_position(['un', 'deux', 'trois', 'quatre', 'cinq'], said['count']),
            TRY_CAST(said['count'] AS INTEGER)
        ) AS told,
        TRY_CAST(said['last'] AS INTEGER) - TRY_CAST(said['first'] AS INTEGER) + 1 AS dated
    FROM article
    WHERE NOT is_annexed(number) AND said['count'] <> ''
),

final AS (
    SELECT
        document_id,
        article_number,
        page,
        'Le titre de la convention annonce la période ' || concat_ws('-', period_start, period_end)
            || ', mais l''article ' || article_number || ' la fait finir en ' || list_max(ends)
            || '.' AS message,
        CAST(period_end AS VARCHAR) AS expected,
        CAST(list_max(ends) AS VARCHAR) AS observed
    FROM durations
    WHERE len(ends) > 0 AND NOT list_contains(ends, period_end)
    UNION ALL
    SELECT
        document_id,
        article_number,
        page,
        the_article(article_number) || ' énonce une durée de ' || told
            || CASE WHEN told = 1 THEN ' an' ELSE ' ans' END || ', mais ses dates, de '
            || said['first'] || ' à ' || said['last'] || ', en font ' || dated || '.',
        CAST(told AS VARCHAR),
        CAST(dated AS VARCHAR)
    FROM whole_years
    WHERE told <> dated
)

SELECT * FROM final
