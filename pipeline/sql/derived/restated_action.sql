-- Actions dont un acte suivant énonce à nouveau l'argent du même exercice, ou le retire, et chacun de ces actes
-- Actions whose money a following act states again for the same exercise, or withdraws, and each of these acts
-- action_id: Action / Action
-- later_document_id: Acte qui l'énonce ou la retire / Act that states or withdraws it
-- later_rank: Rang de cet acte parmi ceux de l'exercice / Rank of that act among those of the exercise
-- funded: Cet acte la finance / That act funds it
WITH stated_again AS (
    SELECT a.action_id, p.later_document_id, p.later_rank, again.funded
    FROM act_pair AS p
    JOIN action AS a ON a.document_id = p.document_id
    JOIN action AS again
        ON again.document_id = p.later_document_id
        AND first_year(again.exercise) = first_year(a.exercise)
    JOIN lineage AS one ON one.action_id = a.action_id AND one.main
    JOIN lineage AS other ON other.action_id = again.action_id AND other.main
    JOIN action_money AS m ON m.action_id = again.action_id AND m.own_exercise
    WHERE NOT p.adds AND one.lineage_id = other.lineage_id AND a.funded
        AND CASE WHEN again.funded THEN m.ami IS NOT NULL ELSE m.ami = 0 END
        AND a.action_id NOT IN ( -- of which a year is left as it was
            SELECT y.action_id
            FROM action_year AS y
            WHERE y.own_exercise AND y.ami IS NOT NULL AND NOT EXISTS (
                FROM action_year AS z WHERE z.action_id = again.action_id AND z.exercise = y.exercise
            )
        )
),

left_out AS (
    SELECT a.action_id, p.later_document_id, p.later_rank, false AS funded
    FROM act_pair AS p
    JOIN document AS d USING (document_id)
    JOIN action AS a
        ON a.document_id = p.document_id AND first_year(a.exercise) = first_year(d.exercise)
    WHERE p.replaces AND a.funded
),

final AS (
    FROM stated_again
    UNION
    FROM left_out
)

SELECT * FROM final
