-- Acte de plusieurs territoires : toutes ses actions sont rattachées au premier
-- Act of several territories: all its actions are counted with the first one
-- severity: warning
WITH parties AS (
    SELECT
        document_id,
        list(DISTINCT organisation ORDER BY organisation) AS names
    FROM signatory
    WHERE role IN ('beneficiary', 'partner')
        AND regexp_matches(
            organisation,
            '(?i)^((euro)?m[ée]tropole\b|communaut[ée] (d|urbaine)|\S+( \S+)? (m[ée]tropole|agglom[ée]ration)$)'
        )
    GROUP BY document_id
),

final AS (
    SELECT
        p.document_id,
        1 AS page,
        'L''acte lie plusieurs territoires (' || list_aggregate(p.names, 'string_agg', ' ; ')
            || ') : ses actions et ses sommes sont toutes comptées avec ' || coalesce(d.beneficiary, p.names[1]) || '.' AS message,
        NULL AS expected,
        list_aggregate(p.names, 'string_agg', ' ; ') AS observed
    FROM parties AS p
    JOIN document AS d USING (document_id)
    WHERE len(p.names) > 1
        AND EXISTS (SELECT 1 FROM action AS a WHERE a.document_id = p.document_id)
)

SELECT * FROM final
