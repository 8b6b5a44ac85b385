-- Même acte présent deux fois
-- The same act present twice
-- severity: warning
WITH labels AS (
    SELECT
        document_id,
        list_distinct(list(folded(coalesce(label, objective, description)))) AS labels
    FROM action
    GROUP BY ALL
),

pairs AS (
    SELECT
        a.document_id AS kept,
        b.document_id,
        a.sha256 = b.sha256 AND a.page_first = b.page_first AS is_same_file,
        b.copy_of, -- a copy set aside before is named already
        len(list_intersect(la.labels, lb.labels))
            / nullif(greatest(len(la.labels), len(lb.labels)), 0) AS likeness
    FROM document AS a
    JOIN document AS b
        ON a.kind = b.kind
        AND a.territory_id IS NOT DISTINCT FROM b.territory_id
        AND a.exercise IS NOT DISTINCT FROM b.exercise
        -- acts of two dates that fund one exercise, a draft and its act: see exercise_funded_twice
        AND NOT (
            (
                coalesce(a.signed_on <> b.signed_on, false)
                OR (a.document_id IN (SELECT document_id FROM draft_act))
                    <> (b.document_id IN (SELECT document_id FROM draft_act))
            )
            AND EXISTS (
                FROM act_pair AS p
                WHERE a.document_id IN (p.document_id, p.later_document_id)
                    AND b.document_id IN (p.document_id, p.later_document_id)
            )
        )
        AND (a.ocr_page_count, a.document_id) < (b.ocr_page_count, b.document_id)
    LEFT JOIN labels AS la ON la.document_id = a.document_id
    LEFT JOIN labels AS lb ON lb.document_id = b.document_id
),

final AS (
    SELECT
        document_id,
        CASE WHEN is_same_file THEN 'Ce fichier est identique à ' || kept || '.'
             ELSE 'Cet acte semble être une copie de ' || kept || ' ('
                || CAST(round(likeness * 100) AS INTEGER) || ' % d''actions identiques'
                || CASE WHEN used.annex_ami <> copy.annex_ami
                        THEN ', mais ' || euros(copy.annex_ami) || ' de crédits AMI au lieu de '
                            || euros(used.annex_ami) ELSE '' END
                || ') : ses sommes compteraient deux fois.' END AS message,
        'un seul exemplaire de l''acte' AS expected,
        kept AS observed
    FROM pairs
    JOIN document_money AS copy USING (document_id)
    JOIN document_money AS used ON used.document_id = pairs.kept
    WHERE pairs.copy_of IS NULL AND (is_same_file OR likeness >= 0.6)
    -- of several copies of one act, each is told once
    QUALIFY row_number() OVER (
        PARTITION BY document_id ORDER BY is_same_file DESC, likeness DESC, kept
    ) = 1
)

SELECT * FROM final
