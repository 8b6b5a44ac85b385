-- Article que la numérotation de l'acte suppose et qui n'est pas lu, ou acte sans article numéroté
-- Article that the numbering of the act supposes and that is not read, or act without a numbered one
-- severity: info
WITH romans AS (
    SELECT ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'] AS names
),

counted AS (
    SELECT
        a.document_id,
        a.number,
        a.page_first,
        a.page_last,
        -- '2.' of '2.1', with which the number is counted; '' of '3' and 'II'
        regexp_extract(a.number, '^((?:\w+\.)*)\w+$', 1) AS series,
        coalesce(
            TRY_CAST(regexp_extract(a.number, '(?:^|\.)(\d+)(?:bis|ter|quater)?$', 1) AS INTEGER),
            nullif(list_position(r.names, a.number), 0)
        ) AS rank,
        if(list_contains(r.names, a.number), r.names, NULL) AS roman
    FROM article AS a
    CROSS JOIN romans AS r
    JOIN document AS d USING (document_id)
    WHERE d.copy_of IS NULL AND a.number <> '0' AND NOT is_annexed(a.number)
),

steps AS (
    SELECT
        *,
        coalesce(lag(rank) OVER in_order, 0) AS rank_before,
        lag(number) OVER in_order AS number_before,
        lag(page_last) OVER in_order AS page_before
    FROM counted
    WHERE rank IS NOT NULL
    WINDOW in_order AS (
        PARTITION BY document_id, series, roman IS NULL ORDER BY rank, page_first
    )
),

scanned AS (
    SELECT document_id, page FROM page WHERE ocr_confidence IS NOT NULL
),

gaps AS (
    SELECT
        s.document_id,
        s.number AS article_number,
        s.page_first AS page,
        CASE WHEN len(missing) = 1 THEN 'Aucun article ' ELSE 'Aucun des articles ' END
            || list_aggregate(missing, 'string_agg', ', ')
            || ' n''est lu '
            || CASE WHEN s.number_before IS NULL THEN 'avant l''article ' || s.number
               ELSE 'entre les articles ' || s.number_before || ' et ' || s.number END
            || ' : l''acte en saute le numéro, ou un titre n''est pas reconnu et son texte est joint à celui'
            || ' qui précède. Vérifiez sur la page.' AS message,
        'article ' || missing[1] AS expected,
        'article ' || s.number AS observed,
        if(EXISTS (
            SELECT 1 FROM scanned AS o
            WHERE o.document_id = s.document_id
                AND o.page BETWEEN coalesce(s.page_before, s.page_first) AND s.page_first
        ), 'warning', 'info') AS severity
    FROM (
        SELECT
            *,
            list_transform(
                range(rank_before + 1, rank), lambda n: coalesce(roman[n], series || n)
            ) AS missing
        FROM steps
    ) AS s
    WHERE s.rank > s.rank_before + 1
),

none AS ( -- an act all of whose text stands under no number
    SELECT
        d.document_id,
        NULL AS article_number,
        min(a.page_first) AS page,
        'Aucun article numéroté n''est lu dans cet acte : ses titres ne sont pas reconnus, ou il n''en a'
            || ' pas. Vérifiez dans le document.' AS message,
        'des articles' AS expected,
        'aucun' AS observed,
        if(bool_or(o.page IS NOT NULL), 'warning', 'info') AS severity
    FROM document AS d
    JOIN article AS a ON a.document_id = d.document_id AND NOT is_annexed(a.number)
    LEFT JOIN scanned AS o ON o.document_id = d.document_id
    WHERE d.copy_of IS NULL AND d.kind IN ('convention', 'avenant')
        AND d.document_id NOT IN (SELECT document_id FROM counted WHERE rank IS NOT NULL)
    GROUP BY d.document_id
),

final AS (
    SELECT * FROM gaps
    UNION ALL
    SELECT * FROM none
)

SELECT * FROM final
