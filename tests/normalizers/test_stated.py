"""Sums that articles state, in the words of real acts."""

from decimal import Decimal
from pathlib import Path

import pytest

from normalizers.counted_years import CountedYears
from normalizers.stated import read_stated
from normalizers.stated_kinds import load_kinds

REFERENCE = Path(__file__).parents[2] / "data/reference"
KINDS = load_kinds(REFERENCE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "L'administration contribue financièrement pour un montant maximal de 372 000 €, "
            "équivalant à 60,7 % du coût total, dont 124 000 € au titre de l'exercice 2023.",
            [("grant", None, 372000), ("grant", "2023", 124000)],
        ),
        (
            "Les contributions de l'administration s'élèvent à : - pour l'année 2026 : 160 000 €, "
            "soit 59 % du montant total estimé des coûts éligibles ; - pour l'année 2027 : 9 €.",
            [("grant", "2026", 160000), ("grant", "2027", 9)],
        ),
        (
            "Le montant de la participation de l'État est arrêté à 96 500 €, représentant 48,25 % "
            "du budget prévisionnel de 200 000 €.",
            [("grant", "2025", 96500), ("eligible_cost", "2025", 200000)],
        ),
        (
            "Le reliquat constaté au titre de 2023 (12 450 €) vient en déduction du versement "
            "2024, ramené ainsi à 107 550 €.",
            [("carry_over", "2023", 12450), ("grant", "2024", 107550)],
        ),
        (
            "La subvention demandée par la métropole est de 40 000 €, celle accordée de 30 000 €.",
            [("other", "2025", 40000), ("grant", "2025", 30000)],
        ),
        (
            "L'État s'engage à hauteur de 175 k€, dont 120 k€ de crédits AMI, 45 k€ d'aide à la "
            "gestion locative sociale et 10 k€ du FNAVDL.",
            [
                ("total", "2025", 175000),
                ("grant", "2025", 120000),
                ("other", "2025", 45000),
                ("other", "2025", 10000),
            ],
        ),
        (
            "La subvention de l'État est de 90 000 €, dont 50 000 € de crédits AMI.",
            [("grant", "2025", 90000), ("other", "2025", 50000)],
        ),
        (
            "Les crédits non consommés au 31 décembre 2024, évalués à 40 000 €, sont redéployés en"
            " 2025 ainsi : 30 000 € sur l'action 2 et 10 000 € sur l'action 8.",
            [("carry_over", "2024", 40000), ("other", "2025", 30000), ("other", "2025", 10000)],
        ),
        (
            "Au titre de 2025, l'État attribue une subvention de 210 000 €, imputée pour 180 000 €"
            " sur le programme 177 et pour 30 000 € sur le programme 135.",
            [("total", "2025", 210000), ("grant", "2025", 180000), ("other", "2025", 30000)],
        ),
        (
            "Les crédits 2024 non engagés, d'un montant de 24 000 €, sont fongibles avec ceux de"
            " 2025, ce qui porte à 294 000 € les crédits mobilisables.",
            [("carry_over", "2024", 24000), ("total", "2025", 294000)],
        ),
        (
            "Le concours de l'État pour 2025 est fixé à 150 000 € avant imputation du reliquat de"
            " l'exercice 2024. Ce reliquat étant de 13 200 €, la somme à verser est de 136 800 €.",
            [("grant", "2025", 150000), ("carry_over", "2024", 13200), ("grant", "2025", 136800)],
        ),
        (
            "Elle se cumule avec le reliquat de l'année 2024, arrêté à 31 250 €.",
            [("carry_over", "2024", 31250)],
        ),
        (
            "Une autorisation d'engagement de 300 000 € est couverte par 150 000 € de CP en 2025 et"
            " 150 000 € de CP en 2026.",
            [("other", None, 300000), ("other", "2025", 150000), ("other", "2026", 150000)],
        ),
        (
            "La subvention, fixée à 120 000 €, est portée, compte tenu d'un abondement exceptionnel"
            " de 15 000 €, à 135 000 €.",
            [("other", "2025", 120000), ("other", "2025", 15000), ("grant", "2025", 135000)],
        ),
        (
            "Les crédits délégués en 2024 (150 000 €) ayant été consommés à hauteur de 132 000 €,"
            " le solde de 18 000 € est reporté sur l'exercice 2025.",
            [("grant", "2024", 150000), ("other", "2024", 132000), ("carry_over", "2024", 18000)],
        ),
        (
            "La somme « 90 000 € » est remplacée par la somme « 96 000 € » et l'année « 2024 » par"
            " l'année « 2025 ».",
            [("other", "2025", 90000), ("other", "2025", 96000)],
        ),
        (
            "Pour les exercices 2025 (N) et 2026 (N+1), la subvention est de 9 000 € et 8 000 €.",
            [("grant", "2025", 9000), ("grant", "2026", 8000)],
        ),
        (
            "Une somme de 25 000 € est gelée dans l'attente du bilan.",
            [("other", "2025", 25000)],
        ),
        (
            "Sur la dotation régionale de 1,2 M€, il est attribué 98 000 € à la Métropole.",
            [("other", "2025", 1200000), ("grant", "2025", 98000)],
        ),
        (
            "Le BOP 177 contribue à hauteur de 88 000 € et le BOP 135 à hauteur de 22 000 €.",
            [("grant", "2025", 88000), ("other", "2025", 22000)],
        ),
        (
            "La contribution de l'État est de 100 000 €, majorée de 6 000 € dégelés en 2024, soit"
            " 106 000 €.",
            [("other", "2025", 100000), ("other", "2024", 6000), ("grant", None, 106000)],
        ),
        (
            "Considérant que 31 200 € n'ont pu être dépensés au 31 décembre 2023 ;",
            [("carry_over", "2023", 31200)],
        ),
        (
            "L'État verse à chaque EPCI signataire 30 000 €, soit 90 000 € au total.",
            [("other", "2025", 30000), ("grant", "2025", 90000)],
        ),
        (
            "L'État apporte 110 000 € (100 000 € BOP 177, 10 000 € BOP 304).",
            [("total", "2025", 110000), ("grant", "2025", 100000), ("other", "2025", 10000)],
        ),
        (
            "Au titre du programme 177, l'État alloue 100 000 € ; au titre du programme 304, 9 €.",
            [("grant", "2025", 100000), ("other", "2025", 9)],
        ),
        (
            "La subvention de la CAF (18 000 €) et celle de l'ARS (22 000 €) complètent celle de"
            " l'État (90 000 €).",
            [("other", "2025", 18000), ("other", "2025", 22000), ("grant", "2025", 90000)],
        ),
        (
            "Une subvention de 120 000 €, dont 30 000 € versés par anticipation.",
            [("grant", "2025", 120000), ("other", "2025", 30000)],
        ),
        (
            "Pour 2024 : l'État 75 k€ ; la Ville 30 k€. En année pleine (2025 et 2026), l'État"
            " apportera 100 k€.",
            [("grant", "2024", 75000), ("other", "2024", 30000), ("other", None, 100000)],
        ),
        (
            "L'État 100 k€, comme prévu, auxquels s'ajoutent les 8 k€ non dépensés de 2024 ; la"
            " Ville 30 k€.",
            [("grant", "2025", 100000), ("carry_over", "2024", 8000), ("other", "2025", 30000)],
        ),
        (
            "Les parties conviennent de la répartition suivante : État 120 000 €, Métropole"
            " 60 000 €.",
            [("grant", "2025", 120000), ("other", "2025", 60000)],
        ),
        (
            "La somme de 12 000 €, non justifiée au titre de 2024, est mise en recouvrement.",
            [("other", "2024", 12000)],
        ),
        (
            "Le financement 2025 de l'AMI se décompose en 90 000 € de crédits nouveaux et 14 000 €"
            " de reliquat 2024, soit 104 000 €.",
            [("grant", "2025", 90000), ("carry_over", "2024", 14000), ("total", None, 104000)],
        ),
        (
            "Après déduction de 7 000 € correspondant aux crédits non utilisés en 2024, le montant"
            " mandaté en 2025 est de 80 000 €.",
            [("carry_over", "2024", 7000), ("grant", "2025", 80000)],
        ),
        (
            "La subvention 2024 s'élevait à 9 000 € ; celle de 2025 est portée à 8 000 €.",
            [("grant", "2024", 9000), ("grant", "2025", 8000)],
        ),
        (
            "L'avance représente 50 % de la subvention (4 000 €) et le solde les 50 % restants"
            " (4 000 €).",
            [("other", "2025", 4000), ("other", "2025", 4000)],
        ),
        (
            "La somme non consommée (1 600 €) est déduite du premier versement, d'un montant de"
            " 7 200 €.",
            [("carry_over", "2025", 1600), ("other", "2025", 7200)],
        ),
        (
            "La contribution de l'État est de 245,9 k€, dont 60 % à la signature (147,54 k€).",
            [("grant", "2025", 245900), ("other", "2025", 147540)],
        ),
        (
            "L'État contribue à hauteur de 131 000 €, montant net du report de 6 400 €.",
            [("grant", "2025", 131000), ("carry_over", "2025", 6400)],
        ),
        (
            "L'État alloue à la Ville 9 000 € pour l'année 2026 (neuf mille euros).",
            [("grant", "2026", 9000)],
        ),
        (
            "La participation de l'État est de 9 000 €, dont 1 000 € par redéploiement du solde"
            " 2024 non consommé, de sorte que le montant à verser par l'État est de 8 000 €.",
            [("grant", "2025", 9000), ("carry_over", "2024", 1000), ("grant", "2025", 8000)],
        ),
        (
            "Sur les 9 000 € accordés en 2024, 8 000 € ont été consommés ; les 1 000 € restants"
            " sont reportés.",
            [("grant", "2024", 9000), ("other", "2024", 8000), ("carry_over", "2024", 1000)],
        ),
        (
            "L'aide est plafonnée à 80 % des dépenses éligibles, dans la limite de 9 000 €.",
            [("grant", "2025", 9000)],
        ),
        (
            "La convention ouvre droit à une aide de l'État d'un montant global de 9 000 €.",
            [("grant", "2025", 9000)],
        ),
        (
            "Le plan de financement s'établit à 24 000 €, dont 15 000 € d'AMI, 6 000 € de la Ville"
            " et 3 000 € de la CAF.",
            [
                ("total", "2025", 24000),
                ("grant", "2025", 15000),
                ("other", "2025", 6000),
                ("other", "2025", 3000),
            ],
        ),
        (
            "La part non utilisée, soit 1 000 €, est déduite de la subvention.",
            [("carry_over", "2025", 1000)],
        ),
        (
            "L'engagement pris par l'État porte sur 9 000 €, la Ville s'engageant à hauteur de"
            " 5 000 €.",
            [("grant", "2025", 9000), ("other", "2025", 5000)],
        ),
        (
            "Les crédits 2024 ayant été sous-consommés de 1 000 €, la subvention 2025 est de"
            " 8 000 €.",
            [("carry_over", "2024", 1000), ("grant", "2025", 8000)],
        ),
        (
            "Le coût complet est de 15 000 €, dont 9 000 € pris en charge par l'État.",
            [("eligible_cost", "2025", 15000), ("grant", "2025", 9000)],
        ),
        ("À défaut, la somme de 9 000 € donnera lieu à reversement.", [("other", "2025", 9000)]),
        ("Le solde 2025, soit 2 000 €, sera versé après le bilan.", [("other", "2025", 2000)]),
        (
            "Le solde de la subvention (2 000 €) est versé en fin d'année.",
            [("other", "2025", 2000)],
        ),
        (
            "Pour mémoire, la subvention 2024 s'élevait à 8 000 €.",
            [("grant", "2024", 8000)],
        ),
        (
            "Le concours financier 2026 de l'État est de 9 000 €.",
            [("grant", "2026", 9000)],
        ),
        (
            "La subvention de l'État 2026 est de 9 000 €.",
            [("grant", "2026", 9000)],
        ),
        (
            "Le reliquat constaté au 31 décembre 2024 (1 850 €) est réaffecté à l'action n° 3.",
            [("carry_over", "2024", 1850)],
        ),
        (
            "Le reliquat constaté, soit 1 850 €, est redéployé sur l'action n° 3.",
            [("carry_over", "2025", 1850)],
        ),
        (
            "La participation de l'État est fixée à 9 000 €, dont 1 000 € issus du reliquat.",
            [("grant", "2025", 9000), ("carry_over", "2025", 1000)],
        ),
        (
            "Les crédits de l'AMI s'élèvent à 60 000 € en 2024 et 70 000 € en 2025.",
            [("grant", "2024", 60000), ("grant", "2025", 70000)],
        ),
        (
            "Le montant non dépensé en 2024 s'établit à 17 600 €.",
            [("carry_over", "2024", 17600)],
        ),
        (
            "Pour les exercices 2026 et 2027, les montants prévisionnels des contributions de "
            "l'État s'élèvent respectivement à 205 000 € et 190 000 €.",
            [("grant", "2026", 205000), ("grant", "2027", 190000)],
        ),
        (
            "L'État verse 10 000 €, 20 000 € puis 30 000 € pour 2025, pour 2026 et pour 2027.",
            [("grant", "2025", 10000), ("grant", "2026", 20000), ("grant", "2027", 30000)],
        ),
        (
            "Pour les années 2025 et 2026, l'État verse 30 000 €, dont 20 000 € en 2026.",
            [("grant", None, 30000), ("grant", "2026", 20000)],
        ),
        (
            "La subvention est ramenée de 155 000 € à 142 500 €, dont 92 500 € pour la Métropole "
            "et 50 000 € pour le Département.",
            [
                ("other", "2025", 155000),
                ("grant", "2025", 142500),
                ("other", "2025", 92500),
                ("other", "2025", 50000),
            ],
        ),
        (
            "Un reliquat de 17 500 € constaté au 31 décembre 2024 est conservé.",
            [("carry_over", "2024", 17500)],
        ),
        (
            "Le reliquat de neuf mille euros (9 000 €) constaté sur 2024 est affecté à l'action 2.",
            [("carry_over", "2024", 9000)],
        ),
        (
            "Un sous-consommé de 46 500 € (fiches 1.B : 6 500 € et 2.B : 40 000 €) est reporté.",
            [("carry_over", "2025", 46500), ("other", "2025", 6500), ("other", "2025", 40000)],
        ),
        (
            "L'enveloppe s'établit à 371 500 €, dont 325 000 € de crédits nouveaux et 46 500 € de "
            "crédits reportés.",
            [("other", "2025", 371500), ("grant", "2025", 325000), ("carry_over", "2025", 46500)],
        ),
        (
            "Compte tenu des reliquats 2023 et 2024, la subvention est de 30 000 €.",
            [("grant", "2025", 30000)],
        ),
        (
            "La collectivité sollicite pour 2025 une aide de l'État de 50 000 €.",
            [("other", "2025", 50000)],
        ),
        (
            "L'État, sollicité par la métropole, attribue une subvention de 12 000 €.",
            [("grant", "2025", 12000)],
        ),
        (
            "Le soutien financier de l'État au titre de l'exercice 2025 s'élève à un montant total "
            "de 66 k€, déduction faite du reliquat 2024 de 4 k€.",
            [("grant", "2025", 66000), ("carry_over", "2024", 4000)],
        ),
        (
            "Au titre de l’année 2023-2024, le soutien de l’Etat s’élève à un montant prévisionnel "
            "maximal de 479 000 €, au regard du montant total estimé du coût éligible de la "
            "convention de 980 000 €.",
            [("grant", "2023-2024", 479000), ("eligible_cost", "2023-2024", 980000)],
        ),
        (
            "Au titre de l'année 2024-2025, le soutien de l'Etat s'élève à un montant 197 000 "
            "euros tenant compte du reliquat de 219 000 € de la somme de 479 000 € attribuée en "
            "2023.",
            [
                ("grant", "2024-2025", 197000),
                ("carry_over", "2024-2025", 219000),
                ("grant", "2023", 479000),
            ],
        ),
        (
            "Un reliquat de 57 000 euros a été constaté à la clôture de l'exercice 2023-2024. Le "
            "montant versé, net du reliquat, est en conséquence de 795 500 euros pour un besoin de "
            "852 500 euros.",
            [
                ("carry_over", "2023-2024", 57000),
                ("grant", "2025", 795500),
                ("total", "2025", 852500),
            ],
        ),
        (
            "L'État apporte 300 000 €, soit 180 000 € à la notification et 120 000 € au solde.",
            [("grant", "2025", 300000), ("other", "2025", 180000), ("other", "2025", 120000)],
        ),
        (
            "L'État verse 94 500 € à la notification, le solde au vu du bilan.",
            [("other", "2025", 94500)],
        ),
        (
            "La subvention de l'État est versée comme suit : 94 500 € à la notification de la "
            "convention et 40 500 € à la réception du compte rendu financier.",
            [("other", "2025", 94500), ("other", "2025", 40500)],
        ),
        (
            "L'État verse 94 500 € dès la notification de la présente convention ; le solde, "
            "40 500 €, au vu du bilan.",
            [("other", "2025", 94500), ("other", "2025", 40500)],
        ),
        (
            "L'administration verse 94 500 € à la notification de la convention, soit 70 % de la "
            "subvention.",
            [("other", "2025", 94500)],
        ),
        (
            "L'administration verse 94 500 € à la notification de la convention. Le solde est "
            "versé après le contrôle de service fait.",
            [("other", "2025", 94500)],
        ),
        (
            "L'État verse une première fraction de 50 000 € en juin 2025 et une seconde de "
            "40 000 € en décembre 2025.",
            [("other", "2025", 50000), ("other", "2025", 40000)],
        ),
        (
            "33 600 € sont versés dès la signature et 14 400 € à la remise du rapport d'activité.",
            [("other", "2025", 33600), ("other", "2025", 14400)],
        ),
        (
            "VU la demande de subvention présentée le 14 février 2025 par le Département de la "
            "Sarne, d'un montant de 215 000 € ;",
            [("other", None, 215000)],
        ),
        (
            "La Métropole alloue à l'association une subvention de 40 000 €, dont 28 000 € issus "
            "des crédits de l'État (AMI) et 12 000 € sur ses fonds propres.",
            [("other", "2025", 40000), ("other", "2025", 28000), ("other", "2025", 12000)],
        ),
        ("L'État accorde à la commune une aide de 40 000 €.", [("grant", "2025", 40000)]),
        (
            "La Métropole perçoit 150 000 € de l'État et en reverse 45 000 € au CCAS.",
            [("grant", "2025", 150000), ("other", "2025", 45000)],
        ),
        (
            "22 000 € de l'État au titre du FNAVDL et 10 000 € de l'État (BOP 304).",
            [("other", "2025", 22000), ("other", "2025", 10000)],
        ),
        (
            "La participation de l'État ne pourra excéder 80 % des dépenses, plafonnée à 96 000 €.",
            [("grant", "2025", 96000)],
        ),
        (
            "La Métropole a bénéficié de 220 000 € de l'État depuis 2023.",
            [("grant", None, 220000)],
        ),
        (
            "Le montant prévisionnel de la subvention 2027 n'excédera pas 100 000 €.",
            [("grant", "2027", 100000)],
        ),
        (
            "Le versement du solde, d'un montant de 36 000 €, est conditionné au bilan.",
            [("other", "2025", 36000)],
        ),
        (
            "La subvention de 145 000 € se substitue à celle de 120 000 € prévue à l'article 3.",
            [("grant", "2025", 145000), ("other", "2025", 120000)],
        ),
        (
            "L'assiette de la subvention est plafonnée à 200 000 €.",
            [("eligible_cost", "2025", 200000)],
        ),
        (
            "La subvention est calculée sur la base de 30 mesures à 1 500 €, soit 45 000 €.",
            [("other", "2025", 1500), ("grant", "2025", 45000)],
        ),
        (
            "L'État attribue 135 000 € pour 2025. Les montants prévisionnels sont de 120 000 € pour"
            " 2026 et de 110 000 € pour 2027.",
            [("grant", "2025", 135000), ("grant", "2026", 120000), ("grant", "2027", 110000)],
        ),
        (
            "Les crédits sont versés en deux fois, soit 9 000 € à la signature et 6 000 € après.",
            [("other", "2025", 9000), ("other", "2025", 6000)],
        ),
        (
            "La participation de l'État est de 290 500 € pour l'exercice 2025-2026, après "
            "déduction d'un reliquat de 3 000 € de l'exercice 2024-2025.",
            [("grant", "2025-2026", 290500), ("carry_over", "2024-2025", 3000)],
        ),
        ("Un acompte de 60 000 € est versé dès la signature.", [("other", "2025", 60000)]),
        (
            "La subvention est créditée au compte de la Métropole en deux fois : 250 000 € à a la "
            "signature, le solde à la production du bilan.",
            [("other", "2025", 250000)],
        ),
        (
            "Un acompte de 70 %, soit 70 000 €, est versé à la notification. Le solde, soit "
            "30 000 €, est versé après remise du compte rendu.",
            [("other", "2025", 70000), ("other", "2025", 30000)],
        ),
        (
            "Le solde de l'exercice 2024, soit 30 000 €, non consommé, est reporté.",
            [("carry_over", "2024", 30000)],
        ),
        (
            "Le soutien financier de l'État pour 2025 est de 320 000 €, dont 48 000 € par "
            "fongibilité du reliquat 2024, soit un versement de 272 000 €.",
            [("grant", "2025", 320000), ("carry_over", "2024", 48000), ("grant", "2025", 272000)],
        ),
        (
            "Pour 2025, l'État attribue une subvention de 182 500 €, dont 40 000 € au titre du "
            "reliquat 2024.",
            [("grant", "2025", 182500), ("carry_over", "2024", 40000)],
        ),
        (
            "Répartition du budget : AMI 187 500 € (66 %) – Ville 62 000 € (22 %)",
            [("other", "2025", 187500), ("other", "2025", 62000)],
        ),
        (
            "Compte tenu d'un trop-perçu de 11 000 € constaté sur 2024, le versement est limité à "
            "118 000 €.",
            [("carry_over", "2024", 11000), ("grant", "2025", 118000)],
        ),
        (
            "La participation de l'État à l'action AC 04 est de 20 000 € et non de 22 000 €.",
            [("other", "2025", 20000), ("other", "2025", 22000)],
        ),
        (
            "La subvention pour 2025 est de 90 000 € et non de 95 000 €.",
            [("grant", "2025", 90000), ("other", "2025", 95000)],
        ),
        (
            "La subvention au titre de l'action 12 du programme 177 est de 90 000 €.",
            [("grant", "2025", 90000)],
        ),
        (
            "L'État attribue 100 000 € au titre de l'AMI et 25 000 € au titre du plan pauvreté.",
            [("grant", "2025", 100000), ("other", "2025", 25000)],
        ),
        (
            "Une subvention de 50 000 € au titre du BOP 177 et de 20 000 € au titre du BOP 304.",
            [("grant", "2025", 50000), ("other", "2025", 20000)],
        ),
        (
            "L'aide est versée à hauteur de 80 % dès signature, soit la somme de 72 000 €. Le "
            "reliquat de la subvention, soit 18 000 €, est versé après bilan.",
            [("other", "2025", 72000), ("other", "2025", 18000)],
        ),
        (
            "La participation de l'État au titre de l'AMI est de 90 000 € et celle au titre du "
            "plan pauvreté de 30 000 €.",
            [("grant", "2025", 90000), ("other", "2025", 30000)],
        ),
        (
            "L'État mobilise 60 000 € de crédits AMI et 25 000 € de crédits FNAVDL.",
            [("grant", "2025", 60000), ("other", "2025", 25000)],
        ),
        (
            "La subvention de 90 000 € est répartie entre trois opérateurs : 40 000 € à l'UDAF, "
            "30 000 € au CCAS et 20 000 € à l'ADIL.",
            [("grant", "2025", 90000), *(("other", "2025", n) for n in (40000, 30000, 20000))],
        ),
        (
            "La subvention de 90 000 € comprend 40 000 € pour l'UDAF et 30 000 € pour le CCAS.",
            [("grant", "2025", 90000), ("other", "2025", 40000), ("other", "2025", 30000)],
        ),
        (
            "La dotation de 80 000 € est majorée de 10 000 € et s'élève désormais à 90 000 €.",
            [("other", "2025", 80000), ("other", "2025", 10000), ("grant", "2025", 90000)],
        ),
        (
            "La subvention de l'année 2024 (96 000 €) est diminuée de 6 000 € en 2025.",
            [("other", "2024", 96000), ("other", "2025", 6000)],
        ),
        (
            "Les excédents constatés fin 2024 s'élèvent à 14 750 € ; ils sont reportés.",
            [("carry_over", "2024", 14750)],
        ),
        (
            "Pour mémoire, la subvention 2024, versée au titre de la convention précédente,"
            " s'élevait à 185 000 €.",
            [("grant", "2024", 185000)],
        ),
        (
            "L'État apporte 160 000 € (cent soixante mille euros), se décomposant en 110 000 € sur"
            " le programme 177, 30 000 € sur le programme 135 et 20 000 € sur le programme 304.",
            [
                ("total", "2025", 160000),
                ("grant", "2025", 110000),
                ("other", "2025", 30000),
                ("other", "2025", 20000),
            ],
        ),
        (
            "La préfecture délègue 97 000 € à la Métropole pour l'année 2025.",
            [("grant", "2025", 97000)],
        ),
        (
            "L'État participe à hauteur de 70 % des dépenses, dans la limite de 84 000 €.",
            [("grant", "2025", 84000)],
        ),
        (
            "La subvention de 100 000 € n'ayant pu être consommée qu'à hauteur de 82 000 €, le"
            " solde de 18 000 € est reporté.",
            [("other", "2025", 100000), ("other", "2025", 82000), ("carry_over", "2025", 18000)],
        ),
        (
            "Pour la tranche ferme (2025), la subvention est de 100 000 € ; pour la tranche"
            " suivante (2026), elle est de 90 000 €.",
            [("grant", "2025", 100000), ("grant", "2026", 90000)],
        ),
        (
            "Le montant de 120 000 € figurant à l'article 3 est réduit à 96 000 €.",
            [("other", "2025", 120000), ("grant", "2025", 96000)],
        ),
        (
            "La subvention 2025 prévue à l'article II.1, soit 180 000 €, est en conséquence réduite"
            " à due concurrence et ramenée à 166 400 €.",
            [("other", "2025", 180000), ("grant", "2025", 166400)],
        ),
        (
            "La subvention est fixée à 135 000 € pour neuf mois ; en année pleine, elle est de"
            " 180 000 €.",
            [("grant", "2025", 135000), ("other", "2025", 180000)],
        ),
        (
            "En année pleine, le coût est estimé à 140 000 €, la subvention 2025 couvrant huit mois"
            ", soit 93 333,33 €.",
            [("other", "2025", 140000), ("grant", "2025", "93333.33")],
        ),
        (
            "L'État engage 540 000 € pour trois ans. Les crédits de paiement (CP) sont ouverts à"
            " hauteur de 135 000 € en 2024, 180 000 € en 2025 et 225 000 € en 2026.",
            [
                ("grant", None, 540000),
                ("other", "2024", 135000),
                ("other", "2025", 180000),
                ("other", "2026", 225000),
            ],
        ),
        (
            "Le reliquat 2024, soit 4 200 €, vient en déduction du solde, ramené à 15 000 €.",
            [("carry_over", "2024", 4200), ("other", "2025", 15000)],
        ),
        (
            "Le reliquat 2024, estimé à 9 600 €, viendra en diminution du solde, ainsi porté à"
            " 12 880 €.",
            [("carry_over", "2024", 9600), ("other", "2025", 12880)],
        ),
        (
            "La part du CCAS est de 30 000 € ; l'État complète à hauteur de 50 000 €.",
            [("other", "2025", 30000), ("grant", "2025", 50000)],
        ),
        (
            "La contribution de l'État est plafonnée à 50 % des dépenses et ne peut dépasser"
            " 95 000 €.",
            [("grant", "2025", 95000)],
        ),
        (
            "Sur les 135 000 € versés en 2024, 121 400 € ont été justifiés. Le reliquat de 13 600 €"
            " est reporté.",
            [("grant", "2024", 135000), ("other", "2024", 121400), ("carry_over", "2024", 13600)],
        ),
        (
            "La commune reverse à l'association une subvention de 30 000 €.",
            [("other", "2025", 30000)],
        ),
        (
            "La subvention de l'État est de 60 % d'une dépense de 150 000 €, soit 90 000 €.",
            [("eligible_cost", "2025", 150000), ("grant", "2025", 90000)],
        ),
        (
            "Une dotation distincte de 60 000 € est attribuée au titre du pacte des solidarités.",
            [("other", "2025", 60000)],
        ),
        (
            "Déduction faite des crédits 2024 non consommés, d'un montant de 16 500 €, l'État "
            "verse 213 500 € au titre de l'année 2025.",
            [("carry_over", "2024", 16500), ("grant", "2025", 213500)],
        ),
        (
            "La dotation 2025 s'élève à 172 000 €, dont 12 000 € provenant du report de crédits "
            "2024.",
            [("grant", "2025", 172000), ("carry_over", "2024", 12000)],
        ),
        (
            "Une somme de 8 000 € est prélevée sur l'action LDA-03, dont le concours est ramené de "
            "96 000 € à 88 000 €.",
            [("other", "2025", 8000), ("other", "2025", 96000), ("other", "2025", 88000)],
        ),
        (
            "Sur les 261 500 € accordés pour 2025, 202 000 € ont été consommés ; le solde, soit "
            "59 500 €, est conservé par l'agglomération.",
            [("grant", "2025", 261500), ("other", "2025", 202000), ("carry_over", "2025", 59500)],
        ),
        (
            "Le premier acompte de 60 000 € est reporté au 1er juin.",
            [("other", "2025", 60000)],
        ),
        (
            "Pour les exercices suivants, l'apport de l'État sera fixé par avenant, dans la limite "
            "de 200 000 € par exercice.",
            [("other", "2025", 200000)],
        ),
        (
            "Le montant de la subvention de l'action C est réduit de 23 500 € à 19 000 €.",
            [("other", "2025", 23500), ("other", "2025", 19000)],
        ),
        (
            "Compte tenu de 9 000 € de crédits 2024 non consommés, le versement de l'État au titre "
            "de l'année 2025 est ramené à 205 000 €.",
            [("carry_over", "2024", 9000), ("grant", "2025", 205000)],
        ),
        (
            "Les moyens alloués par l'État pour 2025 s'élèvent à 232 000 €.",
            [("grant", "2025", 232000)],
        ),
        (
            "La subvention est de 90 000 €, payable par tiers de 30 000 €.",
            [("grant", "2025", 90000), ("other", "2025", 30000)],
        ),
        ("L'État verse 300 000 € à la signature.", [("grant", "2025", 300000)]),
        (
            "Une somme de 6 000 € non dépensée en 2024 vient en déduction.",
            [("carry_over", "2024", 6000)],
        ),
        (
            "Pour mémoire, l'État a versé 311 000 € au titre de l'année 2023.",
            [("grant", "2023", 311000)],
        ),
        (
            "Le reliquat de l'exercice 2022, d'un montant de 21 000 €, est reporté sur 2023.",
            [("carry_over", "2022", 21000)],
        ),
        (
            "La somme de 9 000 €, versée en 2024 et non consommée, vient en déduction du "
            "versement, ramené à 80 000 €.",
            [("carry_over", "2024", 9000), ("other", "2025", 80000)],
        ),
        (
            "Une avance est versée après déduction du trop-perçu 2024 (9 000 €).",
            [("carry_over", "2024", 9000)],
        ),
        (
            "La subvention est de 90 000 €, à laquelle s'ajoute le reliquat 2024, soit 99 000 € "
            "disponibles.",
            [("grant", "2025", 90000), ("total", "2025", 99000)],
        ),
        (
            "Le soutien de l'État est de 90 000 €. La subvention de 90 000 € est versée.",
            [("grant", "2025", 90000), ("grant", "2025", 90000)],
        ),
        ("Il porte le total disponible à 90 000 €.", [("total", "2025", 90000)]),
        (
            "Compte tenu d'un reliquat de 50 000 € sur l'exercice 2024, le montant versé par "
            "l'État s'élève à 272 000 €.",
            [("carry_over", "2024", 50000), ("grant", "2025", 272000)],
        ),
        (
            "Déduction faite du reliquat 2023-2024, une subvention d'un montant de 90 000 € est "
            "versée.",
            [("grant", "2025", 90000)],
        ),
        (
            "L'Etat apporte en 2024 une subvention de 322 000 euros. Ce montant est à rapporter à "
            "un coût prévisionnel de 539 505,50 euros.",
            [("grant", "2024", 322000), ("eligible_cost", "2024", "539505.50")],
        ),
        (
            "L'État attribue une dotation de 210 k€ en 2024, de 205 k€ en 2025 et de 195 k€ en "
            "2026, soit un total de 610 k€ sur trois ans.",
            [
                ("grant", "2024", 210000),
                ("grant", "2025", 205000),
                ("grant", "2026", 195000),
                ("total", None, 610000),
            ],
        ),
        (
            "Le reliquat constaté au titre de l'exercice 2023, d'un montant de 18 240,75 €, est "
            "reporté sur l'exercice 2024.",
            [("carry_over", "2023", "18240.75")],
        ),
        (
            "La participation totale de l'État pour 2024 est de 112 000 €.",
            [("grant", "2024", 112000)],
        ),
        (
            "Les crédits non engagés, soit 61 500 €, sont reportés.",
            [("carry_over", "2025", 61500)],
        ),
        (
            "Pour 2025, la dotation de l'État est portée de 210 000 € à 226 500 €.",
            [("other", "2025", 210000), ("grant", "2025", 226500)],
        ),
        (
            "Au titre de 2026, l'État alloue 152 000 € au lieu de 160 000 € prévus initialement.",
            [("grant", "2026", 152000), ("other", "2026", 160000)],
        ),
        (
            "L'État s'engage à financer un poste à hauteur de 35 000 € et l'équipe mobile à hauteur"
            " de 65 000 €, soit 100 000 € au total.",
            [("other", "2025", 35000), ("other", "2025", 65000), ("grant", "2025", 100000)],
        ),
        (
            "Le trop-perçu de 8 000 € fera l'objet d'un titre de recettes.",
            [("other", "2025", 8000)],
        ),
        (
            "Une somme de 12 000 € est retirée à l'action 2 et une somme de 5 500 € à l'action 4.",
            [("other", "2025", 12000), ("other", "2025", 5500)],
        ),
        (
            "Le coût total éligible du programme sur la durée de la convention est de 1 250 000 €.",
            [("eligible_cost", None, 1250000)],
        ),
        (
            "Un reliquat de 8 000 euros est constaté ; il vient en déduction du montant ci-dessus, "
            "de sorte que le versement effectif est de 88 000 euros.",
            [("carry_over", "2025", 8000), ("grant", "2025", 88000)],
        ),
        (
            "La demande de financement s'élève à 405 500, dont le report de 35 000 € de N1.",
            [("carry_over", "2025", 35000)],
        ),
        (
            "Compte tenu d'un reliquat de 8 000 €, le versement à intervenir est de 88 000 €.",
            [("carry_over", "2025", 8000), ("grant", "2025", 88000)],
        ),
        (
            "L'État engage 100 000 € (2024) et 120 000 € pour l'année 2025.",
            [("grant", "2024", 100000), ("grant", "2025", 120000)],
        ),
        (
            "Pour sa part, la métropole apporte 217 000 euros sur la durée de l'exercice.",
            [("other", "2025", 217000)],
        ),
        (
            "Il est rappelé qu'une somme de 1 129 540 € a été allouée pour l'exercice 2023-2024.",
            [("grant", "2023-2024", 1129540)],
        ),
        (
            "Le soutien de l’État, au titre des années 2021-2022, 2022-2023, 2023-2024, s’élevait "
            "à 845 000 €, dont un report de 35 000 €.",
            [("grant", None, 845000), ("carry_over", None, 35000)],
        ),
        (
            "Le soutien s'élève à un maximum de 405 500€ dont 35 000€ de reliquat.",
            [("other", "2025", 405500), ("carry_over", "2025", 35000)],
        ),
        (
            "La dotation de l'État se répartit ainsi : 2031 : 40 000 € ; 2032 : 45 000 €.",
            [("grant", "2031", 40000), ("grant", "2032", 45000)],
        ),
        (
            "La dotation de 61 000 € pour 2025 tient compte des fonds non utilisés de 7 300 € au "
            "titre de l'exercice 2024.",
            [("grant", "2025", 61000), ("carry_over", "2024", 7300)],
        ),
        (
            "Les crédits de l'État pour 2025 s'établissent à 83 000 €, contre 76 000 € en 2024.",
            [("grant", "2025", 83000), ("grant", "2024", 76000)],
        ),
        (
            "Compte tenu d'un reliquat de 18 000 € constaté sur les crédits 2024, l'État verse "
            "83 000 € pour 2025.",
            [("carry_over", "2024", 18000), ("grant", "2025", 83000)],
        ),
        (
            "La subvention nouvelle, déduction faite de ce reliquat, s'élève à 23 500 €, pour un "
            "besoin de 47 500 €.",
            [("grant", "2025", 23500), ("total", "2025", 47500)],
        ),
        (
            "Un reliquat de 9 400 € a été dégagé sur l'exercice 2022 ; il est acquis.",
            [("carry_over", "2022", 9400)],
        ),
        (
            "L'aide accordée au titre de l'année 2030 est plafonnée à 54 600 €.",
            [("grant", "2030", 54600)],
        ),
        (
            "Au 31 décembre 2031, 68 500 € ont été dépensés sur les 92 000 € alloués ; le reliquat "
            "constaté s'élève à 23 500 €.",
            [("other", "2031", 68500), ("other", "2031", 92000), ("carry_over", "2031", 23500)],
        ),
        (
            "L'avenant porte la contribution 2033 de l'État de 48 000 € à 60 000 €.",
            [("other", "2033", 48000), ("grant", "2033", 60000)],
        ),
        (
            "Les dépenses 2032 s'élèvent à 41 000 € et laissent un reliquat de 4 000 €.",
            [("other", "2032", 41000), ("carry_over", "2032", 4000)],
        ),
        (
            "Un coût éligible de 20 000 € et un taux de 74 %, soit 14 800 €, d'aide.",
            [("eligible_cost", "2025", 20000), ("eligible_cost", "2025", 14800)],
        ),
        (
            "L'État finance à hauteur de 40 000 € le poste, porté par le Département, qui apporte "
            "15 000 €.",
            [("grant", "2025", 40000), ("other", "2025", 15000)],
        ),
        (
            "L'État apporte 81 000 €, le Département 9 000 € et l'ARS 4 000 €.",
            [("grant", "2025", 81000), ("other", "2025", 9000), ("other", "2025", 4000)],
        ),
        (
            "Le budget total 2033 est de 94 000 €, financé par l'État (81 000 €), le Département "
            "(9 000 €) et l'ARS (4 000 €).",
            [
                ("total", "2033", 94000),
                ("grant", "2033", 81000),
                ("other", "2033", 9000),
                ("other", "2033", 4000),
            ],
        ),
        (
            "La subvention 2033 est minorée du reliquat 2032 de 3 500 € et s'établit à 68 500 €.",
            [("carry_over", "2032", 3500), ("grant", "2033", 68500)],
        ),
        (
            "Les crédits non engagés au 31/12/2032, évalués à 3 500 €, sont reportés.",
            [("carry_over", "2032", 3500)],
        ),
        (
            "L'État attribue 58 500 € en 2025, report 2024 de 3 500 € compris.",
            [("grant", "2025", 58500), ("carry_over", "2024", 3500)],
        ),
        (
            "Le concours prévisionnel de l'État est de 240 000 € sur la durée de la convention.",
            [("grant", None, 240000)],
        ),
        (
            "Pour l'exercice 2030, le concours nouveau de l'État s'établit à 238 000 €.",
            [("grant", "2030", 238000)],
        ),
        (
            "L'État verse 9 000 € pour 2031, dont 3 200 € de crédits 2030 non employés.",
            [("grant", "2031", 9000), ("carry_over", "2030", 3200)],
        ),
        ("Le report 2030, soit 4 500 €, est acquis.", [("carry_over", "2030", 4500)]),
        (
            "La subvention de l'État pour 2024-2026 est de 150 000 €, dont 45 000 € pour 2024.",
            [("grant", None, 150000), ("grant", "2024", 45000)],
        ),
        (
            "La participation de l'État est de 41 000 €, dont 5 000 € pour le poste.",
            [("grant", "2025", 41000), ("other", "2025", 5000)],
        ),
        (
            "La subvention pour 2025, initialement de 16 000 €, est portée à 18 000 €.",
            [("other", "2025", 16000), ("grant", "2025", 18000)],
        ),
        (
            "La somme de « 16 000 € » est remplacée par la somme de « 18 000 € ».",
            [("other", "2025", 16000), ("grant", "2025", 18000)],
        ),
        ("Pour les conventions 2019 à 2024, 9 000 € ont été versés.", [("grant", None, 9000)]),
        ("Pour 2024-2025, la subvention est de 9 000 €.", [("grant", "2024-2025", 9000)]),
        ("La participation nouvelle de l'État est de 8 000 €.", [("grant", "2025", 8000)]),
        (
            "2.1 Le concours de l'État est de 60 000 € en 2026. 2.2 Il est de 65 000 € en 2027.",
            [("grant", "2026", 60000), ("other", "2027", 65000)],
        ),
        (
            "L'État alloue une subvention de 0,138 M€, soit 138 000 €, pour l'exercice 2031.",
            [("grant", "2031", 138000)],
        ),
        (
            "Les crédits non consommés au 31 décembre 2030, soit 4 700 €, sont reportés sur 2031.",
            [("carry_over", "2030", 4700)],
        ),
        (
            "Elle tient compte d'un reliquat de 6 100 € constaté au titre de l'année 2030, de sorte"
            " que le versement effectif s'élève à 52 800 €.",
            [("carry_over", "2030", 6100), ("grant", "2025", 52800)],
        ),
        ("L'apport de l'État s'établit à 83 k€ pour 2031.", [("grant", "2031", 83000)]),
        (
            "Pour 2021, l'État alloue 60 k€ et, pour 2022, 80 k€, soit un total de 140 k€.",
            [("grant", "2021", 60000), ("grant", "2022", 80000), ("total", None, 140000)],
        ),
        (
            "Vu l'avenant n° 1 du 3 mai 2022 portant la subvention à 185 000 € ;",
            [("grant", None, 185000)],
        ),
        (
            "Les crédits non consommés en 2020, soit 35 200 €, viennent en déduction ; le"
            " versement 2021 est donc de 389 300 €.",
            [("carry_over", "2020", 35200), ("grant", "2021", 389300)],
        ),
        ("Montant retenu par l'État : 128 000 €.", [("grant", "2025", 128000)]),
        (
            "L'administration contribue financièrement pour un montant maximal de 90 000 EUR.",
            [("grant", "2025", 90000)],
        ),
        ("Les frais s'élèvent à 12 €.", [("other", "2025", 12)]),
        (
            "Ce montant tient compte d'un reliquat de 22 450 € sur la subvention 2023, qui s'ajoute"
            " aux crédits nouveaux.",
            [("carry_over", "2023", 22450)],
        ),
        (
            "Sur les crédits alloués en 2023, il reste 33 000 € à consommer.",
            [("carry_over", "2023", 33000)],
        ),
        ("Il reste 33 000 € à verser.", [("other", "2025", 33000)]),
        (
            "Sur la subvention 2024, il reste un solde de 12 000 € non utilisé.",
            [("carry_over", "2024", 12000)],
        ),
        (
            "Le solde de la subvention 2023, d'un montant de 8 000 €, est versé à la signature.",
            [("other", "2023", 8000)],
        ),
        (
            "Le coût total du projet est estimé à 310 000 € sur trois ans, dont 200 000 € à la"
            " charge de l'État.",
            [("eligible_cost", None, 310000), ("grant", None, 200000)],
        ),
        (
            "Un trop-versé de 6 200 € a été constaté au titre de l'exercice 2024 et viendra en"
            " déduction de la subvention 2025.",
            [("carry_over", "2024", 6200)],
        ),
        (
            "La subvention de 95 000 € attribuée par arrêté du 3 mai 2023 est abrogée.",
            [("other", "2025", 95000)],
        ),
        (
            "Les sommes non dépensées au 31 décembre 2023 s'établissent comme suit : Métropole"
            " 8 200 €, Département néant, Ville 3 150 €.",
            [("carry_over", "2023", 8200), ("carry_over", "2023", 3150)],
        ),
        (
            "Considérant le compte rendu financier, dont il ressort un reste à réaliser de 14 300 €"
            " au 31 décembre 2023 ;",
            [("carry_over", "2023", 14300)],
        ),
        (
            "Le montant de la participation financière de l'État pour 2026 s'élève à 170 000 €, en"
            " baisse de 15 000 € par rapport à 2025.",
            [("grant", "2026", 170000), ("other", "2026", 15000)],
        ),
        (
            "La subvention de l'État pour 2025 est portée de 240 000 € à 265 000 €, soit un"
            " complément de 25 000 €.",
            [("other", "2025", 240000), ("grant", "2025", 265000), ("grant", "2025", 25000)],
        ),
        (
            "Au titre de 2026, l'État attribue à la Ville une subvention de 168 000 €, inférieure"
            " de 12 000 € au montant prévu par la convention.",
            [("grant", "2026", 168000), ("other", "2026", 12000)],
        ),
        (
            "L'aide de l'État est attribuée annuellement. Elle s'élève à 150 000 € pour 2024. Pour"
            " les années 2025 et 2026, les montants prévisionnels sont respectivement de 140 000 €"
            " et de 130 000 €.",
            [("grant", "2024", 150000), ("grant", "2025", 140000), ("grant", "2026", 130000)],
        ),
        (
            "La participation du Département est versée en une fois. Elle s'élève à 40 000 €.",
            [("other", "2025", 40000)],
        ),
        (
            "Il est constaté, sur la convention 2021-2023, un reliquat de 27 840 €.",
            [("carry_over", "2021-2023", 27840)],
        ),
        (
            "Les crédits 2024 restant disponibles, évalués à 5 400 €, sont laissés au CIAS.",
            [("carry_over", "2024", 5400)],
        ),
        (
            "La somme de 2 150 €, indûment perçue au titre de 2024, est remboursée à l'État.",
            [("other", "2024", 2150)],
        ),
        (
            "La subvention 2026 est identique à celle de 2024, soit 95 000 €.",
            [("grant", "2026", 95000)],
        ),
        (
            "L'État s'engage à verser 90 000 € par tranche annuelle de 30 000 €.",
            [("grant", "2025", 90000), ("other", "2025", 30000)],
        ),
        (
            "Sur une subvention de 95 000 €, 87 300 € ont été justifiés.",
            [("other", "2025", 95000), ("other", "2025", 87300)],
        ),
        ("La quote-part de l'État s'élève à 66 000 €.", [("grant", "2025", 66000)]),
        (
            "La part de l'État est de 90 000 €, celle du Département de 20 000 €.",
            [("grant", "2025", 90000), ("other", "2025", 20000)],
        ),
        (
            "L'État verse 60 000 € en mars et 30 000 € en octobre.",
            [("other", "2025", 60000), ("other", "2025", 30000)],
        ),
        ("L'État a versé 60 000 € en mars.", [("grant", "2025", 60000)]),
        (
            "L'État attribue 200 000 € en autorisations d'engagement et 160 000 € en crédits de"
            " paiement.",
            [("grant", "2025", 200000), ("other", "2025", 160000)],
        ),
        (
            "La subvention s'élève à 200 000 € (AE) et 160 000 € (CP 2025).",
            [("grant", "2025", 200000), ("other", "2025", 160000)],
        ),
        ("La subvention s'élève à 200 000 € en AE et en CP.", [("grant", "2025", 200000)]),
        (
            "Le montant total de la subvention est de cinq cent quarante mille euros (540 000 €),"
            " soit cent quatre-vingt mille euros (180 000 €) par an.",
            [("grant", None, 540000), ("grant", "2025", 180000)],
        ),
        (
            "L'aide de 540 000 € est versée à raison de 180 000 € par année.",
            [("grant", None, 540000), ("other", "2025", 180000)],
        ),
        (
            "Le reliquat 2024 du Département, soit 21 400 €, est déduit du versement, ramené à"
            " 118 600 €.",
            [("carry_over", "2024", 21400), ("other", "2025", 118600)],
        ),
        (
            "Le reliquat constaté au 31 décembre 2024 (18 400 €) fait l'objet d'un ordre de"
            " reversement.",
            [("other", "2025", 18400)],
        ),
        (
            "La subvention, initialement de 100 000 €, a été ramenée à 92 000 € par avenant n° 1.",
            [("other", "2025", 100000), ("grant", "2025", 92000)],
        ),
        (
            "Le montant de la subvention, fixé à 96 000 €, est augmenté de 14 000 € pour atteindre"
            " 110 000 €.",
            [("other", "2025", 96000), ("other", "2025", 14000), ("grant", "2025", 110000)],
        ),
        (
            "L'État apporte 165 000 €, dont 120 000 € sur le programme 177, 30 000 € sur le"
            " programme 135 et 15 000 € sur le programme 304.",
            [
                ("total", "2025", 165000),
                ("grant", "2025", 120000),
                ("other", "2025", 30000),
                ("other", "2025", 15000),
            ],
        ),
        (
            "L'aide de l'État s'élève à 420 000 € sur la durée de la convention. Pour l'exercice"
            " 2023-2024, elle est de 140 000 €.",
            [("grant", None, 420000), ("grant", "2023-2024", 140000)],
        ),
        (
            "L'aide de l'État est de 90 000 €. La participation de la Ville la complète. Elle est"
            " de 20 000 €.",
            [("grant", "2025", 90000), ("other", "2025", 20000)],
        ),
        (
            "L'administration contribue pour un montant maximal de 64 000 EUR, équivalant à 80 % du"
            " montant total estimé des coûts éligibles, soit 80 000 EUR.",
            [("grant", "2025", 64000), ("other", "2025", 80000)],
        ),
        (
            "Les excédents (12 500 €), qui font l'objet d'un ordre de reversement, sont arrêtés.",
            [("other", "2025", 12500)],
        ),
        (
            "L'aide est de 120 000 €, dont 20 000 € de reliquat 2024, soit 100 000 € de crédits"
            " nouveaux.",
            [("grant", "2025", 120000), ("carry_over", "2024", 20000), ("grant", "2025", 100000)],
        ),
        ("L'annuité 2026 est fixée à 104 000 €.", [("grant", "2026", 104000)]),
        ("Le reversement est d'au maximum 20% des crédits versés.", []),
        (
            "Les reliquats des exercices 2022 à 2024, arrêtés à 33 780 €, sont reportés en 2025.",
            [("carry_over", "2025", 33780)],
        ),
    ],
)
def test_read_stated(text: str, expected: list[tuple[str, str | None, int | str]]) -> None:
    found = read_stated(text, KINDS, exercise="2025")
    assert [(s.kind, s.exercise, s.amount) for s in found] == [
        (kind, exercise, Decimal(amount)) for kind, exercise, amount in expected
    ]


