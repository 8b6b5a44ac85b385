"""Parts of tables on several pages become one logical table."""

from dataclasses import replace
from itertools import pairwise

import pytest

from extractors.grids.grid import Grid, GridCell, text_lines
from extractors.pages.page import Box, Page, Word
from extractors.tables.logical import judged, read_tables
from normalizers.words import Vocabulary

HEAD = ("Pilote", "Action", "Montant")
WIDE = (10.0, 110.0, 310.0, 400.0)


def grid(number, rows, xs=WIDE, top=50.0):
    ys = [top + 30 * r for r in range(len(rows) + 1)]
    cells = [
        GridCell(r, r + 1, c, c + 1, box, words(text, box, bold=row == HEAD))
        for r, row in enumerate(rows)
        for c, (text, (x0, x1)) in enumerate(zip(row, pairwise(xs), strict=True))
        for box in [Box(x0, ys[r], x1, ys[r + 1])]
    ]
    return Grid(number, tuple(xs), tuple(ys), tuple(cells))


def words(text, box, bold):
    x, result = box.x0 + 2, []
    for piece in text.split():
        place = Box(x, box.top + 5, x + 4 * len(piece), box.top + 15)
        result.append(Word(piece, place, box.top + 13, 9, bold))
        x = place.x1 + 2
    return tuple(result)


def tables_of(pages, grids):
    return [table for table, _ in read_tables(pages, grids, Vocabulary.of([]))]


def read(*grids, text=()):
    """The tables of one grid a page; `text`: (page, y) of lines outside."""
    pages = [
        Page(
            n,
            420,
            600,
            tuple(Word("x", Box(10, y, 15, y + 9), y, 9, False) for p, y in text if p == n),
        )
        for n in range(1, len(grids) + 1)
    ]
    tables = tables_of(pages, {g.page: [g] for g in grids})
    return [(t.columns, [[c.text for c in row.cells] for row in t.rows]) for t in tables]


FIRST = grid(1, [HEAD, ("Ville", "Maraude", "10 €"), ("CCAS", "Accueil de", "20 €")])


@pytest.mark.parametrize(
    "second",
    [
        grid(2, [HEAD, ("Toit", "Bail", "5 €")]),
        grid(2, [("Toit", "Bail", "5 €")]),
        grid(2, [HEAD, ("Toit", "Bail", "5 €")], xs=(30.0, 110.0, 270.0, 342.0)),
    ],
    ids=["head repeated", "head once", "narrower"],
)
def test_a_table_goes_on_over_a_page(second):
    ((columns, rows),) = read(FIRST, second)
    assert columns == list(HEAD)
    assert rows[-1] == ["Toit", "Bail", "5 €"]
    assert len(rows) == 3


@pytest.mark.parametrize(
    ("between", "tables"), [((), 1), ((Word("x", Box(9, 9, 14, 18), 17, 9, False),), 2)]
)
def test_a_table_goes_on_over_a_blank_page_only(between, tables):
    pages = [Page(n, 420, 600, between if n == 2 else ()) for n in (1, 2, 3)]
    grids = {1: [FIRST], 3: [grid(3, [("Toit", "Bail", "5 €")])]}
    assert len(tables_of(pages, grids)) == tables


@pytest.mark.parametrize(
    ("foot", "caption", "tables"),
    [
        ("", "Annexe 1 (suite)", 1),
        ("", "Suite du tableau des actions", 1),
        (".../...", "(suite)", 1),
        ("", "Budget annexe", 2),
        ("", "Suite à la réunion", 2),
        ("Les crédits sont versés.", "(suite)", 2),
        ("(1) Sous réserve des crédits disponibles.", "Annexe 1 (suite)", 1),
        ("* Montant arrondi.", "", 1),
    ],
)
def test_a_table_goes_on_without_its_head_under_words_that_say_so(foot, caption, tables):
    below = words(foot, Box(10, 400, 400, 420), bold=False)
    above = words(caption, Box(10, 10, 400, 30), bold=False)
    pages = [Page(1, 420, 600, below), Page(2, 420, 600, above)]
    grids = {1: [FIRST], 2: [grid(2, [("Toit", "Bail", "5 €")])]}
    assert len(tables_of(pages, grids)) == tables


@pytest.mark.parametrize(
    ("first", "tables"),
    [(("Re port", "", "30 €"), 1), (("", "Axe 2", ""), 1), (("Porteur", "", "Coût"), 2)],
    ids=["sums carried over", "a title", "heads"],
)
def test_sums_and_titles_head_no_other_table(first, tables):
    above = words("Annexe 1 (suite)", Box(10, 10, 400, 30), bold=False)
    pages = [Page(1, 420, 600, ()), Page(2, 420, 600, above)]
    plain = grid(2, [first, ("Toit", "Bail", "5 €")])
    bold = (
        replace(c, words=tuple(replace(w, bold=not c.row) for w in c.words)) for c in plain.cells
    )
    more = replace(plain, cells=tuple(bold))
    assert len(tables_of(pages, {1: [FIRST], 2: [more]})) == tables


@pytest.mark.parametrize(
    ("foot", "confidence", "tables"), [("LP", 0.5, 1), ("- .", 0.8, 1), ("Total", 0.8, 2)]
)
def test_a_table_goes_on_over_the_initials_at_the_foot_of_a_scan(foot, confidence, tables):
    signed = [
        replace(word, confidence=confidence)
        for word in words(foot, Box(300, 560, 400, 590), bold=False)
    ]
    pages = [Page(1, 420, 600, tuple(signed)), Page(2, 420, 600, ())]
    grids = {1: [FIRST], 2: [grid(2, [("Toit", "Bail", "5 €")])]}
    assert len(tables_of(pages, grids)) == tables


@pytest.mark.parametrize(
    ("foot", "size", "tables"), [("DR", 30.0, 1), ("Total", 30.0, 2), ("DR", 9.0, 2)]
)
def test_initials_are_as_large_as_a_pen_writes_them(foot, size, tables):
    printed = words("Le pilote suit ces actions", Box(10, 10, 400, 30), bold=False)
    penned = words(foot, Box(300, 560, 400, 590), bold=False)
    said = [replace(w, confidence=0.9) for w in (*printed, *penned)]
    said[-1] = replace(said[-1], size=size)
    pages = [Page(1, 420, 600, tuple(said)), Page(2, 420, 600, ())]
    grids = {1: [FIRST], 2: [grid(2, [("Toit", "Bail", "5 €")])]}
    assert len(tables_of(pages, grids)) == tables


