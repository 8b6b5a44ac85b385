"""What the reading of a document leaves in doubt."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.attached import attached, documents_of
from extractors.blacked_out import blacked_out
from extractors.cut_off import cut_off
from extractors.grids.grid import Grid, GridCell
from extractors.grids.pieces import (
    COLUMN_SPACE,
    SAME_EDGE,
    Piece,
    are_rows,
    is_figure,
    lines_of,
    says_columns,
    with_justified,
)
from extractors.grids.reach import MANY
from extractors.overprinted import overprinted
from extractors.pages.lines import read_lines
from extractors.pages.page import Page, Word, clusters
from extractors.pages.text_layer import lies_over_picture, was_recognised
from extractors.ranges import Layout, ReadPage
from extractors.unheld import unheld
from normalizers.actions.rows import is_total
from normalizers.french import is_french
from normalizers.words import Vocabulary
from pipeline.extracted import Problem

DOUBTFUL = 0.7  # a figure read with less confidence is to be checked
MONEY = re.compile(r"€|\beuros?\b|\bEUR\b", re.IGNORECASE)
SUM = re.compile(r"\d[\s.]\d{3}\b")
SUM_AND_SUM = re.compile(r"\d{3}(?:[.,]\d\d)?\s?€\s?\d[\d\s.]*\d{3}(?:[.,]\d\d)?\s?€")
NUMBER = re.compile(r"(?P<axis>(?:\d{1,2}\.)?)(?P<number>\d{1,2})")  # 7 · 3.21
LONGEST_NOTE = 120  # characters of it that are quoted
CONCEALED = 4  # characters: fewer are no sum
FEWEST_WORDS = 40  # that tell a language
OF_LANGUAGE = 0.4  # of all words: in a French act full of names, 0.7 are French
LEGIBLE = 0.6  # mean confidence of a page, below which hardly a word of it is certain
SOME_WORDS = 20  # fewer are what a signature or dust looks like
CLEAR = 0.9  # the same of a page that was scanned well
COARSE, FINE = 120, 300  # dots an inch: too few for OCR, and what it wants
EDGE = 6.0  # points from the edge of a scan within which it cuts a rule
SCANNED = "tableau numérisé, dont les filets manquent,"
MISSED_ROWS = 3  # as many sums under one another, in two columns, are of a table


def find_problems(read: Sequence[ReadPage], layout: Layout) -> Iterator[Problem]:
    """The problems of each page, in order, then those of the whole document."""
    recognised: list[int] = []
    supposed: list[int] = []
    hidden: list[int] = []
    for item in read:
        number = item.page.number
        body, rest = layout.body(number), layout.rest(number)
        yield from _struck(body)
        yield from _missed(rest)
        yield from _doubted(rest)
        yield from _run_together(body, layout[number])
        yield from _damaged(item.page)
        yield from _unread(body)
        yield from _illegible(body)
        yield from _cut(body)
        yield from _unseen(body)
        yield from overprinted(body)
        yield from cut_off(body, layout[number])
        yield from blacked_out(body, layout[number])
        yield from unheld(body, layout[number])
        yield from _torn(item.page)
        yield from _concealed(item.page)
        yield from _annotated(item.page)
        if was_recognised(item.page):
            recognised.append(number)
        if lies_over_picture(item.page):
            supposed.append(number)
        if item.page.hidden:
            hidden.append(number)
    if pinned := documents_of(name for item in read for name in item.page.files):
        yield attached(pinned)
    yield from _recognised(recognised)
    yield from _supposed(supposed)
    yield from _foreign(layout.vocabulary)
    if hidden:
        yield Problem(
            rule="hidden_layer",
            severity="info",
            message=f"{_where(hidden)} : ce qui est sur un calque masqué n'est pas lu.",
            page=hidden[0],
        )


def _foreign(vocabulary: Vocabulary) -> Iterator[Problem]:
    """An act in another language, or in letters that are not what the page shows."""
    words = Counter({w: n for w, n in vocabulary.counts.items() if len(w) > 1 and w.isalpha()})
    french = sum(n for word, n in words.items() if is_french(word))
    if words.total() >= FEWEST_WORDS and french < OF_LANGUAGE * words.total():
        yield Problem(
            rule="not_french",
            severity="warning",
            message="Ce document n'est pas en français, ou ses lettres ne sont pas celles que l'on"
            " voit : seuls les actes en français sont lus. Lisez-le vous-même.",
            page=1,
            expected="un acte en français",
        )


def _struck(page: Page) -> Iterator[Problem]:
    """Figures that the document crosses out: the text beneath is kept, and no reader sees it."""
    for line in read_lines(replace(page, words=page.struck)):
        if any(c.isdigit() for c in line.text):
            yield Problem(
                rule="figure_doubtful",
                severity="warning",
                message=f"« {line.text} » est barré dans le document, mais lu comme le reste : "
                "vérifiez les sommes qui le comptent.",
                page=page.number,
                observed=line.text,
            )


def _doubted(page: Page) -> Iterator[Problem]:
    """Sums of a scan's articles that OCR read with doubt."""
    if all(word.confidence is None for word in page.words):
        return
    for line in read_lines(page):
        for i, word in enumerate(line.words):
            around = " ".join(w.text for w in line.words[max(0, i - 1) : i + 3])
            doubted = word.confidence is not None and word.confidence < DOUBTFUL
            if doubted and re.search(r"\d{2}", word.text) and MONEY.search(around):
                yield Problem(
                    rule="figure_doubtful",
                    severity="warning",
                    message=f"La somme lue dans « {line.text} » l'est avec doute : vérifiez-la.",
                    page=page.number,
                    observed=line.text,
                )
                break


