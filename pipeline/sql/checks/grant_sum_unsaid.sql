-- Subvention dont un acte dit ce qui la change ou ce qui en est versé, et non à combien elle s'établit
-- Grant of which an act says what changes it or what is paid of it, and not what it comes to
-- severity: warning
WITH changes AS ( -- « La subvention initiale de 100 000 € est diminuée de 12 000 € »
    SELECT
        document_id,
        article_number,
        page,
        exercise,
        amount_eur AS change,
        amounts_in(quote) AS amounts,
        regexp_extract(
            replace(quote, chr(160), ' '),
            '(?i)\b(?:subvention|dotation|participation|contribution|concours|aide|soutien|montant)\b[^.;]{0,160}?\b(?:est|sera|a été)\s+(?:\pL+\s)?(?:augment|major|abond|diminu|minor|rédui)\pL*\s+de\s+\d[\d\s.,]*(?:k?€|euros)'
        ) AS said
    FROM stated_amount
    WHERE kind = 'other' AND NOT is_annexed(article_number)
),

paid AS ( -- « L'État verse 60 000 € en mars et 30 000 € en octobre »
    SELECT
        document_id,
        article_number,
        min(page) AS page,
        sum(amount_eur) AS paid,
        string_agg(euros(amount_eur), ' et ' ORDER BY amount_eur DESC) AS parts
    FROM stated_amount
    WHERE kind = 'other' AND NOT is_annexed(article_number)
        AND regexp_matches(
            replace(quote, chr(160), ' '),
            '(?i)\bl[’'']état\s+(?:verse|mandate|règle|paie)(?:ra)?\s+\d[\d\s.,]*(?:k?€|euros)'
        )
    GROUP BY document_id, article_number, quote
    HAVING count(*) > 1
),

final AS (
    SELECT DISTINCT
        c.document_id,
        c.article_number,
        c.page,
        -- a table may add up to what the change makes
        CASE WHEN m.annex_ami IS NULL
                OR (len(c.amounts) = 2
                    AND m.annex_ami NOT IN (c.amounts[1] + c.change, c.amounts[1] - c.change))
             THEN 'warning' ELSE 'info' END AS severity,
        the_article(c.article_number) || ' change une subvention de ' || euros(c.change)
            || ' et ne dit pas à combien elle s''établit : aucune subvention n''est retenue de cet acte'
            || CASE WHEN m.annex_ami IS NULL THEN '.'
                    ELSE ', dont les actions totalisent ' || euros(m.annex_ami) || '.' END AS message,
        'la subvention qui en résulte' AS expected,
        plain(c.change) AS observed
    FROM changes AS c
    JOIN document_money AS m USING (document_id)
    WHERE amounts_in(c.said)[-1] = c.change AND m.stated_grant IS NULL
        AND NOT regexp_matches( -- what another pays
            c.said, '(?i)\b(?:du département|(?:de la|des) (?:métropole|région|ville|communes?|partenaires))\b'
        )
    UNION ALL
    SELECT
        p.document_id,
        p.article_number,
        p.page,
        CASE WHEN m.annex_ami = p.paid THEN 'info' ELSE 'warning' END,
        the_article(p.article_number) || ' dit ce que l''État verse (' || p.parts
            || ') et aucun ne dit à combien s''établit la subvention : aucune n''est retenue de cet acte'
            || CASE WHEN m.annex_ami IS NULL THEN '.'
                    ELSE ', dont les actions totalisent ' || euros(m.annex_ami) || '.' END,
        'la subvention qui en résulte',
        plain(p.paid)
    FROM paid AS p
    JOIN document_money AS m USING (document_id)
    WHERE m.stated_grant IS NULL
)

SELECT * FROM final
