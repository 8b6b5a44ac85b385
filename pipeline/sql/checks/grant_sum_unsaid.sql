-- Subvention qu'un acte augmente ou diminue d'une somme, sans dire à combien elle s'établit
-- Grant that an act raises or lowers by a sum, without saying what it comes to
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
)

SELECT * FROM final
