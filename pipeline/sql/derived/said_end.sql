-- Fins d'actions qu'un article énonce par leur référence : « La fiche 6 est achevée »
-- Ends of actions that an article states by their reference: "La fiche 6 est achevée"
-- lineage_id: Filiation de l'action / Lineage of the action
-- exercise: Dernier exercice de l'action que l'acte peut connaître / Last exercise of the action that the act can know
-- document_id: Acte qui le dit / Act that says so
-- article_number: Son article / Its article
-- page: Première page de l'article / First page of the article
-- quote: Citation / Quote
WITH sentences AS (
    SELECT
        document_id,
        number AS article_number,
        page_first AS page,
        trim(unnest(regexp_extract_all(text, '(?:[^.;\n]|\.\d)+'))) AS quote
    FROM article
    WHERE NOT is_annexed(number)
),

told AS (
    SELECT
        *,
        -- the subject of the clause: not "la subvention de l'action 6 est soldée"
        regexp_extract(
            replace(lower(strip_accents(quote)), '’', ''''),
            '(?:^|[,:]\s*|\bet\s+|\bque\s+)(?:les?\s+|la\s+|l'')?'
                || '(?:fiches?(?:[\s-]actions?)?|actions?|fa)\s*(?:n[°os]{0,2}\.?\s*)?'
                || '((?:[a-z0-9][a-z0-9. -]{0,9}?(?:\s*,\s*|\s+et\s+|\s*&\s*))*[a-z0-9][a-z0-9. -]{0,9}?)'
                || '\s+(?:(?:est|sont|sera|seront|a\s+ete|ont\s+ete)\s+(?:desormais\s+|donc\s+)?'
                || '(?:achev|termin|abandonn|clotur|sold|arret|annul|supprim|retir)ees?'
                || '(?:$|\s*[,:(]|\s+(?:au|le|en|depuis|fin|et|faute|car|pour|sans)\b)'
                || '|(?:n''est|n''a|ne\s+sera|ne\s+sont|n''ont|ne\s+seront)\s+(?:pas|plus)\s+(?:ete\s+)?'
                || '(?:reconduite|renouvelee|poursuivie|maintenue|reprise)s?\b'
                || '|(?:prend|prendra|prennent|prendront|a\s+pris|ont\s+pris)\s+fin\b'
                || '|s''acheve(?:nt)?\b|s''est\s+achevee\b|se\s+sont\s+achevees\b)',
            1
        ) AS subjects
    FROM sentences
),

named AS (
    SELECT *, reference_named(unnest(regexp_split_to_array(subjects, '\s*,\s*|\s+et\s+|\s*&\s*'))) AS named
    FROM told
    WHERE subjects <> ''
),

known AS (
    SELECT
        n.document_id,
        n.article_number,
        n.page,
        n.quote,
        n.named,
        a.exercise,
        l.lineage_id,
        first_year(a.exercise) = max(first_year(a.exercise))
            OVER (PARTITION BY n.document_id, n.named) AS is_latest
    FROM named AS n
    JOIN document AS d USING (document_id)
    JOIN action AS a
        ON a.territory_id = d.territory_id
        AND reference_named(a.reference) = n.named
        AND first_year(a.exercise) <= last_year(d.exercise)
    JOIN lineage AS l ON l.action_id = a.action_id AND l.main
    WHERE n.named <> ''
),

final AS (
    SELECT
        min(lineage_id) AS lineage_id,
        max(exercise) AS exercise,
        document_id,
        article_number,
        min(page) AS page,
        quote
    FROM known
    WHERE is_latest
    GROUP BY document_id, article_number, quote, named
    HAVING count(DISTINCT lineage_id) = 1
)

SELECT * FROM final