def test_a_table_goes_on_without_its_head_under_the_same_title():
    pages = [Page(n, 420, 600, words("Annexe", Box(10, 10, 400, 30), bold=True)) for n in (1, 2)]
    more = [("Toit", "Bail", "5 €")]
    for xs, tables in ((WIDE, 1), ((10.0, 116.0, 310.0, 400.0), 2)):
        grids = {1: [FIRST], 2: [grid(2, more, xs=xs)]}
        assert len(tables_of(pages, grids)) == tables


MANY = ("N°", "Action", "Pilote", "Objectif", "AMI", "Ville")
MANY_XS = (10.0, 40.0, 140.0, 200.0, 300.0, 350.0, 400.0)
ROW = ("2", "Bail", "Toit", "Loger", "5 €", "4 €")


@pytest.mark.parametrize(("edge", "tables"), [(400.0, 1), (405.0, 1), (420.0, 2)])
def test_the_columns_of_a_continuation_may_be_set_by_its_own_texts(edge, tables):
    first = grid(1, [MANY, ("1", "Étude", "CCAS", "Voir", "9 €", "3 €")], xs=MANY_XS)
    more = grid(2, [ROW, ROW], xs=(10.0, 50.0, 160.0, 230.0, 280.0, 340.0, edge))
    above = words("Annexe 1 (suite)", Box(10, 10, 400, 30), bold=False)
    pages = [Page(1, 420, 600, ()), Page(2, 420, 600, above)]
    ruled = [replace(one, ruled=True) for one in (first, more)]
    assert len(tables_of(pages, {1: ruled[:1], 2: ruled[1:]})) == tables


@pytest.mark.parametrize(("xs", "tables"), [(MANY_XS[:-1], 1), ((*MANY_XS[:-2], 380.0), 2)])
def test_the_last_column_may_say_nothing_below_its_heading(xs, tables):
    head = grid(1, [MANY], xs=MANY_XS, top=50.0)
    body = grid(1, [ROW[: len(xs) - 1]], xs=xs, top=82.0)
    assert len(tables_of([Page(1, 420, 600, ())], {1: [head, body]})) == tables


@pytest.mark.parametrize(("edge", "count"), [(400.0, 1), (380.0, 2)])
def test_a_form_goes_on_though_a_table_within_parts_its_columns_further(edge, count):
    form = grid(1, [("Fiche 1", "Bail glissant"), ("Porteur", "CCAS")], xs=(10.0, 110.0, 400.0))
    budget = [("", "Charges", "Montant"), ("", "Salaires", "10 €")]
    tables = read(form, grid(2, budget, xs=(10.0, 110.0, 310.0, edge)))
    assert len(tables) == count
    if count == 1:
        assert tables[0][1][-1] == ["", "Salaires", "10 €"]


def test_a_table_is_judged_by_what_readers_say_of_its_own_grids():
    alone = grid(1, [HEAD, ("Toit", "Bail", "5 €")], top=50.0)
    again = grid(1, [HEAD, ("Ville", "Maraude", "10 €")], top=400.0)
    rest = grid(2, [("CCAS", "Accueil", "20 €")])
    pages = [Page(1, 420, 600, words("Autre", Box(10, 300, 60, 309), False)), Page(2, 420, 600, ())]
    placed = read_tables(pages, {1: [alone, again], 2: [rest]}, Vocabulary.of([]))
    said = {
        1: [replace(alone, compared=4, agreed=1), replace(again, compared=3, agreed=3)],
        2: [replace(rest, compared=1, agreed=0)],
    }
    assert [judged(table, places, said).agreement for table, places in placed] == [0.25, 0.75]


def test_the_head_is_kept_with_its_places_once():
    second = grid(2, [HEAD, ("Toit", "Bail", "5 €")])
    pages = [Page(n, 420, 600, ()) for n in (1, 2)]
    (table,) = tables_of(pages, {1: [FIRST], 2: [second]})
    (head,) = table.head
    assert [(c.column, c.text, c.place.page) for c in head] == [
        (column, text, 1) for column, text in enumerate(HEAD, start=1)
    ]
    assert [(c.place.x0, c.place.top, c.place.x1) for c in head] == [
        (x0, 50.0, x1) for x0, x1 in pairwise(WIDE)
    ]


def test_a_row_cut_by_the_page_is_one():
    ((_, rows),) = read(FIRST, grid(2, [("", "jour et de nuit", ""), ("Toit", "Bail", "5 €")]))
    assert rows[1] == ["CCAS", "Accueil de jour et de nuit", "20 €"]
    assert len(rows) == 3


@pytest.mark.parametrize(("column", "kinds"), [(1, ["body"] * 4), (0, ["body", "body", "section"])])
def test_the_rest_of_a_cut_row_that_nothing_parts_from_the_cells_beside_it(column, kinds):
    below = grid(2, [("", "", ""), ("Toit", "Bail", "5 €"), ("Gîte", "Halte", "6 €")])
    across = Box(WIDE[0], 50, WIDE[-1], 80)
    set_in = replace(across, x0=WIDE[column])
    rest = GridCell(0, 1, 0, 3, across, words("jour et de nuit", set_in, bold=False))
    below = replace(below, cells=(rest, *below.cells[3:]))
    (table,) = tables_of([Page(n, 420, 600, ()) for n in (1, 2)], {1: [FIRST], 2: [below]})
    assert [row.kind for row in table.rows][: len(kinds)] == kinds
    assert (table.rows[1].cells[1].text == "Accueil de jour et de nuit") == (column == 1)


@pytest.mark.parametrize(
    ("row", "count"),
    [
        (("13", "Toit", "Bail glissant", "Orienter", "-"), 4),
        (("13", "Toit", "Bail glissant", "Orienter", ""), 4),
        (("", "", "pour les familles", "durablement", ""), 3),
        (("", "Sud", "pour les familles", "durablement", "CAF : 5 €"), 3),
    ],
    ids=["another row", "less a cell", "the rest of two cells", "the rest of most"],
)
def test_a_row_that_tells_all_anew_is_no_rest_of_the_row_above(row, count):
    xs = [30, 60, 120, 220, 300, 380]
    head = ("N°", "Pilote", "Action", "Objectif", "Cofinancement")
    above = ("12", "CCAS", "Accueil de jour", "Accompagner", "-")
    first = grid(1, [head, ("11", "Ville", "Maraude", "Aller vers", "-"), above], xs)
    second = grid(2, [row, ("14", "Ville", "Pension", "Loger", "-")], xs)
    ((_, rows),) = read(first, second)
    assert len(rows) == count


