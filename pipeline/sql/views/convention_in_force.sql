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
    FROM amendment
    QUALIFY row_number() OVER (PARTITION BY document_id, number ORDER BY step DESC) = 1
),

final AS (
    SELECT
        x.document_id,
        x.number,
        x.title,
        x.position,
        CASE WHEN a.step IS NULL THEN x.text ELSE a.after END AS text,
        coalesce(a.source_document_id, x.document_id) AS source_document_id,
        coalesce(a.source_article, x.number) AS source_article,
        coalesce(a.change, 'original') AS change,
        coalesce(a.page, x.page_first) AS page
    FROM article AS x
    JOIN document AS d USING (document_id)
    LEFT JOIN latest AS a USING (document_id, number)
    WHERE d.kind = 'convention' AND NOT is_annexed(x.number)
)

SELECT * FROM final
