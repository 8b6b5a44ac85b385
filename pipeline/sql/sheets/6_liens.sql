-- Liens
-- Links
-- source_exercise: De l'exercice / From the exercise
-- source_label: Action antérieure / Earlier action
-- target_exercise: À l'exercice / To the exercise
-- target_label: Action postérieure / Later action
-- relation: Relation / Relation
-- score: Probabilité / Probability
-- decided_by: Décidé par / Decided by
-- evidence: Éléments de preuve / Evidence
-- source_action_id: Identifiant antérieur / Earlier identifier
-- target_action_id: Identifiant postérieur / Later identifier
SELECT earlier.exercise AS source_exercise, earlier.label AS source_label,
    later.exercise AS target_exercise, later.label AS target_label, k.relation, k.score,
    k.decided_by, k.evidence, k.source_action_id, k.target_action_id
FROM link AS k
JOIN action AS earlier ON earlier.action_id = k.source_action_id
JOIN action AS later ON later.action_id = k.target_action_id
ORDER BY k.source_action_id, k.target_action_id