def _missed(page: Page) -> Iterator[Problem]:
    """What stands in columns outside every table of `page`: a table was missed, or a row of one.
    Sums do, or, on a scan, which sets nothing in line, stand beside one another; so do lines of
    many texts, and sums beside a word for their total."""
    lines = with_justified(lines_of(page.words, COLUMN_SPACE))
    beside = [sum(bool(SUM.search(piece.text)) for piece in line) for line in lines]
    scattered = sum(n for n in beside if n > 1) if page.ocr_confidence is not None else 0
    sums = [piece for line in lines if len(line) > 1 for piece in line if _is_sum(piece)]
    aligned = max(
        sum(len(column) for column in columns if len(column) >= MISSED_ROWS)
        for columns in (
            clusters(sums, lambda piece: piece.box.x0, SAME_EDGE),
            clusters(sums, lambda piece: piece.box.x1, SAME_EDGE),
        )
    )
    found = max(aligned, scattered)
    wide = [line for line in lines if len(line) >= MANY]
    totals = [
        line for line in lines if any(map(_is_sum, line)) and is_total([p.text for p in line])
    ]
    if found >= 2 * MISSED_ROWS:
        what = f"{found} sommes alignées en colonnes ne sont"
    elif len(wide) > 1 or totals:
        what = "des textes alignés en colonnes ne sont"
    else:
        return
    yield Problem(
        rule="table_missed",
        severity="warning",
        message=f"Page {page.number} : {what} d'aucun tableau reconnu : lisez-les dans le "
        "document.",
        page=page.number,
        observed=sums[0].text if sums else None,
    )


def _is_sum(piece: Piece) -> bool:
    return is_figure(piece.text) and bool(re.search(r"€|\d[\s.]\d{3}\b", piece.text))


def _run_together(page: Page, grids: Sequence[Grid]) -> Iterator[Problem]:
    """Rows of a table that were read as one: figures under one another where other rows have one,
    or, on a scan, sums in several columns; and columns of a scan that were: sums beside one another
    in several rows."""
    scanned = page.ocr_confidence is not None
    for grid in grids:
        if several := next((c for c in grid.cells if _are_of_rows(c, grid)), None):
            yield _lost_rules(page, "lignes", SCANNED if scanned else "tableau", several)
    for grid in grids if scanned else ():
        for row in range(grid.row_count):
            stacked = [c for c in grid.row(row) if _sums_in(c.words) >= MISSED_ROWS]
            if len(stacked) > 1:
                yield _lost_rules(page, "lignes", SCANNED, stacked[0])
        beside = [c for c in grid.cells if _has_sums_beside(c.words)]
        if len({c.row for c in beside}) < MISSED_ROWS:
            beside = [c for c in grid.cells if says_columns(c.words) and _has_sum(grid.row(c.row))]
        if beside:
            yield _lost_rules(page, "colonnes", SCANNED, beside[0])


