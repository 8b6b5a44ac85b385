-- Période du titre différente de celle de l'article sur la durée
-- Period of the title other than that of the article on duration
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
        AND folded(x.title) LIKE '%duree%'
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
)

SELECT * FROM final
