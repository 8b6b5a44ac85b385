"""Changes of a convention, as avenants word them."""

import pytest

from normalizers.amendments import read_amendments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "L'article 4 de la convention est remplacé par les dispositions suivantes :\n"
            "« Article 4 – Financement\nAu titre de 2024, l'aide « Logement d'abord » est de"
            " 172 000 €. »\nLes autres articles sont inchangés.",
            [
                (
                    "4",
                    "replaced",
                    None,
                    "Au titre de 2024, l'aide « Logement d'abord » est de 172 000 €.",
                )
            ],
        ),
        (
            "L'article 4 est remplacé par :\n« L'aide est de 10 €.\n« Elle est versée. »\n"
            "L'article 5 est supprimé.",
            [
                ("4", "replaced", None, "L'aide est de 10 €.\nElle est versée."),
                ("5", "repealed", None, None),
            ],
        ),
        (
            "L'article 4 est remplacé par : « Article 4 – Aide « Pour 2025, elle est de 10 €. » Au"
            " lieu de « 2024 », lire « 2025 » à l'article 5.",
            [
                ("4", "replaced", None, "Pour 2025, elle est de 10 €."),
                ("5", "modified", "2024", "2025"),
            ],
        ),
        (
            "L'article 4 est rédigé comme suit :\nL'aide est de 10 €.\nElle est versée.",
            [("4", "replaced", None, "L'aide est de 10 €.\nElle est versée.")],
        ),
        (
            "À l'article 6, le montant « 10 000 € » est remplacé par le montant « 15 000 € ». À"
            " l'article 3 bis, les mots « deux fois » sont remplacés par les mots « trois fois ».",
            [
                ("6", "modified", "10 000 €", "15 000 €"),
                ("3bis", "modified", "deux fois", "trois fois"),
            ],
        ),
        (
            "À l'article 3, les mots « A » sont remplacés par les mots « B » et les mots « C » par"
            " les mots « D ».",
            [("3", "modified", "A", "B"), ("3", "modified", "C", "D")],
        ),
        (
            "L'article 4 est ainsi modifié :\n1° Les mots « A » sont remplacés par les mots « B »"
            " ;\n2° Il est ajouté un alinéa ainsi rédigé : « C ».",
            [("4", "modified", "A", "B"), ("4", "completed", None, "C")],
        ),
        (
            "À l'article 4, après les mots « du bénéficiaire », sont insérés les mots « ou de son"
            " mandataire ».",
            [("4", "modified", "du bénéficiaire", "du bénéficiaire ou de son mandataire")],
        ),
        (
            "Au premier alinéa de l'article 5, les mots « , sauf accord » sont supprimés.",
            [("5", "modified", ", sauf accord", "")],
        ),
        (
            "À l'article 4, le montant de la subvention est porté de 120 000 € à 140 000 €.",
            [("4", "modified", "120 000 €", "140 000 €")],
        ),
        (
            "Au lieu de « 2024 », lire « 2025 » à l'article 2.",
            [("2", "modified", "2024", "2025")],
        ),
        (
            "Il est inséré, après l'article 3, un article 3 bis ainsi rédigé : « Un comité. »",
            [("3bis", "added", None, "Un comité.")],
        ),
        (
            "Le deuxième alinéa de l'article 4 est remplacé par : « Le solde est versé. »",
            [("4", "modified", None, "Le solde est versé.")],
        ),
        (
            "L'article 4 « Financement » est remplacé par : « L'aide est de 10 €. »",
            [("4", "replaced", None, "L'aide est de 10 €.")],
        ),
        (
            "Les articles II.1 et 6 sont abrogés.",
            [("II.1", "repealed", None, None), ("6", "repealed", None, None)],
        ),
        (
            "L'article trois de la convention est remplacé par : « Le prix est de 9 €. »",
            [("3", "replaced", None, "Le prix est de 9 €.")],
        ),
        (
            "L'article II-2 de la convention est remplacé par : « Le prix est de 9 €. »",
            [("II.2", "replaced", None, "Le prix est de 9 €.")],
        ),
        (
            "Il est inséré, après l'article II-5, un article II-6 ainsi rédigé : « Suspension. »",
            [("II.6", "added", None, "Suspension.")],
        ),
        (
            "L'article 8 est abrogé et remplacé par l'article suivant : « Le juge est saisi. »",
            [("8", "replaced", None, "Le juge est saisi.")],
        ),
        (
            "La somme mentionnée à l'article 4, fixée à 120 000 €, est portée à 140 000 €.",
            [("4", "modified", "120 000 €", "140 000 €")],
        ),
        (
            "Il est inséré un article 9 ainsi rédigé : « Un comité. » L'article 9 devient l'article"
            " 10.",
            [("9", "added", None, "Un comité."), ("9", "renumbered", None, "10")],
        ),
        (
            "Les articles 9 à 11 de la convention deviennent respectivement les articles 10 à 12.",
            [(str(n), "renumbered", None, str(n + 1)) for n in (9, 10, 11)],
        ),
        ("L'article premier est complété par : « C »", [("1", "completed", None, "C")]),
        ("L'article 2 de l'avenant n° 1 est abrogé.", []),
        ("L'annexe 1 mentionnée à l'article 3 est remplacée par l'annexe jointe.", []),
        ("Vu l'article 4 de la convention, l'aide est portée à 10 €.", []),
        ("Les autres articles de la convention demeurent inchangés.", []),
    ],
)
def test_read_amendments(text: str, expected: list[tuple[str, str, str | None, str]]) -> None:
    found = read_amendments("Modifications", text)
    assert [(a.number, a.change, a.removed, a.added) for a in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il est ainsi rédigé : « Quatre ans. »", ("replaced", "Quatre ans.")),
        ("La durée est de quatre ans.", ("modified", "La durée est de quatre ans.")),
    ],
)
def test_the_title_names_the_article(text: str, expected: tuple[str, str]) -> None:
    found = read_amendments("Modification de l'article 3", text)
    assert [(a.number, a.change, a.added) for a in found] == [("3", *expected)]


def test_the_quote_is_the_clause_at_its_place() -> None:
    text = "Objet. L'article 5 est abrogé."
    (found,) = read_amendments("", text)
    assert text[found.position :] == found.quote == "L'article 5 est abrogé."
