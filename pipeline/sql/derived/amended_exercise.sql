-- Exercice qu'un acte finance après un autre : son total, chaque action dans son dernier énoncé
-- Exercise that an act funds after another: its total, each action as last stated
-- document_id: Acte qui suit / Act that follows
-- ami: Crédits de l'AMI de l'exercice / AMI money of the exercise
-- granted_before: Ce que les actes précédents accordent / What the acts before grant
-- complement: Somme que les articles ajoutent à ce qui était accordé, si elle mène à ce total / Sum that the articles add to what was granted, if it leads to this total
-- proved: Les articles, ou ceux d'un autre acte de l'exercice, énoncent ce total ou le complément qui y mène / The articles, or those of another act of the exercise, state this total or the complement that leads to it
WITH totals AS (
    SELECT a.territory_id, d.exercise, sum(m.ami) AS ami
    FROM action AS a
    JOIN document AS d USING (document_id)
    JOIN action_money AS m ON m.action_id = a.action_id AND m.own_exercise
    ANTI JOIN superseded_action AS s ON s.action_id = a.action_id
    WHERE a.funded AND d.copy_of IS NULL AND d.kind IN ('convention', 'avenant')
        AND first_year(d.exercise) = first_year(a.exercise)
    GROUP BY ALL
),

before AS (
    SELECT
        p.later_document_id AS document_id,
        sum(m.stated_grant) AS granted,
        bool_or(p.changed > 0) AS is_changed
    FROM act_pair AS p
    JOIN document_money AS m USING (document_id)
    GROUP BY ALL
),

proofs AS (
    SELECT
        b.document_id,
        d.territory_id,
        d.exercise,
        t.ami,
        b.granted AS granted_before,
        max(s.amount_eur) FILTER (
            s.amount_eur < b.granted AND t.ami = b.granted + s.amount_eur
        ) AS complement,
        -- the acts before granted it, and this one shares it out otherwise
        complement IS NOT NULL OR coalesce(bool_or(b.is_changed AND t.ami = b.granted), false)
        OR coalesce(bool_or(t.ami = s.amount_eur), false) AS proved
    FROM before AS b
    JOIN document AS d USING (document_id)
    JOIN totals AS t ON t.territory_id = d.territory_id AND t.exercise = d.exercise
    LEFT JOIN stated_amount AS s
        ON s.document_id = b.document_id AND s.kind IN ('grant', 'total')
    GROUP BY ALL
),

final AS (
    SELECT
        document_id,
        ami,
        granted_before,
        complement,
        bool_or(proved) OVER (PARTITION BY territory_id, exercise) AS proved
    FROM proofs
)

SELECT * FROM final
