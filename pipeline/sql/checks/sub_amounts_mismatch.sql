-- Montants détaillés dans un commentaire qui dépassent la somme accordée, ou ne la répartissent pas toute
-- Sums detailed in a comment that exceed the sum granted, or share it out without reaching it
-- severity: warning
WITH details AS (
    SELECT
        a.document_id,
        a.action_id,
        a.page,
        a.label,
        m.ami,
        list_filter(amounts_in(a.comment), lambda amount: amount <> m.ami) AS parts,
        list_sum(parts) AS computed,
        -- « répartis entre A (63 000 €) et B (40 000 €) » leaves nothing over; « dont » may
        regexp_matches(folded(a.comment), '\b(reparti\w*|ventile\w*|ventilation|se decompos\w+)\b')
            AND computed NOT IN (coalesce(m.cofinancing, 0), coalesce(m.total_cost, 0)) AS shared_out
    FROM action AS a
    JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    WHERE a.comment IS NOT NULL
        AND m.carry_over IS NULL
        AND m.previous IS NULL
        -- a price each, or another year's sum, is no part of this grant
        AND NOT regexp_matches(a.comment, '(?i)(€|euros?)\s*(/|par\s)')
        AND NOT regexp_matches(folded(a.comment), '\b(reliquat|precedemment|anterieur\w*|cout total)\b')
),

final AS (
    SELECT
        document_id,
        action_id,
        page,
        'Le commentaire de l''action ' || called(label) || ' détaille '
            || array_to_string(list_transform(parts, lambda amount: euros(amount)), ' + ')
            || ' = ' || euros(computed)
            || CASE WHEN computed > ami THEN ', plus que les ' ELSE ', moins que les ' END
            || euros(ami) || ' accordés.' AS message,
        plain(ami) AS expected,
        plain(computed) AS observed
    FROM details
    WHERE len(parts) > 1
        AND (computed > ami OR shared_out AND computed < ami)
        AND list_max(parts) * 2 <> computed -- the largest is the sum of the others
)

SELECT * FROM final
