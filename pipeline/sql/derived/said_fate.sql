-- Actions dont l'article d'un acte énonce la fin ou la suite, par leur référence ou leur intitulé : « La fiche 6 est achevée »
-- Actions of which an article states that they end or go on, by their reference or their name: "La fiche 6 est achevée"
-- lineage_id: Filiation de l'action / Lineage of the action
-- exercise: Dernier exercice de l'action que l'acte peut connaître / Last exercise of the action that the act can know
-- document_id: Acte qui le dit / Act that says so
-- article_number: Son article ; NULL pour un tableau de correspondance / Its article; NULL for a table of correspondence
-- page: Page / Page
-- kept: Dite maintenue, et non achevée / Said to go on, and not to end
-- quote: Citation / Quote
WITH named AS ( -- by its name rather than by its number, which another action may bear since
    SELECT
        s.*,
        a.exercise,
        l.lineage_id,
        first_year(d.exercise) AS year_of_act,
        s.name IS NOT NULL AND bare(a.label) <> bare(s.name) AS is_begun, -- label that goes on
        coalesce(
            bare(a.label) = bare(s.name) OR contains(folded(s.quote), folded(a.label)), false
        ) AS by_name,
        coalesce(a.reference_key = s.reference_key, false) AS by_reference
    FROM stated_fate AS s
    JOIN document AS d USING (document_id)
    JOIN action AS a
        ON a.territory_id = d.territory_id
        AND (
            may_mean(a.reference_key, s.reference_key)
            OR bare(a.label) = bare(s.name)
            OR starts_with(bare(a.label), bare(s.name) || ' ')
        )
        AND first_year(a.exercise) <= last_year(d.exercise)
    JOIN lineage AS l ON l.action_id = a.action_id AND l.main
    WHERE NOT coalesce(is_annexed(s.article_number), false)
    WINDOW said AS (PARTITION BY s.document_id, s.article_number, s.kept, s.quote, s.reference_key, s.name)
    QUALIFY by_name = max(by_name) OVER said
        AND (by_name OR by_reference = max(by_reference) OVER said)
),

lasting AS (
    SELECT l.lineage_id, max(first_year(a.exercise)) AS last_year
    FROM lineage AS l
    JOIN action AS a USING (action_id)
    GROUP BY ALL
),

before AS ( -- of the exercise before the act's
    SELECT
        n.*,
        first_year(n.exercise) < n.year_of_act
        AND first_year(n.exercise) = max(CASE WHEN first_year(n.exercise) < n.year_of_act
                                         THEN first_year(n.exercise) END) OVER said AS is_before
    FROM named AS n
    WINDOW said AS (PARTITION BY n.document_id, n.article_number, n.kept, n.quote, n.reference_key, n.name)
),

known AS ( -- the action that nothing carries on since, rather than the one that took its number
    SELECT
        b.*,
        coalesce(b.is_before AND o.last_year = first_year(b.exercise), false) AS is_over,
        first_year(b.exercise) = max(first_year(b.exercise)) OVER said AS is_latest
    FROM before AS b
    JOIN lasting AS o USING (lineage_id)
    WINDOW said AS (PARTITION BY b.document_id, b.article_number, b.kept, b.quote, b.reference_key, b.name)
    QUALIFY CASE WHEN bool_or(is_over) OVER said THEN is_over
        ELSE is_latest AND (b.reference_key IS NOT NULL OR NOT b.is_begun) END
),

final AS (
    SELECT
        min(lineage_id) AS lineage_id,
        max(exercise) AS exercise,
        document_id,
        article_number,
        page,
        kept,
        quote
    FROM known
    GROUP BY document_id, article_number, page, kept, quote, reference_key, name
    HAVING count(DISTINCT lineage_id) = 1
)

SELECT * FROM final
