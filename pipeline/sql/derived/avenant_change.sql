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
        *,
        coalesce(amends_document_id, document_id) AS convention,
        row_number() OVER (
            PARTITION BY coalesce(amends_document_id, document_id)
            ORDER BY
                kind = 'avenant',
                coalesce(
                    first_year(exercise),
                    year(coalesce(signed_on, received_on, deliberation_on)), 9999
                ),
                avenant_number(title), signed_on, document_id
        ) AS place
    FROM document
    WHERE kind IN ('convention', 'avenant')
),

avenants AS (
    SELECT * FROM acts
    WHERE kind = 'avenant'
),

again AS ( -- of acts that state some actions of an exercise again, the last tells what all have
    SELECT p.later_document_id AS document_id, first(x.ami) AS ami
    FROM act_pair AS p
    LEFT JOIN act_pair AS since ON since.document_id = p.later_document_id
    LEFT JOIN amended_exercise AS x
        ON x.document_id = p.later_document_id AND since.document_id IS NULL
    GROUP BY ALL
),

stated AS (
    UNPIVOT (
        SELECT
            m.document_id,
            m.stated_grant AS "subvention énoncée",
            m.stated_carry_over AS "reliquat énoncé",
            CASE WHEN g.document_id IS NULL THEN m.annex_ami ELSE g.ami END
                AS "crédits AMI des annexes",
            CASE WHEN g.document_id IS NULL THEN m.annex_cofinancing END
                AS "cofinancements des annexes"
        FROM document_money AS m
        LEFT JOIN again AS g USING (document_id)
    )
    ON "subvention énoncée", "reliquat énoncé", "crédits AMI des annexes", "cofinancements des annexes"
    INTO NAME what VALUE amount
),

money AS ( -- an act that is silent on a sum leaves it as it was
    SELECT
        *,
        lag(amount) OVER (PARTITION BY convention, what ORDER BY place) AS amount_before
    FROM stated
    JOIN acts USING (document_id)
),

money_changes AS (
    SELECT
        document_id AS avenant,
        'money' AS aspect,
        what,
        'changed' AS event,
        euros(amount_before) AS before,
        euros(amount) AS after
    FROM money
    WHERE kind = 'avenant' AND amount_before IS DISTINCT FROM amount
),

actions AS ( -- what each act itself says of the actions of its exercise
    SELECT
        l.lineage_id,
        a.document_id,
        first(a.label ORDER BY l.main DESC, m.ami DESC, a.action_id) AS label,
        sum(m.ami) FILTER (l.main AND a.funded) AS ami
    FROM action AS a
    JOIN acts AS d
        ON d.document_id = a.document_id AND first_year(d.exercise) = first_year(a.exercise)
    JOIN lineage AS l ON l.action_id = a.action_id
    LEFT JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    GROUP BY ALL
),

same_year AS ( -- the last act before that funds the exercise of the avenant
    SELECT p.later_document_id AS avenant, p.document_id AS act_before, p.adds, p.replaces
    FROM act_pair AS p
    LEFT JOIN act_pair AS earlier ON earlier.later_document_id = p.document_id
    GROUP BY p.later_document_id, p.document_id, p.adds, p.replaces
    QUALIFY row_number() OVER (
        PARTITION BY p.later_document_id ORDER BY max(earlier.later_rank) DESC NULLS LAST
    ) = 1
),

actions_again AS ( -- what an avenant says otherwise than the act of the same exercise
    SELECT
        y.avenant,
        coalesce(now.label, was.label) AS what,
        CASE WHEN now.lineage_id IS NULL THEN 'ended' WHEN was.lineage_id IS NULL THEN 'new'
            ELSE 'continued' END AS event,
        concat_ws(' · ', was.label, euros(was.ami)) AS before,
        concat_ws(' · ', now.label,
            euros(CASE WHEN y.adds THEN coalesce(was.ami, 0) + now.ami ELSE now.ami END)) AS after
    FROM same_year AS y
    JOIN (SELECT DISTINCT lineage_id, document_id FROM actions) AS known
        ON known.document_id IN (y.avenant, y.act_before)
    LEFT JOIN actions AS now ON now.document_id = y.avenant AND now.lineage_id = known.lineage_id
    LEFT JOIN actions AS was ON was.document_id = y.act_before AND was.lineage_id = known.lineage_id
    WHERE CASE WHEN now.lineage_id IS NULL THEN y.replaces AND was.ami IS NOT NULL
        ELSE was.lineage_id IS NULL OR now.ami <> coalesce(was.ami, 0) END
    GROUP BY ALL
),

actions_since AS ( -- what an avenant says otherwise than the exercise before
    SELECT
        v.document_id AS avenant,
        c.label AS what,
        c.event,
        concat_ws(' · ', c.previous_label, euros(c.previous_ami)) AS before,
        concat_ws(' · ', CASE WHEN c.event <> 'ended' THEN c.label END, euros(x.ami)) AS after
    FROM avenants AS v
    ANTI JOIN same_year AS y ON y.avenant = v.document_id
    JOIN action_continuity AS c
        ON c.territory_id IS NOT DISTINCT FROM v.territory_id AND c.exercise = v.exercise
    LEFT JOIN actions AS x ON x.document_id = v.document_id AND x.lineage_id = c.lineage_id
    WHERE (c.event = 'ended' OR x.lineage_id IS NOT NULL)
        AND (c.event <> 'continued' OR x.ami IS DISTINCT FROM c.previous_ami)
),

action_changes AS (
    SELECT 'action' AS aspect, * FROM actions_again
    UNION ALL BY NAME
    SELECT 'action' AS aspect, * FROM actions_since
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
    UNION ALL BY NAME
    SELECT * FROM action_changes
    UNION ALL BY NAME
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
