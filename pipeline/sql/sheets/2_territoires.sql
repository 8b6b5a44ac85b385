-- Territoires et exercices
-- Territories and exercises
-- territory: Territoire / Territory
-- exercise: Exercice / Exercise
-- document_id: Acte / Act
-- stated_grant: Subvention énoncée / Grant stated
-- stated_carry_over: Reliquat énoncé / Carry-over stated
-- annex_ami: AMI, somme des annexes / AMI, sum of the annexes
-- counted_ami: Dont comptent (un acte suivant remplace le reste) / Of which count (a following act replaces the rest)
-- annex_cofinancing: Cofinancements des actions financées / Cofunding of the funded actions
-- difference: Écart / Difference
SELECT territory, exercise, document_id, stated_grant, stated_carry_over, annex_ami,
    counted_ami, annex_cofinancing, difference
FROM funding_by_territory
ORDER BY territory, first_year(exercise), exercise, document_id
