-- Texte qui tient lieu de somme : « p.m. », « cf. action 3 », « à préciser »
-- Text that stands for a sum: "p.m.", "cf. action 3", "à préciser"
-- severity: info
WITH final AS (
    SELECT
        a.document_id,
        a.action_id,
        f.page,
        'L''action ' || coalesce(called(a.label), 'sans intitulé') || ' : « ' || f.raw || ' » tient lieu de somme'
            || coalesce(' (' || f.funder || ')', '') || ' ; aucun montant n''est retenu.' AS message,
        'une somme' AS expected,
        f.raw AS observed
    FROM funding AS f
    JOIN action AS a USING (action_id)
    WHERE f.amount_eur IS NULL
        AND regexp_matches(f.raw, '\pL')
        -- a figure that may be read in several ways is told as doubtful
        AND (NOT regexp_matches(f.raw, '\d')
            OR regexp_matches(folded(f.raw), '^\W*(cf|voir|inclus\w*|idem|pour memoire|p\W?m)\b'))
)

SELECT * FROM final