@pytest.mark.parametrize(
    ("again", "count"),
    [
        pytest.param(("N°", "Pilote", "Action", "ge” RÉGU 00d", "Suivi"), 2, id="a stamp on it"),
        pytest.param(("N°", "Ville", "Maraude", "ge” RÉGU 00d", "Suivi"), 3, id="another row"),
        pytest.param(("N°", "Pilote", "Action", "Financement AMI 2031", "Suivi"), 2, id="again"),
    ],
)
def test_a_repeated_head_under_a_stamp_is_no_row(again, count):
    xs = (50, 90, 150, 220, 300, 370)
    head = ("N°", "Pilote", "Action", "Financement AMI 2031", "Suivi")
    first = grid(1, [head, ("1", "Ville", "Maraude", "10 €", "-")], xs)
    second = grid(2, [again, ("2", "Ville", "Pension", "20 €", "-")], xs)
    ((_, rows),) = read(first, second)
    assert len(rows) == count


def test_a_head_with_another_number_is_not_repeated():
    forms = [
        grid(n, [(f"Fiche action 1.{n}", "Axe 1", "Piloter"), ("Pilote", "Ville", "Métropole")])
        for n in (1, 2)
    ]
    assert "Fiche action 1.2" in str(read(*forms))


def test_the_rest_of_a_row_is_told_from_the_head_that_no_rule_parts_from_it():
    second = grid(2, [("Pilote", "Action jour et de nuit", "Montant"), ("Toit", "Bail", "5 €")])
    ((_, rows),) = read(FIRST, second)
    assert rows[1:] == [["CCAS", "Accueil de jour et de nuit", "20 €"], ["Toit", "Bail", "5 €"]]


@pytest.mark.parametrize(
    ("above", "below", "sums"),
    [
        ("20 000,0", "0 €", ["20 000,00 €"]),
        ("20 000,", "00 €", ["20 000,00 €"]),
        ("1 250", "000 €", ["1 250 000 €"]),
        ("2000", "0 €", ["20000 €"]),
        ("12", "500 €", ["12 500 €"]),
        ("20 000,50", "0 €", ["20 000,50", "0 €"]),
        ("12 000 €", "600 €", ["12 000 €", "600 €"]),
        ("2031", "12 000 €", ["2031\n12 000 €"]),
        ("Le 12", "01/03/2031", ["Le 12\n01/03/2031"]),
    ],
)
def test_a_figure_that_the_page_cuts_is_one(above, below, sums):
    first = grid(1, [HEAD, ("Ville", "Maraude", "10 €"), ("CCAS", "Lutte contre le non-", above)])
    ((_, rows),) = read(first, grid(2, [HEAD, ("", "recours aux droits", below)]))
    assert [row[2] for row in rows[1:]] == sums


@pytest.mark.parametrize(
    ("above", "below", "doubtful"),
    [("20", "0 €", True), ("20 000,", "00 €", False)],
)
def test_a_figure_that_the_page_need_not_have_cut_is_doubtful(above, below, doubtful):
    first = grid(1, [HEAD, ("Ville", "Maraude", "10 €"), ("CCAS", "Lutte contre le non-", above)])
    pages = [Page(n, 420, 600, ()) for n in (1, 2)]
    grids = {1: [first], 2: [grid(2, [HEAD, ("", "recours aux droits", below)])]}
    (table,) = tables_of(pages, grids)
    (cell,) = [c for c in table.rows[-1].cells if c.column == 3]
    assert (cell.confidence is not None) is doubtful


@pytest.mark.parametrize(
    ("below", "doubtful"),
    [(("", "", "600 €"), [True, True]), (("", "Bail", "600 €"), [False, False])],
    ids=["a sum alone", "a row"],
)
def test_a_sum_alone_at_the_top_of_a_page_is_doubtful(below, doubtful):
    first = grid(1, [HEAD, ("Ville", "Maraude", "10 €"), ("CCAS", "Accueil.", "12 400 €")])
    pages = [Page(n, 420, 600, ()) for n in (1, 2)]
    grids = {1: [first], 2: [grid(2, [HEAD, below])]}
    (table,) = tables_of(pages, grids)
    told = [c for row in table.rows[1:] for c in row.cells if c.column == 3]
    assert [c.confidence is not None for c in told] == doubtful


@pytest.mark.parametrize(
    ("upper", "lower", "width", "text"),
    [
        ("12850", "0 €", 25, "128500 €"),
        ("128", "500 €", 25, "128 500 €"),
        ("3 000", "500 €", 90, "3 000\n500 €"),
    ],
)
def test_a_figure_that_a_narrow_column_breaks_is_one(upper, lower, width, text):
    box = Box(310, 80, 310 + width, 120)
    inside = [
        replace(word, baseline=y, box=replace(word.box, top=y - 8, bottom=y + 2))
        for line, y in ((upper, 94), (lower, 106))
        for word in words(line, box, bold=False)
    ]
    first = grid(1, [HEAD, ("Ville", "Maraude", "10 €")])
    *others, last = first.cells
    last = replace(last, words=tuple(inside), box=box)
    ((_, rows),) = read(replace(first, cells=(*others, last)))
    assert rows[0][2] == text


@pytest.mark.parametrize(
    ("read_as", "confidence"),
    [
        pytest.param({"Bailleurs": 0.9, "[illisible]": 0.0, "VN": 0.9}, 0.0, id="strokes"),
        pytest.param({"Bailleurs": 0.9, "12": 0.5, "000": 0.7}, 0.5, id="figures"),
        pytest.param({"Bailleurs": 0.9, "sociaux": 0.0}, 0.45, id="words"),
        pytest.param({"Baileurs": 0.8, "sociaux": 1.0}, 0.5, id="a word that nobody knows"),
        pytest.param({"Baileurs": 0.9, "sociaux": 1.0}, 0.95, id="a surely read name"),
        pytest.param({"SOLIHA": 0.8, "Sud": 1.0}, 0.9, id="a sigle"),
        pytest.param({"3.1": 0.9, "Équipe": 1.0, "mobilea": 0.7}, 0.5, id="a word after a number"),
        pytest.param({"30": 0.9, "€": 1.0, "Baileurs": 0.7, "Sud": 1.0}, 0.9, id="after a sum"),
        pytest.param({"Maraudes": 0.8, "Ville": 1.0}, 0.9, id="French words"),
    ],
)
def test_a_cell_is_as_doubtful_as_what_may_be_a_figure_in_it(read_as, confidence):
    first = grid(1, [HEAD, ("Ville", "Maraude", " ".join(read_as))])
    *others, last = first.cells
    inside = tuple(replace(word, confidence=read_as[word.text]) for word in last.words)
    pages = {1: [replace(first, cells=(*others, replace(last, words=inside)))]}
    (table,) = tables_of([Page(1, 420, 600, ())], pages)
    assert table.rows[-1].cells[-1].confidence == confidence


