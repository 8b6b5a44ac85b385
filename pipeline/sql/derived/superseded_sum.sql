-- Sommes qu'un acte suivant du même exercice énonce à nouveau, pour l'exercice ou une année qu'il finance aussi, ou auxquelles l'acte de cette année met fin
-- Sums that a following act of the same exercise states again, for the exercise or a later year that it funds too, or that the act of that year ends
-- action_id: Action / Action
-- exercise: Exercice de la somme / Exercise of the sum
WITH own AS (
    SELECT action_id, exercise
    FROM superseded_action
    JOIN action_year USING (action_id)
    WHERE own_exercise
),

ahead AS ( -- an act for two years states the sums of the second beside those of the first
    SELECT p.document_id, p.later_document_id, p.replaces, l.lineage_id, m.action_id, m.exercise
    FROM act_pair AS p
    JOIN action AS a ON a.document_id = p.document_id
    JOIN lineage AS l ON l.action_id = a.action_id AND l.main
    JOIN action_year AS m ON m.action_id = a.action_id
    WHERE NOT p.adds AND m.ami IS NOT NULL AND first_year(m.exercise) > first_year(a.exercise)
),

again AS (
    SELECT DISTINCT a.document_id, l.lineage_id, m.exercise
    FROM action_year AS m
    JOIN action AS a USING (action_id)
    JOIN lineage AS l ON l.action_id = a.action_id AND l.main
    WHERE m.ami IS NOT NULL
),

ends AS ( -- the year of the act that funds the action no more or within another, or says that it is over
    SELECT lineage_id, first_year(exercise) AS year, NOT is_suspended_in(reason) AS is_over
    FROM lineage_turn
    WHERE event = 'ended' AND reason IS NOT NULL
    UNION ALL
    SELECT e.lineage_id, first_year(d.exercise), NOT is_suspended_in(e.quote)
    FROM said_fate AS e
    JOIN document AS d USING (document_id)
    WHERE NOT e.kept
    UNION ALL
    SELECT lineage_id, first_year(exercise), status IN ('done', 'abandoned')
    FROM lineage_presence
    WHERE NOT funded
    UNION ALL
    SELECT l.lineage_id, first_year(m.exercise), false
    FROM lineage AS l
    JOIN action_money AS m ON m.action_id = l.action_id AND m.own_exercise
    WHERE NOT l.main AND m.ami IS NOT NULL
),

of_the_year AS ( -- the act of a year states it, whatever acts before announced for it
    SELECT DISTINCT before.action_id, before.exercise
    FROM action_year AS before
    JOIN lineage AS one ON one.action_id = before.action_id AND one.main
    JOIN lineage AS other ON other.lineage_id = one.lineage_id AND other.main
    JOIN action_year AS m ON m.action_id = other.action_id AND m.exercise = before.exercise
    JOIN action AS a ON a.action_id = other.action_id
    ANTI JOIN complement_act AS c ON c.later_document_id = a.document_id
    WHERE m.own_exercise AND m.ami IS NOT NULL
        AND first_year(m.act_exercise) > first_year(before.act_exercise)
),

given_up AS ( -- announced by an act before
    SELECT m.action_id, m.exercise
    FROM action_year AS m
    JOIN action AS a USING (action_id)
    JOIN lineage AS l ON l.action_id = a.action_id AND l.main
    JOIN ends AS e ON e.lineage_id = l.lineage_id AND e.year > first_year(a.exercise)
    WHERE m.ami IS NOT NULL
        AND (first_year(m.exercise) = e.year OR e.is_over AND first_year(m.exercise) > e.year)
),

final AS (
    FROM own
    UNION
    FROM given_up
    UNION
    FROM of_the_year
    UNION
    SELECT action_id, exercise FROM announced_sum WHERE is_left_out
    UNION
    SELECT b.action_id, b.exercise
    FROM ahead AS b
    JOIN again AS n ON n.document_id = b.later_document_id AND n.exercise = b.exercise
    WHERE b.replaces OR n.lineage_id = b.lineage_id
)

SELECT * FROM final
