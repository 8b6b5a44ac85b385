-- Numéro que deux actions d'un même tableau portent
-- Number that two actions of one table bear
-- severity: info
WITH final AS (
    SELECT
        document_id,
        min(action_id) AS action_id,
        min(page) AS page,
        'Le numéro « ' || min(reference) || ' » désigne ' || count(*) || ' actions du même tableau : '
            || string_agg(called(label), ', ' ORDER BY row_index) || '.' AS message,
        'un numéro par action' AS expected,
        min(reference) AS observed
    FROM action
    WHERE reference_key IS NOT NULL AND label IS NOT NULL
    -- numbers may begin again with each part of the programme
    GROUP BY document_id, table_id, exercise, reference_key, coalesce(section, '')
    HAVING count(DISTINCT folded(label)) > 1
)

SELECT * FROM final