@pytest.mark.parametrize("upwards", [True, False])
def test_words_on_their_side_are_read_as_they_run(upwards):
    lower, upper = (
        Word(text, Box(50, top, 60, bottom), bottom if upwards else top, 9, True, 0.9)
        for text, top, bottom in (("Financement", 40, 90), ("notifié", 8, 36))
    )
    (line,) = text_lines([upper, lower])
    assert line == ((lower, upper) if upwards else (upper, lower))


def test_sums_are_never_joined():
    ((_, rows),) = read(FIRST, grid(2, [("Toit", "de nuit", "5 €")]))
    assert [row[2] for row in rows] == ["10 €", "20 €", "5 €"]


@pytest.mark.parametrize(
    ("second", "text"),
    [
        (grid(2, [("Exercice", "Reliquat", "Note"), ("2031", "4 €", "a")]), [(1, 300)]),
        (grid(2, [("Toit", "Bail", "5 €")]), [(2, 20)]),
        (grid(2, [("Toit", "Bail", "5 €")], xs=(10.0, 200.0, 250.0, 400.0)), []),
    ],
    ids=["text below", "text above", "other columns"],
)
def test_tables_that_stay_apart(second, text):
    assert len(read(FIRST, second, text=text)) == 2


@pytest.mark.parametrize(("bold", "count"), [(False, 1), (True, 2)])
def test_a_row_on_colour_opens_a_page_of_a_banded_table(bold, count):
    def banded(some, *rows):
        return replace(some, cells=tuple(replace(c, filled=c.row in rows) for c in some.cells))

    first = banded(grid(1, [HEAD, *(("Ville", f"Bail {n}", f"{n} €") for n in (1, 2, 3))]), 1)
    second = banded(grid(2, [("Toit", "Accueil", "5 €"), ("CCAS", "Rue", "8 €")]), 0)
    cells = (
        replace(c, words=tuple(replace(w, bold=bold and not c.row) for w in c.words))
        for c in second.cells
    )
    assert len(read(first, replace(second, cells=tuple(cells)))) == count


def test_after_a_total_and_a_title_the_same_head_opens_another_table():
    ended = grid(1, [HEAD, ("Ville", "Maraude", "10 €"), ("Total", "", "10 €")])
    again = grid(2, [HEAD, ("Ville", "Maraude", "12 €")])
    assert len(read(ended, again, text=[(2, 20)])) == 2
    assert len(read(ended, again)) == 1


@pytest.mark.parametrize(
    "rows",
    [
        [("PILOTE : Ville", "FINANCEMENT : 5 €", "DURÉE : 1 an"), ("Objectif", "Loger", "")],
        [("Objectif", "Loger trente ménages", "")],
    ],
    ids=["values beside their labels", "one row"],
)
def test_what_is_no_head(rows):
    ((columns, read_rows),) = read(grid(1, rows))
    assert columns == ["", "", ""]
    assert len(read_rows) == len(rows)


TWO, FOUR = (10.0, 110.0, 400.0), (10.0, 90.0, 200.0, 280.0, 400.0)


@pytest.mark.parametrize(
    ("rows", "form"),
    [
        (
            [
                ("Pilote", "Le Toit"),
                ("Objectifs", "Loger trente jeunes"),
                ("Contenu", "Un éducateur les suit"),
                ("Montant", "41 000 €"),
            ],
            True,
        ),
        (
            [
                ("Pilote", "Le Toit", "Montant", "41 000 €"),
                ("Objectifs", "Loger des jeunes", "Contenu", "Suivi par un éducateur"),
            ],
            True,
        ),
        (
            [
                ("Pilote", "Le Toit", "Public", "Jeunes"),
                ("Objectifs", "Loger des jeunes", "Contenu", "Suivi par un éducateur"),
                ("Durée", "Un an", "Montant", "41 000 €"),
            ],
            True,
        ),
        ([("Poste", "Montant de la subvention"), ("Loyer", "4 €"), ("Bail", "6 €")], False),
        ([("Poste", "Montant"), ("Local", "prêté par la Ville"), ("Bail", "6 €")], False),
    ],
    ids=["two columns", "a sum in the first row", "four columns", "sums", "a gift among sums"],
)
def test_labels_beside_texts_and_sums_are_a_form(rows, form):
    ((columns, read_rows),) = read(grid(1, rows, xs=TWO if len(rows[0]) == 2 else FOUR))
    assert (not any(columns)) is form
    assert len(read_rows) == len(rows) - (not form)


@pytest.mark.parametrize(
    ("beneath", "columns"),
    [
        ([("", "", "(en €)")], ["Pilote", "Action", "Montant (en €)"]),
        ([("", "", "k€"), ("(1)", "(2)", "(3)")], ["Pilote", "Action", "Montant k€"]),
        ([("1", "2", "3")], list(HEAD)),
        ([("(1) (2)", "(3)", "(4)")], list(HEAD)),
    ],
)
def test_units_and_numbers_of_columns_belong_to_the_head(beneath, columns):
    rows = [HEAD, *beneath, ("Ville", "Maraude", "10")]
    assert read(grid(1, rows)) == [(columns, [["Ville", "Maraude", "10"]])]


@pytest.mark.parametrize(("bold", "count"), [(True, 3), (False, 2)])
def test_a_bold_text_alone_on_the_next_page_is_no_rest_of_a_row(bold, count):
    title = grid(2, [("", "du soir", "")])
    cells = [replace(c, words=tuple(replace(w, bold=bold) for w in c.words)) for c in title.cells]
    ((_, rows),) = read(FIRST, replace(title, cells=tuple(cells)))
    assert len(rows) == count


def test_the_name_of_a_part_on_the_next_page_is_no_rest_of_a_row():
    ((_, rows),) = read(FIRST, grid(2, [("", "Axe 2 – Observer", "")]))
    assert rows[-1] == ["", "Axe 2 – Observer", ""]


@pytest.mark.parametrize(
    ("bold", "kinds"),
    [
        ((1, 3), "section body section body"),
        ((), "body body body body"),
        ((3,), "body body section body"),
    ],
    ids=["bold", "plain", "one"],
)
def test_a_bold_text_alone_in_its_row_is_a_title_over_rows(bold, kinds):
    heads = ("N°", "Pilote", "Action", "Montant")
    titles = [("", "", f"Axe {n}", "") for n in (1, 2)]
    body = [("1", "Ville", "Rue", "8 €"), ("2", "CCAS", "Bail", "9 €")]
    made = grid(1, [heads, titles[0], body[0], titles[1], body[1]], xs=FOUR)
    cells = [
        replace(c, words=tuple(replace(w, bold=c.row in (0, *bold)) for w in c.words))
        for c in made.cells
    ]
    pages = [Page(1, 420, 600, ())]
    (table,) = tables_of(pages, {1: [replace(made, cells=tuple(cells))]})
    assert " ".join(row.kind for row in table.rows) == kinds


