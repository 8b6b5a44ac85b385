-- Action à la fois financée et non financée : dans les deux annexes, ou payée par l'AMI dans celle qui ne l'est pas
-- Action both funded and not: in both annexes, or paid by the AMI in the one that is not
-- severity: warning
WITH texts AS (
    SELECT
        *,
        folded(concat_ws(' ', pilot_raw, label, objective, description)) AS text
    FROM action
    WHERE label IS NOT NULL AND coalesce(objective, description) IS NOT NULL
),

paid_all_the_same AS (
    SELECT a.document_id, a.action_id, a.label, min(f.page) AS page, sum(f.amount_eur) AS amount
    FROM action AS a
    JOIN funding AS f USING (action_id)
    WHERE NOT a.funded
        AND f.funder = 'AMI'
        AND f.stage IN ('granted', 'planned')
        AND f.exercise = a.exercise
    GROUP BY ALL
    HAVING sum(f.amount_eur) > 0
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
    UNION ALL
    SELECT
        document_id,
        action_id,
        page,
        'L''action ' || called(label) || ' figure parmi celles que l''AMI ne finance pas, et reçoit '
            || euros(amount) || ' de l''AMI.',
        'financée ou non',
        plain(amount)
    FROM paid_all_the_same
)

SELECT * FROM final
