"""Sheets of actions that stand in the text become forms."""

import pytest

from extractors.pages.lines import read_lines
from extractors.text.written_sheets import with_written_sheets
from normalizers.words import Vocabulary
from pipeline.extracted import SHEET, ExtractedCell, ExtractedRow, ExtractedTable, Place
from tests.extractors.typesetter import Typesetter


def read(
    text: str, tables: list[ExtractedTable] | None = None
) -> tuple[list[ExtractedTable], list[str]]:
    """The tables, given and found, and the lines left, of a page with `text`."""
    lines = [x for page in Typesetter().lines(text).pages() for x in read_lines(page)]
    words = Vocabulary.of(line.text for line in lines)
    found, left = with_written_sheets(tables or [], lines, words)
    return found, [line.text for line in left]


def told(table: ExtractedTable) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def sheets(first: str, second: str, asked: str = "# {}\n{}") -> str:
    """Two sheets titled `first` and `second`, whose questions are `asked` so."""
    answers = (
        [("Pilote", "CCAS"), ("Objectifs", "Capter 20 logements"), ("Calendrier", "2025 – 2027")],
        [("Pilote", "SIAO"), ("Objectifs", "Suivre 30 ménages"), ("Calendrier", "2025")],
    )
    pages = (
        f"{title}\n\n" + "\n".join(asked.format(*one) + "\n" for one in some)
        for title, some in zip((first, second), answers, strict=True)
    )
    return "Les actions sont décrites dans les fiches qui suivent.\n\n" + "\n".join(pages)


EXPECTED = [
    [("Pilote", "CCAS"), ("Objectifs", "Capter 20 logements"), ("Calendrier", "2025 – 2027")],
    [("Pilote", "SIAO"), ("Objectifs", "Suivre 30 ménages"), ("Calendrier", "2025")],
]


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        ("# Fiche action n° 1 : Captation", "# Fiche action n° 2 : Suivi", "# {}\n{}"),
        ("# 1. Captation", "# 2. Suivi", "# {}\n{}"),
        ("# Projet « Captation »", "# Projet « Suivi »", "# {} :\n{}"),
        ("# Action 1 – Captation", "# Action 2 – Suivi", "{}\n{}"),
    ],
    ids=["numbered", "counted", "named", "questions that do not stand out"],
)
def test_what_each_sheet_asks_again_is_its_questions(first, second, asked):
    found, left = read(sheets(first, second, asked))
    assert [told(table) for table in found] == EXPECTED
    assert [table.title for table in found] == [first[2:], second[2:]]
    assert {table.extractor for table in found} == {SHEET}
    assert left == ["Les actions sont décrites dans les fiches qui suivent."]


def test_a_question_is_asked_without_its_number():
    text = sheets("# Action 1 : Captation", "# Action 2 : Suivi", "# 1. {}\n{}")
    assert [told(table) for table in read(text)[0]] == EXPECTED


def test_a_sheet_that_asks_its_name_needs_no_title():
    text = sheets("# FICHE ACTION\n# Intitulé : Captation", "# FICHE ACTION\n# Intitulé : Suivi")
    first, second = read(text)[0]
    assert (first.title, told(first)[1]) == ("", ("Intitulé", "Captation"))
    assert (second.title, told(second)[1]) == ("", ("Intitulé", "Suivi"))


def test_who_pays_answers_the_plan_even_where_all_sheets_name_him():
    plan = "# Plan de financement 2025\nÉtat (AMI) : {}\nVille : {}\nCoût total : {}\n"
    text = sheets("# Action 1 : Captation", "# Action 2 : Suivi", "# {}\n{}").replace(
        "# Calendrier\n2025 – 2027\n",
        "# Calendrier : 2025 – 2027\n" + plan.format("20 000 €", "5 000 €", "25 000 €"),
    )
    text += plan.format("30 000 €", "8 000 €", "38 000 €")
    first, second = read(text)[0]
    assert told(first)[-1] == (
        "Plan de financement 2025",
        "État (AMI) : 20 000 €\nVille : 5 000 €\nCoût total : 25 000 €",
    )
    assert told(second)[-1][1].endswith("Ville : 8 000 €\nCoût total : 38 000 €")


def test_the_axis_above_the_next_sheet_is_no_answer():
    text = sheets("# Action 1.1 : Captation", "# Action 2.1 : Suivi")
    sheet = Typesetter().lines(text.partition("# Action 2.1")[0])
    sheet.line("Axe 2 – Accompagner", bold=True, size=14)
    sheet.lines("# Action 2.1" + text.partition("# Action 2.1")[2])
    lines = [x for page in sheet.pages() for x in read_lines(page)]
    found, left = with_written_sheets([], lines, Vocabulary.of(x.text for x in lines))
    assert [told(table) for table in found] == EXPECTED
    assert left[-1].text == "Axe 2 – Accompagner"


