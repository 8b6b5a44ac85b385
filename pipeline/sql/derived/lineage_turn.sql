-- Ce que devient chaque filiation, exercice après exercice, fin comprise, sans son argent
-- What becomes of each lineage, exercise after exercise, its end included, without its money
-- lineage_id: Filiation / Lineage
-- territory_id: Territoire / Territory
-- exercise: Exercice ; pour une fin, le premier où elle manque / Exercise; for an end, the first without it
-- label: Intitulé de l'exercice, le dernier connu si elle a pris fin / Label of the exercise, the last known one once ended
-- pilots: Pilotes tels qu'écrits / Pilots as written
-- funded: L'AMI paie / The AMI pays
-- status: Statut normalisé / Normalised status
-- event: new, continued, renamed, split, merged, unfunded, refunded, ended / the same words
-- reason: Raison que donne le document / Reason that the document gives
-- previous_exercise: Exercice précédent de la filiation / The lineage's previous exercise
-- previous_label: Intitulé précédent / Previous label
-- action_ids: Actions concernées / Actions concerned
-- page: Page / Page
WITH relations AS (
    SELECT
        l.lineage_id,
        a.exercise,
        bool_or(k.relation = 'splits') AS is_split,
        bool_or(k.relation = 'merges') AS is_merged
    FROM link AS k
    JOIN action AS a ON a.action_id = k.target_action_id
    JOIN lineage AS l ON l.action_id = k.target_action_id
    GROUP BY ALL
),

mentions AS (
    SELECT
        l.lineage_id,
        a.exercise,
        together(list(m.quote), ' ; ') AS quotes,
        together(list(m.quote) FILTER (m.kind IN ('ended', 'moved', 'becomes')), ' ; ')
            AS end_quotes
    FROM mention AS m
    JOIN action AS a USING (action_id)
    JOIN lineage AS l USING (action_id)
    GROUP BY ALL
),

