-- Actions dont un acte suivant énonce à nouveau l'argent du même exercice : leurs sommes ne comptent plus
-- Actions whose money a following act states again for the same exercise: their sums no longer count
-- action_id: Action / Action
-- later_document_id: Dernier acte qui l'énonce / Last act that states it
WITH final AS (
    SELECT
        a.action_id,
        arg_max(p.later_document_id, (d.signed_on, d.received_on, p.later_document_id)) AS later_document_id
    FROM act_pair AS p
    JOIN action AS a ON a.document_id = p.document_id
    JOIN document AS d ON d.document_id = p.later_document_id
    JOIN action AS again
        ON again.document_id = p.later_document_id
        AND first_year(again.exercise) = first_year(a.exercise)
        AND again.funded
    JOIN lineage AS one ON one.action_id = a.action_id AND one.main
    JOIN lineage AS other ON other.action_id = again.action_id AND other.main
    JOIN action_money AS m ON m.action_id = again.action_id AND m.own_exercise AND m.ami IS NOT NULL
    WHERE NOT p.adds AND one.lineage_id = other.lineage_id AND a.funded
    GROUP BY ALL
)

SELECT * FROM final
