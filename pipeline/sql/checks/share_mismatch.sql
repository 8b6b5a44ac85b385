-- Part d'un tout qu'un article énonce en pourcentage, et qui n'est pas celle que font ses sommes
-- Share of a whole that an article states in per cent, and that its sums do not make
-- severity: warning
WITH sentences AS (
    SELECT
        document_id,
        number,
        page_first AS page,
        -- a year is no sum: « 240 000 € pour l'exercice 2023, sur un coût de 400 000 €, soit 60 % »
        regexp_replace(
            unnest(regexp_split_to_array(replace(text, chr(160), ' '), '[.;]\s+|\n')),
            '\s(?:pour|en|au titre de) (?:l[’''](?:exercice|année) )?20\d\d\b', '', 'g'
        ) AS said
    FROM article
    WHERE NOT is_annexed(number)
),

shares AS (
    SELECT
        document_id,
        number,
        page,
        unnest(list_concat(
            [ -- 60 % de 240 000 €, soit 144 000 €
                {'said': found, 'part': amounts_in(found)[2], 'whole': amounts_in(found)[1]}
                FOR found IN regexp_extract_all(
                    said,
                    '(?i)\b\d{1,3}(?:,\d+)?\s?%\s(?:de|du|des|d[’''])[^€\d.;%]{0,60}\d[\d\s.,]*(?:k?€|euros)[^€\d.;%]{0,8}\bsoit\s[^€\d.;%]{0,30}\d[\d\s.,]*(?:k?€|euros)'
                )
            ],
            [ -- 80 000 €, représentant 40 % du coût total de 200 000 €
                {'said': found, 'part': amounts_in(found)[1], 'whole': amounts_in(found)[2]}
                FOR found IN regexp_extract_all(
                    said,
                    '(?i)\d[\d\s.,]*(?:k?€|euros)\)?,?\s(?:soit|équivalant à|correspondant à|représentant)\s(?:environ\s)?\d{1,3}(?:,\d+)?\s?%\s(?:de|du|des|d[’''])[^€\d.;%]{0,60}\d[\d\s.,]*(?:k?€|euros)'
                )
            ],
            [ -- 240 000 €, sur un coût total de 400 000 €, soit 60 %
                {'said': found, 'part': amounts_in(found)[1], 'whole': amounts_in(found)[2]}
                FOR found IN regexp_extract_all(
                    said,
                    '(?i)\d[\d\s.,]*(?:k?€|euros)(?:\s\([^()\d]*\))?,?\s(?:sur|pour)\s[^€\d.;%]{0,60}\d[\d\s.,]*(?:k?€|euros),?\s(?:soit|\()\s?(?:environ\s)?\d{1,3}(?:,\d+)?\s?%'
                )
            ]
        ), recursive := true)
    FROM sentences
),

percentages AS (
    SELECT
        *,
        regexp_extract(said, '(\d{1,3}(?:,\d+)?)\s?%', 1) AS written,
        TRY_CAST(replace(written, ',', '.') AS DECIMAL(9, 4)) AS percentage,
        -- rounded as it is written: 48,25 % is 0,005 off at most, « environ 60 % » is one
        CASE WHEN contains(said, 'environ') THEN 1
             ELSE 0.5 * pow(10, -length(regexp_extract(written, ',(\d+)', 1))) END AS rounding
    FROM shares
    WHERE part IS NOT NULL AND whole IS NOT NULL
),

final AS (
    SELECT DISTINCT
        document_id,
        number AS article_number,
        page,
        the_article(number) || ' énonce que ' || euros(part) || ' font ' || written || ' % de '
            || euros(whole) || ', dont cette part est '
            || euros(round(whole * percentage / 100, 2)) || '.' AS message,
        plain(round(whole * percentage / 100, 2)) AS expected,
        plain(part) AS observed
    FROM percentages
    WHERE abs(part - whole * percentage / 100) > whole * rounding / 100 + 1
)

SELECT * FROM final
