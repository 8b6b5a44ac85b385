-- Crédits dits obtenus auparavant, différents de ce que le document antérieur accordait
-- Money said to be obtained before, other than what the earlier document granted
-- severity: warning
WITH RECURSIVE reported AS ( -- what an act grants, and a report on its exercise recalls
    SELECT a.action_id, granted.action_id AS ancestor_id, 0 AS distance
    FROM action AS a
    JOIN document AS d ON d.document_id = a.document_id AND d.kind = 'report'
    JOIN lineage AS own ON own.action_id = a.action_id AND own.main
    JOIN lineage AS same ON same.lineage_id = own.lineage_id AND same.main
    JOIN action AS granted
        ON granted.action_id = same.action_id AND first_year(granted.exercise) = first_year(a.exercise)
    JOIN document AS act ON act.document_id = granted.document_id AND act.kind IN ('convention', 'avenant')
    ANTI JOIN superseded_action AS s ON s.action_id = granted.action_id
),

ancestry AS (
    SELECT target_action_id AS action_id, source_action_id AS ancestor_id, 1 AS distance
    FROM link
    UNION
    FROM reported
    UNION
    SELECT a.action_id, l.source_action_id, a.distance + 1
    FROM ancestry AS a
    JOIN link AS l ON l.target_action_id = a.ancestor_id
    WHERE a.distance < 20
),

recall AS ( -- « Accordé en 2022 » is held against the acts of 2022 only
    SELECT action_id, min(first_year(exercise)) AS first, max(last_year(exercise)) AS last
    FROM funding
    WHERE stage = 'previous' AND exercise IS NOT NULL
    GROUP BY ALL
),

years AS ( -- an act for two years states the sums of the second too
    SELECT action_id, list(ami) FILTER (ami IS NOT NULL) AS granted
    FROM action_year
    GROUP BY ALL
),

earlier AS (
    SELECT
        y.action_id,
        a.exercise,
        min(y.distance) AS distance,
        sum(m.ami) FILTER (m.own_exercise) AS granted,
        sum(m.previous) FILTER (m.own_exercise) AS previous,
        list_concat(list(m.ami) FILTER (m.ami IS NOT NULL), flatten(list(b.granted))) AS each_granted,
        list(m.previous) FILTER (m.own_exercise AND m.previous IS NOT NULL) AS each_previous,
        string_agg(DISTINCT a.document_id, ', ' ORDER BY a.document_id) AS documents
    FROM ancestry AS y
    JOIN action AS a ON a.action_id = y.ancestor_id
    JOIN action_money AS m ON m.action_id = y.ancestor_id
    LEFT JOIN years AS b ON b.action_id = y.ancestor_id
    LEFT JOIN recall AS r ON r.action_id = y.action_id
    WHERE coalesce(first_year(a.exercise) <= r.last AND last_year(a.exercise) >= r.first, true)
    GROUP BY ALL
),

known AS (
    SELECT
        action_id,
        arg_min(coalesce(granted, previous), distance) FILTER (coalesce(granted, previous) IS NOT NULL)
            AS latest,
        arg_min(documents, distance) FILTER (coalesce(granted, previous) IS NOT NULL) AS documents,
        list_distinct(flatten([
            list(granted), list(previous), [sum(granted)],
            [coalesce(sum(granted), 0) + coalesce(max(previous), 0)],
            flatten(list(coalesce(each_granted, []))), flatten(list(coalesce(each_previous, [])))
        ])) AS acceptable
    FROM earlier
    GROUP BY ALL
),

shared AS ( -- an action that others carry on too may hand down a part of its money
    SELECT DISTINCT l.target_action_id AS action_id
    FROM link AS l
    WHERE l.relation = 'splits'
),

actions AS (
    SELECT
        a.document_id,
        a.action_id,
        a.page,
        'L''action ' || called(a.label) || ' rappelle ' || euros(m.previous)
            || ' obtenus auparavant, contre ' || euros(k.latest)
            || ' d''après ' || k.documents || '.' AS message,
        plain(k.latest) AS expected,
        plain(m.previous) AS observed
    FROM action AS a
    JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    JOIN known AS k ON k.action_id = a.action_id
    LEFT JOIN shared AS s ON s.action_id = a.action_id
    WHERE k.latest IS NOT NULL
        AND NOT list_contains(k.acceptable, m.previous)
        AND NOT (s.action_id IS NOT NULL AND m.previous < k.latest)
),

recalled AS ( -- « Pour mémoire, la contribution s'élevait à 795 500 € au titre de 2024-2025 »
    SELECT
        s.document_id,
        s.article_number,
        s.page,
        s.amount_eur,
        s.exercise,
        string_agg(e.document_id, ', ' ORDER BY e.document_id) AS documents,
        max(e.stated_grant) AS granted,
        list_distinct(flatten(list(
            [e.stated_grant, e.annex_ami, e.annex_ami_own, e.stated_grant + e.stated_carry_over]
        ))) AS acceptable
    FROM stated_amount AS s
    JOIN document AS d USING (document_id)
    JOIN document AS o ON o.territory_id = d.territory_id AND o.document_id <> d.document_id AND o.copy_of IS NULL
    JOIN document_money AS e ON e.document_id = o.document_id AND e.exercise = s.exercise
    WHERE s.kind = 'grant'
        AND NOT is_annexed(s.article_number)
        AND s.exercise <> d.exercise
        AND coalesce(o.signed_on <= d.signed_on, true) -- a later act may change what was foreseen
        AND e.stated_grant IS NOT NULL
    GROUP BY ALL
),

articles AS (
    SELECT
        document_id,
        NULL AS action_id,
        article_number,
        page,
        the_article(article_number) || ' rappelle une subvention de ' || euros(amount_eur)
            || ' pour ' || exercise || ', contre ' || euros(granted)
            || ' d''après ' || documents || '.' AS message,
        plain(granted) AS expected,
        plain(amount_eur) AS observed
    FROM recalled
    WHERE NOT list_contains(acceptable, amount_eur)
),

final AS (
    SELECT * FROM actions
    UNION ALL BY NAME
    SELECT * FROM articles
)

SELECT * FROM final
