"""Running heads, page numbers, stamps and footnotes are set apart from the text."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractors.pages.lines import read_lines
from extractors.pages.page import Box, Page, Word
from tests.extractors.furniture import split_furniture
from tests.extractors.typesetter import HEIGHT, Typesetter

BODY = "Le plan permet d'accéder au logement. Les parties s'engagent à le mettre en œuvre."


def act(pages: int, foot: str = "- {} -") -> Typesetter:
    sheet = Typesetter()
    for number in range(1, pages + 1):
        sheet.at("Convention 2024-2026 – Ville de Brumeval", 71, 30, size=8)
        sheet.at(foot.format(number), 290, 815, size=8)
        for i in range(6):
            sheet.line(f"{'ABCDEF'[i]}{number} {BODY}")
        if number < pages:
            sheet.new_page()
    return sheet


def texts(sheet: Typesetter) -> tuple[list[str], list[str]]:
    pages, furniture = split_furniture(sheet.pages())
    return [line.text for p in pages for line in read_lines(p)], [f.text for f in furniture]


@pytest.mark.parametrize("foot", ["- {} -", "{}/4", "Page {} sur 4", "{}"])
def test_heads_and_page_numbers(foot: str) -> None:
    body, furniture = texts(act(4, foot))
    assert len(body) == 24 and all(BODY in line for line in body)
    assert len(furniture) == 8
    assert foot.format(3) in furniture


def test_a_page_number_beside_the_text() -> None:
    sheet = act(2)
    sheet.at("Page 2 sur 2", 540, 140, size=8)
    sheet.at("Renvoi", 71, 300)
    sheet.at("page 1/2", 71, 320)
    sheet.canvas.rect(60, HEIGHT - 330, 120, 40)
    body, furniture = texts(sheet)
    assert "Page 2 sur 2" in furniture and not any("sur 2" in line for line in body)
    assert "page 1/2" in body


@pytest.mark.parametrize(
    "stamp",
    [
        "Reçu au Contrôle de légalité le 16 octobre 2023",
        "Envoyé en préfecture le 23/09/2023",
        "Reçu en préfecture le 23/09/2023",
        "Publié le 24/09/2023",
        "Accusé de réception en préfecture – Reçu en préfecture le 21/03/2025",
        "ID : 096-272115155-20230920-DEL_2023_117-DE",
        "Date de réception préfecture : 18/04/2024",
        "Accusé de réception - Ministère de l'Intérieur",
        "Accusé certifié exécutoire",
        "Réception par le préfet : 18/04/2024",
        "Publication : 19/04/2024",
        "Pour l'autorité compétente par délégation",
    ],
)
def test_a_stamp_may_stand_anywhere(stamp: str) -> None:
    sheet = act(2)
    sheet.at(stamp, 350, 400, size=6.5)
    body, furniture = texts(sheet)
    assert stamp in furniture
    assert not any(stamp in line for line in body)


def test_a_sentence_about_a_stamp_is_text() -> None:
    sheet = act(2)
    sentence = "Le dossier Reçu en préfecture le 23/09/2023 comprend un budget."
    sheet.line(sentence)
    body, _ = texts(sheet)
    assert sentence in body


def test_boxes_around_stamps_are_no_rules_of_a_table() -> None:
    table = [Box(50, y, 450, y) for y in (200, 230, 260)]
    table += [Box(x, 200, x, 260) for x in (50, 200, 450)]
    stamps, boxes = [], []
    for x, y in ((300, 20), (40, 250)):  # the second over the table
        stamps.append(("Reçu en préfecture le 18/04/2024", x + 2, y + 10))
        x1, bottom = x + 160, y + 40
        boxes += [Box(x, end, x1, end) for end in (y, bottom)]
        boxes += [Box(end, y, end, bottom) for end in (x, x1)]
    sheet = act(1)
    for stamp in stamps:
        sheet.at(*stamp, size=6.5)
    (page,) = sheet.pages()
    ((body,), _) = split_furniture([replace(page, rules=(*table, *boxes))])
    assert body.rules == tuple(table)


@pytest.mark.parametrize("met", [False, True])
def test_a_frame_around_the_page_is_no_rule_of_a_table_unless_one_ends_there(met: bool) -> None:
    frame = [Box(15, y, 580, y) for y in (15, 827)] + [Box(x, 15, x, 827) for x in (15, 580)]
    table = [Box(50, y, 580 if met else 450, y) for y in (200, 230, 260)]
    (page,) = act(1).pages()
    ((body,), _) = split_furniture([replace(page, rules=(*frame, *table))])
    assert body.rules == (tuple(frame + table) if met else tuple(table))


def test_footnotes_are_small_and_numbered() -> None:
    sheet = act(2)
    sheet.y = 700
    sheet.line("1 Les publics visés par ce plan sont les personnes sans domicile.", size=8, gap=10)
    sheet.line("et celles qui risquent de le devenir.", size=8, gap=10)
    body, furniture = texts(sheet)
    assert not any("publics visés" in line or "celles qui" in line for line in body)
    assert any("publics visés" in text for text in furniture)


@pytest.mark.parametrize(("x1", "is_note"), [(180, True), (420, False)])
def test_notes_hardly_smaller_stand_below_a_short_rule(x1: int, is_note: bool) -> None:
    sheet = act(2)
    sheet.canvas.line(71, HEIGHT - 700, x1, HEIGHT - 700)
    sheet.y = 712
    sheet.line("1 Les actions sont celles des bénéficiaires.", size=10)
    _, furniture = texts(sheet)
    assert any("Les actions" in text for text in furniture) is is_note


def test_what_does_not_come_back_stays() -> None:
    sheet = Typesetter()
    sheet.at("ANNEXE 1 – Tableau des actions", 71, 30)
    for number in (5, 17, 20):
        sheet.new_page().line(f"FICHE ACTION {number}", bold=True).line(f"Pilote {number}")
    body, furniture = texts(sheet)
    assert "FICHE ACTION 17" in body
    assert "ANNEXE 1 – Tableau des actions" in body
    assert furniture == []


def test_what_comes_back_on_one_page_only_stays() -> None:
    sheet = Typesetter()
    for x in (71, 200, 320):
        sheet.at("Orens", x, 780)
    sheet.new_page().line("Une autre page.")
    body, furniture = texts(sheet)
    assert [text for text in body if "Orens" in text] and furniture == []


def scanned(heads: list[tuple[str, float]]) -> list[Page]:
    """Pages as OCR reads them, each with a head, read with that confidence: its words in capitals
    hardly."""
    sheet = Typesetter()
    for number, (head, _) in enumerate(heads, start=1):
        sheet.at(head, 71, 30, size=8)
        sheet.at(BODY, 71, 300)
        if number < len(heads):
            sheet.new_page()
    return [
        replace(
            page,
            words=tuple(
                replace(word, confidence=_confidence(word, confidence)) for word in page.words
            ),
        )
        for page, (_, confidence) in zip(sheet.pages(), heads, strict=True)
    ]


def _confidence(word: Word, of_head: float) -> float:
    if word.box.top > 40:
        return 0.95
    return 0.2 if word.text.isupper() else of_head


@pytest.mark.parametrize(
    ("heads", "body"),
    [
        pytest.param(
            [("Avenant n° 2 – Ville de Brumeval", 0.9), ("Avenant n°2 - Ville de Brumeval", 0.9),
             ("Avenant n° 2 — Viïle de Brurneval", 0.8)],
            3, id="misread letters",
        ),
        pytest.param(
            [("Avenant 2023 – Ville de Brumeval", 0.9), ("Avenaut 2028 - Ville de Brumeval", 0.9),
             ("Ville de Brurneval", 0.9)],
            5, id="part of it",
        ),
        pytest.param(
            [("Avenant 2023 – Ville de Brumeval", 0.9), ("Avenant 2023 - Ville de Brumeval", 0.9),
             ("AVE DD PRA WUEP JUU Ville de Brumeval", 0.9)],
            3, id="part of it could be made out",
        ),
        pytest.param([("Av LEE nec mou a FD", 0.3)] * 2 + [("sueur JO obp", 0.2)], 3, id="noise"),
        pytest.param(
            [(f"Annexe {n} – Actions de la ville", 0.9) for n in (4, 5, 6)], 6, id="titles"
        ),
        pytest.param([("Ville de Brumeval", 0.9), ("Annexe", 0.9), ("Budget", 0.9)], 6, id="texts"),
    ],
)  # fmt: skip
def test_heads_of_a_scan_come_back_misread(heads: list[tuple[str, float]], body: int) -> None:
    pages, _ = split_furniture(scanned(heads))
    assert sum(len(read_lines(page)) for page in pages) == body


@pytest.mark.parametrize(
    ("numbers", "initials", "left"),
    [
        (("1/3", "2/3", "3/3"), 30, 0),
        (("1/3", "2/3", "3/3"), 9, 2),
        (("1/3", "213", "3/3"), 30, 0),
        (("1/3", "513", "3/3"), 30, 1),
    ],
    ids=["over initials", "over words", "misread", "another figure"],
)
def test_page_numbers_stand_above_the_initials_of_a_scan(
    numbers: Sequence[str], initials: int, left: int
) -> None:
    sheet = Typesetter()
    for i, number in enumerate(numbers):
        if i:
            sheet.new_page()
        sheet.at(BODY, 71, 300, size=9)
        sheet.at(number, 290, 790, size=9)
        if i == 1:
            sheet.at("DR M", 450, 820, size=initials)
    pages = [
        replace(page, words=tuple(replace(word, confidence=0.9) for word in page.words))
        for page in sheet.pages()
    ]
    bodies, _ = split_furniture(pages)
    assert sum(len(read_lines(page)) for page in bodies) == len(numbers) + left


@pytest.mark.parametrize(("x", "left_of"), [(150, 0), (250, 8)], ids=["apart", "all but joined"])
def test_the_second_line_of_a_head_that_comes_back_is_of_the_table(x: int, left_of: int) -> None:
    sheet = Typesetter()
    for number in range(1, 4):
        sheet.at("Convention de Brumeval", 71, 20)
        for left, lines in (
            (71, ["Action"]),
            (x, ["Bilan", "attendu"]),
            (300, ["AMI", "2034"]),
            (350, ["Ville"]),
        ):
            for i, text in enumerate(lines):
                sheet.at(text, left - left_of * i, 50 + 12 * i, bold=True)
        sheet.at(f"{'ABC'[number - 1]} {BODY}", 71, 300)
        if number < 3:
            sheet.new_page()
    body, furniture = texts(sheet)
    assert furniture == ["Convention de Brumeval"] * 3
    assert sum("attendu" in line for line in body) == 3
