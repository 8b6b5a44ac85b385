-- Actions dont le territoire ou l'exercice n'est pas reconnu : rien ne les relie à celles d'autres années
-- Actions whose territory or exercise is not recognised: nothing links them to those of other years
-- severity: warning
WITH unplaced AS (
    SELECT
        document_id,
        count(*) AS actions,
        count(*) FILTER (territory_id IS NULL) AS nowhere,
        count(*) FILTER (exercise IS NULL) AS undated
    FROM action
    WHERE territory_id IS NULL OR exercise IS NULL
    GROUP BY document_id
),

final AS (
    SELECT
        document_id,
        1 AS page,
        CASE WHEN nowhere > 0 THEN 'Le territoire' ELSE 'L''exercice' END
            || ' de ' || actions || ' action' || CASE WHEN actions > 1 THEN 's' ELSE '' END
            || ' n''est dit nulle part dans ce document : rien ne les relie à celles d''autres années.'
            || CASE WHEN nowhere > 0 THEN ' Une annexe se dépose dans le même PDF que son acte.' ELSE '' END
            AS message,
        CASE WHEN nowhere > 0 THEN 'un territoire' ELSE 'un exercice' END AS expected,
        NULL AS observed
    FROM unplaced
)

SELECT * FROM final
