-- Tableau dont des caractères ne se retrouvent dans aucune de ses cellules, ou dans plusieurs, sans que la lecture l'ait dit
-- Table of which characters are in none of its cells, or in several, and the reading did not say so
-- severity: warning
WITH final AS (
    SELECT
        document_id,
        page_first AS page,
        annex_title(annex) || ' : ' || characters_in_cells || ' des ' || characters
            || ' caractères imprimés dans le tableau se retrouvent chacun dans une de ses cellules : '
            || 'comparez-les au document.' AS message,
        CAST(characters AS VARCHAR) AS expected,
        CAST(characters_in_cells AS VARCHAR) AS observed
    FROM annex_table AS t
    WHERE characters_in_cells <> characters
        AND NOT EXISTS (
            SELECT 1 FROM finding AS f
            WHERE f.document_id = t.document_id
                AND f.rule = 'table_missed'
                AND f.page BETWEEN t.page_first AND t.page_last
        )
)

SELECT * FROM final
