import pytest

from normalizers.actions.rows import entries, is_total, replaces, subtotals


@pytest.mark.parametrize(
    ("texts", "total"),
    [
        (["40 000 €", "Total des opérations", ""], True),
        (["40 000 €", "Total des opérations", "SOLIHA"], False),
        (["TOTAL", "", "12 000 €"], True),
        (["TOTAL", ""], True),
        (["Dont reliquat 2022", "", "31 000 €"], True),
        (["dont le report", "5 000 €"], True),
        (["Dont reliquat 2022", "Prospecter les logements", "31 000 €"], False),
        (["Reliquat des baux glissants", "Métropole", "31 000 €"], False),
        (["TOTAL", "IPPeume m", "67 000 €", "5 000 €"], True),
        (["Total | Ac", "$ a —— “usé de", "-7 000 €", "20 000 €", "75 000 €"], True),
        (["Total", "Entraide", "Prospecter", "31 000 €"], False),
        (["Total", "1037 750", "463 050."], True),
        (["Total", "12 logements", "20 ménages"], False),
        (["Sous-total", "Axe 1", "46 500 €", "13 000 €"], True),
        (["Sous-total", "Entraide", "Prospecter", "31 000 €"], False),
        (["Report de l'action", "", "31 000 €"], False),
        (["À reporter", "", "31 000 €"], True),
        (["Report page 2", "", "31 000 €"], True),
        (["S/Total axe 1", "", "12 000 €"], True),
        (["", "S/T", "12 000 €"], True),
        (["Budget global", "", "12 000 €"], True),
        (["Total", "", "État : 9 000 €\nTotal : 12 000 €", ""], True),
        (["Total", "Axe 1 : loger mieux", "Ville"], False),
        (["Cumul", "12 000 €"], True),
        (["Cumul emploi et logement", "12 000 €"], False),
        (["Accompagnement global", "", "12 000 €"], False),
        (["Total des charges", "52 000 €", "Total des produits", "52 000 €"], True),
    ],
)
def test_rows_of_totals(texts: list[str], total: bool) -> None:
    assert is_total(texts) is total


@pytest.mark.parametrize(
    ("above", "below", "replaced"),
    [
        (("Bail", "CCAS", "au lieu de", "15 000 €"), ("Bail", "CCAS", "lire", "14 000 €"), True),
        (("Bail", "Avant avenant", "9 000 €"), ("Bail", "Après avenant", "-"), True),
        (("Bail", "Rédaction initiale", "9 000 €"), ("Bail", "Nouvelle rédaction", "8 €"), True),
        (("Bail", "Demandé", "9 000 €"), ("Bail", "Accordé", "8 000 €"), True),
        (("Bail", "Montant sollicité", "9 €"), ("Bail", "Montant retenu", "8 €"), True),
        (("Total", "Initial", "9 000 €"), ("Total", "Modifié", "8 000 €"), True),
        (("Bail", "Ancienne", "9 000 €"), ("Halte", "Nouvelle", "8 000 €"), False),
        (("Bail", "lire", "9 000 €"), ("Bail", "au lieu de", "8 000 €"), False),
        (("Bail", "Prévu", "9 000 €"), ("Bail", "Réalisé", "8 000 €"), False),
    ],
)
def test_a_row_may_replace_the_one_above(above, below, replaced) -> None:
    assert replaces(dict(enumerate(above)), dict(enumerate(below))) is replaced


AXES = [
    {1: "Axe 1 – Produire", 3: "40 000 €", 4: "12 000 €"},
    {1: "Logements abordables", 2: "Auvergne Habitat", 3: "25 000 €", 4: "8 000 €"},
    {1: "Intermédiation", 2: "SIRA", 3: "15 000 €", 4: "4 000 €"},
    {1: "Axe 2 – Accompagner", 3: "9 000 €", 4: "2 000 €"},
    {1: "Travail pair", 2: "Ville", 3: "9 000 €", 4: "2 000 €"},
]


def test_rows_that_add_up_those_below_are_totals() -> None:
    assert subtotals(AXES) == [0, 3]
    assert subtotals([{**AXES[0], 3: "41 000 €"}, *AXES[1:]]) == []  # contradicted: an action?
    assert subtotals(AXES[1:]) == []
    assert subtotals([AXES[1], AXES[2]]) == []


def test_an_axis_is_a_total_though_it_has_as_many_cells_as_its_actions() -> None:
    rows = [
        {1: "Axe 1 – Loger", 2: "40 000 €", 3: "12 000 €"},
        {1: "Bail glissant", 2: "30 000 €", 3: "12 000 €"},
        {1: "Dont salaires", 2: "25 000 €"},
        {1: "Étude", 2: "10 000 €"},
        {1: "Axe 2 – Accompagner", 2: "12 000 €", 3: "3 000 €"},
        {1: "Maraude", 2: "7 000 €", 3: "2 000 €"},
        {1: "Halte", 2: "5 000 €", 3: "1 000 €"},
    ]
    assert subtotals(rows) == [0, 4]
    assert subtotals([{**rows[0], 1: "Veille"}, *rows[1:4], {**rows[4], 1: "Suivi"}]) == []
    assert subtotals([{**rows[0], 2: "41 000 €"}, *rows[1:]]) == []


