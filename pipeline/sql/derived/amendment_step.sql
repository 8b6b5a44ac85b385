-- Chaque modification d'un article de convention par un avenant, et ce qu'elle y écrit
-- Each change that an avenant makes to an article of a convention, and what it writes there
-- document_id: Convention / Convention
-- number: Article modifié / Article changed
-- step: Rang de la modification parmi celles de l'article / Rank among the changes of the article
-- change: replaced, completed, modified, repealed / the same words
-- source_document_id: Avenant / Avenant
-- source_article: Article de l'avenant / Article of the avenant
-- page: Page de l'avenant / Page of the avenant
-- added: Texte ajouté ou substitué ; NULL si l'article est abrogé / Text added or put in place; NULL where repealed
-- last_rewriting: Rang de la dernière modification qui efface les précédentes / Rank of the last change that undoes those before
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
        nullif(trim(regexp_extract(x.text, '(?s)[«“"](.+)[»”"]', 1)), '') AS quoted,
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
        AND NOT regexp_matches( -- of itself
            coalesce(a.text, ''), '(?i)(présent|cet)\s+avenant|^\s*l[’'']avenant\s+\p{L}{3,}'
        )
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

final AS (
    SELECT
        amends_document_id AS document_id,
        number,
        step,
        change,
        source_document_id,
        source_article,
        page,
        CASE WHEN change <> 'repealed' THEN coalesce(quoted, text) END AS added,
        last_rewriting
    FROM rewritten
)

SELECT * FROM final
