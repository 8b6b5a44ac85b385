-- Poste de coordinateur qui n'est pas financé à parts égales
-- Coordinator's post that is not funded half and half
-- severity: warning
WITH posts AS (
    SELECT *
    FROM action
    WHERE funded
        AND (regexp_matches(
            folded(concat_ws(' ', label, objective)),
            '\b(coordinat(eur|rice)|coordonnat(eur|rice)|chef(fe)? de projet)\b.{0,100}\b(demarche|feuille de route|logement d abord)\b'
            || '|\b(demarche|feuille de route|logement d abord)\b.{0,60}\b(coordinat(eur|rice)|coordonnat(eur|rice)|chef(fe)? de projet)\b'
        ) OR regexp_matches( -- « Poste de coordination du plan départemental »
            folded(label),
            '\bpostes? de coordination (de la |du )?'
            || '(demarche|feuille de route|logement d abord|(plan|programme)( (local|departemental|territorial|metropolitain))?( logement d abord)?$)'
        ))
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
    WHERE NOT m.cofinancing_open AND m.ami <> m.cofinancing
)

SELECT * FROM final
