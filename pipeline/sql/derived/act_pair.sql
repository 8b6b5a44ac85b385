-- Deux actes qui financent un même exercice : le second le modifie, ou le complète
-- Two acts that fund one exercise: the second changes it, or adds to it
-- document_id: Premier acte / First act
-- later_document_id: Acte qui suit / Act that follows
-- actions: Actions du premier que le second énonce à nouveau / Actions of the first that the second states again
-- changed: Dont la somme est autre / Of which the sum is another one
-- later_rank: Rang du second parmi les actes de l'exercice / Rank of the second among the acts of the exercise
-- adds: Les sommes du second s'ajoutent à celles du premier / The sums of the second add to those of the first
-- replaces: Le second énonce toutes les actions de l'exercice : celles du premier qu'il ne reprend pas n'ont plus d'argent / The second states all actions of the exercise: those of the first that it does not state again have no money left
WITH acts AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY territory_id, exercise
            ORDER BY
                kind = 'avenant',
                CASE WHEN kind = 'avenant' -- by its number, which a date that is not legible leaves
                    THEN coalesce(avenant_number(title), 1) END,
                document_id NOT IN (SELECT document_id FROM draft_act), -- before what is signed
                coalesce(signed_on, received_on, deliberation_on), document_id
        ) AS rank
    FROM document
    WHERE kind IN ('convention', 'avenant') AND copy_of IS NULL
        AND territory_id IS NOT NULL AND exercise IS NOT NULL
),

paid AS (
    SELECT a.document_id, l.lineage_id, list_sort(list(m.ami)) AS amounts, sum(m.ami) AS ami
    FROM action AS a
    JOIN acts AS d
        ON d.document_id = a.document_id AND first_year(d.exercise) = first_year(a.exercise)
    JOIN lineage AS l ON l.action_id = a.action_id AND l.main
    JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    WHERE a.funded
    GROUP BY ALL
),

annexes AS (
    SELECT document_id, sum(ami) AS ami
    FROM paid
    GROUP BY ALL
),

granted AS ( -- what the act's articles grant for its exercise is what its annexes add up to
    SELECT
        s.document_id,
        bool_or(is_complement(s.quote, s.amount_eur)) AS complement
    FROM stated_amount AS s
    JOIN acts AS d USING (document_id)
    JOIN annexes AS a USING (document_id)
    WHERE s.kind = 'grant' AND s.amount_eur = a.ami
        AND coalesce(first_year(s.exercise) = first_year(d.exercise), true)
    GROUP BY ALL
),

again AS (
    SELECT
        one.document_id,
        other.document_id AS later_document_id,
        sum(least(len(one.amounts), len(other.amounts))) AS actions,
        coalesce(sum(least(len(one.amounts), len(other.amounts)))
            FILTER (one.ami = other.ami AND one.amounts = other.amounts), 0) AS equal
    FROM paid AS one
    JOIN paid AS other ON other.lineage_id = one.lineage_id AND other.document_id <> one.document_id
    GROUP BY ALL
),

totals AS (
    SELECT DISTINCT document_id, amount_eur
    FROM stated_amount
    WHERE kind IN ('grant', 'total')
),

final AS (
    SELECT
        one.document_id,
        other.document_id AS later_document_id,
        coalesce(g.actions, 0) AS actions,
        coalesce(g.actions - g.equal, 0) AS changed,
        other.rank AS later_rank,
        -- a complement: granted as it adds up, and named so, or less than before with no sum as
        -- before, or its articles state the total of both acts
        w.document_id IS NOT NULL AND (
            w.complement OR coalesce(g.equal, 0) = 0 AND b.ami < a.ami OR t.document_id IS NOT NULL
        ) AS adds,
        w.document_id IS NOT NULL AND NOT adds AND g.actions > 0 AS replaces
    FROM acts AS one
    JOIN acts AS other
        ON other.territory_id = one.territory_id
        AND other.exercise = one.exercise
        AND other.rank > one.rank
    JOIN annexes AS a ON a.document_id = one.document_id
    JOIN annexes AS b ON b.document_id = other.document_id
    LEFT JOIN granted AS w ON w.document_id = other.document_id
    LEFT JOIN totals AS t ON t.document_id = other.document_id AND t.amount_eur = a.ami + b.ami
    LEFT JOIN again AS g
        ON g.document_id = one.document_id AND g.later_document_id = other.document_id
)

SELECT * FROM final
