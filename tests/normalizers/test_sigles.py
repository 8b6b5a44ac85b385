import pytest

from normalizers.sigles import sigles, spelt_by


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Essaimage des plateformes territoriales d'accompagnement (PFTA) à Aubagne",
            [("PFTA", "plateformes territoriales d'accompagnement")],
        ),
        (
            "Le CLLAJ (comité local pour le logement autonome des jeunes) accueille",
            [("CLLAJ", "comité local pour le logement autonome des jeunes")],
        ),
        (
            "Liste des sigles\nIML : intermédiation locative\n- DALO – droit au logement opposable",
            [("DALO", "droit au logement opposable"), ("IML", "intermédiation locative")],
        ),
        (
            "SIAO : Service intégré d'accueil et d'orientation, géré par l'État",
            [("SIAO", "Service intégré d'accueil et d'orientation")],
        ),
        ("GUSP | Gestion urbaine et sociale de proximité",
         [("GUSP", "Gestion urbaine et sociale de proximité")]),
        ("Les bailleurs sociaux (AMP) et la Ville", []),
        ("AMI : 30 000 euros accordés", []),
        ("DDETS : pilote de l'action", []),
        ("Nombre de ménages (30)", []),
    ],
)  # fmt: skip
def test_sigles(text: str, found: list[tuple[str, str]]) -> None:
    assert sorted(sigles(text)) == found


@pytest.mark.parametrize(
    ("sigle", "expansion", "spelt"),
    [
        ("PFTA", "plateforme territoriale d'accompagnement", True),
        ("PTFA", "plateforme territoriale d'accompagnement", False),
        ("CCAS", "centre communal d'action sociale", True),
        ("MOUS", "maîtrise d'œuvre urbaine et sociale", True),
        ("LDA", "logement d'abord", True),
        ("LDA", "logement des jeunes adultes", False),
        ("LD", "logement", False),
        ("COPIL", "comité opérationnel", False),
    ],
)
def test_letters_bear_out_the_words(sigle: str, expansion: str, spelt: bool) -> None:
    assert spelt_by(sigle, expansion) is spelt