AXIS_ALONE = ("", "", "Axe 2 – Observer, coordonner", "")


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        ([AXIS_ALONE, ("1", "Ville", "Rue", "8 €")], "section body"),
        ([AXIS_ALONE, AXIS_ALONE, ("1", "Ville", "Rue", "8 €")], "section section body"),
        ([AXIS_ALONE, AXIS_ALONE], "body body"),
        ([("", "", "Axe 2 – Observer", "9 €"), ("1", "Ville", "Rue", "8 €")], "body body"),
    ],
    ids=["a row below", "no action of the first", "rows of nothing else", "a sum beside"],
)
def test_the_name_of_a_part_alone_in_its_row_is_a_title_in_any_type(rows, kinds):
    made = grid(1, [("N°", "Pilote", "Action", "Montant"), *rows], xs=FOUR)
    (table,) = tables_of([Page(1, 420, 600, ())], {1: [made]})
    assert " ".join(row.kind for row in table.rows) == kinds


@pytest.mark.parametrize(
    ("title", "confidence", "kind"),
    [
        (("Axe 1", "– Accéder", "au logement", ""), 0.9, "section"),
        (("Axe 1", "– Accéder", "au logement", ""), None, "body"),
        (("Axe 1", "Accéder", "au logement", ""), 0.9, "body"),
        (("Axe 1", "– Accéder", "", "8 €"), 0.9, "body"),
    ],
)
def test_a_title_over_rows_that_the_uprights_of_a_scan_part(title, confidence, kind):
    heads = ("N°", "Pilote", "Action", "Montant")
    made = grid(1, [heads, title, ("1", "Ville", "Rue", "8 €"), ("2", "CCAS", "B", "9 €")], xs=FOUR)
    cells = [
        replace(c, words=tuple(replace(w, confidence=confidence) for w in c.words))
        for c in made.cells
    ]
    (table,) = tables_of([Page(1, 420, 600, ())], {1: [replace(made, cells=tuple(cells))]})
    assert [row.kind for row in table.rows] == [kind, "body", "body"]


def test_a_bold_text_alone_in_a_row_of_merged_cells_is_a_title_over_rows():
    heads = ("N°", "Pilote", "Action", "Montant")
    rows = [
        heads,
        ("Associations", "", "", ""),
        ("1", "Ville", "Rue", "8 €"),
        ("2", "X", "Y", "9 €"),
    ]
    made = grid(1, rows, xs=FOUR)
    cells = [
        replace(c, words=tuple(replace(w, bold=c.row < 2) for w in c.words))
        for c in made.cells
        if (c.row, c.column) not in ((1, 1), (1, 3))
    ]
    merged = [replace(c, column_end=c.column + 2) if c.row == 1 else c for c in cells]
    (table,) = tables_of([Page(1, 420, 600, ())], {1: [replace(made, cells=tuple(merged))]})
    assert [row.kind for row in table.rows] == ["section", "body", "body"]


@pytest.mark.parametrize(("beside", "doubted"), [(3, True), (2, False)])
def test_a_row_of_a_scan_in_which_columns_were_read_as_one_is_in_doubt(beside, doubted):
    made = grid(1, [HEAD, ("Ville", "Rue", "8 €"), ("CCAS", "Bail", "9 €")])
    texts = [
        Word(text, Box(x, y, x + 20, y + 9), y + 7, 9, False, 0.9)
        for y in (60, 70, 80)
        for text, x in list(zip(("Équipe", "Clair", "file"), (115, 175, 235), strict=True))[:beside]
    ]
    cells = [
        replace(
            c,
            words=tuple(texts)
            if (c.row, c.column) == (1, 1)
            else tuple(replace(w, confidence=0.9) for w in c.words),
        )
        for c in made.cells
    ]
    (table,) = tables_of([Page(1, 420, 600, ())], {1: [replace(made, cells=tuple(cells))]})
    sure = [row.cells[-1].confidence for row in table.rows]
    assert sure == [0.5 if doubted else 0.9, 0.9]


@pytest.mark.parametrize(
    ("over", "told", "titled"), [(2, "8 €", True), (1, "8 €", True), (1, "Rue", False)]
)
def test_a_title_over_the_first_columns_stands_above_the_head(over, told, titled):
    """One in the first column alone does above headings of all columns, over sums."""
    title, *cells = grid(1, [("Annexe", "", ""), HEAD, ("Ville", "Rue", told)]).cells
    wide = replace(title, column_end=over, box=replace(title.box, x1=WIDE[over]))
    found = replace(
        grid(1, [HEAD] * 3), cells=(wide, *[c for c in cells if c.row or c.column >= over])
    )
    ((columns, rows),) = read(found)
    assert (columns == list(HEAD)) is titled
    assert rows[-1] == ["Ville", "Rue", told]


@pytest.mark.parametrize(("bold", "count"), [(0, 1), (1, 2)], ids=["rows below", "a head below"])
def test_a_title_over_rows_opens_a_page_of_its_table(bold, count):
    rows = [("Axe 2", "", ""), ("Équipe", "Lieu", "Coût"), ("CCAS", "Rue", "8 €")]
    title, *cells = grid(2, rows).cells
    wide = replace(title, column_end=3, box=replace(title.box, x1=WIDE[-1]))
    second = [
        replace(c, words=tuple(replace(w, bold=c.row <= bold) for w in c.words))
        for c in (wide, *(c for c in cells if c.row))
    ]
    tables = read(FIRST, replace(grid(2, rows), cells=tuple(second)))
    assert len(tables) == count


@pytest.mark.parametrize("head", [HEAD, ("Qui", "Quoi", "Combien")], ids=["bold", "over sums"])
def test_a_head_at_the_foot_of_a_page_heads_the_next(head):
    body = [("Ville", "Maraude", "10 €"), ("CCAS", "Accueil", "20 €")]
    ((columns, rows),) = read(grid(1, [head]), grid(2, body))
    assert columns == list(head)
    assert rows == [list(row) for row in body]
    ((columns, rows),) = read(grid(1, [("Toit", "Bail", "5 €")]), grid(2, body))
    assert columns == ["", "", ""]
    assert len(rows) == 3


@pytest.mark.parametrize(("text", "count"), [([(2, 20)], 2), ([], 1)], ids=["named", "unnamed"])
def test_a_form_below_the_name_of_another_action_is_another(text, count):
    columns = (10.0, 210.0, 400.0)
    forms = [
        grid(n, [("PILOTE : CCAS", f"AMI : {n}0 500 €"), ("Objectif", "Loger")], columns)
        for n in (1, 2)
    ]
    assert len(read(*forms, text=text)) == count


