-- Chaque modification d'un article de convention par un avenant, avec la rédaction avant et après
-- Each change that an avenant makes to an article of a convention, with the wording before and after
-- document_id: Convention / Convention
-- number: Article modifié / Article changed
-- step: Rang de la modification parmi celles de l'article / Rank among the changes of the article
-- change: replaced, completed, modified, repealed / the same words
-- source_document_id: Avenant / Avenant
-- source_article: Article de l'avenant / Article of the avenant
-- page: Page de l'avenant / Page of the avenant
-- before: Rédaction avant ; NULL si la convention n'a pas cet article / Wording before; NULL if the convention has no such article
-- after: Rédaction après ; NULL si l'article est abrogé / Wording after; NULL where repealed
WITH worded AS (
    SELECT
        s.*,
        c.text AS original,
        string_agg(s.added, chr(10)) OVER (
            PARTITION BY s.document_id, s.number, s.last_rewriting ORDER BY s.step
        ) AS written,
        CASE WHEN s.last_rewriting IS NULL THEN concat_ws(chr(10), c.text, written)
             ELSE written END AS after
    FROM amendment_step AS s
    LEFT JOIN article AS c USING (document_id, number)
),

final AS (
    SELECT
        document_id,
        number,
        step,
        change,
        source_document_id,
        source_article,
        page,
        CASE WHEN step = 1 THEN original
             ELSE lag(after) OVER (PARTITION BY document_id, number ORDER BY step)
        END AS before,
        after
    FROM worded
)

SELECT * FROM final
