-- Ce que chaque avenant change à l'acte qui le précède : actions, argent, articles
-- What each avenant changes against the act before it: actions, money, articles
-- document_id: Avenant / Avenant
-- rank: Rang parmi ses changements / Rank among its changes
-- aspect: money, article, action / the same words
-- what: Somme, article ou action / Sum, article or action
-- event: Ce qui lui arrive / What happens to it
-- before: Avant / Before
-- after: Après / After
WITH acts AS (
    SELECT
        d.*,
        lag(d.document_id) OVER (
            PARTITION BY coalesce(d.amends_document_id, d.document_id)
            ORDER BY first_year(d.exercise), d.signed_on, d.document_id
        ) AS act_before
    FROM document AS d
    WHERE d.kind IN ('convention', 'avenant')
),

avenants AS (
    SELECT * FROM acts
    WHERE kind = 'avenant'
),

money AS (
    UNPIVOT (
        SELECT
            document_id,
            stated_grant AS "subvention énoncée",
            stated_carry_over AS "reliquat énoncé",
            annex_ami AS "crédits AMI des annexes",
            annex_cofinancing AS "cofinancements des annexes"
        FROM document_money
    )
    ON "subvention énoncée", "reliquat énoncé", "crédits AMI des annexes", "cofinancements des annexes"
    INTO NAME what VALUE amount
),

money_changes AS (
    SELECT
        v.document_id AS avenant,
        'money' AS aspect,
        coalesce(now.what, was.what) AS what,
        'changed' AS event,
        euros(was.amount) AS before,
        euros(now.amount) AS after
    FROM avenants AS v
    JOIN (SELECT DISTINCT what FROM money) AS names ON true
    LEFT JOIN money AS now ON now.document_id = v.document_id AND now.what = names.what
    LEFT JOIN money AS was ON was.document_id = v.act_before AND was.what = names.what
    WHERE was.amount IS DISTINCT FROM now.amount
),

action_changes AS (
    SELECT
        v.document_id AS avenant,
        'action' AS aspect,
        c.label AS what,
        c.event,
        concat_ws(' · ', c.previous_label, euros(c.previous_ami)) AS before,
        concat_ws(' · ', CASE WHEN c.event <> 'ended' THEN c.label END, euros(c.ami)) AS after
    FROM avenants AS v
    JOIN action_continuity AS c
        ON c.territory_id IS NOT DISTINCT FROM v.territory_id AND c.exercise = v.exercise
    WHERE c.event <> 'continued' OR c.ami IS DISTINCT FROM c.previous_ami
),

article_changes AS (
    SELECT
        v.document_id AS avenant,
        'article' AS aspect,
        concat_ws(' – ', 'Article ' || m.number, x.title) AS what,
        m.change AS event,
        m.before,
        m.after
    FROM avenants AS v
    JOIN amendment AS m ON m.source_document_id = v.document_id
    LEFT JOIN article AS x ON x.document_id = m.document_id AND x.number = m.number
),

changes AS (
    SELECT * FROM money_changes
    UNION ALL
    SELECT * FROM action_changes
    UNION ALL
    SELECT * FROM article_changes
),

final AS (
    SELECT
        avenant AS document_id,
        row_number() OVER (
            PARTITION BY avenant
            ORDER BY list_position(['money', 'article', 'action'], aspect), event, what, before, after
        ) AS rank,
        * EXCLUDE (avenant)
    FROM changes
)

SELECT * FROM final