def test_years_may_be_headings():
    ((columns, _),) = read(grid(1, [("Pilote", "2031", "2032"), ("Ville", "4 €", "6 €")]))
    assert columns == ["Pilote", "2031", "2032"]


@pytest.mark.parametrize(
    ("years", "columns"),
    [
        (("2033", "", "État"), ["2033 Obtenu", "2033 Dépensé", "2033 Reste", "État Suite"]),
        (("Crédits", "", "État"), ["Obtenu", "Crédits Dépensé", "Reste", "État Suite"]),
        (("2033", "", ""), ["Obtenu", "2033 Dépensé", "Reste", "Suite"]),
        (("2033", "", "2034"), ["Obtenu", "2033 Dépensé", "Reste", "2034 Suite"]),
    ],
    ids=["a year amid its columns", "no year", "above other heads", "two years"],
)
def test_a_year_without_borders_stands_over_the_columns_on_both_sides(years, columns):
    below = ("", "Obtenu", "Dépensé", "Reste", "Suite")
    rows = [("Pilote", "", *years), below, ("Ville", "9 €", "5 €", "4 €", "Oui")]
    found = grid(1, rows, (10.0, 110.0, 210.0, 310.0, 410.0, 510.0))
    first = found.cells[0]
    tall = replace(first, row_end=2, box=replace(first.box, bottom=found.ys[2]))
    cells = [tall, *(c for c in found.cells[1:] if (c.row, c.column) != (1, 0))]
    bold = (replace(c, words=tuple(replace(w, bold=c.row < 2) for w in c.words)) for c in cells)
    ((heads, _),) = read(replace(found, cells=tuple(bold)))
    assert heads == ["Pilote", *columns]


def test_a_text_without_label_goes_on_over_the_page():
    columns = (10.0, 110.0, 400.0)
    first = grid(1, [("OBJECTIF", "Accueillir."), ("MOYENS", "Deux postes.")], columns)
    ((_, rows),) = read(first, grid(2, [("", "Suivi annuel"), ("BILAN", "Aucun")], columns))
    assert rows[-2:] == [["MOYENS", "Deux postes.\nSuivi annuel"], ["BILAN", "Aucun"]]


def test_a_row_of_another_shape_is_another_row():
    first = grid(1, [HEAD, ("Ville", "Maraude", "10 €"), ("MOYENS ET", "deux postes", "un an")])
    wide = grid(2, [("INDICATEURS", "nombre de ménages", "")])
    label, text, _ = wide.cells
    spread = replace(text, column_end=3, box=Box(110, 50, 400, 80))
    ((_, rows),) = read(first, replace(wide, cells=(label, spread)))
    assert [row[0] for row in rows] == ["Ville", "MOYENS ET", "INDICATEURS"]


def test_the_rest_of_a_merged_cell_is_in_every_row_that_it_covers():
    tall = grid(1, [HEAD, ("Ville", "Maraude", "10 €"), ("", "Accueil de", "20 €")])
    kept = [c for c in tall.cells if not (c.column == 0 and c.row > 0)]
    pilot = next(c for c in tall.cells if c.column == 0 and c.row == 1)
    merged = replace(pilot, row_end=3, box=Box(10, 80, 110, 140))
    first = replace(tall, cells=(*kept, merged))
    ((_, rows),) = read(first, grid(2, [("de Sens", "jour et de nuit", "")]))
    assert [row[0] for row in rows] == ["Ville de Sens", "Ville de Sens"]


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        (("", "30 €", "30 €"), "total"),
        (("", "Bail", "30 €"), "body"),
    ],
    ids=["sums", "a text"],
)
def test_sums_below_the_word_that_adds_all_up_are_a_total(last, kind):
    plain = grid(1, [HEAD, ("CCAS", "Bail", "10 €"), ("TOTAL", "", ""), last])
    kept = [c for c in plain.cells if c.row != 2 or not c.column]
    wide = [replace(c, column_end=3) if c.row == 2 else c for c in kept]
    (table,) = tables_of([Page(1, 420, 600, ())], {1: [replace(plain, cells=tuple(wide))]})
    assert [row.kind for row in table.rows] == ["body", "total", kind]


def test_what_a_total_is_made_of_is_no_entry():
    rows = [HEAD, ("CCAS", "Bail", "10 €"), ("TOTAL", "", "10 €"), ("dont État", "", "8 €")]
    (table,) = tables_of([Page(1, 420, 600, ())], {1: [grid(1, rows)]})
    assert [row.kind for row in table.rows] == ["body", "total", "total"]


def test_a_total_beside_the_name_of_its_axis_is_one():
    rows = [HEAD, ("Loger", "Bail", "10 €"), ("", "Sous-total axe 1", "20 €")]
    plain = grid(1, rows)
    kept = [c for c in plain.cells if c.column or not c.row]
    axis = next(c for c in plain.cells if not c.column and c.row == 1)
    merged = replace(axis, row_end=3, box=replace(axis.box, bottom=plain.ys[3]))
    (table,) = tables_of([Page(1, 420, 600, ())], {1: [replace(plain, cells=(*kept, merged))]})
    assert [row.kind for row in table.rows] == ["body", "total"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([("un logement", False), ("pour tous", False)], "un logement pour tous"),
        ([("un logement", False), ("ACTION TERMINEE", True)], "un logement\nACTION TERMINEE"),
        ([("un logement -", False), ("pour tous", False)], "un logement - pour tous"),
        ([("→ un logement", False), ("→ un bail", False)], "→ un logement\n→ un bail"),
        ([("- un logement", False), ("- un bail", False)], "- un logement\n- un bail"),
        ([("Subvention N2 : /", False), ("Suite", False)], "Subvention N2 : / Suite"),
    ],
)
def test_paragraphs_of_a_cell(lines, text):
    box = Box(110, 80, 175, 120)
    cell = [
        Word(w.text, w.box, 90.0 + 11 * i, 9, bold)
        for i, (line, bold) in enumerate(lines)
        for w in words(line, Box(110, 80 + 11 * i, 175, 90 + 11 * i), bold)
    ]
    first = grid(1, [HEAD, ("Ville", "x", "10 €")])
    cells = [replace(c, words=tuple(cell), box=box) if (c.row, c.column) == (1, 1) else c
             for c in first.cells]  # fmt: skip
    ((_, ((_, read_text, _),)),) = read(replace(first, cells=tuple(cells)))
    assert read_text == text


@pytest.mark.parametrize("year", ["2031", "2031 (6 mois)", "2031 - 2032"])
def test_a_year_with_a_note_is_a_heading(year):
    ((columns, _),) = read(grid(1, [("Pilote", year, "Note"), ("Ville", "4 €", "a")]))
    assert columns == ["Pilote", year, "Note"]


