-- Chaque modification d'un article de convention par un avenant, avec la rédaction avant et après
-- Each change that an avenant makes to an article of a convention, with the wording before and after
-- document_id: Convention / Convention
-- number: Article modifié, sous son numéro d'origine, « 9 (nouveau) » s'il prend celui d'un autre / Article changed, under its first number, « 9 (nouveau) » if it takes that of another
-- step: Rang de la modification parmi celles de l'article / Rank among the changes of the article
-- change: replaced, completed, modified, repealed, added, renumbered / the same words
-- source_document_id: Avenant / Avenant
-- source_article: Article de l'avenant / Article of the avenant
-- page: Page de l'avenant / Page of the avenant
-- removed: Mots retirés ; NULL si le changement n'en cite pas / Words taken out; NULL where the change quotes none
-- added: Texte écrit à leur place, à celle de l'article ou à sa suite, ou nouveau numéro / Text written in their place, in that of the article or behind it, or new number
-- quote: Phrase qui l'énonce / Sentence that states it
-- before: Rédaction avant ; NULL si la convention n'a pas cet article / Wording before; NULL if the convention has no such article
-- after: Rédaction après ; NULL si l'article est abrogé / Wording after; NULL where repealed
-- is_found: L'article contient les mots retirés / The article holds the words taken out
WITH RECURSIVE avenant_articles AS (
    SELECT
        d.amends_document_id,
        x.document_id AS source_document_id,
        x.number AS source_article,
        x.position AS source_position,
        x.page_first AS page,
        coalesce(d.signed_on, d.received_on) AS known_on,
        first_year(d.exercise) AS year,
        x.title,
        x.text
    FROM article AS x
    JOIN document AS d USING (document_id)
    WHERE d.amends_document_id IS NOT NULL AND d.copy_of IS NULL AND NOT is_annexed(x.number)
),

said AS ( -- the avenant says which article it changes, and how
    SELECT
        a.* EXCLUDE (page, title, text),
        c.* EXCLUDE (document_id, article_number, number),
        coalesce(x.number, if(r.has_roman, c.number, in_figures(c.number))) AS number,
        x.number IS NOT NULL AS is_known
    FROM avenant_articles AS a
    JOIN stated_change AS c
        ON c.document_id = a.source_document_id AND c.article_number = a.source_article
    LEFT JOIN (
        SELECT document_id, bool_or(in_figures(number) <> number) AS has_roman
        FROM article
        GROUP BY ALL
    ) AS r ON r.document_id = a.amends_document_id
    LEFT JOIN article AS x -- « Article II » is read as article 2
        ON x.document_id = a.amends_document_id AND in_figures(x.number) = in_figures(c.number)
),

stated AS ( -- what avenants before it renumbered has its first number, what took one is new
    SELECT DISTINCT
        s.* EXCLUDE (is_known) REPLACE (
            CASE
                WHEN moved.number IS NOT NULL THEN moved.number
                WHEN s.change = 'added' AND s.is_known OR left_free.number IS NOT NULL
                    THEN s.number || ' (nouveau)'
                ELSE s.number
            END AS number
        )
    FROM said AS s
    LEFT JOIN said AS moved
        ON moved.amends_document_id = s.amends_document_id AND moved.change = 'renumbered'
        AND in_figures(moved.added) = in_figures(s.number) AND moved.known_on < s.known_on
    LEFT JOIN said AS left_free
        ON left_free.amends_document_id = s.amends_document_id AND left_free.change = 'renumbered'
        AND left_free.number = s.number AND left_free.known_on < s.known_on
),

restated AS ( -- the avenant takes an article up again, under its title, and says no more of it
    SELECT
        a.* EXCLUDE (title, text),
        1 AS rank,
        c.number,
        'modified' AS change,
        a.text AS added,
        a.title AS quote
    FROM avenant_articles AS a
    JOIN article AS c
        ON c.document_id = a.amends_document_id AND folded(c.title) = folded(a.title)
    ANTI JOIN stated AS s
        ON s.source_document_id = a.source_document_id AND s.source_article = a.source_article
    WHERE a.source_article <> '0' AND c.number <> '0' AND NOT is_annexed(c.number)
        AND NOT regexp_matches( -- of itself
            coalesce(a.text, ''), '(?i)(présent|cet)\s+avenant|^\s*l[’'']avenant\s+\p{L}{3,}'
        )
),

in_order AS (
    SELECT
        amends_document_id AS document_id,
        * EXCLUDE (amends_document_id, source_position, rank, known_on, year),
        row_number() OVER (
            PARTITION BY amends_document_id, number
            ORDER BY known_on NULLS LAST, year, source_document_id, source_position, rank
        ) AS step
    FROM (FROM stated UNION ALL BY NAME FROM restated)
),

worded AS ( -- each change is made to the wording that the one before it left
    SELECT
        s.*,
        c.text AS before,
        reworded(c.text, s.change, s.removed, s.added) AS after
    FROM in_order AS s
    LEFT JOIN article AS c USING (document_id, number)
    WHERE s.step = 1
    UNION ALL
    SELECT s.*, w.after, reworded(w.after, s.change, s.removed, s.added)
    FROM worded AS w
    JOIN in_order AS s
        ON s.document_id = w.document_id AND s.number = w.number AND s.step = w.step + 1
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
        removed,
        added,
        quote,
        before,
        after,
        removed IS NULL OR contains(coalesce(evenly(before), ''), evenly(removed)) AS is_found
    FROM worded
)

SELECT * FROM final
