-- Les paires d'actions qu'une personne compare : à relire, divisées ou fusionnées
-- The pairs of actions that a person compares: to review, split or merged
-- source_action_id: Action antérieure / Earlier action
-- target_action_id: Action postérieure / Later action
-- relation: splits, merges ; NULL pour une paire à relire / splits, merges; NULL for a pair to review
-- decided_by: Qui a décidé du lien ; NULL pour une paire à relire / Who decided the link; NULL for a pair to review
-- score: Probabilité estimée / Estimated probability
-- territory_id: Territoire / Territory
-- source_exercise: Exercice de l'action antérieure / Exercise of the earlier action
-- source_label: Son intitulé / Its label
-- source_pilot: Son pilote / Its pilot
-- source_ami: Ses crédits de l'AMI d'après le dernier acte de son exercice / Its AMI money, as the last act of its exercise says
-- source_page: Sa page / Its page
-- target_exercise: Exercice de l'action postérieure / Exercise of the later action
-- target_label: Son intitulé / Its label
-- target_pilot: Son pilote / Its pilot
-- target_ami: De même / Likewise
-- target_page: Sa page / Its page
WITH pairs AS (
    SELECT source_action_id, target_action_id, relation, decided_by, score
    FROM link
    WHERE relation IN ('splits', 'merges')
    UNION ALL BY NAME
    SELECT source_action_id, target_action_id, score
    FROM candidate_pair
),

stated_last AS ( -- by the last act of the exercise, of which links know the first
    SELECT s.action_id, sum(m.ami) AS ami
    FROM superseded_action AS s
    JOIN action AS a USING (action_id)
    JOIN lineage AS one ON one.action_id = s.action_id AND one.main
    JOIN lineage AS other ON other.lineage_id = one.lineage_id AND other.main
    JOIN action AS again
        ON again.action_id = other.action_id
        AND again.document_id = s.later_document_id
        AND first_year(again.exercise) = first_year(a.exercise)
        AND (folded(again.label) = folded(a.label) OR again.reference_key = a.reference_key)
    JOIN action_money AS m ON m.action_id = again.action_id AND m.own_exercise
    WHERE NOT s.withdrawn
    GROUP BY ALL
),

final AS (
    SELECT
        p.source_action_id,
        p.target_action_id,
        p.relation,
        p.decided_by,
        p.score,
        later.territory_id,
        earlier.exercise AS source_exercise,
        earlier.label AS source_label,
        earlier.pilot_raw AS source_pilot,
        coalesce(before.ami, earlier.ami) AS source_ami,
        earlier.page AS source_page,
        later.exercise AS target_exercise,
        later.label AS target_label,
        later.pilot_raw AS target_pilot,
        coalesce(after.ami, later.ami) AS target_ami,
        later.page AS target_page
    FROM pairs AS p
    JOIN action_overview AS earlier ON earlier.action_id = p.source_action_id
    JOIN action_overview AS later ON later.action_id = p.target_action_id
    LEFT JOIN stated_last AS before ON before.action_id = p.source_action_id
    LEFT JOIN stated_last AS after ON after.action_id = p.target_action_id
)

SELECT * FROM final
