-- Quelles actions ont gagné ou perdu des crédits AMI d'un exercice, ou d'une année, à l'autre ?
-- Which actions gained or lost AMI money from one exercise, or year, to the next?
-- $territory =
WITH stated AS ( -- an act for two years may state the sums of each: one year is held against another
    SELECT
        * EXCLUDE (exercise, ami, previous_exercise, previous_ami),
        exercise AS whole,
        unnest(
            coalesce(map_entries(ami_by_year), [{'key': exercise, 'value': ami}]), recursive := true
        )
    FROM lineage_event
),

steps AS (
    SELECT
        *,
        lag(key) OVER within AS year_before,
        CASE WHEN year_before IS NULL THEN previous_year_ami ELSE lag(value) OVER within END
            AS previous_ami
    FROM stated
    WINDOW within AS (PARTITION BY lineage_id, whole ORDER BY key)
),

final AS (
    SELECT
        coalesce(t.short_name, t.name) AS territory,
        s.lineage_id,
        s.label,
        coalesce(s.year_before, s.previous_year) AS previous_exercise,
        CASE WHEN s.year_before IS NULL THEN s.previous_label ELSE s.label END AS previous_label,
        s.previous_ami,
        s.key AS exercise,
        s.value AS ami,
        coalesce(s.value, 0) - coalesce(s.previous_ami, 0) AS change,
        CASE WHEN s.year_before IS NULL THEN s.event ELSE 'continued' END AS event,
        CASE WHEN s.year_before IS NULL THEN s.reason END AS reason
    FROM steps AS s
    LEFT JOIN territory AS t USING (territory_id)
    WHERE change <> 0 AND of_territory(s.territory_id, $territory)
        AND (s.year_before IS NOT NULL OR s.event <> 'new')
        -- funded without a legible sum, then or now, it has neither gained nor lost
        AND (s.value IS NOT NULL OR NOT s.funded)
        AND (s.previous_ami IS NOT NULL OR NOT s.previous_funded)
)

SELECT * FROM final
ORDER BY territory, exercise, abs(change) DESC, lineage_id
