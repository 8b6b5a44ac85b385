-- Exercice que deux actes financent : ce qui compte une fois, ce qui s'ajoute
-- Exercise that two acts fund: what counts once, what adds up
-- severity: warning
WITH withdrawals AS (
    SELECT a.document_id, s.later_document_id, count(*) AS actions
    FROM superseded_action AS s
    JOIN action AS a USING (action_id)
    WHERE s.withdrawn
    GROUP BY ALL
),

final AS (
    SELECT
        p.later_document_id AS document_id,
        1 AS page,
        'L''exercice ' || d.exercise || ' est déjà financé par « ' || p.document_id || ' ». '
            || CASE
                WHEN p.adds THEN 'Les sommes de cet acte s''y ajoutent, comme l''énonce l''article'
                    || ' qui les accorde'
                WHEN p.actions = 0 THEN 'Aucune action n''est commune aux deux : leurs sommes'
                    || ' s''ajoutent'
                WHEN p.actions = 1 THEN 'Une action est énoncée à nouveau : seule compte la somme'
                    || ' du dernier acte'
                ELSE p.actions || ' actions sont énoncées à nouveau : seules comptent les sommes'
                    || ' du dernier acte'
            END
            || CASE WHEN w.actions = 1 THEN ' ; une autre, qu''il ne finance plus, ne compte plus'
                WHEN w.actions > 1 THEN ' ; ' || w.actions || ' autres, qu''il ne finance plus, ne'
                    || ' comptent plus'
                ELSE '' END
            || coalesce(' ; en tout ' || euros(x.ami) || ' de crédits AMI', ' ; aucun crédit AMI en tout')
            || CASE WHEN x.proved THEN ', comme l''énoncent les articles.'
                WHEN x.ami = x.granted_before THEN ', ce qu''accordait déjà l''acte précédent et que'
                    || ' celui-ci ne redit pas : vérifiez-le.'
                ELSE ', total qu''aucun article n''énonce : vérifiez-le.' END AS message,
        CASE WHEN x.proved THEN 'info' ELSE 'warning' END AS severity,
        plain(x.ami) AS observed
    FROM act_pair AS p
    JOIN document AS d ON d.document_id = p.later_document_id
    JOIN amended_exercise AS x ON x.document_id = p.later_document_id
    LEFT JOIN withdrawals AS w
        ON w.document_id = p.document_id AND w.later_document_id = p.later_document_id
)

SELECT * FROM final
