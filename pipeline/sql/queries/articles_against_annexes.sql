-- Les sommes des articles correspondent-elles aux totaux des annexes ?
-- Do the sums of the articles match the totals of the annexes?
-- $territory =
WITH final AS (
    SELECT
        territory,
        exercise,
        document_id,
        stated_grant,
        stated_carry_over,
        annex_ami,
        counted_ami,
        annex_cofinancing,
        exercise_ami,
        difference
    FROM funding_by_territory
    WHERE of_territory(territory_id, $territory)
)

SELECT * FROM final
ORDER BY territory, first_year(exercise), exercise, document_id
