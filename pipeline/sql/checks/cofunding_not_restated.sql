-- Cofinancements d'actions qu'un acte suivant du même exercice énonce à nouveau, sans un mot des cofinanceurs
-- Cofunding of actions that a following act of the same exercise states again, without a word of those who pay beside
-- severity: warning
WITH telling AS ( -- acts that say of one action at least what others pay
    SELECT DISTINCT a.document_id
    FROM action AS a
    JOIN action_money AS m USING (action_id)
    WHERE m.own_exercise AND (m.cofinancing IS NOT NULL OR m.cofinancing_open)
),

final AS (
    SELECT
        s.later_document_id AS document_id,
        1 AS page,
        'Cet acte énonce à nouveau des actions de ' || a.exercise
            || ' sans dire leurs cofinancements : ' || euros(sum(m.cofinancing)) || ', énoncés par « '
            || a.document_id || ' », ne comptent plus. Vérifiez s''ils sont maintenus.' AS message,
        plain(sum(m.cofinancing)) AS expected
    FROM superseded_action AS s
    JOIN action AS a USING (action_id)
    JOIN action_money AS m ON m.action_id = s.action_id AND m.own_exercise
    ANTI JOIN telling AS t ON t.document_id = s.later_document_id
    WHERE NOT s.withdrawn AND m.cofinancing > 0
    GROUP BY s.later_document_id, a.document_id, a.exercise
)

SELECT * FROM final
