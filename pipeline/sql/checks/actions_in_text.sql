-- Entrée d'une liste du texte qui porte une somme, mais dont aucune action n'a pu être lue
-- Entry of a list in the text that states a sum, though no action could be read from it
-- severity: warning
WITH sums AS (
    SELECT a.document_id, list(DISTINCT f.amount_eur) AS amounts
    FROM funding AS f
    JOIN action AS a USING (action_id)
    WHERE f.amount_eur IS NOT NULL
    GROUP BY ALL
),

final AS (
    SELECT
        t.document_id,
        min(c.page) AS page,
        'La page ' || min(c.page) || ' énonce des actions ou des sommes dans le texte, hors de tout tableau ; '
            || agreed(count(*), 'entrée') || ' de la liste n''ont pu être lues avec certitude : « '
            || left(min_by(c.text, c.row_index), 80) || ' »… Lisez-les dans le document.' AS message,
        'une action par entrée' AS expected,
        left(min_by(c.text, c.row_index), 80) AS observed
    FROM cell AS c
    JOIN annex_table AS t USING (table_id)
    LEFT JOIN action AS a USING (table_id, row_index)
    LEFT JOIN sums AS s ON s.document_id = t.document_id
    WHERE t.extractor = 'list'
        AND a.action_id IS NULL
        AND c.text IS NOT NULL
        -- an article that names the actions of the annexes with their sums states nothing new
        AND NOT coalesce(list_has_all(s.amounts, amounts_in(c.text)), false)
    GROUP BY t.document_id, t.table_id
)

SELECT * FROM final
