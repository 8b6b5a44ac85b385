"""Amounts as real documents write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.amounts import read_amounts, read_cell, without_calls
from normalizers.number_words import read_number_words

# (cell, [(value, funder)])
CELLS = [
    ("70000", [("70000", None)]),
    ("86032 €", [("86032", None)]),
    ("523482,50", [("523482.50", None)]),
    ("370.500 €", [("370500", None)]),
    ("1,207,500.00 €", [("1207500", None)]),  # of a spreadsheet in English
    ("1 102 521,50 €", [("1102521.50", None)]),
    ("1\u202f102\u00a0521,50\u00a0€", [("1102521.50", None)]),
    ("1'500 €", [("1500", None)]),
    ("1’207’500.50 €", [("1207500.50", None)]),
    ("2 582 000 €", [("2582000", None)]),
    ("15 000,00 €", [("15000", None)]),
    ("20 000,0 0 €", [("20000", None)]),  # cut by a narrow column
    ("Bailleurs : 7 500 ,00 €", [("7500", "Bailleurs")]),
    ("7 500\n,50 €", [("7500.50", None)]),
    ("150 000 euros", [("150000", None)]),
    ("130 k€", [("130000", None)]),
    ("130K", [("130000", None)]),
    ("1,5 M€", [("1500000", None)]),
    ("0 €", [("0", None)]),
    ("１２ ０００ €", [("12000", None)]),
    ("10 000 €\n5 500 €", [("10000", None), ("5500", None)]),
    ("35 000\n€", [("35000", None)]),
    ("€\n35 000", [("35000", None)]),
    ("Bailleurs : €\n27 500", [("27500", "Bailleurs")]),
    ("Bailleurs\n: 6 500 €\nCAF : 800 €", [("6500", "Bailleurs"), ("800", "CAF")]),
    ("CAF : 5 000 €\nBailleurs : €\n27 500", [("5000", "CAF"), ("27500", "Bailleurs")]),
    ("Grande Agglomération\n21 749,50 €", [("21749.50", "Grande Agglomération")]),
    ("CAF 5 000 € ; Bailleurs\n9 000 €", [("5000", "CAF"), ("9000", "Bailleurs")]),
    ("CAF\nRégion\n9 000 €", [("9000", None)]),  # both, or one over two lines
    ("CAF\n9 000 €\n3 000 €", [("9000", None), ("3000", None)]),
    (
        "Département / CAF : 10 000 € / 5 000 €",
        [("10000", "Département"), ("5000", "CAF")],
    ),
    ("CD 13/Anah : 4 000/1 000 €", [("4000", "CD 13"), ("1000", "Anah")]),
    ("Région + CAF : 8 000 € + 2 000 €", [("8000", "Région"), ("2000", "CAF")]),
    ("8 000 € et 2 000 € (Région et CAF)", [("8000", "Région"), ("2000", "CAF")]),
    (  # of two years
        "Région et CAF : 8 000 € (2024) et 2 000 € (2025)",
        [("8000", "Région et CAF"), ("2000", None)],
    ),
    ("35 000 € (AMP)", [("35000", "AMP")]),
    ("Ville : 15 500 € (hors locaux)", [("15500", "Ville")]),
    ("Ville : 15 500 € (valorisation incluse)", [("15500", "Ville")]),
    ("24000 (MPT, ARS)", [("24000", "MPT, ARS")]),
    ("2000 (Ville de Marseille)", [("2000", "Ville de Marseille")]),
    ("2470 (budget formation de la CMSMH)", [("2470", "budget formation de la CMSMH")]),
    (
        "40000 (Ville de Pontrévault-la-Forêt, Etat – BOP 177)",
        [("40000", "Ville de Pontrévault-la-Forêt, Etat – BOP 177")],
    ),
    ("75 000 € (CD 99)", [("75000", "CD 99")]),
    (
        "215 000 € (AMP, Ville, Etat, bailleurs sociaux)",
        [("215000", "AMP, Ville, Etat, bailleurs sociaux")],
    ),
    (
        "17 000 euros (Métropole) + 13 000 euros (Région)",
        [("17000", "Métropole"), ("13000", "Région")],
    ),
    (
        "6 500 euros (Ville) + 7 126,50 euros (CD) + 8 500 euros (FSE+)",
        [("6500", "Ville"), ("7126.50", "CD"), ("8500", "FSE+")],
    ),
    ("20000 (QNM) + 30000 (FNAVDL)", [("20000", "QNM"), ("30000", "FNAVDL")]),
    ("20000 (QNM), 30000 (FNAVDL)", [("20000", "QNM"), ("30000", "FNAVDL")]),
    ("20000+30000", [("20000", None), ("30000", None)]),
    ("59 500 €¹", [("59500", None)]),
    ("€ 59 500²", [("59500", None)]),
    ("€ 2000", [("2000", None)]),
    ("Ville de Vautonne-sur-Oule : € 2000", [("2000", "Ville de Vautonne-sur-Oule")]),
    ("59 500⁽³⁾ €", [("59500", None)]),
    ("59 500 €*", [("59500", None)]),
    ("Ville : € 59 500**\nCAF : € 2 000", [("59500", "Ville"), ("2000", "CAF")]),
    ("24,5¹", [("24.5", None)]),
    ("30 ménages × 900 € = 27 000 €", [("27000", None)]),
    ("CAF : 15 ménages x 12 mois x 150 € = 27 000 €", [("27000", "CAF")]),
    ("27 000 € soit 900 € par ménage × 30", [("27000", None)]),
    ("0,5 ETP x 60 000 € = 30 000 €", [("30000", None)]),
    ("80 % de 50 000 €, soit 40 000 €", [("40000", None)]),
    ("40 000 € (80 % de 50 000 €)", [("40000", None)]),
    ("ARS : six mille euros (6 000 €)", [("6000", "ARS")]),
    ("Dix mille euros (10 000 €)", [("10000", None)]),
    ("Vingt mille euros", [("20000", None)]),
    ("CAF : vingt mille euros\nVille : 8 000 €", [("20000", "CAF"), ("8000", "Ville")]),
    ("Ville² : 5 000 € (CAF)", [("5000", "Ville")]),
    ("59 500 €(1)", [("59500", None)]),
    ("Ville : 30000 FSE+ : 45000", [("30000", "Ville"), ("45000", "FSE+")]),
    (
        "Agglomération : 47500\nConseil départemental : 17000",
        [("47500", "Agglomération"), ("17000", "Conseil départemental")],
    ),
    ("Ville : 30000\nFSE+ : 45000", [("30000", "Ville"), ("45000", "FSE+")]),
    ("CIAS : 41500 Conseil régional : 9000", [("41500", "CIAS"), ("9000", "Conseil régional")]),
    ("Mairie : 30000 FSE+ : 9000", [("30000", "Mairie"), ("9000", "FSE+")]),
    ("CD 13 :\n30000", [("30000", "CD 13")]),
    ("Etat BOP 177 : 40 000 €", [("40000", "Etat BOP 177")]),
    ("Etat BOP 177 : 40000", [("40000", "Etat BOP 177")]),
    ("Ville 35 000", [("35000", "Ville")]),
    ("10 000 € / Université (valorisation)", [("10000", "Université")]),
    ("Ville 35 000, CAF 20 000", [("35000", "Ville"), ("20000", "CAF")]),
    ("35 000 € Ville, 20 000 € CD 13", [("35000", "Ville"), ("20000", "CD 13")]),
    ("Ville 35 000 €, CD 20 000 €", [("35000", "Ville"), ("20000", "CD")]),
    ("35000 - AMP", [("35000", "AMP")]),
    ("AMP (35000)", [("35000", "AMP")]),
    ("AMP (35 000 €), Ville (20 000 €)", [("35000", "AMP"), ("20000", "Ville")]),
    ("15 000 € en 2024 et 16 000 € en 2025", [("15000", None), ("16000", None)]),
    ("2024 350 000 €", [("350000", None)]),
    ("50 % : 30 000 €", [("30000", None)]),
    ("Total : 55 000 €", [("55000", "Total")]),
    (
        "Financement autres CLLAJ + cofinancement pour les apprentis (17 000 euros). (AMP)",
        [("17000", "AMP")],
    ),
    ("75000 (dont 23 000 pour les compagnons bâtisseurs) (AMP)", [("75000", "AMP")]),
    ("75 000 € dont 23 000 € de reliquat", [("75000", None)]),
    ("- 35 000 € pour l'accueil", [("35000", None)]),  # bullets of a list
    ("- 35 000 €\n- 12 000 €", [("35000", None), ("12000", None)]),
    ("– Ville : 35 000 €\n– CD : 12 000 €", [("35000", "Ville"), ("12000", "CD")]),
    ("• 35 000 €", [("35000", None)]),
    ("CCAS - 35 000 €", [("35000", "CCAS")]),
    ("35 000 € -", [("35000", None)]),
    ("CAF (acquis) 9 000 €", [("9000", "CAF")]),
    ("Ville (terrain), Fondation X 20 000 €", [("20000", "Ville, Fondation X")]),
    ("CAF 3 000 €. Renforcée (+ 6 000 €)", [("3000", "CAF")]),
]
NO_SUM = [
    "",
    "-",
    "–",
    "A préciser",
    "En cours de négociation",
    "Valorisation de temps agent",
    "AMP",
    "CD 13, BOP 177",
    "FNAVDL 2023",
    "100 %",
    "50% AMP / 50% Etat",
]
DOUBTFUL = [
    ("41500, FSE : 9000", "unread_number"),
    ("12 logements", "unread_number"),
    ("2 ETP", "unread_number"),
    ("35000 / 20000", "unread_number"),
    ("1,500 €", "ambiguous_number"),
    ("59 500⁵⁰", "unread_number"),
    ("59² 500", "unread_number"),
    ("59 500 1", "unread_number"),
    ("10⁶", "unread_number"),
    ("1.250 M€", "ambiguous_number"),
    ("0 500 €", "ambiguous_number"),
    ("000 €", "ambiguous_number"),
    ("1' 500 €", "ambiguous_number"),
    ("1'50 €", "ambiguous_number"),
    ("0'500 €", "ambiguous_number"),
    ("10·500 €", "ambiguous_number"),
    ("10，50 €", "ambiguous_number"),
    ("1\u3000500 €", "ambiguous_number"),
    ("1\u200b500 €", "ambiguous_number"),
    ("12* 500 €", "ambiguous_number"),
    ("1O 500 €", "ambiguous_number"),
    ("l2 500 €", "ambiguous_number"),
    ("5\u0336 500 €", "ambiguous_number"),
    ("10\n500 €", "ambiguous_number"),
    ("1 940\n000 €", "ambiguous_number"),
    ("12 3500 €", "ambiguous_number"),
    ("-5000 €", "ambiguous_number"),
    *(
        (signed, "ambiguous_number")
        for minus in "-‐‑‒–—−"
        for signed in (
            f"{minus} 35 000 €",
            f"{minus}35 000 €",
            f"{minus} 35 000",
            f"{minus}\u00a035 000,50\u202f€",
            f"({minus} 35 000 €)",
            f"Trop-perçu : {minus} 35 000 €",
            f"Reliquat :{minus}35 000 €",
            f"50 000 €\n{minus} 15 000 €",
            f"50 000 € {minus} 15 000 €",
        )
    ),
    ("(35 000 €)", "ambiguous_number"),
    ("( 35 000 )", "ambiguous_number"),
    ("(35 000) €", "ambiguous_number"),
    ("50 000 €\n(15 000 €)", "ambiguous_number"),
    ("Moins 35 000 €", "ambiguous_number"),
    ("Ville : 50 000 €\nTrop-perçu : − 15 000 €", "ambiguous_number"),
    ("CD 13 150 000 €", "ambiguous_number"),
    ("10 000 à 15 000 €", "range"),
    ("entre 10 000 et 15 000 €", "range"),
    ("10 000 € ou 15 000 €", "range"),
    ("3 x 5 000 €", "rate"),
    ("30 ménages × 900 €", "rate"),
    ("cinq mille euros par mois", "rate"),
    ("trois fois 5 000 €", "rate"),
    ("30 ménages × 900 € = 28 000 €", "rate"),
    ("CAF : 3 x 100 € + ARS : 2 x 100 € = 500 €", "rate"),
    ("Dix mille euros (12 000 €)", "words_differ"),
    ("5 000 €/mois", "rate"),
    ("50 % de 30 000 €", "rate"),
    ("5 000 € (AMP) + 3 000 € (Ville) = 9 000 €", "total_differs"),
    ("########", "unread_number"),  # what a spreadsheet prints in too narrow a column
    ("#REF!", "unread_number"),
]
PROSE = [
    ("La contribution est fixée à 479 000 € pour 2024.", ["479000"]),
    ("un montant de 479.000,00 euros", ["479000"]),
    ("un soutien de EUR 173 500 ; le trop-perçu, € 2800, est déduit", ["173500", "2800"]),
    ("un montant de 12 000 € 3 logements", ["12000"]),
    ("Coût en € 45 logements, en € 2024", []),
    ("quatre cent soixante-dix-neuf mille euros (479 000 €)", ["479000"]),
    ("quatre cent soixante-dix-neuf mille (479 000) euros", ["479000"]),
    ("479 000 € (quatre cent soixante-dix-neuf mille euros)", ["479000"]),
    ("une enveloppe de 8 millions d'euros et de 1,2 M€", ["8000000", "1200000"]),
    ("cinquante mille euros", ["50000"]),
    ("8 mille euros", ["8000"]),
    ("quatre mille euros (5 000 €)", [None]),
    ("L'article 2 du 27 août 2024 concerne 46 territoires, BOP 177", []),
    ("Les 197 000 € et les 219 000 €", ["197000", "219000"]),
    ("Les 197 000¹ € et les 219 000 €²", ["197000", "219000"]),
]


def decimals(values: list[str | None]) -> list[Decimal | None]:
    return [None if v is None else Decimal(v) for v in values]


@pytest.mark.parametrize(
    "text", ["8 000 € (1 ETP)", "8 000 € TTC", "Solde : 8 000 €", "8 000 € (demandé en 2024)"]
)
def test_what_is_said_of_a_sum_is_nobody_who_pays_it(text: str) -> None:
    assert [(a.value, a.funder) for a in read_cell(text).amounts] == [(Decimal(8000), None)]


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_cell_states_its_sums(text: str, expected: list[tuple[str, str | None]]) -> None:
    cell = read_cell(text)
    assert [(a.value, a.funder) for a in cell.amounts] == [(Decimal(v), f) for v, f in expected]
    assert cell.total == sum(Decimal(v) for v, _ in expected)
    assert not cell.flags


@pytest.mark.parametrize("text", NO_SUM)
def test_cell_without_a_sum(text: str) -> None:
    cell = read_cell(text)
    assert (cell.amounts, cell.total, cell.flags) == ((), None, ())


@pytest.mark.parametrize(("text", "flag"), DOUBTFUL)
def test_doubt_gives_a_flag_and_no_total(text: str, flag: str) -> None:
    cell = read_cell(text)
    assert flag in cell.flags
    assert cell.total is None


@pytest.mark.parametrize(
    ("text", "funder"),
    [
        ("environ 12 000 €", None),
        ("jusqu'à 12 000 €", None),
        ("Ville : maximum 12 000 €", "Ville"),
        ("Ville, plafonné à 12 000 €", "Ville"),
        ("Ville 12 000 € (au plus)", "Ville"),
        ("env. 12 000 €", None),
        ("CAF : 12 000 € environ", "CAF"),
        ("12 000 € (à confirmer)", None),
        ("≈ 12 000 €", None),
    ],
)
def test_a_sum_that_is_not_exact_is_kept_and_flagged(text: str, funder: str | None) -> None:
    (amount,) = read_cell(text).amounts
    assert (amount.value, amount.funder, amount.flag) == (12_000, funder, "about")


@pytest.mark.parametrize(
    ("text", "funder"),
    [
        ("entre 10 000 et 15 000 €", None),
        ("de 10 000 à 15 000 €", None),
        ("CAF : entre 10 000 et 15 000 €", "CAF"),
        ("Ville, à hauteur de 15 000 €", "Ville"),
        ("50 % Ville (15 000 €)", "Ville"),
        ("Ville : 50 % du poste, soit 15 000 €", "Ville"),
    ],
)
def test_words_that_lead_to_a_sum_pay_nothing(text: str, funder: str | None) -> None:
    assert [amount.funder for amount in read_cell(text).amounts] == [funder]


@pytest.mark.parametrize("text", ["12 000 €, environ 30 ménages", "Environnement 12 000 €"])
def test_what_is_about_something_else_leaves_a_sum_exact(text: str) -> None:
    assert read_cell(text).amounts[0].flag is None


def test_sub_amounts_are_kept_apart() -> None:
    cell = read_cell("75000 (dont 23 000 pour les compagnons bâtisseurs) (AMP)")
    assert [a.value for a in cell.sub_amounts] == [Decimal(23000)]


def test_a_written_total_is_not_added_to_its_parts() -> None:
    cell = read_cell("5 000 € (AMP) + 3 000 € (Ville) = 8 000 €")
    assert [a.value for a in cell.amounts] == [5000, 3000]
    assert cell.total == 8000


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_prose_states_its_sums(text: str, expected: list[str | None]) -> None:
    assert [a.value for a in read_amounts(text)] == decimals(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quatre-vingt-dix-sept", 97),
        ("quatre-vingts", 80),
        ("mille", 1000),
        ("deux cents", 200),
        ("un million cent deux mille cinq cent vingt et un", 1102521),
        ("soixante et onze", 71),
        ("mille million", None),
        ("chat", None),
    ],
)
def test_number_words(text: str, expected: int | None) -> None:
    assert read_number_words(text) == expected


@given(
    st.decimals(min_value=0, max_value=10**10, places=2),
    st.sampled_from([" ", "\u00a0", "\u202f", "."]),
    st.sampled_from([" €", "€", " euros", " EUR"]),
)
def test_what_is_written_is_read(value: Decimal, separator: str, mark: str) -> None:
    figures = f"{value:,.2f}".replace(",", separator).replace(".", ",")
    if separator == ".":
        figures = f"{value:,.2f}".replace(".", ";").replace(",", ".").replace(";", ",")
    text = f"Un soutien de {figures}{mark} pour la période."
    assert [(a.value, a.raw) for a in read_amounts(text)] == [(value, f"{figures}{mark}")]
    assert read_cell(f"{figures}{mark} (Ville)").total == value


@given(
    st.decimals(min_value=0, max_value=10**10, places=2),
    st.sampled_from("-‐‑‒–—−("),
    st.sampled_from(["", " ", "\u00a0", "\u202f"]),
    st.sampled_from(["", "€", " €", " euros"]),
)
def test_a_signed_sum_alone_is_never_read_as_without(
    value: Decimal, sign: str, space: str, mark: str
) -> None:
    figures = f"{value:,.2f}".replace(",", " ").replace(".", ",")
    cell = read_cell(f"{sign}{space}{figures}{mark}" + ")" * (sign == "("))
    assert cell.total is None
    assert cell.flags or not mark


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    for amount in (*read_amounts(text), *read_cell(text).amounts):
        assert (amount.value is None) == (amount.flag is not None)
        parted = "\n" in text or without_calls(text) != text
        assert parted or amount.raw == text[amount.start : amount.end]


@pytest.mark.parametrize(
    "cell", ["- 35 000 €", "Total\n- 35 000 €", "(4 000)", "Ville\n– 35 000 €"]
)
def test_a_sum_that_may_be_negative_has_no_value(cell: str) -> None:
    (only,) = read_cell(cell).amounts
    assert (only.value, only.flag) == (None, "ambiguous_number")


@pytest.mark.parametrize("cell", ["Ville :\n- 35 000 €", "Total\n- 35 000 € (CAF)"])
def test_a_bullet_is_no_minus(cell: str) -> None:
    assert [a.value for a in read_cell(cell).amounts] == [35000]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("24 000 € pour l'action 2, 21 000 € pour la fiche n° 3", [24000, 21000]),
        ("Sur les 245 000 € versés au titre de 2024, 231 400 € ont été dépensés", [245000, 231400]),
        ("portée de 210 000 € à 226 500 €", [210000, 226500]),
        ("entre 10 000 € et 15 000 €", [None]),
    ],
)
def test_a_comma_behind_a_year_and_a_change_are_clear(text: str, values: list[int | None]) -> None:
    assert [a.value for a in read_amounts(text)] == values


def test_a_number_in_words_without_a_currency_is_no_sum() -> None:
    assert read_cell("cent mille (ARS)").amounts == ()