def _lost_rules(page: Page, parts: str, table: str, cell: GridCell) -> Problem:
    text = " ".join(w.text for w in cell.words)
    return Problem(
        rule="table_missed",
        severity="warning",
        message=f"Page {page.number} : des {parts} d'un {table} sont lues comme une seule"
        f" (« {text} ») : lisez leurs sommes dans le document.",
        page=page.number,
        observed=text,
    )


def _are_of_rows(cell: GridCell, grid: Grid) -> bool:
    """Does `cell` say sums, or numbers that follow one another, one below the other, where two
    other cells of its column say one?"""
    if len(_stacked(cell)) < 2:
        return False
    others = [_stacked(c) for c in grid.cells if c.column == cell.column and c is not cell]
    return sum(len(other) == 1 for other in others) > 1


def _stacked(cell: GridCell) -> list[str]:
    """The sums, or the numbers, one a line, that are all that `cell` says."""
    lines = [Piece(tuple(line)) for line in cell.lines]
    texts = [line.text for line in lines]
    if all(map(_is_sum, lines)) and all(are_rows(a, b) for a, b in pairwise(lines)):
        return texts
    numbers = [match for text in texts if (match := NUMBER.fullmatch(text))]
    rising = all(
        b["axis"] == a["axis"] and int(b["number"]) == int(a["number"]) + 1
        for a, b in pairwise(numbers)
    )
    return texts if rising and len(numbers) == len(lines) else []


def _sums_in(words: Sequence[Word]) -> int:
    texts = (" ".join(w.text for piece in line for w in piece.words) for line in lines_of(words, 9))
    return sum(bool(SUM.search(text)) for text in texts)


def _has_sums_beside(words: Sequence[Word]) -> bool:
    return any(
        sum(is_figure(piece.text) and bool(SUM.search(piece.text)) for piece in line) > 1
        or any(SUM_AND_SUM.search(piece.text) for piece in line)
        for line in lines_of(words, COLUMN_SPACE)
    )


def _has_sum(cells: Sequence[GridCell]) -> bool:
    return any(SUM.search(" ".join(w.text for w in cell.words)) for cell in cells)


def _damaged(page: Page) -> Iterator[Problem]:
    """A page of which the file holds a piece only."""
    if page.damaged:
        yield Problem(
            rule="page_damaged",
            severity="error",
            message=f"Page {page.number} : le fichier est abîmé, et n'en tient plus qu'une partie ;"
            " ce qui manque n'est pas dans la base. Demandez-le de nouveau à qui l'a fourni.",
            page=page.number,
        )


def _unread(page: Page) -> Iterator[Problem]:
    """A scan that OCR gave up."""
    if page.unread:
        yield Problem(
            rule="page_unread",
            severity="error",
            message=f"Page {page.number} : l'OCR n'a pas pu la lire ; rien de ce qu'elle porte "
            "n'est dans la base. Numérisez-la de nouveau, ou lisez-la dans le document.",
            page=page.number,
        )


def _illegible(page: Page) -> Iterator[Problem]:
    """A scan of which OCR makes little out, or that is too coarse for it."""
    confidence = page.ocr_confidence
    if confidence is None:
        return
    resolution = page.resolution or FINE
    if confidence < LEGIBLE and len(page.words) >= SOME_WORDS:
        why = f"l'OCR n'est sûr que de {100 * confidence:.0f} % de ce qu'il y lit"
    elif resolution < COARSE and confidence < CLEAR:
        why = f"elle n'a que {resolution:.0f} points par pouce"
    else:
        return
    yield Problem(
        rule="scan_illegible",
        severity="warning",
        message=f"Page {page.number} : numérisation trop mauvaise pour s'y fier, {why}. Lisez ses "
        f"sommes dans l'image, ou numérisez-la de nouveau à {FINE} points par pouce.",
        page=page.number,
    )


