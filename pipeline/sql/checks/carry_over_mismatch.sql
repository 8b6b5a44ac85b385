-- Reliquat énoncé différemment dans l'article, la ligne de total et les lignes de l'annexe
-- Carry-over stated differently in the article, the totals row and the rows of the annex
-- severity: warning
WITH totals AS (
    SELECT document_id, max(stated) AS total, min(page) AS page
    FROM table_total
    WHERE is_carry_over
    GROUP BY ALL
),

stated AS (
    SELECT
        m.document_id,
        m.carry_over_article AS article_number,
        t.page,
        m.stated_carry_over AS in_article,
        t.total AS in_total,
        m.annex_carry_over AS in_rows,
        coalesce(in_total, in_article) AS reference
    FROM document_money AS m
    LEFT JOIN totals AS t USING (document_id)
),

final AS (
    SELECT
        document_id,
        article_number,
        page,
        -- rows may leave some carry-overs unsaid: falling short alone is no contradiction
        CASE WHEN in_article <> in_total OR in_rows > reference THEN 'warning' ELSE 'info' END
            AS severity,
        'Le reliquat est énoncé différemment : ' || concat_ws(
            ', ',
            euros(in_article) || ' ' || at_article(article_number),
            euros(in_total) || ' dans le total de l''annexe',
            euros(in_rows) || ' en additionnant les lignes'
        ) || '.' AS message,
        plain(coalesce(in_article, in_rows)) AS expected,
        plain(coalesce(in_total, in_rows)) AS observed
    FROM stated
    WHERE in_article <> in_total OR in_rows <> reference
)

SELECT * FROM final
