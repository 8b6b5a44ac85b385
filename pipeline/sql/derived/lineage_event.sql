-- Ce que devient chaque filiation, exercice après exercice, fin comprise
-- What becomes of each lineage, exercise after exercise, its end included
-- lineage_id: Filiation / Lineage
-- territory_id: Territoire / Territory
-- exercise: Exercice ; pour une fin, le premier où elle manque / Exercise; for an end, the first without it
-- label: Intitulé de l'exercice, le dernier connu si elle a pris fin / Label of the exercise, the last known one once ended
-- pilots: Pilotes tels qu'écrits / Pilots as written
-- funded: L'AMI paie / The AMI pays
-- ami: Crédits de l'AMI / AMI money
-- ami_by_year: Les mêmes par année, là où un acte les énonce par année / The same by year, where an act states them by year
-- cofinancing: Cofinancements / Cofunding
-- status: Statut normalisé / Normalised status
-- event: new, continued, renamed, split, merged, unfunded, refunded, ended / the same words
-- reason: Raison que donne le document / Reason that the document gives
-- previous_exercise: Exercice précédent de la filiation / The lineage's previous exercise
-- previous_label: Intitulé précédent, et ceux des actions fusionnées dans celle-ci / Previous label, and those of the actions merged into this one
-- previous_ami: Crédits précédents de l'AMI, de ces mêmes actions / Previous AMI money, of the same actions
-- previous_year: Dernière année de l'exercice précédent, là où un acte énonce les sommes par année, sinon cet exercice / Last year of the previous exercise, where an act states the sums by year, else that exercise
-- previous_year_ami: Crédits de l'AMI de cette année, de ces mêmes actions / AMI money of that year, of the same actions
-- previous_funded: L'AMI payait pour l'exercice précédent / The AMI paid in the previous exercise
-- action_ids: Actions concernées / Actions concerned
-- page: Page / Page
WITH joined AS ( -- a lineage that ends in another, which its action carries on
    SELECT DISTINCT m.lineage_id, e.exercise, e.previous_exercise, l.lineage_id AS other
    FROM lineage_turn AS e
    JOIN lineage AS l ON list_contains(e.action_ids, l.action_id) AND NOT l.main
    JOIN lineage AS m ON m.action_id = l.action_id AND m.lineage_id = e.lineage_id AND m.main
    WHERE e.event = 'merged'
),

merged AS ( -- of the year of the merger, and whole: since, it has no money of its own
    SELECT
        j.lineage_id,
        j.exercise,
        together(list(y.label), ' + ') AS label,
        sum(y.ami) AS ami,
        sum(last_of(y.ami_by_year, y.ami)) AS year_ami
    FROM joined AS j
    JOIN lineage_year AS y ON y.lineage_id = j.other AND y.exercise = j.previous_exercise
    WHERE y.ami IS NOT NULL AND NOT EXISTS (
        SELECT 1
        FROM lineage_year AS n
        WHERE n.lineage_id = j.other AND n.exercise = j.exercise AND n.ami IS NOT NULL
    )
    GROUP BY ALL
),

final AS (
    SELECT
        e.lineage_id,
        e.territory_id,
        e.exercise,
        e.label,
        e.pilots,
        e.funded,
        m.ami,
        m.ami_by_year,
        m.cofinancing,
        e.status,
        e.event,
        e.reason,
        e.previous_exercise,
        e.previous_label || coalesce(' + ' || j.label, '') AS previous_label,
        CASE WHEN is_within(e.exercise, e.previous_exercise) THEN NULL -- of which it is a part
             WHEN j.ami IS NULL THEN b.ami ELSE coalesce(b.ami, 0) + j.ami END AS previous_ami,
        coalesce(map_keys(b.ami_by_year)[-1], e.previous_exercise) AS previous_year,
        CASE WHEN is_within(e.exercise, e.previous_exercise) THEN NULL
             WHEN j.ami IS NULL THEN last_of(b.ami_by_year, b.ami)
             ELSE coalesce(last_of(b.ami_by_year, b.ami), 0) + j.year_ami END AS previous_year_ami,
        b.funded AS previous_funded,
        e.action_ids,
        e.page
    FROM lineage_turn AS e
    LEFT JOIN lineage_year AS m
        ON m.lineage_id = e.lineage_id AND m.exercise IS NOT DISTINCT FROM e.exercise
        AND e.event <> 'ended'
    LEFT JOIN lineage_year AS b
        ON b.lineage_id = e.lineage_id AND b.exercise = e.previous_exercise
    LEFT JOIN merged AS j ON j.lineage_id = e.lineage_id AND j.exercise = e.exercise
)

SELECT * FROM final
