-- Paires que le rapprochement ne lie ni n'écarte avec assurance, les plus probables d'abord
-- Pairs that the matcher neither links nor rejects with confidence, the likeliest first
-- score: Probabilité estimée / Estimated probability
-- territory_id: Territoire / Territory
-- territory: Nom du territoire / Name of the territory
-- source_action_id: Action antérieure / Earlier action
-- source_exercise: Son exercice / Its exercise
-- source_label: Son intitulé / Its label
-- source_pilot: Son pilote / Its pilot
-- source_ami: Ses crédits de l'AMI / Its AMI money
-- source_page: Sa page / Its page
-- target_action_id: Action postérieure / Later action
-- target_exercise: Son exercice / Its exercise
-- target_label: Son intitulé / Its label
-- target_pilot: Son pilote / Its pilot
-- target_ami: Ses crédits de l'AMI / Its AMI money
-- target_page: Sa page / Its page
-- evidence: Éléments de preuve, en JSON / Evidence, as JSON
WITH final AS (
    SELECT
        c.score,
        later.territory_id,
        coalesce(t.short_name, t.name) AS territory,
        c.source_action_id,
        earlier.exercise AS source_exercise,
        earlier.label AS source_label,
        earlier.pilot_raw AS source_pilot,
        earlier.ami AS source_ami,
        earlier.page AS source_page,
        c.target_action_id,
        later.exercise AS target_exercise,
        later.label AS target_label,
        later.pilot_raw AS target_pilot,
        later.ami AS target_ami,
        later.page AS target_page,
        c.evidence
    FROM candidate_pair AS c
    JOIN action_overview AS earlier ON earlier.action_id = c.source_action_id
    JOIN action_overview AS later ON later.action_id = c.target_action_id
    LEFT JOIN territory AS t ON t.territory_id = later.territory_id
)

SELECT * FROM final ORDER BY score DESC, source_action_id, target_action_id
