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
        p.score,
        p.territory_id,
        coalesce(t.short_name, t.name) AS territory,
        p.source_action_id,
        p.source_exercise,
        p.source_label,
        p.source_pilot,
        p.source_ami,
        p.source_page,
        p.target_action_id,
        p.target_exercise,
        p.target_label,
        p.target_pilot,
        p.target_ami,
        p.target_page,
        c.evidence
    FROM action_pair AS p
    JOIN candidate_pair AS c USING (source_action_id, target_action_id)
    LEFT JOIN territory AS t USING (territory_id)
    WHERE p.relation IS NULL
)

SELECT * FROM final ORDER BY score DESC, source_action_id, target_action_id
