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
WITH avenant_articles AS (
    SELECT
        d.amends_document_id,
        x.document_id AS source_document_id,
        x.number AS source_article,
        x.page_first AS page,
        coalesce(d.signed_on, d.received_on) AS known_on,
        first_year(d.exercise) AS year,
        x.title,
        x.text,
        coalesce(x.title, '') || ' – ' || coalesce(x.text, '') AS whole
    FROM article AS x
    JOIN document AS d USING (document_id)
    WHERE d.amends_document_id IS NOT NULL AND d.copy_of IS NULL AND NOT is_annexed(x.number)
),

stated AS ( -- the avenant says which article it changes, and how
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
        END AS change
    FROM avenant_articles
    WHERE regexp_matches(whole,
        '(?i)(modifi|remplac|complét|ajout|insér|port[ée]|prorog|abrog|supprim|rédig)')
),

restated AS ( -- the avenant takes an article up again, under its title, and says no more of it
    SELECT a.*, c.number, 'modified' AS change
    FROM avenant_articles AS a
    JOIN article AS c
        ON c.document_id = a.amends_document_id AND folded(c.title) = folded(a.title)
    WHERE a.source_article <> '0' AND c.number <> '0' AND NOT is_annexed(c.number)
        AND NOT regexp_matches(coalesce(a.text, ''), '(?i)présent avenant')
        AND NOT EXISTS (
            SELECT 1 FROM stated AS s
            WHERE s.number IS NOT NULL
                AND s.source_document_id = a.source_document_id
                AND s.source_article = a.source_article
        )
),

in_order AS (
    SELECT
        *,
        nullif(trim(regexp_extract(text, '(?s)[«“"](.+)[»”"]', 1)), '') AS quoted,
        row_number() OVER (
            PARTITION BY amends_document_id, number
            ORDER BY known_on NULLS LAST, year, source_document_id, source_article
        ) AS step
    FROM (FROM stated WHERE number IS NOT NULL UNION ALL BY NAME FROM restated)
),

rewritten AS (
    SELECT
        *,
        max(CASE
            WHEN change = 'repealed' OR (change = 'replaced' AND quoted IS NOT NULL) THEN step
        END) OVER (PARTITION BY amends_document_id, number ORDER BY step) AS last_rewriting
    FROM in_order
),

worded AS (
    SELECT
        r.amends_document_id,
        r.number,
        r.step,
        c.text AS original,
        CASE
            WHEN r.last_rewriting IS NULL THEN concat_ws(chr(10), c.text, e.added)
            ELSE e.added
        END AS after
    FROM rewritten AS r
    LEFT JOIN article AS c ON c.document_id = r.amends_document_id AND c.number = r.number
    CROSS JOIN LATERAL (
        SELECT string_agg(
            CASE WHEN i.change <> 'repealed' THEN coalesce(i.quoted, i.text) END,
            chr(10) ORDER BY i.step
        ) AS added
        FROM in_order AS i
        WHERE i.amends_document_id = r.amends_document_id AND i.number = r.number
            AND i.step BETWEEN coalesce(r.last_rewriting, 1) AND r.step
    ) AS e
),

final AS (
    SELECT
        r.amends_document_id AS document_id,
        r.number,
        r.step,
        r.change,
        r.source_document_id,
        r.source_article,
        r.page,
        CASE WHEN r.step = 1 THEN w.original
             ELSE lag(w.after) OVER (PARTITION BY r.amends_document_id, r.number ORDER BY r.step)
        END AS before,
        w.after
    FROM rewritten AS r
    JOIN worded AS w USING (amends_document_id, number, step)
)

SELECT * FROM final