years AS (
    SELECT
        y.*,
        folded(y.label) AS wording_now,
        m.quotes,
        m.end_quotes,
        coalesce(r.is_split, false) AS is_split,
        coalesce(r.is_merged, false) AS is_merged,
        lag(y.exercise) OVER in_order AS previous_exercise,
        lag(y.label) OVER in_order AS previous_label,
        lag(y.wordings) OVER in_order AS previous_wordings,
        lag(y.funded) OVER in_order AS previous_funded,
        coalesce(bool_or(y.funded OR y.previous > 0) OVER before, false) AS once_funded,
        lead(y.rank) OVER in_order AS next_rank
    FROM lineage_presence AS y
    LEFT JOIN relations AS r USING (lineage_id, exercise)
    LEFT JOIN mentions AS m USING (lineage_id, exercise)
    WINDOW
        in_order AS (PARTITION BY y.lineage_id ORDER BY y.rank),
        before AS (
            PARTITION BY y.lineage_id ORDER BY y.rank
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
),

said AS (
    SELECT
        e.lineage_id,
        e.exercise,
        e.kept,
        min(first_year(d.exercise)) AS year,
        together(list('« ' || e.quote || ' » (' || e.document_id || ', p. ' || e.page || ')'), ' ; ')
            AS quotes
    FROM said_fate AS e
    JOIN document AS d USING (document_id)
    GROUP BY ALL
),

kept AS ( -- as the act of the year says, or an act before announces, whose money that does not give up
    SELECT lineage_id, year, together(list(quotes), ' ; ') AS quotes
    FROM (
        SELECT lineage_id, year, quotes FROM said WHERE said.kept
        UNION ALL
        SELECT l.lineage_id, first_year(m.exercise), NULL
        FROM action_year AS m
        JOIN lineage AS l ON l.action_id = m.action_id AND l.main
        ANTI JOIN announced_sum AS s ON s.action_id = m.action_id AND s.exercise = m.exercise
        WHERE m.ami > 0 AND first_year(m.exercise) > first_year(m.act_exercise)
    )
    GROUP BY ALL
),

after AS ( -- the exercises that acts deal with, behind each one
    SELECT e.territory_id, e.exercise, n.exercise AS next_exercise, n.rank, false AS is_part
    FROM territory_exercise AS e
    JOIN territory_exercise AS f
        ON f.territory_id IS NOT DISTINCT FROM e.territory_id AND f.exercise = e.next_exercise
    JOIN territory_exercise AS n
        ON n.territory_id IS NOT DISTINCT FROM e.territory_id AND n.rank >= f.rank
    WHERE EXISTS (
        FROM territory_exercise AS t
        WHERE t.territory_id IS NOT DISTINCT FROM n.territory_id AND t.next_exercise = n.exercise
    )
    UNION ALL -- a year of a convention's period ends what its act says to be over
    SELECT e.territory_id, e.exercise, n.exercise, n.rank, true
    FROM territory_exercise AS e
    JOIN territory_exercise AS n
        ON n.territory_id = e.territory_id AND is_within(n.exercise, e.exercise)
),

present AS (
    SELECT
        *,
        CASE
            WHEN is_merged THEN 'merged'
            WHEN is_split THEN 'split'
            WHEN previous_exercise IS NULL THEN 'new'
            WHEN previous_funded AND NOT funded THEN 'unfunded'
            WHEN funded AND NOT previous_funded AND once_funded THEN 'refunded'
            -- a label may have changed column, or have taken in the objective
            WHEN len(list_filter(previous_wordings, lambda wording:
                     starts_with(wording_now, wording) OR starts_with(wording, wording_now))) = 0
                THEN 'renamed'
            ELSE 'continued'
        END AS event,
        quotes AS reason
    FROM years
),

ended AS (
    SELECT
        y.* REPLACE (
            t.next_exercise AS exercise,
            false AS funded,
            y.exercise AS previous_exercise,
            y.label AS previous_label
        ),
        'ended' AS event,
        coalesce(y.end_quotes, s.quotes, CASE WHEN y.status IN ('done', 'abandoned') THEN y.status_raw END)
            AS reason
    FROM years AS y
    JOIN after AS t
        ON t.territory_id IS NOT DISTINCT FROM y.territory_id AND t.exercise = y.exercise
    LEFT JOIN said AS s
        ON s.lineage_id = y.lineage_id AND s.exercise = y.exercise AND NOT s.kept
    LEFT JOIN kept AS k
        ON k.lineage_id = y.lineage_id AND k.year = first_year(t.next_exercise)
    WHERE y.next_rank IS NULL AND (k.year IS NULL OR reason IS NOT NULL)
        AND (NOT t.is_part OR coalesce(first_year(t.next_exercise) >= s.year, false))
    QUALIFY row_number() OVER (PARTITION BY y.lineage_id ORDER BY t.rank) = 1
),

kept_on AS ( -- without a row of its own in the acts of the year
    SELECT
        y.* REPLACE (
            t.next_exercise AS exercise,
            CASE WHEN k.quotes IS NULL THEN y.funded END AS funded, -- else the sum is not told
            'unknown' AS status,
            y.exercise AS previous_exercise,
            y.label AS previous_label,
            [] AS action_ids
        ),
        'continued' AS event,
        k.quotes AS reason
    FROM years AS y
    JOIN after AS t
        ON t.territory_id IS NOT DISTINCT FROM y.territory_id AND t.exercise = y.exercise
    JOIN kept AS k ON k.lineage_id = y.lineage_id AND k.year = first_year(t.next_exercise)
    ANTI JOIN ended AS e ON e.lineage_id = y.lineage_id AND e.exercise = t.next_exercise
    WHERE y.next_rank IS NULL AND NOT t.is_part
),

final AS (
    SELECT
        lineage_id,
        territory_id,
        exercise,
        label,
        pilots,
        funded,
        status,
        event,
        reason,
        previous_exercise,
        previous_label,
        action_ids,
        page
    FROM (
        SELECT * FROM present
        UNION ALL BY NAME SELECT * FROM kept_on
        UNION ALL BY NAME SELECT * FROM ended
    )
)

SELECT * FROM final
