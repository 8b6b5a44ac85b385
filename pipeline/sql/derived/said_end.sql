-- Fins d'actions que l'article d'un acte énonce par leur référence ou leur intitulé : « La fiche 6 est achevée »
-- Ends of actions that an article states by their reference or their name: "La fiche 6 est achevée"
-- lineage_id: Filiation de l'action / Lineage of the action
-- exercise: Dernier exercice de l'action que l'acte peut connaître / Last exercise of the action that the act can know
-- document_id: Acte qui le dit / Act that says so
-- article_number: Son article / Its article
-- page: Page / Page
-- quote: Citation / Quote
WITH known AS (
    SELECT
        s.*,
        a.exercise,
        l.lineage_id,
        first_year(a.exercise) = max(first_year(a.exercise))
            OVER (PARTITION BY s.document_id, s.reference_key, s.name) AS is_latest
    FROM stated_end AS s
    JOIN document AS d USING (document_id)
    JOIN action AS a
        ON a.territory_id = d.territory_id
        AND (a.reference_key = s.reference_key OR folded(a.label) = folded(s.name))
        AND first_year(a.exercise) <= last_year(d.exercise)
    JOIN lineage AS l ON l.action_id = a.action_id AND l.main
    WHERE NOT is_annexed(s.article_number)
),

final AS (
    SELECT
        min(lineage_id) AS lineage_id,
        max(exercise) AS exercise,
        document_id,
        article_number,
        page,
        quote
    FROM known
    WHERE is_latest
    GROUP BY document_id, article_number, page, quote, reference_key, name
    HAVING count(DISTINCT lineage_id) = 1
)

SELECT * FROM final
