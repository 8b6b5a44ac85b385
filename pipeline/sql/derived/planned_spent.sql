-- Ce qui était prévu et ce qui a été dépensé, par action et exercice, là où l'un des deux est dit
-- What was planned and what was spent, by action and exercise, where either is said
-- territory_id: Territoire / Territory
-- rank: Rang dans la liste du territoire / Rank in the territory's list
-- exercise: Exercice / Exercise
-- reference: Numéro de l'action / Number of the action
-- label: Intitulé / Label
-- planned: Prévu de l'AMI ou sans financeur dit, à défaut accordé / Planned of the AMI or of a funder that is not said, else granted
-- spent: Dépensé de l'AMI, à défaut sans financeur dit / Spent of the AMI, else of a funder that is not said
-- comment: Commentaire / Comment
-- document_id: Document / Document
-- page: Page / Page
WITH final AS (
    SELECT
        a.territory_id,
        row_number() OVER (
            PARTITION BY a.territory_id
            ORDER BY first_year(m.exercise), m.exercise, a.reference, a.label, m.action_id
        ) AS rank,
        m.exercise,
        a.reference,
        a.label,
        -- a report recalls what an act granted
        coalesce(m.planned, m.ami, CASE WHEN d.kind = 'report' THEN m.previous END) AS planned,
        m.spent,
        a.comment,
        a.document_id,
        m.page
    FROM action_money AS m
    JOIN action AS a USING (action_id)
    JOIN document AS d USING (document_id)
    ANTI JOIN superseded_action AS s ON s.action_id = m.action_id AND m.own_exercise
    WHERE m.spent IS NOT NULL OR m.planned IS NOT NULL
)

SELECT * FROM final
