-- Subvention qu'un avenant porte ou ramène à une autre somme, sans tableau qui dise quelles actions changent
-- Grant that an avenant raises or lowers, without a table that says which actions change
-- severity: warning
WITH changes AS ( -- « la subvention est ramenée de 100 000 € à 80 000 € »
    SELECT
        document_id,
        article_number,
        page,
        exercise,
        quote,
        amount_eur AS becomes,
        amounts_in(regexp_extract(
            replace(quote, chr(160), ' '),
            '(?i)\b(?:port|ramen|pass|rédui|augment|diminu|relev|abaiss)\pL*\s+(?:\pL+\s+)?de\s+\d[\d\s.,]*(?:k?€|euros)[^€\d.;]{0,40}\d[\d\s.,]*(?:k?€|euros)'
        )) AS sums
    FROM stated_amount
    WHERE kind = 'grant' AND NOT is_annexed(article_number)
    UNION ALL -- « À l'article 2 de l'avenant n° 1, au lieu de « 176 400 € », lire « 178 400 € » »
    SELECT
        document_id,
        number,
        page_first,
        NULL,
        NULL,
        amounts_in(said)[2],
        amounts_in(said)
    FROM (
        SELECT
            *,
            unnest(regexp_extract_all(
                replace(text, chr(160), ' '),
                '(?i)\bau lieu d[eu][^€\d.;]{0,20}\d[\d\s.,]*(?:k?€|euros)[^€\d.;]{0,20}\blire\b[^€\d.;]{0,20}\d[\d\s.,]*(?:k?€|euros)'
            )) AS said
        FROM article
        WHERE NOT is_annexed(number)
    )
),

counted AS (
    SELECT territory_id, exercise, sum(ami) AS ami
    FROM lineage_year
    WHERE ami IS NOT NULL
    GROUP BY ALL
),

final AS (
    SELECT DISTINCT
        c.document_id,
        c.article_number,
        c.page,
        the_article(c.article_number) || ' change la subvention de ' || o.exercise || ' de '
            || euros(c.sums[1]) || ' en ' || euros(c.becomes) || ', mais les actions de cet exercice'
            || ' comptent toujours pour ' || euros(o.ami) || ' : aucun tableau lu ne dit lesquelles changent.'
            AS message,
        plain(c.becomes) AS expected,
        plain(o.ami) AS observed
    FROM changes AS c
    JOIN document AS d USING (document_id)
    JOIN document_money AS m ON m.stated_grant = c.sums[1] -- of the act that is changed
    JOIN document AS e ON e.document_id = m.document_id AND e.territory_id = d.territory_id
    JOIN counted AS o ON o.territory_id = e.territory_id AND o.exercise = e.exercise
    WHERE d.kind = 'avenant' AND d.copy_of IS NULL AND e.document_id <> d.document_id
        -- which names no other exercise itself
        AND NOT coalesce(
            contains(c.quote, c.exercise) AND first_year(c.exercise) <> first_year(e.exercise),
            false
        )
        AND len(c.sums) = 2 AND c.sums[2] = c.becomes
        AND o.ami IN (c.sums[1], m.annex_ami) -- which may hold what was left over, too
)

SELECT * FROM final
