-- Poste de coordinateur qui n'est pas financé à parts égales
-- Coordinator's post that is not funded half and half
-- severity: warning
WITH posts AS (
    SELECT
        a.*,
        folded(concat_ws(' ', a.label, a.objective, a.description)) AS wording
    FROM action AS a
    WHERE a.funded
),

final AS (
    SELECT
        p.document_id,
        p.action_id,
        p.page,
        'Le poste de coordinateur de l''action ' || called(p.label) || ' doit être financé à parts égales :'
            || ' l''AMI paie ' || euros(m.ami) || ' et les cofinanceurs ' || euros(m.cofinancing) || '.'
            AS message,
        plain((m.ami + m.cofinancing) / 2) AS expected,
        plain(m.ami) AS observed
    FROM posts AS p
    JOIN action_money AS m ON m.action_id = p.action_id AND m.own_exercise
    WHERE regexp_matches(p.wording, '\b(coordinateur|coordinatrice|coordonnateur|coordonnatrice|chef de projet|cheffe de projet)\b')
        AND regexp_matches(p.wording, '\banim\w+ la (demarche|feuille de route)\b')
        AND NOT m.cofinancing_open
        AND m.ami <> m.cofinancing
)

SELECT * FROM final
