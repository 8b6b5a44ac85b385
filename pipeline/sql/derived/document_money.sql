-- Ce que les articles d'un acte énoncent et ce que ses annexes totalisent, pour son exercice
-- What an act's articles state and what its annexes add up to, for its exercise
-- document_id: Document / Document
-- exercise: Exercice financé par l'acte / Exercise that the act funds
-- stated_grant: Subvention énoncée pour cet exercice / Grant stated for this exercise
-- grant_article: Article qui l'énonce / Article that states it
-- grant_page: Page de l'énoncé / Page of the statement
-- stated_carry_over: Reliquat énoncé / Carry-over stated
-- carry_over_article: Article qui énonce le reliquat / Article that states the carry-over
-- stated_total: Besoin total énoncé / Total need stated
-- stated_cost: Coût éligible énoncé / Eligible cost stated
-- annex_ami: Crédits de l'AMI des actions financées / AMI money of the funded actions
-- annex_ami_own: Dont actions portées par le bénéficiaire / Of which actions run by the beneficiary
-- annex_cofinancing: Cofinancements des actions financées / Cofunding of the funded actions
-- annex_total_cost: Coûts totaux des actions financées / Total costs of the funded actions
-- annex_carry_over: Reliquats cités dans les lignes / Carry-overs that the rows mention
-- unread: Actions financées sans montant AMI lisible / Funded actions without a legible AMI sum
-- unread_cofinancing: Actions au cofinancement annoncé sans montant / Actions whose cofunding is announced without a sum
WITH stated AS (
    SELECT s.*, d.exercise AS document_exercise
    FROM stated_amount AS s
    JOIN document AS d USING (document_id)
    WHERE NOT is_annexed(s.article_number)
),

others AS (
    SELECT
        document_id,
        max(amount_eur) FILTER (kind = 'carry_over') AS stated_carry_over,
        arg_min(article_number, {'less': -amount_eur, 'article': article_number})
            FILTER (kind = 'carry_over') AS carry_over_article,
        arg_max(exercise, amount_eur) FILTER (kind = 'carry_over') AS carry_over_exercise,
        max(amount_eur) FILTER (kind = 'total') AS stated_total,
        max(amount_eur) FILTER (kind = 'eligible_cost') AS stated_cost
    FROM stated
    GROUP BY ALL
),

granted_together AS ( -- to two bodies of one act: 31 000 € et 24 000 €, soit au total 55 000 €
    SELECT document_id, document_exercise, exercise, amount_eur, article_number, page
    FROM (
        SELECT * EXCLUDE (kind, amount_eur), sum(amount_eur) AS amount_eur
        FROM stated
        WHERE kind = 'grant'
        GROUP BY ALL
        HAVING count(*) > 1
    )
    SEMI JOIN (FROM stated WHERE kind = 'total') USING (document_id, quote, exercise, amount_eur)
),

by_year AS ( -- an act for two years may grant a sum for each, and none for both
    SELECT
        s.document_id,
        s.exercise,
        y.years,
        max(s.amount_eur) AS amount_eur,
        min_by(s.article_number, s.page) AS article_number,
        min(s.page) AS page
    FROM stated AS s
    JOIN document_year AS y USING (document_id, exercise)
    WHERE s.kind = 'grant'
    GROUP BY ALL
),

of_all_years AS (
    SELECT
        document_id,
        sum(amount_eur) AS amount_eur,
        min_by(article_number, exercise) AS article_number,
        min_by(page, exercise) AS page
    FROM by_year
    GROUP BY document_id, years
    HAVING count(*) = years
),

own_grants AS (
    SELECT
        document_id,
        amount_eur,
        article_number,
        page,
        max(amount_eur) OVER (PARTITION BY document_id) AS largest
    FROM (
        SELECT document_id, document_exercise, exercise, amount_eur, article_number, page
        FROM stated
        WHERE kind = 'grant'
        UNION ALL
        FROM granted_together
    )
    WHERE first_year(exercise) = first_year(document_exercise)
        AND (exercise = document_exercise
            OR document_id NOT IN (SELECT document_id FROM document_year))
    UNION ALL
    SELECT *, amount_eur
    FROM of_all_years
    WHERE document_id NOT IN (
        SELECT document_id FROM stated WHERE kind = 'grant' AND exercise = document_exercise
    )
),

grants AS ( -- a grant stated both with its carry-over and without it is the one without
    SELECT
        g.document_id,
        g.amount_eur AS stated_grant,
        g.article_number AS grant_article,
        g.page AS grant_page
    FROM own_grants AS g
    LEFT JOIN others AS o USING (document_id)
    QUALIFY row_number() OVER (
        PARTITION BY g.document_id
        ORDER BY
            coalesce(g.amount_eur + o.stated_carry_over = g.largest, false) DESC,
            g.amount_eur DESC,
            g.article_number,
            g.page
    ) = 1
),

annexes AS (
    SELECT
        a.document_id,
        sum(m.ami) FILTER (a.funded) AS annex_ami,
        sum(m.ami) FILTER (a.funded AND a.run_by_beneficiary) AS annex_ami_own,
        sum(m.cofinancing) FILTER (a.funded) AS annex_cofinancing,
        sum(m.total_cost) FILTER (a.funded) AS annex_total_cost,
        count(*) FILTER (a.funded AND m.ami IS NULL) AS unread,
        count(*) FILTER (a.funded AND m.cofinancing_open) AS unread_cofinancing
    FROM action AS a
    JOIN document AS d USING (document_id)
    LEFT JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    -- an act may also report on the exercises before its own
    WHERE coalesce(first_year(a.exercise) = first_year(d.exercise), true)
    GROUP BY ALL
),

carried AS ( -- « Reliquat 2023 » in an act for 2024, as its article dates it; of any action
    SELECT a.document_id, sum(m.carry_over) AS annex_carry_over
    FROM action AS a
    JOIN document AS d USING (document_id)
    JOIN action_money AS m USING (action_id)
    LEFT JOIN others AS o USING (document_id)
    WHERE (m.own_exercise OR m.exercise = o.carry_over_exercise)
        AND coalesce(first_year(a.exercise) = first_year(d.exercise), true)
    GROUP BY ALL
),

final AS (
    SELECT
        d.document_id,
        d.exercise,
        g.stated_grant,
        g.grant_article,
        g.grant_page,
        o.stated_carry_over,
        o.carry_over_article,
        o.stated_total,
        o.stated_cost,
        a.annex_ami,
        a.annex_ami_own,
        a.annex_cofinancing,
        a.annex_total_cost,
        c.annex_carry_over,
        coalesce(a.unread, 0) AS unread,
        coalesce(a.unread_cofinancing, 0) AS unread_cofinancing
    FROM document AS d
    LEFT JOIN grants AS g USING (document_id)
    LEFT JOIN others AS o USING (document_id)
    LEFT JOIN annexes AS a USING (document_id)
    LEFT JOIN carried AS c USING (document_id)
)

SELECT * FROM final
