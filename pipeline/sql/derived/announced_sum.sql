-- Sommes qu'un acte annonce pour une année, et que les actes de cette année n'énoncent plus ni ne maintiennent
-- Sums that an act announces for a year, and that the acts of that year neither state nor keep
-- action_id: Action / Action
-- exercise: Année ou exercice de la somme / Year or exercise of the sum
-- ami: Crédits de l'AMI annoncés / AMI money announced
-- document_id: Acte de l'année / Act of the year
-- is_left_out: L'acte de l'année accorde ce que ses annexes totalisent, dont la moitié au moins des actions annoncées : il n'accorde pas cette somme / The act of the year grants what its annexes add up to, with at least half of the actions announced: it does not grant this sum
WITH ahead AS (
    SELECT m.action_id, m.exercise, m.ami, l.lineage_id, d.document_id, m.act_exercise
    FROM action_year AS m
    JOIN action AS a USING (action_id)
    JOIN lineage AS l ON l.action_id = m.action_id AND l.main
    JOIN document AS d
        ON d.territory_id = a.territory_id AND first_year(d.exercise) = first_year(m.exercise)
    ANTI JOIN complement_act AS c ON c.later_document_id = d.document_id
    WHERE m.ami > 0 AND first_year(m.exercise) > first_year(m.act_exercise)
        AND d.kind IN ('convention', 'avenant') AND d.copy_of IS NULL
        AND d.document_id <> a.document_id
),

again AS (
    SELECT
        l.lineage_id,
        a.document_id,
        first_year(m.exercise) AS year,
        sum(m.previous) AS previous
    FROM action_year AS m
    JOIN action AS a USING (action_id)
    JOIN lineage AS l USING (action_id)
    WHERE m.own_exercise AND m.ami IS NOT NULL AND first_year(m.exercise) = first_year(m.act_exercise)
    GROUP BY ALL
),

followed AS (
    SELECT
        h.*,
        o.lineage_id IS NOT NULL AS is_stated,
        count(DISTINCT h.lineage_id) OVER of_act AS announced,
        count(DISTINCT n.lineage_id) OVER of_act AS stated,
        sum(CASE WHEN is_stated THEN 0 ELSE h.ami END) OVER of_act AS left_out,
        -- "avant" and "après" of those that it changes
        coalesce(
            bool_and(n.previous IS NOT DISTINCT FROM h.ami)
                FILTER (n.lineage_id IS NOT NULL) OVER of_act,
            false
        ) AS is_amended
    FROM ahead AS h
    LEFT JOIN again AS n
        ON n.document_id = h.document_id AND n.lineage_id = h.lineage_id
        AND n.year = first_year(h.exercise)
    LEFT JOIN (SELECT DISTINCT lineage_id, year FROM again) AS o
        ON o.lineage_id = h.lineage_id AND o.year = first_year(h.exercise)
    WINDOW of_act AS (PARTITION BY h.document_id)
),

final AS (
    SELECT
        f.action_id,
        f.exercise,
        f.ami,
        f.document_id,
        coalesce(m.stated_grant = m.annex_ami AND 2 * f.stated >= f.announced, false)
            AS is_left_out
    FROM followed AS f
    JOIN document_money AS m USING (document_id)
    WHERE NOT f.is_stated AND NOT f.is_amended
        AND f.document_id NOT IN ( -- whose articles count them in
            SELECT s.document_id
            FROM stated_amount AS s
            WHERE s.amount_eur = m.annex_ami + f.left_out
        )
)

SELECT * FROM final
