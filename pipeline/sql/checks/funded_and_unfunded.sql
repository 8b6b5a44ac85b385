-- Même action parmi celles qui sont financées et parmi celles qui ne le sont pas
-- The same action among those that are funded and those that are not
-- severity: warning
WITH texts AS (
    SELECT
        *,
        folded(concat_ws(' ', pilot_raw, label, objective, description)) AS text
    FROM action
    WHERE label IS NOT NULL AND coalesce(objective, description) IS NOT NULL
),

final AS (
    SELECT
        paid.document_id,
        unpaid.action_id,
        unpaid.page,
        'L''action ' || called(unpaid.label) || ' figure parmi les actions financées (page '
            || paid.page || ') et parmi celles qui ne le sont pas.' AS message,
        'financée ou non' AS expected,
        'financée et non financée' AS observed
    FROM texts AS paid
    JOIN texts AS unpaid
        ON unpaid.document_id = paid.document_id
        AND unpaid.exercise IS NOT DISTINCT FROM paid.exercise
        AND unpaid.text = paid.text
    WHERE paid.funded AND NOT unpaid.funded
)

SELECT * FROM final
