-- Ligne d'un tableau qui en tient sans doute plusieurs : autant de textes l'un sous l'autre dans la plupart des colonnes, plusieurs numéros, ou le titre d'un axe
-- Row of a table that probably holds several: as many texts one under another in most columns, several numbers, or the title of an axis
-- severity: warning
WITH cells AS (
    SELECT
        a.document_id,
        a.action_id,
        c.table_id,
        c.row_index,
        c.page,
        k.field,
        c.text,
        list_filter(string_split(c.text, chr(10)), lambda line: trim(line) <> '') AS lines,
        list_filter(lines, lambda line: is_axis(line)) AS axes
    FROM action AS a
    JOIN cell AS c USING (table_id, row_index)
    JOIN annex_column AS k USING (table_id, column_index)
    WHERE k.field IN ('reference', 'label', 'pilot', 'objective', 'description', 'indicators', 'status')
        AND trim(c.text) <> ''
),

told AS (
    SELECT action_id, count(*) AS texts
    FROM cells
    GROUP BY ALL
),

alike AS ( -- 1, 2, 3 | CCAS, SIAO, Ville | En cours, Engagée, Terminée
    SELECT
        c.document_id,
        c.table_id,
        c.row_index,
        c.action_id,
        c.page,
        min_by(c.text, length(c.text)) AS text
    FROM cells AS c
    JOIN told AS t USING (action_id)
    WHERE len(c.lines) > 1
    GROUP BY c.document_id, c.table_id, c.row_index, c.action_id, c.page, len(c.lines), t.texts
    HAVING count(*) > 2 AND 2 * count(*) > t.texts
),

others AS (
    SELECT document_id, table_id, row_index, action_id, page, text
    FROM cells
    WHERE len(lines) > 1
        AND CASE field
            WHEN 'reference' THEN len(list_filter(lines, lambda line: NOT is_number(line))) = 0
            WHEN 'pilot' THEN len(axes) > 0
            WHEN 'label' THEN len(axes) > 1
            ELSE FALSE
        END
),

rows AS ( -- each once
    SELECT
        document_id,
        table_id,
        row_index,
        action_id,
        page,
        min_by(text, length(text)) AS text
    FROM (FROM alike UNION ALL FROM others)
    GROUP BY ALL
),

final AS ( -- a cell that goes down over several rows tells once
    SELECT
        r.document_id,
        min_by(r.action_id, r.row_index) AS action_id,
        min(r.page) AS page,
        annex_title(t.annex) || ' : '
            || CASE WHEN count(DISTINCT r.row_index) > 1 THEN 'les lignes ' ELSE 'la ligne ' END
            || string_agg(DISTINCT r.row_index, ', ' ORDER BY r.row_index)
            || CASE WHEN count(DISTINCT r.row_index) > 1 THEN ' tiennent' ELSE ' tient' END
            || ' dans une cellule ce qui est sans doute de plusieurs ('
            || called(replace(r.text, chr(10), ' ; ')) || ') : lisez-les dans le document.' AS message,
        'une ligne par action' AS expected,
        r.text AS observed
    FROM rows AS r
    JOIN annex_table AS t USING (table_id)
    GROUP BY r.document_id, r.table_id, t.annex, r.text
)

SELECT * FROM final
