-- Chaque article d'une convention, dans la rédaction en vigueur après ses avenants
-- Each article of a convention, in the wording in force after its avenants
-- document_id: Convention / Convention
-- number: Numéro de l'article, le nouveau s'il a été renuméroté / Number of the article, the new one where it was renumbered
-- title: Titre ; NULL pour un article ajouté / Title; NULL for an article added
-- position: Rang ; NULL pour un article ajouté / Rank; NULL for an article added
-- text: Rédaction en vigueur / Wording in force
-- source_document_id: Acte dont vient la rédaction / Act that the wording comes from
-- source_article: Article de cet acte / Article of that act
-- change: original, replaced, completed, modified, repealed, added, renumbered / the same words
-- page: Page de la source / Page of the source
WITH latest AS (
    FROM amendment_step
    QUALIFY row_number() OVER (PARTITION BY document_id, number ORDER BY step DESC) = 1
),

added AS ( -- by an avenant, to a convention without that article
    SELECT DISTINCT document_id, number
    FROM amendment_step
    WHERE change = 'added'
),

articles AS (
    SELECT x.document_id, x.number, x.title, x.position, x.text, x.page_first
    FROM article AS x
    JOIN document AS d USING (document_id)
    WHERE d.kind = 'convention' AND NOT is_annexed(x.number)
    UNION ALL BY NAME
    SELECT n.document_id, n.number
    FROM added AS n
    ANTI JOIN article AS x USING (document_id, number)
),

renumbered AS ( -- where avenants leave no two articles under one number
    SELECT
        x.document_id,
        x.number,
        coalesce(r.added, replace(x.number, ' (nouveau)', '')) AS becomes,
        count(*) OVER (PARTITION BY x.document_id, becomes) = 1 AS is_alone
    FROM articles AS x
    LEFT JOIN (
        FROM amendment_step
        WHERE change = 'renumbered'
        QUALIFY row_number() OVER (PARTITION BY document_id, number ORDER BY step DESC) = 1
    ) AS r USING (document_id, number)
),

final AS (
    SELECT
        x.document_id,
        CASE WHEN r.is_alone THEN r.becomes ELSE x.number END AS number,
        x.title,
        x.position,
        CASE WHEN a.step IS NULL THEN x.text ELSE a.after END AS text,
        coalesce(a.source_document_id, x.document_id) AS source_document_id,
        coalesce(a.source_article, x.number) AS source_article,
        coalesce(a.change, 'original') AS change,
        coalesce(a.page, x.page_first) AS page
    FROM articles AS x
    JOIN renumbered AS r USING (document_id, number)
    LEFT JOIN latest AS a USING (document_id, number)
)

SELECT * FROM final
