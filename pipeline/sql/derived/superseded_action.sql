-- Actions dont un acte suivant énonce à nouveau l'argent du même exercice, ou le retire : leurs sommes ne comptent plus
-- Actions whose money a following act states again for the same exercise, or withdraws: their sums no longer count
-- action_id: Action / Action
-- later_document_id: Dernier acte qui l'énonce ou la retire / Last act that states or withdraws it
-- withdrawn: Aucun acte suivant ne la finance / No following act funds it
WITH final AS (
    SELECT
        action_id,
        arg_max(later_document_id, later_rank) AS later_document_id,
        NOT bool_or(funded) AS withdrawn
    FROM restated_action
    GROUP BY ALL
)

SELECT * FROM final