def test_a_total_may_have_a_number_and_shares() -> None:
    rows = [{**{k + 1: text for k, text in row.items()}, 6: "60 %"} for row in AXES]
    numbered = [{1: n, **row} for n, row in zip(("1", "1.1", "1.2", "2", "2.1"), rows, strict=True)]
    assert subtotals(numbered) == [0, 3]


def test_an_action_whose_parts_have_sums_of_their_own_is_their_total() -> None:
    rows = [
        {1: "1", 2: "Aller vers", 3: "CCAS", 4: "40 000 €"},
        {1: "a)", 2: "Maraude", 3: "Croix-Rouge", 4: "25 000 €", 5: "Ville : 5 000 €"},
        {1: "b)", 2: "Bagagerie", 3: "Emmaüs", 4: "15 000 €"},
        {1: "2", 2: "Observatoire", 3: "Métropole", 4: "9 000 €"},
        {1: "3", 2: "Offre adaptée", 3: "Métropole", 4: "40 000 €", 5: "-"},
        {1: "a)", 2: "Captation", 3: "Soliha", 4: "30 000 €"},
        {1: "b)", 2: "Logements adaptés", 3: "Habitat 76", 4: "10 000 €"},
    ]
    assert subtotals(rows) == [0, 4]
    assert subtotals([{**rows[0], 4: "41 000 €"}, *rows[1:]]) == []  # its own besides?
    assert subtotals([{**row, 1: str(i)} for i, row in enumerate(rows)]) == []
    assert subtotals(rows[:3]) == []  # a sum of two may be chance
    parts = [{**row, 2: f"dont {row[2]}"} if row[1] in ("a)", "b)") else row for row in rows]
    assert subtotals(parts) == []  # details of it, no actions
    lettered = [
        {**row, 1: "", 2: f"{row[1]} {row[2]}"} if row[1] in ("a)", "b)") else row for row in rows
    ]
    assert subtotals([{k: t for k, t in row.items() if t} for row in lettered]) == [0, 4]


CREDITS = {1: "Crédits de la convention", 3: "40 000 €", 4: "12 000 €"}


@pytest.mark.parametrize(
    ("rows", "totals"),
    [
        ([*AXES[1:3], CREDITS], [2]),
        ([CREDITS, *AXES[1:3]], [0]),
        ([*AXES[1:3], {3: "40 000 €", 4: "12 000 €"}], [2]),
        ([*AXES[1:3], AXES[0], AXES[4], AXES[3]], [2, 4]),
        (
            [*AXES[1:3], AXES[0], AXES[4], AXES[3], {1: "Ville", 3: "49 000 €", 4: "14 000 €"}],
            [2, 4, 5],
        ),
        ([*AXES[1:3], {**CREDITS, 4: "13 000 €"}], []),
        ([*AXES[1:3], {**CREDITS, 2: "Métropole"}], []),  # as many cells as an action
        ([*AXES[1:3], CREDITS, AXES[3]], []),  # what is this of?
        ([CREDITS], []),
        ([], []),
    ],
)
def test_totals_are_known_by_what_they_add_up(rows, totals) -> None:
    assert subtotals(rows) == totals


def test_one_column_proves_a_total_of_three_rows_only() -> None:
    actions = [{1: f"Action {i}", 2: "CCAS", 3: "10 000 €"} for i in range(3)]
    total = {1: "Crédits de la convention", 3: "30 000 €"}
    assert subtotals([*actions, total]) == [3]
    assert subtotals([*actions[1:], {**total, 3: "20 000 €"}]) == []


BELOW = [
    ("body", {1: "1", 2: "Observatoire", 3: "CCAS", 4: "41 000 €"}),
    ("body", {1: "2", 2: "Maraude", 3: "ADIL", 4: "30 000 €"}),
    ("total", {2: "Total", 4: "71 000 €"}),
    ("body", {2: "Acompte de 50 %", 4: "35 500 €"}),
    ("body", {2: "Taux", 4: "80 %"}),
]


def test_rows_below_the_total_are_no_entries() -> None:
    kinds, rows = zip(*BELOW, strict=True)
    assert entries(kinds, rows) == 3
    assert entries(kinds[:3], rows[:3]) == 3
    assert entries(["body"] * 5, rows) == 5


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        (2, {2: "Total", 4: "72 000 €"}),  # of what?
        (3, {2: "Halte de jour", 3: "CCAS", 4: "35 500 €"}),
        (3, {1: "3", 2: "Halte de jour", 4: "35 500 €"}),
    ],
)
def test_actions_below_a_total_are_entries(changed: int, text: dict[int, str]) -> None:
    kinds, rows = zip(*BELOW, strict=True)
    assert entries(kinds, [text if i == changed else row for i, row in enumerate(rows)]) == 5
