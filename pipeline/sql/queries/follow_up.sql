-- Quel est le tableau de suivi d'un territoire : demandé, prévu, dépensé, reporté, et la suite de chaque action ?
-- What is the follow-up table of a territory: requested, planned, spent, carried over, and what became of each action?
-- $territory =
WITH final AS (
    SELECT coalesce(t.short_name, t.name) AS territory, f.*
    FROM lineage_follow_up AS f
    LEFT JOIN territory AS t USING (territory_id)
    WHERE of_territory(f.territory_id, $territory)
)

SELECT * EXCLUDE (rank) FROM final
ORDER BY territory, territory_id, rank
