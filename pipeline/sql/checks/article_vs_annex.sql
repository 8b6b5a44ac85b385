-- Somme énoncée dans un article différente de ce que les annexes totalisent
-- Sum stated in an article other than what the annexes add up to
-- severity: warning
WITH pilots AS ( -- several pilots of one action stay together
    SELECT p.action_id, string_agg(o.name, ' + ' ORDER BY o.name) AS pilot
    FROM action_pilot AS p
    JOIN organisation AS o USING (organisation_id)
    GROUP BY ALL
),

shares AS (
    SELECT a.document_id, p.pilot, sum(m.ami) AS ami
    FROM action AS a
    JOIN pilots AS p USING (action_id)
    JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    WHERE a.funded
    GROUP BY ALL
),

explained AS (
    SELECT s.document_id, string_agg(s.pilot, ', ' ORDER BY s.pilot) AS pilots
    FROM shares AS s
    JOIN document_money AS m USING (document_id)
    WHERE s.ami = m.stated_grant
    GROUP BY ALL
),

shared AS ( -- a grant for each of several beneficiaries
    SELECT s.document_id, sum(s.amount_eur) AS granted
    FROM stated_amount AS s
    JOIN document_money AS m USING (document_id)
    WHERE s.kind = 'grant' AND s.article_number = m.grant_article
        AND coalesce(first_year(s.exercise) = first_year(m.exercise), true)
    GROUP BY ALL
),

complements AS ( -- an avenant may add to the year's grant, and state the new total beside it
    SELECT DISTINCT s.document_id
    FROM stated_amount AS s
    JOIN document AS d USING (document_id)
    JOIN document_money AS m USING (document_id)
    WHERE d.kind = 'avenant' AND s.kind = 'grant' AND s.article_number = m.grant_article
        AND s.amount_eur = m.annex_ami
        AND coalesce(first_year(s.exercise) = first_year(m.exercise), true)
),

other_money AS ( -- of the AMI, beside others
    SELECT document_id, amount_eur
    FROM stated_amount
    WHERE kind = 'other' AND of_several_programmes(quote)
),

grants AS (
    SELECT
        document_id,
        grant_article AS article_number,
        grant_page AS page,
        the_article(grant_article) || ' énonce une subvention de ' || euros(stated_grant)
            || ' pour ' || exercise || ', mais les actions des annexes totalisent '
            || euros(annex_ami) || ' de crédits AMI.'
            || coalesce(' Les actions pilotées par ' || pilots || ' totalisent ce montant.', '')
            AS message,
        plain(annex_ami) AS expected,
        plain(stated_grant) AS observed
    FROM document_money
    LEFT JOIN explained USING (document_id)
    LEFT JOIN shared USING (document_id)
    WHERE document_id NOT IN (SELECT document_id FROM complements)
        -- the actions that an avenant leaves as they are count too
        AND document_id NOT IN (SELECT document_id FROM amended_exercise WHERE proved)
        AND (document_id, stated_grant) NOT IN (
            SELECT (d.document_id, e.ami)
            FROM document AS d
            JOIN exercise_total AS e USING (territory_id, exercise)
        )
        AND stated_carry_over IS NULL -- with a carry-over, see net_amount_mismatch
        AND stated_grant NOT IN (annex_ami, coalesce(annex_ami_own, annex_ami))
        AND granted <> annex_ami
        AND (document_id, annex_ami) NOT IN (SELECT (document_id, amount_eur) FROM other_money)
        AND (unread = 0 OR stated_grant < annex_ami)
),

years AS ( -- the sum of each year of an act for several
    SELECT
        s.document_id,
        min_by(s.article_number, s.page) AS article_number,
        min(s.page) AS page,
        the_article(min_by(s.article_number, s.page)) || ' énonce une subvention de '
            || euros(max(s.amount_eur)) || ' pour ' || s.exercise
            || ', mais les actions des annexes totalisent ' || euros(y.annex_ami)
            || ' de crédits AMI pour cette année.' AS message,
        plain(y.annex_ami) AS expected,
        plain(max(s.amount_eur)) AS observed
    FROM stated_amount AS s
    JOIN document_year AS y ON y.document_id = s.document_id AND y.exercise = s.exercise
    JOIN document_money AS m ON m.document_id = s.document_id
    WHERE s.kind = 'grant' AND NOT is_annexed(s.article_number)
        AND m.stated_carry_over IS NULL
    GROUP BY s.document_id, s.exercise, y.annex_ami, m.unread
    HAVING y.annex_ami NOT IN (max(s.amount_eur), sum(s.amount_eur))
        AND (m.unread = 0 OR max(s.amount_eur) < y.annex_ami)
),

all_years AS (
    SELECT a.document_id, sum(f.amount_eur) AS cost
    FROM funding AS f
    JOIN action AS a USING (action_id)
    WHERE f.stage = 'total_cost'
    GROUP BY ALL
),

costs AS (
    SELECT
        m.document_id,
        s.article_number,
        s.page,
        coalesce(m.annex_total_cost, m.annex_ami + m.annex_cofinancing) AS computed,
        the_article(s.article_number) || ' énonce un coût éligible de ' || euros(s.amount_eur)
            || ', mais les actions des annexes totalisent ' || euros(computed)
            || ' (dont ' || euros(m.annex_ami) || ' de crédits AMI).' AS message,
        plain(computed) AS expected,
        plain(s.amount_eur) AS observed
    FROM document_money AS m
    JOIN stated_amount AS s USING (document_id)
    WHERE s.kind = 'eligible_cost'
        AND NOT is_annexed(s.article_number)
        AND first_year(s.exercise) IS NOT DISTINCT FROM first_year(m.exercise) -- not over the years
        AND m.unread = 0
        AND m.unread_cofinancing = 0
        AND s.amount_eur <> computed
        AND s.amount_eur NOT IN (m.annex_ami, m.annex_ami + coalesce(m.annex_cofinancing, 0))
        AND NOT EXISTS ( -- told with and without taxes: 206 000 € HT (239 600 € TTC)
            FROM stated_amount AS same
            WHERE same.document_id = s.document_id AND same.kind = s.kind
                AND same.quote = s.quote AND same.amount_eur = computed
                AND tells_taxes(s.quote)
        )
        AND s.document_id NOT IN ( -- what the actions cost over all the years of the act
            SELECT document_id FROM all_years WHERE cost = s.amount_eur
        )
),

final AS (
    SELECT * FROM grants
    WHERE document_id NOT IN (SELECT document_id FROM years)
    UNION ALL
    SELECT * FROM years
    UNION ALL
    SELECT * EXCLUDE (computed) FROM costs
)

SELECT * FROM final
