-- Tableau de suivi : chaque filiation, exercice après exercice, avec l'argent demandé, prévu, dépensé et reporté
-- Follow-up table: each lineage, exercise after exercise, with the money requested, planned, spent and carried over
-- territory_id: Territoire / Territory
-- rank: Rang dans le tableau du territoire / Rank in the territory's table
-- label: Dernier intitulé de la filiation / Last label of the lineage
-- lineage_id: Filiation / Lineage
-- exercise: Exercice / Exercise
-- pilots: Pilotes tels qu'écrits / Pilots as written
-- requested: Demandé à l'AMI, à défaut sans financeur dit / Requested from the AMI, else of a funder that is not said
-- planned: Prévu de l'AMI, à défaut sans financeur dit / Planned of the AMI, else of a funder that is not said
-- ami: Crédits de l'AMI / AMI money
-- spent: Dépensé de l'AMI, à défaut sans financeur dit / Spent of the AMI, else of a funder that is not said
-- carry_over: Reliquat / Carried over
-- cofunders: Cofinanceurs / Cofunders
-- cofinancing: Cofinancements / Cofunding
-- status: Statut normalisé / Normalised status
-- event: first, new, continued, renamed, split, merged, unfunded, refunded, ended / the same words
-- reason: Raison que donne le document / Reason that the document gives
WITH added AS ( -- acts whose sums add to those of another count as that one
    SELECT later_document_id, min(document_id) AS document_id
    FROM act_pair
    WHERE adds
    GROUP BY ALL
),

by_document AS (
    SELECT
        l.lineage_id,
        a.territory_id,
        CASE WHEN m.own_exercise THEN m.act_exercise ELSE m.exercise END AS exercise,
        coalesce(x.document_id, a.document_id) AS document_id,
        {
            'reminds': NOT bool_or(m.own_exercise),
            'before': coalesce(-max(first_year(a.exercise)), 0),
            'document': min(coalesce(x.document_id, a.document_id))
        } AS place,
        sum(m.requested) AS requested,
        sum(m.planned) AS planned,
        sum(m.ami) AS ami,
        sum(m.spent) AS spent,
        sum(m.carry_over) AS carry_over,
        sum(m.cofinancing) AS cofinancing
    FROM action_year AS m
    JOIN action AS a USING (action_id)
    JOIN lineage AS l USING (action_id)
    LEFT JOIN added AS x ON x.later_document_id = a.document_id
    ANTI JOIN superseded_sum AS s ON s.action_id = m.action_id AND s.exercise = m.exercise
    WHERE m.exercise IS NOT NULL AND l.main
    GROUP BY ALL
),

money AS ( -- each sum once: the act that funds the exercise, else the latest that states it
    SELECT
        lineage_id,
        territory_id,
        exercise,
        arg_min(requested, place) AS requested,
        arg_min(planned, place) AS planned,
        arg_min(ami, place) AS ami,
        arg_min(spent, place) AS spent,
        arg_min(carry_over, place) AS carry_over,
        arg_min(cofinancing, place) AS cofinancing
    FROM by_document
    GROUP BY ALL
),

cofunders AS (
    SELECT l.lineage_id, a.exercise, together(list(f.funder), ' ; ') AS cofunders
    FROM funding AS f
    JOIN action AS a USING (action_id)
    JOIN lineage AS l USING (action_id)
    WHERE f.funder <> 'AMI' AND f.stage <> 'previous'
    GROUP BY ALL
),

known AS (
    SELECT lineage_id, territory_id, exercise FROM money
    UNION
    SELECT lineage_id, territory_id, exercise FROM lineage_event WHERE exercise IS NOT NULL
),

lines AS (
    SELECT
        k.territory_id,
        s.last_label AS label,
        k.lineage_id,
        k.exercise,
        e.pilots,
        m.requested,
        m.planned,
        m.ami,
        m.spent,
        m.carry_over,
        c.cofunders,
        m.cofinancing,
        CASE WHEN e.event <> 'ended' THEN e.status END AS status,
        -- what came before the first act that was read is not known
        CASE WHEN e.event = 'new' AND x.rank = 1 THEN 'first' ELSE e.event END AS event,
        e.reason
    FROM known AS k
    JOIN lineage_span AS s USING (lineage_id)
    LEFT JOIN money AS m USING (lineage_id, exercise)
    LEFT JOIN lineage_event AS e USING (lineage_id, exercise)
    LEFT JOIN cofunders AS c USING (lineage_id, exercise)
    LEFT JOIN territory_exercise AS x
        ON x.territory_id IS NOT DISTINCT FROM k.territory_id AND x.exercise = k.exercise
),

final AS (
    SELECT
        territory_id,
        row_number() OVER (
            PARTITION BY territory_id ORDER BY label, lineage_id, first_year(exercise), exercise
        ) AS rank,
        * EXCLUDE (territory_id)
    FROM lines
)

SELECT * FROM final