def test_those_who_sign_twice_hide_no_sheets():
    signed = "# Pour l'État\n\n# Le préfet\nM. Petit\n\n# Pour la Ville\n\n# La maire\nMme Roux\n\n"
    titles = ("# Projet « Captation »", "# Projet « Suivi »")
    found, _ = read(f"{signed}{sheets(*titles)}\nLes parties signent.\n\n{signed}")
    assert [table.title for table in found] == [title[2:] for title in titles]


def drawn(top: float, *texts: str) -> ExtractedTable:
    """A table of one row with `texts` under the first two as headings, at `top` of page 1."""
    place = Place(page=1, x0=71, top=top, x1=300, bottom=top + 5)
    cells = [
        ExtractedCell(column=k, text=text, bold=False, place=place)
        for k, text in enumerate(texts[2:], 1)
    ]
    head = [
        ExtractedCell(column=k, text=text, bold=True, place=place)
        for k, text in enumerate(texts[:2], 1)
    ]
    return ExtractedTable(
        position=1,
        annex=None,
        title="",
        columns=list(texts[:2]),
        head=[head],
        rows=[ExtractedRow(kind="body", cells=cells)],
        page_first=1,
        page_last=1,
        extractor="pdfium",
    )


def test_a_table_amid_a_sheet_parts_its_form():
    text = sheets("# Action 1 : Captation", "# Action 2 : Suivi")
    lines = [x for page in Typesetter().lines(text).pages() for x in read_lines(page)]
    objectives = next(x for x in lines if x.text == "Objectifs")
    budget = drawn(objectives.box.top - 5, "Financeur", "Montant", "État", "20 000 €")
    found, _ = with_written_sheets([budget], lines, Vocabulary.of(x.text for x in lines))
    assert found[0] is budget
    assert [told(table) for table in found[1:]] == [EXPECTED[0][:1], EXPECTED[0][1:], EXPECTED[1]]


def test_a_small_table_that_names_the_action_heads_its_sheet():
    text = sheets("# Fiche descriptive", "# Fiche descriptive").replace("# Fiche descriptive\n", "")
    lines = [x for page in Typesetter().lines(text).pages() for x in read_lines(page)]
    pilots = [x for x in lines if x.text == "Pilote"]
    heads = [
        drawn(line.box.top - 6, f"Action n°{n}", label, "Public", "Jeunes")
        for n, (line, label) in enumerate(zip(pilots, ("Captation", "Suivi"), strict=True), 1)
    ]
    found, _ = with_written_sheets(heads, lines, Vocabulary.of(x.text for x in lines))
    assert [table.columns for table in found] == [
        ["Action n°1", "Captation"],
        ["Action n°2", "Suivi"],
    ]
    assert [told(table) for table in found] == [[("Public", "Jeunes"), *some] for some in EXPECTED]


def test_the_head_of_a_sheet_that_a_table_parts_is_told_once():
    text = sheets("# Fiche descriptive", "# Fiche descriptive").replace("# Fiche descriptive\n", "")
    lines = [x for page in Typesetter().lines(text).pages() for x in read_lines(page)]
    pilots = [x for x in lines if x.text == "Pilote"]
    heads = [
        drawn(line.box.top - 6, f"Action n°{n}", label, "Public", "Jeunes")
        for n, (line, label) in enumerate(zip(pilots, ("Captation", "Suivi"), strict=True), 1)
    ]
    dates = [x for x in lines if x.text == "Calendrier"]
    budget = drawn(dates[0].box.top - 5, "Financeur", "Montant", "État", "20 000 €")
    empty = budget.model_copy(update={"head": [], "rows": []})
    words = Vocabulary.of(x.text for x in lines)
    found, _ = with_written_sheets([*heads, budget, empty], lines, words)
    first, rest, second = found[2:]
    assert [told(t) for t in (first, rest)] == [
        [("Public", "Jeunes"), *EXPECTED[0][:2]],
        EXPECTED[0][2:],
    ]
    assert rest.title == "Action n°1 Captation"
    assert told(second) == [("Public", "Jeunes"), *EXPECTED[1]]


@pytest.mark.parametrize(
    "text",
    [
        sheets("# Action 1 : Captation", "# Action 2 : Suivi").partition("# Action 2")[0],
        sheets("# Action 1 : Captation", "# Action 2 : Suivi", "{} : {}"),  # entries of a list
        "# Pour l'État\n\n# Le préfet\nM. Petit\n\n# Pour la Ville\n\n# La maire\nMme Roux\n\n" * 2,
    ],
    ids=["once", "answered on their lines", "those who sign"],
)
def test_other_texts_are_no_sheets(text):
    found, left = read(text)
    assert found == []
    assert left
