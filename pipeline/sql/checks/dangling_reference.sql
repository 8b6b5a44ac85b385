-- Renvoi à un article qui n'énonce pas la somme annoncée, ou qui n'existe pas
-- Reference to an article that does not state the sum, or does not exist
-- severity: warning
WITH sums AS ( -- « tel que mentionné à l'article 1 », in the sentence that states a sum
    SELECT DISTINCT
        document_id,
        article_number,
        page,
        amount_eur,
        unnest(regexp_extract_all(
            quote,
            '(?i)(?:tel(?:le)?s?\s+qu(?:e\s+|.)\pL+|mentionnée?|indiquée?|énoncée?|rappelée?)\s+(?:à|dans)\s+l.article\s+(\d+(?:\.\d+)*)',
            1
        )) AS target
    FROM stated_amount
),

without_sum AS (
    SELECT
        s.document_id,
        s.article_number,
        min(s.page) AS page,
        s.target,
        string_agg(DISTINCT euros(s.amount_eur), ', ') AS amounts
    FROM sums AS s
    JOIN article AS x ON x.document_id = s.document_id AND x.number = s.target
    LEFT JOIN stated_amount AS t ON t.document_id = s.document_id AND t.article_number = s.target
    WHERE t.document_id IS NULL AND len(amounts_in(x.text)) = 0
    GROUP BY ALL
),

promised AS ( -- « le montant de la subvention tel que mentionné à l'article 1 », a sum that it leaves out
    SELECT
        document_id,
        number AS article_number,
        page_first AS page,
        unnest(regexp_extract_all(
            text,
            '(?i)\b(?:montant|somme|subvention|contribution|dotation)s?\b[^.;,:]{0,60}?\b(?:mentionné|indiqué|énoncé|rappelé|fixé|précisé)e?s?\s+(?:à|dans)\s+l.article\s+(\d+(?:\.\d+)*)\s*(?:\.(?:\s|$)|[,;:)]|de\s+la\s+présente|du\s+présent|ci-)',
            1
        )) AS target
    FROM article
    WHERE NOT is_annexed(number)
),

unkept AS ( -- the article there, with those under it, states no sum and sends on to no other place
    SELECT p.document_id, p.article_number, min(p.page) AS page, p.target
    FROM promised AS p
    JOIN article AS x
        ON x.document_id = p.document_id
        AND (x.number = p.target OR starts_with(x.number, p.target || '.'))
    LEFT JOIN stated_amount AS t ON t.document_id = x.document_id AND t.article_number = x.number
    LEFT JOIN without_sum AS s
        ON s.document_id = p.document_id AND s.article_number = p.article_number AND s.target = p.target
    WHERE s.document_id IS NULL AND p.target <> p.article_number
    GROUP BY ALL
    HAVING count(t.document_id) = 0
        AND bool_and(NOT regexp_matches(x.text, '(?i)\d\s*(?:k?€|euros?\b|%)|\bannexe|\btableau|\blettres\b'))
        AND count(*) FILTER (x.number = p.target) > 0
),

mentions AS (
    SELECT DISTINCT
        x.document_id,
        x.number AS article_number,
        x.page_first AS page,
        unnest(regexp_extract_all(
            x.text,
            '(?i)(?:de|à)\s+l.article\s+(\d+(?:\.\d+)*)(?:er)?\s*(?:\.\s|,|;|\)|de\s+la\s+présente)',
            1
        )) AS target
    FROM article AS x
    JOIN document AS d USING (document_id)
    WHERE d.kind = 'convention' AND NOT is_annexed(x.number)
),

without_article AS (
    SELECT m.document_id, m.article_number, m.page, m.target
    FROM mentions AS m
    LEFT JOIN article AS x ON x.document_id = m.document_id AND x.number = m.target
    WHERE x.number IS NULL
),

final AS (
    SELECT
        document_id,
        article_number,
        page,
        'warning' AS severity,
        the_article(article_number) || ' renvoie pour une somme à l''article ' || target
            || ', qui n''énonce aucun montant.' AS message,
        'un montant à l''article ' || target AS expected,
        NULL AS observed
    FROM (FROM without_sum SELECT document_id, article_number, page, target UNION ALL FROM unkept)
    UNION ALL
    SELECT
        document_id,
        article_number,
        page,
        'info', -- the article may also have escaped the reader
        the_article(article_number) || ' renvoie à l''article ' || target
            || ', introuvable dans la convention.',
        'article ' || target,
        NULL
    FROM without_article
)

SELECT * FROM final
