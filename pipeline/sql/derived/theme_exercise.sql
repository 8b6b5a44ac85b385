-- Les actions d'un territoire sur un thème, par exercice
-- The actions of a territory on a theme, by exercise
-- theme: Thème / Theme
-- territory_id: Territoire / Territory
-- exercise: Exercice / Exercise
-- actions: Nombre d'actions / Number of actions
-- ami: Crédits de l'AMI / AMI money
-- labels: Intitulés, séparés par « ; » / Labels, separated by ";"
WITH final AS (
    SELECT
        theme,
        territory_id,
        exercise,
        count(*) AS actions,
        sum(ami) AS ami,
        together(list(label), ' ; ') AS labels
    FROM action_overview
    WHERE theme IS NOT NULL AND counts
    GROUP BY ALL
)

SELECT * FROM final