def _cut(page: Page) -> Iterator[Problem]:
    """A table of a scan that goes on beyond the edge of the picture."""
    if page.ocr_confidence is None:
        return
    level = [rule for rule in page.rules if rule.width > rule.height]
    for side, cut in (
        ("gauche", [rule for rule in level if rule.x0 < EDGE]),
        ("droit", [rule for rule in level if rule.x1 > page.width - EDGE]),
    ):
        if len(cut) >= MISSED_ROWS:
            yield Problem(
                rule="table_cut",
                severity="warning",
                message=f"Page {page.number} : le bord {side} de l'image coupe un tableau ; ce qui "
                "manque est peut-être sur la page voisine, sans être rattaché à ses lignes. "
                "Lisez-les dans le document, ou numérisez-le en entier.",
                page=page.number,
            )


def _unseen(page: Page) -> Iterator[Problem]:
    """Pictures amid the text of which nothing was read."""
    if page.unseen:
        yield Problem(
            rule="picture_unread",
            severity="warning",
            message=f"Page {page.number} : une image au milieu du texte n'est pas lue ; si c'est "
            "un tableau, rien de ce qu'il porte n'est dans la base. Lisez-le dans le document.",
            page=page.number,
        )


def _recognised(numbers: Sequence[int]) -> Iterator[Problem]:
    """Pages with the text of another program's OCR, whose confidence nobody knows."""
    if numbers:
        yield Problem(
            rule="text_layer_ocr",
            severity="warning",
            message=f"{_where(numbers)} : image et texte reconnu par un autre logiciel, dont on "
            "ignore la confiance. Vérifiez les sommes dans l'image.",
            page=numbers[0],
        )


def _supposed(numbers: Sequence[int]) -> Iterator[Problem]:
    """Pages whose text is set over a picture of them: it may say other figures than they show."""
    if numbers:
        yield Problem(
            rule="text_layer_ocr",
            severity="warning",
            message=f"{_where(numbers)} : texte posé sur une image de la page. S'il vient d'une "
            "numérisation rendue modifiable, ses sommes peuvent différer de ce que l'on voit : "
            "vérifiez-les dans l'image.",
            page=numbers[0],
        )


def _torn(page: Page) -> Iterator[Problem]:
    """Characters amid words that a font has no code for."""
    if page.torn:
        yield Problem(
            rule="characters_lost",
            severity="warning",
            message=f"Page {page.number} : {page.torn} caractères au milieu de mots n'ont pas "
            "d'équivalent lisible dans ce PDF. Vérifiez ses textes dans l'image.",
            page=page.number,
        )


def _concealed(page: Page) -> Iterator[Problem]:
    """Text that the file holds and the page does not show; what it says is nobody's business."""
    if page.concealed:
        yield Problem(
            rule="text_concealed",
            severity="warning" if page.concealed >= CONCEALED else "info",
            message=f"Page {page.number} : {page.concealed} caractères que la page ne montre pas "
            "(recouverts, coupés, invisibles, blancs ou minuscules) ne sont pas lus.",
            page=page.number,
        )


def _annotated(page: Page) -> Iterator[Problem]:
    """Notes laid over the page: they may correct what is read."""
    for note in page.notes:
        text = note if len(note) <= LONGEST_NOTE else note[:LONGEST_NOTE].rstrip() + "…"
        yield Problem(
            rule="note_unread",
            severity="warning" if any(c.isdigit() for c in note) else "info",
            message=f"Page {page.number} : la note « {text} » est posée sur la page, et n'est pas "
            "lue : vérifiez ce qu'elle corrige.",
            page=page.number,
            observed=text,
        )


def _where(pages: Sequence[int]) -> str:
    first, last = pages[0], pages[-1]
    if last == first:
        return f"Page {first}"
    return f"{len(pages)} pages, de la page {first} à la page {last}"
