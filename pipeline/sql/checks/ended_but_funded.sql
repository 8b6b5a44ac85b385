-- Action dite terminée ou abandonnée, à laquelle l'acte accorde de l'argent neuf
-- Action said to have ended, to which the act grants new money
-- severity: info
WITH final AS (
    SELECT
        a.document_id,
        a.action_id,
        a.page,
        'L''action ' || called(a.label) || ' est dite « ' || a.status_raw || ' », mais reçoit '
            || euros(m.ami) || ' de l''AMI pour ' || a.exercise || '.' AS message,
        'aucun crédit, ou une action qui se poursuit' AS expected,
        plain(m.ami) AS observed
    FROM action AS a
    JOIN document AS d USING (document_id)
    JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    WHERE a.status IN ('done', 'abandoned')
        AND d.kind IN ('convention', 'avenant')
        AND first_year(a.exercise) = first_year(d.exercise)
        AND m.ami > 0
)

SELECT * FROM final
