"""What the reading of a document leaves in doubt."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extractors.attached import attached, documents_of
from extractors.blacked_out import blacked_out
from extractors.cut_off import cut_off
from extractors.missed_tables import MISSED_ROWS, missed, run_together
from extractors.overprinted import overprinted
from extractors.pages.lines import read_lines
from extractors.pages.page import Page
from extractors.pages.text_layer import lies_over_picture, was_recognised
from extractors.ranges import Layout, ReadPage
from extractors.unheld import unheld
from normalizers.french import is_french
from normalizers.words import Vocabulary
from pipeline.extracted import Problem
from pipeline.kinds import Severity

DOUBTFUL = 0.7  # a figure read with less confidence is to be checked
MONEY = re.compile(r"€|\beuros?\b|\bEUR\b", re.IGNORECASE)
LONGEST_NOTE = 120  # characters of it that are quoted
CONCEALED = 4  # characters: fewer are no sum
FEWEST_WORDS = 40  # that tell a language
OF_LANGUAGE = 0.4  # of all words: in a French act full of names, 0.7 are French
LEGIBLE = 0.6  # mean confidence of a page, below which hardly a word of it is certain
SOME_WORDS = 20  # fewer are what a signature or dust looks like
CLEAR = 0.9  # the same of a page that was scanned well
COARSE, FINE = 120, 300  # dots an inch: too few for OCR, and what it wants
EDGE = 6.0  # points from the edge of a scan within which it cuts a rule

# What holds of some pages of a document is told once: which they are, the rule, and what it means.
OF_PAGES: tuple[tuple[Callable[[Page], bool], str, Severity, str], ...] = (
    (
        was_recognised,  # whose confidence nobody knows
        "text_layer_ocr",
        "warning",
        "image et texte reconnu par un autre logiciel, dont on ignore la confiance. Vérifiez les"
        " sommes dans l'image.",
    ),
    (
        lies_over_picture,  # and may say other figures than it shows
        "text_layer_ocr",
        "warning",
        "texte posé sur une image de la page. S'il vient d'une numérisation rendue modifiable, ses"
        " sommes peuvent différer de ce que l'on voit : vérifiez-les dans l'image.",
    ),
    (
        lambda page: bool(page.hidden),
        "hidden_layer",
        "info",
        "ce qui est sur un calque masqué n'est pas lu.",
    ),
)


def find_problems(read: Sequence[ReadPage], layout: Layout) -> Iterator[Problem]:
    """The problems of each page, in order, then those of the whole document."""
    for item in read:
        number = item.page.number
        body, rest = layout.body(number), layout.rest(number)
        yield from _struck(body)
        yield from missed(rest)
        yield from _doubted(rest)
        yield from run_together(body, layout[number])
        yield from _told_of(item.page, body)
        yield from _illegible(body)
        yield from _cut(body)
        yield from overprinted(body)
        yield from cut_off(body, layout[number])
        yield from blacked_out(body, layout[number])
        yield from unheld(body, layout[number])
        yield from _annotated(item.page)
    if pinned := documents_of(name for item in read for name in item.page.files):
        yield attached(pinned)
    pages = [item.page for item in read]
    for holds, rule, severity, message in OF_PAGES:
        if numbers := [page.number for page in pages if holds(page)]:
            yield Problem(
                rule=rule,
                severity=severity,
                message=f"{_where(numbers)} : {message}",
                page=numbers[0],
            )
    yield from _foreign(layout.vocabulary)


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
            in_euros = any(MONEY.match(w.text) for w in line.words[i + 1 : i + 3])  # 4 GQU €
            doubted = word.confidence is not None and word.confidence < DOUBTFUL
            counts = in_euros or (re.search(r"\d{2}", word.text) and MONEY.search(around))
            if doubted and counts:
                yield Problem(
                    rule="figure_doubtful",
                    severity="warning",
                    message=f"La somme lue dans « {line.text} » l'est avec doute : vérifiez-la.",
                    page=page.number,
                    observed=line.text,
                )
                break


def _told_of(page: Page, body: Page) -> Iterator[Problem]:
    """What reading `page`, or it without stamps, its `body`, noted of it: that the file holds but a
    piece of it, that OCR gave it up, pictures amid the text of which nothing was read, characters
    without code, and text that it does not show: what that says is nobody's business."""
    told: tuple[tuple[object, str, Severity, str], ...] = (
        (
            page.damaged,
            "page_damaged",
            "error",
            "le fichier est abîmé, et n'en tient plus qu'une partie ; ce qui manque n'est pas dans"
            " la base. Demandez-le de nouveau à qui l'a fourni.",
        ),
        (
            body.unread,
            "page_unread",
            "error",
            "l'OCR n'a pas pu la lire ; rien de ce qu'elle porte n'est dans la base."
            " Numérisez-la de nouveau, ou lisez-la dans le document.",
        ),
        (
            body.unseen,
            "picture_unread",
            "warning",
            "une image au milieu du texte n'est pas lue ; si c'est un tableau, rien de ce qu'il"
            " porte n'est dans la base. Lisez-le dans le document.",
        ),
        (
            page.torn,
            "characters_lost",
            "warning",
            f"{page.torn} caractères au milieu de mots n'ont pas d'équivalent lisible dans ce PDF."
            " Vérifiez ses textes dans l'image.",
        ),
        (
            page.concealed,
            "text_concealed",
            "warning" if page.concealed >= CONCEALED else "info",
            f"{page.concealed} caractères que la page ne montre pas (recouverts, coupés,"
            " invisibles, blancs ou minuscules) ne sont pas lus.",
        ),
    )
    for holds, rule, severity, message in told:
        if holds:
            yield Problem(
                rule=rule,
                severity=severity,
                message=f"Page {page.number} : {message}",
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
    if not page.is_scan:
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
