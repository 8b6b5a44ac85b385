-- Chaque modification d'un article de convention par un avenant, avec la rédaction avant et après
-- Each change that an avenant makes to an article of a convention, with the wording before and after
-- document_id: Convention / Convention
-- number: Article modifié, « 9 (nouveau) » s'il prend le numéro d'un autre / Article changed, « 9 (nouveau) » if it takes the number of another
-- step: Rang de la modification parmi celles de l'article / Rank among the changes of the article
-- change: replaced, completed, modified, repealed, added, renumbered / the same words
-- source_document_id: Avenant / Avenant
-- source_article: Article de l'avenant / Article of the avenant
-- page: Page de l'avenant / Page of the avenant
-- before: Rédaction avant ; NULL si la convention n'a pas cet article / Wording before; NULL if the convention has no such article
-- after: Rédaction après ; NULL si l'article est abrogé / Wording after; NULL where repealed
WITH final AS (
    SELECT
        document_id,
        number,
        step,
        change,
        source_document_id,
        source_article,
        page,
        before,
        after
    FROM amendment_step
)

SELECT * FROM final
