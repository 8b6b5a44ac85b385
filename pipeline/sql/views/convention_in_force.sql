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
WITH avenant_articles AS (
    SELECT
        d.amends_document_id,
        x.document_id AS source_document_id,
        x.number AS source_article,
        x.page_first AS page,
        coalesce(d.signed_on, d.received_on) AS known_on,
        first_year(d.exercise) AS year,
        x.text,
        coalesce(x.title, '') || ' – ' || coalesce(x.text, '') AS whole
    FROM article AS x
    JOIN document AS d USING (document_id)
    WHERE d.amends_document_id IS NOT NULL AND d.copy_of IS NULL AND NOT is_annexed(x.number)
),

amendments AS (
    SELECT
        *,
        coalesce( -- « Modification de l'article 3 », « L'article 3 de la convention est … »
            nullif(regexp_extract(whole, '(?i)modifi\S*\s+de\s+l.article\s+(\d+(?:\.\d+)*)', 1), ''),
            nullif(regexp_extract(
                regexp_replace(whole, '(?i)l.article\s+[\d.]+\s+du\s+présent', '', 'g'),
                '(?i)l.article\s+(\d+(?:\.\d+)*),?(?:\s+\S+){0,12}?\s+(?:est|sont)\s+(?:ainsi\s+)?'
                    || '(?:modifi|remplac|complét|ajout|insér|port|prorog|abrog|supprim|rédig)',
                1
            ), '')
        ) AS number,
        CASE
            WHEN regexp_matches(whole, '(?i)(remplac|ainsi (modifi|rédig)|rédigée? comme suit)')
                 AND NOT regexp_matches(whole, '(?i)(ajout|complét|insér)') THEN 'replaced'
            WHEN regexp_matches(whole, '(?i)(ajout|complét|insér)') THEN 'completed'
            WHEN regexp_matches(whole, '(?i)(abrog|supprim)') THEN 'repealed'
            ELSE 'modified'
        END AS change,
        nullif(trim(regexp_extract(text, '(?s)[«“"](.+)[»”"]', 1)), '') AS quoted
    FROM avenant_articles
    WHERE regexp_matches(whole,
        '(?i)(modifi|remplac|complét|ajout|insér|port[ée]|prorog|abrog|supprim|rédig)')
),

in_order AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY amends_document_id, number
            ORDER BY known_on NULLS LAST, year, source_document_id, source_article
        ) AS step
    FROM amendments
    WHERE number IS NOT NULL
),

last_rewriting AS (
    SELECT amends_document_id, number, max(step) AS step
    FROM in_order
    WHERE change = 'repealed' OR (change = 'replaced' AND quoted IS NOT NULL)
    GROUP BY ALL
),

wording AS (
    SELECT
        i.amends_document_id AS document_id,
        i.number,
        bool_or(i.step = r.step) AS is_rewritten,
        string_agg(
            CASE WHEN i.change = 'repealed' THEN NULL ELSE coalesce(i.quoted, i.text) END,
            chr(10) ORDER BY i.step
        ) AS text,
        arg_max(i.source_document_id, i.step) AS source_document_id,
        arg_max(i.source_article, i.step) AS source_article,
        arg_max(i.change, i.step) AS change,
        arg_max(i.page, i.step) AS page
    FROM in_order AS i
    LEFT JOIN last_rewriting AS r USING (amends_document_id, number)
    WHERE i.step >= coalesce(r.step, 1)
    GROUP BY ALL
),

final AS (
    SELECT
        x.document_id,
        x.number,
        x.title,
        x.position,
        CASE WHEN w.is_rewritten THEN w.text
             ELSE concat_ws(chr(10), x.text, w.text) END AS text,
        coalesce(w.source_document_id, x.document_id) AS source_document_id,
        coalesce(w.source_article, x.number) AS source_article,
        coalesce(w.change, 'original') AS change,
        coalesce(w.page, x.page_first) AS page
    FROM article AS x
    JOIN document AS d USING (document_id)
    LEFT JOIN wording AS w USING (document_id, number)
    WHERE d.kind = 'convention' AND NOT is_annexed(x.number)
)

SELECT * FROM final
