-- Reliquat énoncé différemment dans l'article, la ligne de total et les lignes de l'annexe, ou qui n'est pas ce que sa phrase laisse
-- Carry-over stated differently in the article, the totals row and the rows of the annex, or not what its sentence leaves
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

in_sentence AS ( -- « Sur les 196 000 € versés, 168 700 € ont été dépensés ; le reliquat est de 27 300 € »
    SELECT document_id, article_number, page, amount_eur, list_sort(amounts_in(quote)) AS amounts
    FROM stated_amount
    WHERE kind = 'carry_over'
        AND len(amounts_in(quote)) = 3
        AND regexp_matches(folded(quote), '^\W*sur\b.*\b(depens|consomm|justifi|utilis)\w*')
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
    UNION ALL
    SELECT
        document_id,
        article_number,
        page,
        'warning',
        the_article(article_number) || ' énonce un reliquat de ' || euros(amount_eur) || ', mais '
            || euros(amounts[3]) || ' dont ' || euros(spent) || ' dépensés laissent '
            || euros(amounts[3] - spent) || '.',
        plain(amounts[3] - spent),
        plain(amount_eur)
    FROM (
        SELECT *, amounts[1] + amounts[2] - amount_eur AS spent
        FROM in_sentence
        WHERE amounts[3] <> amounts[1] + amounts[2] AND amount_eur < amounts[3]
    )
)

SELECT * FROM final
