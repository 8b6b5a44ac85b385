-- Paires à relire
-- Pairs to review
-- territory: Territoire / Territory
-- score: Probabilité / Probability
-- source_exercise: De l'exercice / From the exercise
-- source_label: Action antérieure / Earlier action
-- source_ami: Ses crédits AMI / Its AMI money
-- target_exercise: À l'exercice / To the exercise
-- target_label: Action postérieure / Later action
-- target_ami: Ses crédits AMI / Its AMI money
-- evidence: Éléments de preuve / Evidence
SELECT territory, score, source_exercise, source_label, source_ami, target_exercise, target_label,
    target_ami, evidence
FROM review_queue
ORDER BY score DESC, source_action_id, target_action_id
