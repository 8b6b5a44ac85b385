-- Montant net de reliquat qui ne découle pas des actions financées
-- Amount net of carry-over that does not follow from the funded actions
-- severity: warning
WITH gross AS (
    SELECT
        *,
        stated_grant + stated_carry_over AS stated_gross,
        coalesce(annex_ami_own, annex_ami) AS computed
    FROM document_money
    WHERE stated_carry_over IS NOT NULL AND unread = 0
),

other_money AS ( -- of the AMI, beside others
    SELECT document_id, amount_eur
    FROM stated_amount
    WHERE kind = 'other' AND of_several_programmes(quote)
),

final AS (
    SELECT
        document_id,
        grant_article AS article_number,
        grant_page AS page,
        'Montant net ' || euros(stated_grant) || ' + reliquat ' || euros(stated_carry_over)
            || ' = ' || euros(stated_gross) || ', alors que les actions '
            || CASE WHEN annex_ami_own IS NULL THEN 'financées'
                    ELSE 'portées par le bénéficiaire' END
            || ' totalisent ' || euros(computed) || '.'
            || CASE WHEN digits_swapped(stated_gross, computed)
                    THEN ' Deux chiffres intervertis expliqueraient l''écart.' ELSE '' END
            AS message,
        plain(computed) AS expected,
        plain(stated_gross) AS observed
    FROM gross
    WHERE stated_gross NOT IN (annex_ami, computed)
        AND stated_grant NOT IN (annex_ami, computed)
        AND (document_id, computed) NOT IN (SELECT (document_id, amount_eur) FROM other_money)
)

SELECT * FROM final
