-- Combien l'État accorde-t-il au titre de l'AMI par exercice, tous territoires ensemble ?
-- How much does the State grant under the AMI by exercise, all territories together?
-- $year =
WITH without_sum AS ( -- funded actions whose sum is not legible: the total is the least it can be
    SELECT d.territory_id, m.exercise, sum(m.unread) AS actions
    FROM document_money AS m
    JOIN document AS d USING (document_id)
    WHERE d.copy_of IS NULL
    GROUP BY ALL
),

final AS ( -- exercises overlap: 2024-2025 and 2025-2026 are not one sum of 2025
    SELECT
        t.exercise,
        count(*) AS territories,
        sum(t.ami) AS ami,
        CAST(coalesce(sum(w.actions), 0) AS BIGINT) AS actions_without_sum
    FROM exercise_total AS t
    LEFT JOIN without_sum AS w
        ON w.territory_id IS NOT DISTINCT FROM t.territory_id AND w.exercise = t.exercise
    WHERE $year = ''
        OR TRY_CAST($year AS INTEGER) BETWEEN first_year(t.exercise) AND last_year(t.exercise)
    GROUP BY ALL
)

SELECT * FROM final
ORDER BY first_year(exercise), exercise