@pytest.mark.parametrize(
    ("upper", "lower", "width", "text"),
    [
        ("Renouvelé", "e", 40, "Renouvelée"),
        ("accompagne", "ment social", 45, "accompagnement social"),
        ("Renouvelé", "e", 60, "Renouvelé\ne"),
        ("les élus", "locaux", 36, "les élus locaux"),
        ("pour", "suivre", 20, "pour suivre"),
    ],
    ids=["full", "both halves words", "room for more", "two words", "two words that make one"],
)
def test_a_word_that_a_narrow_column_cuts_is_one(upper, lower, width, text):
    box = Box(100, 50, 100 + width, 80)
    lines = [words(upper, box, bold=False), words(lower, Box(100, 62, 400, 92), bold=False)]
    cell = GridCell(1, 2, 0, 1, box, tuple(w for line in lines for w in line))
    head = GridCell(
        0, 1, 0, 1, Box(100, 20, 100 + width, 50), words("Suivi", Box(100, 20, 400, 50), bold=True)
    )
    other = [
        GridCell(r, r + 1, 1, 2, b, words(t, b, bold=not r))
        for r, t in enumerate(("Action", "Bail"))
        for b in [Box(100 + width, 20 + 30 * r, 300, 50 + 30 * r)]
    ]
    some = Grid(1, (100.0, 100.0 + width, 300.0), (20.0, 50.0, 80.0), (head, cell, *other))
    ((_, rows),) = read(some)
    assert rows[0][0] == text


def test_a_wording_that_the_next_row_replaces_is_no_entry():
    rows = [HEAD, ("au lieu de", "Bail", "15 000 €"), ("lire", "Bail", "14 000 €")]
    pages = [Page(1, 420, 600, ())]
    (table,) = tables_of(pages, {1: [grid(1, rows)]})
    assert [row.kind for row in table.rows] == ["replaced", "body"]


def test_the_sums_of_an_axis_over_its_actions_are_a_total():
    axes = [("", "Axe 1", "30 €"), ("CCAS", "Bail", "20 €"), ("Ville", "Halte", "10 €")]
    rows = [HEAD, *axes, ("", "Axe 2", "5 €"), ("Toit", "Étude", "5 €")]
    (table,) = tables_of([Page(1, 420, 600, ())], {1: [grid(1, rows)]})
    assert [row.kind for row in table.rows] == ["total", "body", "body", "total", "body"]


@pytest.mark.parametrize(
    ("texts", "bold", "columns"),
    [
        (("", "Action", "Somme"), True, ["Pilote", "Action", "Montant Somme"]),
        (("", "Action", "Somme"), False, list(HEAD)),
        (("Ville", "Action", "Somme"), True, list(HEAD)),
        (("", "Action", "10 €"), True, list(HEAD)),
    ],
    ids=["bold", "plain", "a first column", "a sum"],
)
def test_bold_texts_under_some_heads_are_heads(texts, bold, columns):
    sheet = grid(1, [HEAD, texts, ("CCAS", "Accueil", "20 €"), ("Toit", "Bail", "5 €")])
    cells = [
        replace(c, words=tuple(replace(w, bold=bold) for w in c.words)) if c.row == 1 else c
        for c in sheet.cells
    ]
    ((found, _),) = read(replace(sheet, cells=tuple(cells)))
    assert found == columns


@pytest.mark.parametrize(("text", "count"), [("Somme", 2), ("10 €", 1)])
def test_texts_beside_a_head_that_goes_down_are_heads(text, count):
    sheet = grid(
        1, [HEAD, ("", "Bail", text), ("CCAS", "Accueil", "20 €"), ("Toit", "Bail", "5 €")]
    )
    first, below = sheet.cells[0], sheet.cells[3]
    tall = replace(first, row_end=2, box=replace(first.box, bottom=below.box.bottom))
    rest = [
        replace(c, words=tuple(replace(w, bold=c.row < 2) for w in c.words))
        for c in sheet.cells[1:]
        if c is not below
    ]
    cells = [tall, *rest]
    ((columns, rows),) = read(replace(sheet, cells=tuple(cells)))
    assert len(rows) == 4 - count
    assert columns[0] == "Pilote"


@pytest.mark.parametrize(
    ("above", "below", "doubtful"),
    [
        ("Département : 8", "500 €", True),
        ("8", "500 000 euros", True),
        ("Département : 8 000 €", "500 €", False),
        ("8", "500 ménages", False),
    ],
)
def test_a_sum_whose_end_stands_in_the_next_row_is_doubted(above, below, doubtful):
    found = grid(1, [HEAD, ("Ville", "Maraude", above), ("CCAS", "Accueil", below)])
    (table,) = tables_of([Page(1, 420, 600, ())], {1: [found]})
    sums = [row.cells[2].confidence for row in table.rows]
    assert sums == [0.0 if doubtful else None] * 2
    assert all(cell.confidence is None for row in table.rows for cell in row.cells[:2])


@pytest.mark.parametrize(
    ("rows", "ruled", "joined"),
    [
        ([HEAD], False, True),
        ([HEAD], True, False),
        ([HEAD, ("a", "b", "c"), ("d", "e", "f")], False, False),
    ],
    ids=["a head alone", "over other rules", "a whole table"],
)
def test_a_head_that_is_drawn_ends_a_page_over_a_body_that_is_not(rows, ruled, joined):
    """The body's texts stand in its columns, though blanks part them elsewhere."""
    xs = (8.0, 95.0, 280.0, 395.0)
    body = [("Ville", "Maraude", ""), ("CCAS", "Accueil", "")]
    below = replace(grid(2, body, xs=xs), ruled=ruled)
    assert len(read(grid(1, rows), below)) == (1 if joined else 2)


def test_figures_far_apart_in_a_cell_are_no_one_number():
    box = Box(310.0, 80.0, 400.0, 110.0)
    count = words("12", box, False)
    total = words("125 000 €", replace(box, x0=box.x0 + 50), False)
    first = grid(1, [HEAD, ("Ville", "Maraude", "")])
    cells = [replace(c, words=(*count, *total)) if c.box == box else c for c in first.cells]
    ((_, rows),) = read(replace(first, cells=tuple(cells)))
    assert rows[0][2] == "12\n125 000 €"


NAMES = ("Pilote", "Action", "Montant", "Statut")
EVEN = (10.0, 110.0, 210.0, 310.0, 400.0)


