-- Exercice budgétaire imputé en dehors de la période de l'acte
-- Budget year charged outside the act's period
-- severity: warning
WITH charged AS (
    SELECT
        x.document_id,
        x.number AS article_number,
        x.page_first AS page,
        regexp_extract(
            -- « Après imputation du reliquat de l'exercice 2022 » charges nothing on 2022
            regexp_replace(
                x.text,
                '(?i)\b(?:reliquats?|reports?|soldes?|excédents?|trop[- ]perçus?)\b[^.;]{0,40}?(?:exercices?|année|gestion)\s+\d{4}',
                '', 'g'
            ),
            '(?is)(?:programme\s+\d|imput|\bPCE\b|\bBOP\b)(?:[^.]|\.\S){0,400}?(?:exercices?|année|gestion)\s+(?:budgétaires?\s+)?(\d{4}(?:\s*[-–/]\s*\d{4})?)',
            1
        ) AS exercise
    FROM article AS x
    WHERE NOT is_annexed(x.number)
),

periods AS (
    SELECT
        document_id,
        kind,
        CASE WHEN kind = 'avenant' THEN first_year(exercise) ELSE period_start END AS first,
        CASE WHEN kind = 'avenant' THEN last_year(exercise) ELSE period_end END AS last
    FROM document
),

final AS (
    SELECT
        c.document_id,
        c.article_number,
        c.page,
        the_article(c.article_number) || ' impute les crédits sur l''exercice ' || c.exercise
            || CASE p.kind WHEN 'avenant' THEN ', alors que l''avenant finance '
                           ELSE ', alors que la convention couvre ' END
            || concat_ws('-', p.first, nullif(p.last, p.first)) || '.' AS message,
        concat_ws('-', p.first, nullif(p.last, p.first)) AS expected,
        c.exercise AS observed
    FROM charged AS c
    JOIN periods AS p USING (document_id)
    WHERE p.kind IN ('convention', 'avenant')
        AND (last_year(c.exercise) < p.first OR first_year(c.exercise) > p.last)
)

SELECT * FROM final