def test_the_title_names_the_exercise() -> None:
    found = read_stated("L'Etat verse 5 000 €.", KINDS, "Crédits de l'Etat pour 2024-2025", "2023")
    assert [s.exercise for s in found] == ["2024-2025"]


def test_the_title_tells_what_a_year_and_a_sum_are() -> None:
    (found,) = read_stated("Au titre de 2025 : 98 000 €.", KINDS, "Subvention de l'État")
    assert (found.kind, found.exercise, found.amount) == ("grant", "2025", 98000)


def test_an_act_counts_its_years() -> None:
    text = "Elle est de 6 € pour l'année 2 et de 7 € pour l'année 3. En année 1, elle est de 5 €."
    found = read_stated(text, KINDS, counted=CountedYears(2031))
    assert [(s.exercise, s.amount) for s in found] == [("2032", 6), ("2033", 7), ("2031", 5)]
    assert {s.exercise for s in read_stated(text, KINDS)} == {None}
    text = "L'État verse 6 € la première année, 7 € la deuxième et 8 € la troisième."
    found = read_stated(text, KINDS, counted=CountedYears(2031))
    assert [(s.exercise, s.amount) for s in found] == [("2031", 6), ("2032", 7), ("2033", 8)]


def test_the_years_of_a_grant_behind_the_shares_of_its_beneficiaries() -> None:
    text = (
        "Le montant total de l'aide s'élève à 39 €, dont 24 € au Département et 15 € au CCAS. Il se"
        " décompose comme suit : 14 € pour l'année 1, 13 € pour l'année 2 et 12 € pour l'année 3."
    )
    found = read_stated(text, KINDS, counted=CountedYears(2031))
    assert [(s.kind, s.exercise, s.amount) for s in found] == [
        ("grant", None, 39),
        ("other", None, 24),
        ("other", None, 15),
        ("grant", "2031", 14),
        ("grant", "2032", 13),
        ("grant", "2033", 12),
    ]


