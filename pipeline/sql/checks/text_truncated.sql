-- Texte d'une action qui s'arrête au milieu d'une phrase
-- Text of an action that stops in the middle of a sentence
-- severity: warning
WITH texts AS (
    UNPIVOT (SELECT document_id, action_id, page, label AS title, label, objective, description, indicators, comment FROM action)
    ON label, objective, description, indicators, comment
    INTO NAME field VALUE text
),

names AS (
    FROM (VALUES
        ('label', 'L''intitulé'), ('objective', 'L''objectif'), ('description', 'La description'),
        ('indicators', 'Le texte des indicateurs'), ('comment', 'Le commentaire')
    ) AS named (field, french)
),

final AS (
    SELECT
        t.document_id,
        t.action_id,
        t.page,
        n.french || ' de l''action ' || called(t.title) || ' s''arrête au milieu d''une phrase : « …'
            || last_words(t.text) || ' ».' AS message,
        last_words(t.text) AS observed
    FROM texts AS t
    JOIN names AS n USING (field)
    WHERE NOT regexp_matches(t.text, '(?i)\baller[\s-]vers\s*$') -- « Accueillir et aller vers »
        AND (regexp_matches(t.text, '\s(de|du|des|d''|d’|le|la|les|l''|l’|un|une|et|ou|à|au|aux|en|par|pour|sur|sous|dans|avec|sans|entre|vers|chez|qui|que|qu''|qu’|dont|leur|leurs|ses|ces|cette|notamment|afin|selon|ainsi que)\s*$')
            OR regexp_matches(t.text, '\pL\s*[,(]\s*$'))
)

SELECT * FROM final
