-- Chaque action avec ses pilotes et son argent de l'exercice, pour les sommes et les listes
-- Each action with its pilots and its money of the exercise, for sums and lists
-- action_id: Action / Action
-- territory_id: Territoire / Territory
-- exercise: Exercice / Exercise
-- document_id: Document / Document
-- label: Intitulé / Label
-- pilot_ids: Organisations pilotes / Piloting organisations
-- pilot_raw: Pilote tel qu'écrit / Pilot as written
-- funded: L'AMI paie / The AMI pays
-- ami: Crédits de l'AMI qui comptent pour l'exercice, sinon ceux énoncés / AMI money that counts for the exercise, else as stated
-- cofinancing: Cofinancements / Cofunding
-- expense_category: Catégorie de dépense / Expense category
-- theme: Thème / Theme
-- counts: Compte dans les totaux : aucun acte suivant ne l'énonce à nouveau, et un bilan ne redit pas un acte / Counts in totals: no following act states it again, and no report recalls it of an act
-- page: Page / Page
WITH pilots AS (
    SELECT action_id, list_sort(list(organisation_id)) AS pilot_ids
    FROM action_pilot
    GROUP BY ALL
),

counted AS (
    SELECT action_id, sum(ami) AS ami, sum(cofinancing) AS cofinancing
    FROM action_counted
    GROUP BY ALL
),

recalled AS ( -- rows of reports on what an act states of the exercise
    SELECT DISTINCT a.action_id
    FROM action AS a
    JOIN document AS d ON d.document_id = a.document_id AND d.kind = 'report'
    JOIN lineage AS one ON one.action_id = a.action_id AND one.main
    JOIN lineage AS other ON other.lineage_id = one.lineage_id AND other.main
    JOIN action AS b ON b.action_id = other.action_id AND b.exercise = a.exercise
    JOIN document AS act ON act.document_id = b.document_id AND act.kind <> 'report'
),

final AS (
    SELECT
        a.action_id,
        a.territory_id,
        a.exercise,
        a.document_id,
        a.label,
        p.pilot_ids,
        a.pilot_raw,
        a.funded,
        CASE WHEN s.action_id IS NULL THEN c.ami ELSE m.ami END AS ami,
        CASE WHEN s.action_id IS NULL THEN c.cofinancing ELSE m.cofinancing END AS cofinancing,
        a.expense_category,
        a.theme,
        s.action_id IS NULL AND r.action_id IS NULL AS counts,
        a.page
    FROM action AS a
    LEFT JOIN pilots AS p USING (action_id)
    LEFT JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    LEFT JOIN counted AS c ON c.action_id = a.action_id
    LEFT JOIN superseded_action AS s ON s.action_id = a.action_id
    LEFT JOIN recalled AS r ON r.action_id = a.action_id
)

SELECT * FROM final
