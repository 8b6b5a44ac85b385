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
-- previous_label: Intitulé précédent / Previous label
-- previous_ami: Crédits précédents de l'AMI / Previous AMI money
-- action_ids: Actions concernées / Actions concerned
-- page: Page / Page
WITH final AS (
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
        e.previous_label,
        b.ami AS previous_ami,
        e.action_ids,
        e.page
    FROM lineage_turn AS e
    LEFT JOIN lineage_year AS m
        ON m.lineage_id = e.lineage_id AND m.exercise IS NOT DISTINCT FROM e.exercise
        AND e.event <> 'ended'
    LEFT JOIN lineage_year AS b
        ON b.lineage_id = e.lineage_id AND b.exercise = e.previous_exercise
)

SELECT * FROM final
