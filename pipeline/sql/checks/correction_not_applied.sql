-- Somme d'une action que l'article d'un acte suivant corrige, sans tableau qui la reprenne
-- Sum of an action that an article of a following act corrects, without a table that states it anew
-- severity: warning
WITH sentences AS (
    SELECT
        document_id,
        number,
        page_first AS page,
        unnest(regexp_split_to_array(replace(text, chr(160), ' '), '[.;]\s+|\n')) AS said
    FROM article
    WHERE NOT is_annexed(number)
),

corrections AS (
    SELECT
        document_id,
        number,
        page,
        said,
        unnest(list_concat(
            [ -- 20 000 € et non de 22 000 €, 20 000 € au lieu de 22 000 €
                {'was': amounts_in(found)[2], 'becomes': amounts_in(found)[1]}
                FOR found IN regexp_extract_all(
                    said, '\d[\d\s.,]*(?:k?€|euros)[^€\d.;]{0,6}\b(?:et non|au lieu)\b[^€\d.;]{0,12}\d[\d\s.,]*(?:k?€|euros)'
                )
            ],
            [ -- au lieu de 22 000 €, lire 20 000 € ; porté de 22 000 € à 20 000 €
                {'was': amounts_in(found)[1], 'becomes': amounts_in(found)[2]}
                FOR found IN regexp_extract_all(
                    said,
                    '(?i)(?:au lieu|remplac\pL*|substitu\pL*|port\pL*|ramen\pL*|pass\pL*|rédui\pL*|réduc\pL*|augment\pL*|diminu\pL*|modifi\pL*|rectifi\pL*|corrig\pL*) d[eu][^€\d.;]{0,12}\d[\d\s.,]*(?:k?€|euros)[^€\d.;]{0,40}\d[\d\s.,]*(?:k?€|euros)'
                )
            ],
            [ -- la somme de 22 000 € est remplacée par 20 000 €
                {'was': amounts_in(found)[1], 'becomes': amounts_in(found)[2]}
                FOR found IN regexp_extract_all(
                    said,
                    '(?i)\d[\d\s.,]*(?:k?€|euros)[^€\d.;]{0,6}(?:est|sont)\s(?:remplac|port|ramen|substitu)\pL*[^€\d.;]{0,40}\d[\d\s.,]*(?:k?€|euros)'
                )
            ]
        ), recursive := true)
    FROM sentences
    -- the sum of an action, and not that of the act
    WHERE regexp_matches(said, '(?i)\b(?:actions?|fiches?|lignes?|opérations?|mesures?|annexes?)\b')
),

counting AS ( -- what actions of the territory still count with
    SELECT a.document_id, d.territory_id, a.exercise, a.label, a.reference_key, m.ami
    FROM action AS a
    JOIN document AS d USING (document_id)
    JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    ANTI JOIN superseded_action AS s ON s.action_id = a.action_id
    WHERE a.funded
),

restated AS ( -- of any year that an act funds
    SELECT DISTINCT a.document_id, m.ami
    FROM action AS a
    JOIN action_money AS m USING (action_id)
),

final AS (
    SELECT DISTINCT
        c.document_id,
        c.number AS article_number,
        c.page,
        the_article(c.number) || ' corrige ' || euros(c.was) || ' en ' || euros(c.becomes)
            || ', et aucun tableau de l''acte ne le reprend : l''action ' || called(o.label) || ' de '
            || o.document_id || ' compte toujours pour ' || euros(o.ami) || '.' AS message,
        plain(c.becomes) AS expected,
        plain(c.was) AS observed
    FROM corrections AS c
    JOIN document AS d USING (document_id)
    JOIN counting AS o ON o.territory_id = d.territory_id AND o.document_id <> c.document_id AND o.ami = c.was
    LEFT JOIN restated AS own ON own.document_id = c.document_id AND own.ami = c.becomes
    WHERE own.document_id IS NULL
    -- the action that the sentence names, else those of the act's own exercise, else the latest
    QUALIFY rank() OVER (
        PARTITION BY c.document_id, c.number, c.said, c.was, c.becomes
        ORDER BY
            contains(folded(c.said), folded(o.label)) DESC NULLS LAST,
            contains(
                folded(c.said) || ' ', 'action ' || replace(o.reference_key, '.', ' ') || ' '
            ) DESC NULLS LAST,
            first_year(o.exercise) = first_year(d.exercise) DESC NULLS LAST,
            first_year(o.exercise) DESC NULLS LAST
    ) = 1
)

SELECT * FROM final
