-- Lignes de tableaux sans action dont une action d'un autre tableau dit les mots : fiches et bilans des mêmes actions
-- Rows of tables without actions whose words an action of another table says: sheets and reports of the same actions
-- table_id: Tableau / Table
-- row_index: Ligne / Row
WITH final AS (
    SELECT DISTINCT c.table_id, c.row_index
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    JOIN action AS a USING (document_id)
    WHERE c.table_id NOT IN (SELECT table_id FROM action WHERE table_id IS NOT NULL)
        AND length(c.text) > 25 -- no word or name, which may stand anywhere
        AND contains(
            concat_ws(chr(10), a.label, a.objective, a.description, a.indicators, a.comment, a.other),
            split_part(c.text, chr(10), 1))
)

SELECT * FROM final