@pytest.mark.parametrize(
    ("caption", "row", "tables"),
    [
        ("Annexe 1 (suite)", ("Toit", "Bail", "5 €", "En cours"), 1),
        ("Budget annexe", ("Toit", "Bail", "5 €", "En cours"), 2),
        ("Annexe 1 (suite)", ("Toit", "5 €", "Bail", "En cours"), 2),
    ],
    ids=["said", "not said", "other columns"],
)
def test_a_table_said_to_go_on_may_set_its_columns_anew(caption, row, tables):
    above = words(caption, Box(10, 10, 400, 30), bold=False)
    pages = [Page(1, 420, 600, ()), Page(2, 420, 600, above), Page(3, 420, 600, above)]
    first = grid(1, [NAMES, ("Ville", "Maraude", "10 €", "En cours")], xs=EVEN)
    anew = (10.0, 70.0, 180.0, 260.0, 400.0)
    grids = {1: [first], 2: [grid(2, [row], xs=anew)], 3: [grid(3, [row], xs=anew)]}
    found = tables_of(pages, grids)
    assert len(found) == tables
    if tables == 1:
        assert [[c.text for c in r.cells] for r in found[0].rows[1:]] == [list(row)] * 2


@pytest.mark.parametrize(
    ("head", "above", "joined"),
    [
        (("Pilote", "Montant", "Statut"), "", True),
        (("Pilote", "Montant", "Statut"), "Annexe 1 (suite)", True),
        (("Pilote", "Montant", "Statut"), "Annexe 2", False),
        (("Montant", "Pilote", "Statut"), "", False),
        (("Pilote", "Montant", "Avis"), "", False),
        (("Pilote", "Statut"), "", False),
    ],
    ids=["a column less", "said to go on", "a title", "another order", "another", "too few"],
)
def test_heads_tell_which_column_the_next_page_leaves_out(head, above, joined):
    row = {"Pilote": "Toit", "Montant": "5 €", "Statut": "Fini", "Avis": "oui"}
    first = grid(1, [NAMES, ("Ville", "Maraude", "10 €", "En cours")], xs=EVEN)
    xs = (10.0, 150.0, 260.0, 400.0) if len(head) == 3 else (10.0, 150.0, 400.0)
    second = grid(2, [head, [row[name] for name in head]], xs=xs)
    said = words(above, Box(10, 10, 400, 30), bold=False)
    found = tables_of([Page(1, 420, 600, ()), Page(2, 420, 600, said)], {1: [first], 2: [second]})
    assert len(found) == (1 if joined else 2)
    if joined:
        assert [c.text for c in found[0].rows[0].cells] == ["Ville", "Maraude", "10 €", "En cours"]
        assert [(c.column, c.text) for c in found[0].rows[1].cells] == [
            (1, "Toit"),
            (3, "5 €"),
            (4, "Fini"),
        ]


def test_headings_in_another_order_head_another_table():
    """Though nothing on its page tells the head from the rows, and columns are as wide."""
    first = grid(1, [NAMES, ("Ville", "Maraude", "10 €", "En cours")], xs=EVEN)
    anew = grid(
        2, [("Pilote", "Sta tut", "Montant", "Action"), ("Toit", "Fini", "5 €", "Bail")], xs=EVEN
    )
    above = words("Annexe 1 (suite)", Box(10, 10, 400, 30), bold=False)
    pages = [Page(1, 420, 600, ()), Page(2, 420, 600, above)]
    _, other = tables_of(pages, {1: [first], 2: [anew]})
    assert other.columns == ["Pilote", "Sta tut", "Montant", "Action"]


def test_a_total_ends_a_table_whose_heads_the_next_page_repeats_in_part():
    rows = [NAMES, ("Ville", "Maraude", "10 €", "En cours"), ("Total", "", "10 €", "")]
    second = grid(2, [("Pilote", "Montant", "Statut"), ("Toit", "5 €", "Fini")])
    assert len(read(grid(1, rows, xs=EVEN), second)) == 2


MANY = (*NAMES, "Avis", "Note")
SIX = (10.0, 80.0, 150.0, 220.0, 290.0, 350.0, 400.0)


@pytest.mark.parametrize(
    ("xs", "ruled", "last", "tables"),
    [
        ((10.0, 75.0, 160.0, 215.0, 300.0, 350.0), False, "-", 1),
        ((10.0, 75.0, 160.0, 215.0, 300.0, 350.0), True, "-", 2),
        ((10.0, 75.0, 160.0, 215.0, 300.0, 400.0), False, "-", 2),
        ((10.0, 90.0, 210.0, 280.0, 340.0, 390.0), False, "-", 2),
        ((10.0, 90.0, 210.0, 280.0, 340.0, 390.0), False, "", 1),
        ((10.0, 90.0, 210.0, 280.0, 340.0, 390.0), True, "", 2),
    ],
    ids=["the last", "drawn", "as wide", "one before", "empty", "empty and drawn"],
)
def test_a_table_said_to_go_on_may_lack_the_last_column_of_the_page_before(xs, ruled, last, tables):
    above = words("Annexe 1 (suite)", Box(10, 10, 400, 30), bold=False)
    pages = [Page(1, 420, 600, ()), Page(2, 420, 600, above)]
    first = grid(1, [MANY, *[("Ville", "Maraude", "10 €", "En cours", "oui", last)] * 3], xs=SIX)
    second = replace(grid(2, [("Toit", "Bail", "5 €", "En cours", "non")], xs=xs), ruled=ruled)
    assert len(tables_of(pages, {1: [first], 2: [second]})) == tables


@pytest.mark.parametrize(
    ("third", "xs", "pages"),
    [
        (("Toit", "Bail"), (10.0, 100.0, 400.0), [(1, 3), (2, 4)]),
        (("Toit", "Bail", "-"), (10.0, 50.0, 90.0, 300.0), [(1, 1), (2, 2), (3, 3), (4, 4)]),
    ],
    ids=["as on the first page", "another table"],
)
def test_a_sheet_printed_row_of_pages_by_row_of_pages_is_two_tables(third, xs, pages):
    """Its left columns on pages 1 and 3, the right ones on 2 and 4."""
    right = (10.0, 60.0, 160.0, 260.0)
    left = [("Pilote", "Action"), ("Ville", "Maraude"), ("CCAS", "Étude")]
    sums = [("AMI", "Ville", "CAF"), ("5 €", "3 €", "-"), ("9 €", "-", "1 €")]
    grids = {
        1: [grid(1, left, xs=(10.0, 100.0, 400.0))],
        2: [grid(2, sums, xs=right)],
        3: [grid(3, [third] * 2, xs=xs)],
        4: [grid(4, sums[1:], xs=right)],
    }
    found = tables_of([Page(n, 420, 600, ()) for n in grids], grids)
    assert [(t.page_first, t.page_last) for t in found] == pages
