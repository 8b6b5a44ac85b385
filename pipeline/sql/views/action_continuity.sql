-- Ce que devient chaque filiation, exercice après exercice
-- What becomes of each lineage, exercise after exercise
-- lineage_id: Filiation / Lineage
-- territory_id: Territoire / Territory
-- territory: Nom du territoire / Name of the territory
-- exercise: Exercice / Exercise
-- label: Intitulé de l'exercice, le dernier connu si elle a pris fin / Label of the exercise, the last known one once ended
-- pilots: Pilotes tels qu'écrits / Pilots as written
-- funded: L'AMI paie / The AMI pays
-- ami: Crédits de l'AMI qui comptent pour l'exercice / AMI money that counts for the exercise
-- ami_by_year: Les mêmes par année, là où un acte les énonce par année / The same by year, where an act states them by year
-- cofinancing: Cofinancements / Cofunding
-- status: Statut normalisé / Normalised status
-- event: new, continued, renamed, split, merged, unfunded, refunded, ended / the same words
-- reason: Raison que donne le document / Reason that the document gives
-- previous_exercise: Exercice précédent de la filiation / The lineage's previous exercise
-- previous_label: Intitulé précédent, et ceux des actions fusionnées dans celle-ci / Previous label, and those of the actions merged into this one
-- previous_ami: Crédits précédents de l'AMI, de ces mêmes actions / Previous AMI money, of the same actions
-- action_ids: Actions concernées / Actions concerned
-- page: Page / Page
WITH final AS (
    SELECT
        e.lineage_id,
        e.territory_id,
        coalesce(t.short_name, t.name) AS territory,
        e.exercise,
        e.label,
        e.pilots,
        e.funded,
        e.ami,
        e.ami_by_year,
        e.cofinancing,
        e.status,
        e.event,
        e.reason,
        e.previous_exercise,
        e.previous_label,
        e.previous_ami,
        e.action_ids,
        e.page
    FROM lineage_event AS e
    LEFT JOIN territory AS t USING (territory_id)
)

SELECT * FROM final
