-- Chaque article d'une convention, dans la rédaction en vigueur après ses avenants
-- Each article of a convention, in the wording in force after its avenants
-- document_id: Convention / Convention
-- number: Numéro de l'article / Number of the article
-- title: Titre / Title
-- position: Rang / Rank
-- text: Rédaction en vigueur / Wording in force
-- source_document_id: Acte dont vient la rédaction / Act that the wording comes from
-- source_article: Article de cet acte / Article of that act
-- change: original, replaced, completed, modified, repealed / the same words
-- page: Page de la source / Page of the source
WITH latest AS (
    FROM amendment_step
    QUALIFY row_number() OVER (PARTITION BY document_id, number ORDER BY step DESC) = 1
),

written AS (
    SELECT s.document_id, s.number, string_agg(s.added, chr(10) ORDER BY s.step) AS text
    FROM amendment_step AS s
    JOIN latest AS l USING (document_id, number)
    WHERE s.step >= coalesce(l.last_rewriting, 1)
    GROUP BY ALL
),

final AS (
    SELECT
        x.document_id,
        x.number,
        x.title,
        x.position,
        CASE WHEN a.step IS NULL THEN x.text
             WHEN a.last_rewriting IS NULL THEN concat_ws(chr(10), x.text, w.text)
             ELSE w.text END AS text,
        coalesce(a.source_document_id, x.document_id) AS source_document_id,
        coalesce(a.source_article, x.number) AS source_article,
        coalesce(a.change, 'original') AS change,
        coalesce(a.page, x.page_first) AS page
    FROM article AS x
    JOIN document AS d USING (document_id)
    LEFT JOIN latest AS a USING (document_id, number)
    LEFT JOIN written AS w USING (document_id, number)
    WHERE d.kind = 'convention' AND NOT is_annexed(x.number)
)

SELECT * FROM final
