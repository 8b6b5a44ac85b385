-- Un intitulé, un objectif ou une description d'une filiation, une fois, pour y chercher un mot
-- A label, an objective or a description of a lineage, once, to look for a word in it
-- lineage_id: Filiation / Lineage
-- territory_id: Territoire / Territory
-- wording: Texte, sans accents ni majuscules / Text, without accents or capitals
WITH final AS (
    SELECT DISTINCT lineage_id, territory_id, unnest(wordings) AS wording
    FROM lineage_year
)

SELECT * FROM final
ORDER BY territory_id, lineage_id, wording