def test_the_quote_is_the_sentence() -> None:
    found = read_stated("Le plan suit. L'Etat verse 5 000 € à M. Durand. Il est suivi.", KINDS)
    assert [s.quote for s in found] == ["L'Etat verse 5 000 € à M. Durand."]


def test_a_doubtful_sum_has_no_amount() -> None:
    found = read_stated("L'Etat verse entre 10 000 et 15 000 €.", KINDS)
    assert [(s.amount, s.flag) for s in found] == [(None, "range")]


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "La présente convention fixe à 320 000 € la participation maximale de l'État au "
            "titre de l'année 2024.",
            [("grant", "2024", 320000)],
        ),
        ("Le financement de l'État s'établit à 320 000 € pour 2024.", [("grant", "2024", 320000)]),
        (
            "L'État s'engage à soutenir financièrement la mise en œuvre du programme à "
            "hauteur de 95 % des dépenses, soit 190 000 € maximum.",
            [("grant", "2024", 190000)],
        ),
        (
            "Pour l'exercice budgétaire 2025, il est attribué au bénéficiaire une subvention "
            "de fonctionnement d'un montant de 87 300,00 €.",
            [("grant", "2025", 87300)],
        ),
        (
            "Le montant total des crédits alloués par l'État au territoire sur la période "
            "2023-2027 est estimé à 1 600 000 €.",
            [("grant", None, 1600000)],
        ),
        (
            "Le montant prévisionnel de la contribution de l'État pour la durée de la "
            "convention est de 960 000 €, dont 320 000 € pour 2024.",
            [("grant", None, 960000), ("grant", "2024", 320000)],
        ),
        (
            "Les crédits seront délégués en deux fois : 224 000 € à la signature, 96 000 € au "
            "vu du bilan.",
            [("other", "2024", 224000), ("other", "2024", 96000)],
        ),
        (
            "Les parties constatent que 45 230 € n'ont pas été dépensés au 31 décembre 2023.",
            [("carry_over", "2023", 45230)],
        ),
        (
            "Ce solde non dépensé de 45 230 € sera affecté, par dérogation, au financement de "
            "l'action 6 en 2024.",
            [("carry_over", "2024", 45230)],
        ),
        (
            "La somme de 45 230 €, non consommée au titre de 2023, est reportée.",
            [("carry_over", "2023", 45230)],
        ),
        (
            "Le coût complet du programme pour 2024 est estimé à 533 000 €, financé à 60 % "
            "par l'État (320 000 €), à 30 % par la métropole (160 000 €) et à 10 % par les "
            "autres partenaires (53 000 €).",
            [
                ("eligible_cost", "2024", 533000),
                ("grant", "2024", 320000),
                ("other", "2024", 160000),
                ("other", "2024", 53000),
            ],
        ),
        ("Les cofinancements attendus s'élèvent à 213 000 €.", [("other", "2024", 213000)]),
        (
            "La Ville abonde le fonds de 15 000 € et le CCAS de 5 000 €.",
            [("other", "2024", 15000), ("other", "2024", 5000)],
        ),
        (
            "La Caisse d'allocations familiales participe à hauteur de 12 000 €.",
            [("other", "2024", 12000)],
        ),
        (
            "Le budget global 2024 s'équilibre en dépenses et en recettes à 533 000 €.",
            [("total", "2024", 533000)],
        ),
        (
            "La contribution de l'État 2024 est répartie comme suit : gouvernance : 60 000 € "
            "; accès au logement : 200 000 € ; observation : 60 000 €.",
            [("other", "2024", 60000), ("other", "2024", 200000), ("other", "2024", 60000)],
        ),
        ("L'avenant n° 1 avait fixé la subvention 2023 à 280 000 €.", [("grant", "2023", 280000)]),
        (
            "La subvention est imputée sur le programme 177 pour 320 000 € et sur le "
            "programme 135 pour 25 000 €.",
            [("grant", "2024", 320000), ("other", "2024", 25000)],
        ),
        (
            "Le présent avenant a pour objet d'attribuer une subvention complémentaire de 25 "
            "000 € au titre de 2024.",
            [("grant", "2024", 25000)],
        ),
        (
            "En contrepartie, la métropole s'engage à inscrire à son budget 2024 un montant "
            "de 160 000 €.",
            [("other", "2024", 160000)],
        ),
        ("Le montant de l'aide de l'État est plafonné à 320 000 €.", [("grant", "2024", 320000)]),
        (
            "Si le coût réel est inférieur à 533 000 €, la subvention est réduite au prorata.",
            [("other", "2024", 533000)],
        ),
        (
            "L'aide est versée en une fois ; son montant est de 320 000 €.",
            [("grant", "2024", 320000)],
        ),
        (
            "320 000 € sont alloués au titre de 2024 par l'État au bénéficiaire.",
            [("grant", "2024", 320000)],
        ),
        ("Montant accordé par la Dihal en 2024 : 320 000 €.", [("grant", "2024", 320000)]),
        (
            "Montant de la participation de l'État (BOP 177) : 2023 : 280 000 €, 2024 : 320 000 €.",
            [("grant", "2023", 280000), ("grant", "2024", 320000)],
        ),
        (
            "Le montant annuel de la subvention est de 320 000 €, soit 960 000 € sur trois ans.",
            [("grant", "2024", 320000), ("grant", None, 960000)],
        ),
        (
            "Les dépenses réalisées en 2023 s'élèvent à 234 770 €, soit un taux de "
            "consommation de 84 %.",
            [("other", "2023", 234770)],
        ),
        (
            "Sur les 280 000 € versés en 2023, 234 770 € ont été consommés, laissant un solde "
            "de 45 230 €.",
            [("grant", "2023", 280000), ("other", "2023", 234770), ("carry_over", "2023", 45230)],
        ),
        (
            "Compte tenu de ce solde, la subvention 2024 s'élève à 274 770 €.",
            [("grant", "2024", 274770)],
        ),
        (
            "Un financement complémentaire du Fonds national d'accompagnement vers et dans le "
            "logement est mobilisé à hauteur de 80 000 €.",
            [("other", "2024", 80000)],
        ),
        (
            "La contribution de l'État comprend 40 000 € destinés à la coordination.",
            [("other", "2024", 40000)],
        ),
        (
            "Les crédits Logement d'abord s'élèvent en 2024 à 320 000 € et en 2025 à 300 000 €.",
            [("grant", "2024", 320000), ("grant", "2025", 300000)],
        ),
        (
            "L'État mobilise 320 000 euros en 2024 contre 280 000 euros en 2023.",
            [("grant", "2024", 320000), ("grant", "2023", 280000)],
        ),
        (
            "La subvention de l'État, initialement fixée à 280 000 €, est portée à 320 000 €.",
            [("other", "2024", 280000), ("grant", "2024", 320000)],
        ),
        (
            "Le bénéficiaire emploie un coordinateur dont le coût annuel chargé est de 58 000 €.",
            [("other", "2024", 58000)],
        ),
        ("Les charges indirectes sont plafonnées à 5 000 €.", [("other", "2024", 5000)]),
        ("L'indemnité versée aux travailleurs pairs est de 120 € par demi-journée.", []),
        (
            "L'État n'apporte aucun financement à l'action 7 (12 000 € de la CAF).",
            [("other", "2024", 12000)],
        ),
        (
            "Subvention État 2024 : 320 k€ dont report 2023 : 45 k€.",
            [("grant", "2024", 320000), ("carry_over", "2023", 45000)],
        ),
        (
            "Le présent avenant porte le montant total de la convention à 578 500 €.",
            [("total", None, 578500)],
        ),
        (
            "Au titre de l'exercice 2024, l'État contribue à hauteur de 168 500 €, portant le "
            "total des contributions depuis 2021 à 578 500 €.",
            [("grant", "2024", 168500), ("grant", None, 578500)],
        ),
        (
            "L'administration contribue financièrement pour un montant prévisionnel maximal "
            "de 750 000 EUR, équivalent à 60 % du montant total estimé des coûts éligibles "
            "sur l'ensemble de l'exécution de la convention.",
            [("grant", None, 750000)],
        ),
        (
            "Pour les deuxième et troisième années d'exécution, les montants prévisionnels "
            "des contributions financières de l'administration s'élèvent à :\n- pour l'année "
            "2024 : 250 000 EUR, soit 60 % ;\n- pour l'année 2025 : 234 000 EUR.",
            [("grant", "2024", 250000), ("grant", "2025", 234000)],
        ),
        (
            "Les crédits 2023 non consommés (31 250 €) viennent en déduction de la subvention "
            "2024, fixée à 137 250 €.",
            [("carry_over", "2023", 31250), ("grant", "2024", 137250)],
        ),
        (
            "Un reliquat de 31 250 €, constaté au 31 décembre 2023, est reporté sur les "
            "actions de l'exercice 2024.",
            [("carry_over", "2023", 31250)],
        ),
        (
            "Le montant de 168 500 € mentionné à l'article 4 de la convention est remplacé "
            "par 190 000 €.",
            [("other", "2024", 168500), ("grant", "2024", 190000)],
        ),
        (
            "L'enveloppe AMI 2025 est de 150 000 €, celle du FNAP de 40 000 €.",
            [("grant", "2025", 150000), ("other", "2025", 40000)],
        ),
        (
            "Les comptes annuels sont transmis lorsque la subvention dépasse 153 000 €.",
            [("other", "2024", 153000)],
        ),
        (
            "La subvention de l'État s'élève à 150 000 € pour la période du 1er octobre 2024 "
            "au 31 décembre 2025.",
            [("grant", "2024-2025", 150000)],
        ),
        (
            "Le concours de l'État, d'un montant de 150 000 €, se décompose en 110 000 € de "
            "crédits nouveaux et 40 000 € de crédits reportés de 2023.",
            [("grant", "2024", 150000), ("grant", "2024", 110000), ("carry_over", "2023", 40000)],
        ),
        (
            "Pour 2026, l'État contribue pour un montant de 205 400 €. Pour l'année 2027, le "
            "montant prévisionnel est de 234 000 €.",
            [("grant", "2026", 205400), ("grant", "2027", 234000)],
        ),
        (
            "À titre d'information, le montant 2026 est estimé à 150 000 €.",
            [("other", "2026", 150000)],
        ),
        (
            "4.2 Pour 2024, l'administration contribue pour un montant de 217 200 €.\n4.3 Pour les"
            " années suivantes, les montants prévisionnels s'élèvent à :\n– pour l'année 2025 :"
            " 210 000 € ;\n– pour l'année 2026 : 200 000 €.",
            [("grant", "2024", 217200), ("grant", "2025", 210000), ("grant", "2026", 200000)],
        ),
        (
            "Les coûts totaux estimés éligibles annuels sont fixés comme suit : 2024 : 362 000 € ;"
            " 2025 : 361 000 €.",
            [("eligible_cost", "2024", 362000), ("eligible_cost", "2025", 361000)],
        ),
        (
            "Pour 2026, l'administration contribue pour un montant de 205 400 €, compte tenu de"
            " la reprise de l'excédent de 28 600 € constaté sur l'exercice 2025. Pour l'année"
            " 2027, le montant prévisionnel est de 234 000 €.",
            [("grant", "2026", 205400), ("carry_over", "2025", 28600), ("grant", "2027", 234000)],
        ),
        ("Le reliquat 2023 de 14 600 € est reversé au Trésor.", [("other", "2024", 14600)]),
        (
            "Les crédits 2023 non dépensés (14 250 €) sont reversés au Trésor public.",
            [("other", "2023", 14250)],
        ),
        (
            "Le trop-perçu de 6 150 € constaté sur la subvention 2023 fait l'objet d'un titre.",
            [("other", "2024", 6150)],
        ),
        (
            "Sur les 118 000 € de 2023, 4 700 € sont restés sans emploi et seront déduits.",
            [("other", "2023", 118000), ("carry_over", "2023", 4700)],
        ),
        (
            "Le solde de la subvention 2023, soit 22 950 €, sera mandaté en juin 2024.",
            [("other", "2023", 22950)],
        ),
        (
            "Pour 2025 et 2026, le concours annuel de l'État est de 150 000 €, sous réserve.",
            [("grant", "2025", 150000), ("grant", "2026", 150000)],
        ),
        (
            "Pour chacune des années 2024, 2025 et 2026, la subvention de l'État est de 90 000 €.",
            [("grant", "2024", 90000), ("grant", "2025", 90000), ("grant", "2026", 90000)],
        ),
        (
            "Pour 2025 et 2026, la subvention de l'État est de 150 000 €, après bilan annuel.",
            [("grant", None, 150000)],
        ),
        (
            "Une somme de 15 500 € est prélevée sur l'action 2 et affectée, à hauteur de 9 500 €, à"
            " l'action 1 et, à hauteur de 6 000 €, à l'action 4.",
            [("other", "2024", 15500), ("other", "2024", 9500), ("other", "2024", 6000)],
        ),
        (
            "La demande de financement s'élève à 405 500 €, dont le report de 35 000 € non dépensés"
            " sur l'année précédente.",
            [("other", "2024", 405500), ("carry_over", "2024", 35000)],
        ),
        (
            "Vu la demande de subvention déposée le 5 mai 2024 pour un montant de 148 000 €",
            [("other", None, 148000)],
        ),
        (
            "L'administration verse 189 120 EUR à la notification de la convention, soit 80 % de la"
            " contribution 2024 ; le solde, soit 47 280 EUR, est versé ensuite.",
            [("other", "2024", 189120), ("other", "2024", 47280)],
        ),
        (
            "L'avenant fixe la contribution de l'État pour 2024, en application de l'article 4.3,"
            " qui prévoyait un montant prévisionnel de 190 000 €.",
            [("other", "2024", 190000)],
        ),
        (
            "L'État contribue à hauteur de 178 000 €, dont 21 500 € par réemploi du reliquat"
            " constaté au 31 décembre 2023 et 156 500 € de crédits nouveaux.",
            [
                ("grant", "2024", 178000),
                ("carry_over", "2023", 21500),
                ("grant", "2024", 156500),
            ],
        ),
        (
            "Les crédits délégués en 2023 (295 000 €) ont été consommés à hauteur de 281 640 €.",
            [("grant", "2023", 295000), ("other", "2023", 281640)],
        ),
        (
            "L'État participe à hauteur de 555 000 € au plus. Au titre de 2024, sa participation"
            " est de 176 000 €. Elle sera portée à 185 000 € en 2025 puis 194 000 € en 2026.",
            [
                ("grant", None, 555000),
                ("grant", "2024", 176000),
                ("grant", "2025", 185000),
                ("grant", "2026", 194000),
            ],
        ),
        (
            "La contribution de l'État est fixée comme suit :\n• 2024 : 210 000 € ;\n• 2025 :"
            " 190 000 €.",
            [("grant", "2024", 210000), ("grant", "2025", 190000)],
        ),
        (
            "L'État participe à hauteur de 500 000 € au plus. Au titre de 2024, sa participation"
            " est de 176 000 €, puis 185 000 € en 2025.",  # who knows of which years
            [("grant", "2024", 500000), ("other", "2024", 176000), ("other", "2025", 185000)],
        ),
        (  # one sum, without the tax and with it
            "La participation de l'État est de 50 000 € HT (60 000 € TTC) pour 2024.",
            [("other", "2024", 50_000), ("grant", "2024", 60_000)],
        ),
    ],
)
def test_sums_of_an_act_of_2024(text: str, expected: list[tuple[str, str | None, int]]) -> None:
    found = read_stated(text, KINDS, exercise="2024")
    assert [(s.kind, s.exercise, s.amount) for s in found if s.amount is not None] == expected


def test_a_reliquat_between_commas_and_the_payment_that_it_lowers() -> None:
    text = "Le reliquat 2031, de 6 500 €, est déduit du versement 2032, qui s'élève à 151 500 €."
    told = [(s.kind, s.exercise, int(s.amount or 0)) for s in read_stated(text, KINDS, "", "2032")]
    assert told == [("carry_over", "2031", 6500), ("other", "2032", 151_500)]
