"""A page, read once with pdfium: characters made words, lines under and through them told apart."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pypdfium2

from extractors.pages.characters import (
    GUESSED,
    PRINT,
    Char,
    Print,
    prints_of,
    read_characters,
)
from extractors.pages.covered import covered
from extractors.pages.frame import Frame, moved_point
from extractors.pages.graphics import read_graphics
from extractors.pages.layers import Layers
from extractors.pages.leaders import parted_from_leaders, without_leaders
from extractors.pages.marks import without_marks
from extractors.pages.overlay import Tick, made_flat
from extractors.pages.page import Box, Page, Word, around
from extractors.pages.printed import as_printed
from extractors.pages.raised import levelled
from extractors.pages.remarks import files, notes, struck_out, without_hidden
from extractors.pages.spaced import is_tracked, tracking, unspaced
from extractors.pages.unseen import Picture, without_clipped, without_covered, without_unseen

DASHES = "-–—"
WORD_GAP = 0.22  # of the font size
SIDEWAYS_GAP = 1.0  # of the font size: words on their side are no further apart in a line
SIDEWAYS_SPACE = 0.12  # and wider than this: no blank is printed there
TOUCH = 0.06  # of the font size: letters nearer than this belong to one word
SAME_BASELINE = 0.45  # of the font size
STRUCK = (-0.5, -0.12)  # of the font size, from the baseline: where a line strikes words out
UNDERLINED = 0.25
CUT = 0.6  # of the font size: no more of a letter is cut off
LIFTED = 0.15  # of the font size: a digit that stands higher belongs to no word before
BOX_FOOT = 0.2  # of the height of a box to tick: how far it reaches below the line
TIGHT = 1.5  # points: how much longer than its words a line under them may be


def read_page(document: pypdfium2.PdfDocument, number: int, layers: Layers | None = None) -> Page:
    """Page `number` (from 1) of `document`, in its reading frame, without what stands on `layers`
    that do not show.

    Raises pypdfium2.PdfiumError when the page cannot be loaded.
    """
    page, overlaid, ticks, remarks = made_flat(document, number)
    try:
        hidden = layers.hidden(page) if layers else frozenset[int]()
        printed, unreadable, torn, turn = read_characters(page, hidden)
        frame = Frame(page, turn)
        rules, fills, images, painting = read_graphics(page, frame, hidden)
        picture = Picture(page, frame)
        seen, concealed = without_unseen(
            printed, frame, fills, images, painting.shapes, picture.is_blank
        )
        seen, clipped = without_clipped(seen, frame, painting.windows)
        chars, marks = without_marks(seen, frame, rules, fills)
        borders = [r for r in rules if r.height > r.width]
        words = list(_words(parted_from_leaders(chars), frame, borders))
        shown = without_covered(words, painting, page) if painting.covers else words
        shown = without_hidden(shown, remarks, frame, picture.is_blank) if remarks else shown
        drawn = shown
        if layers and layers.hide:
            drawn = [word for word in shown if not picture.is_blank(word.box)]
        off_layer = len(drawn) < len(shown)
        concealed += clipped + sum(len(w.text) for w in words) - sum(len(w.text) for w in shown)
        beneath = covered(page) if images else frozenset[int]()
    finally:
        page.close()
    words = without_leaders(unspaced(levelled(_whole(drawn, borders))))
    words = [*as_printed(words), *(_box_to_tick(tick, frame) for tick in ticks)]
    rules, struck = _undecorated(rules, words)
    struck += [w for w in struck_out(words, remarks, frame) if w not in struck]
    return Page(
        number,
        frame.width,
        frame.height,
        tuple(words),
        tuple(rules),
        tuple(fills),
        tuple(images),
        tuple(struck),
        tuple(_mark(mark, frame) for mark in marks),
        turn=turn,
        overlaid=overlaid or bool(ticks),
        hidden=bool(hidden) or off_layer,
        concealed=concealed,
        notes=notes(remarks),
        files=files(remarks),
        unreadable=unreadable,
        torn=torn,
        invisible=_invisible(chars, beneath),
    )


def _invisible(chars: Sequence[Char], beneath: Collection[int]) -> int:
    """How many of `chars` do not show, by their mode or as they lie `beneath` a picture."""
    hidden = {p for p in prints_of(chars) if not p.shows or p.address in beneath}
    return sum(char[PRINT] in hidden for char in chars) if hidden else 0


def _mark(chars: Sequence[Char], frame: Frame) -> Word:
    """All that a watermark or a note says, as one word."""
    text = "".join((" " if blank in (" ", GUESSED) else "") + text for text, *_, blank in chars)
    return replace(_word(chars, frame), text=unicodedata.normalize("NFC", text.strip()))


def _box_to_tick(tick: Tick, frame: Frame) -> Word:
    """A mark in the place of a box, as programs print it that know no fields."""
    box = frame.box(*tick[1:])
    baseline = box.bottom - BOX_FOOT * box.height
    return Word("☒" if tick.ticked else "☐", box, baseline, box.height, False)


def _words(chars: list[Char], frame: Frame, borders: Sequence[Box]) -> Iterator[Word]:
    """Characters that stand together, as words in the reading frame, each measured along its own
    line; a line on its side is one. Texts printed apart that touch are two where one of the
    vertical `borders` parts their beginnings, or cuts the last letter of the first, or where the
    first is a sum."""
    a, b, c, d, e, f = frame.matrix
    first = 0  # of the word that is being read
    last_x0 = last_x1 = baseline = last_baseline = size = 0.0
    last_print: Print | None = None
    for i, (text, left, bottom, right, top, print_, blank) in enumerate(chars):
        if blank == GUESSED:
            blank = "" if is_tracked(chars, i) else " "
        if print_ is not last_print:
            a, b, c, d, e, f = frame.along[print_.angle]
        x0, x1 = a * left + c * bottom + e, a * right + c * top + e
        if x0 > x1:
            x0, x1 = x1, x0
        if print_ is last_print:
            size = print_.size
        else:
            baseline = b * print_.x + d * print_.y + f
            size = max(print_.size, last_print.size) if last_print else print_.size
        gap = x0 - last_x1  # the letters of a ligature share one box
        aside = print_.angle != frame.upright
        if print_ is last_print and not blank and not aside and abs(gap) < WORD_GAP * size:
            last_x0, last_x1 = x0, x1  # most letters
            continue
        if i and (
            (blank == " " and not aside)
            or (blank and not aside and not (abs(gap) < TOUCH * size and _is_alone(chars, i - 1)))
            or not gap < (SIDEWAYS_GAP if aside else WORD_GAP) * size
            or (gap <= -0.5 * size and gap <= -(last_x1 - last_x0 + 0.1))
            or abs(last_baseline - baseline) > SAME_BASELINE * size
            or (
                print_ is not last_print
                and last_print
                and (
                    (text in "(0123456789" and last_baseline - baseline > LIFTED * size)
                    or _opens_word(chars, i)
                    or (
                        not aside
                        and _is_between(
                            borders,
                            _start(last_print, frame)
                            if blank or abs(gap) > TOUCH * size
                            else last_x0,
                            x0,
                            baseline,
                        )
                    )
                )
            )
        ):
            yield _word(chars[first:i], frame)
            first = i
        elif aside and gap > SIDEWAYS_SPACE * size and not is_tracked(chars, i):
            chars[i] = text, left, bottom, right, top, print_, " "
        last_x0, last_x1, last_baseline, last_print = x0, x1, baseline, print_
    if chars:
        yield _word(chars[first:], frame)


def _opens_word(chars: Sequence[Char], i: int) -> bool:
    """Does the character at `i`, printed apart from the one before it, which it touches, open
    another word: another number, what stands behind a sum, a text that is turned otherwise?"""
    last, before = chars[i - 1][0], chars[i - 1][PRINT]
    text, print_ = chars[i][0], chars[i][PRINT]
    return (
        (text.isdigit() and last.isdigit() and not before.goes_on(print_))
        or (last == "€" and (text.isalnum() or text in DASHES))
        or (last.isdigit() and _opens_text(chars, i))
        or print_.angle != before.angle
    )


def _opens_text(chars: Sequence[Char], i: int) -> bool:
    """Does the character at `i` open a text with the next one: a capital before a small letter, or
    the sign of euros before a figure?"""
    if i + 1 == len(chars) or chars[i + 1][PRINT] is not chars[i][PRINT]:
        return False
    text, following = chars[i][0], chars[i + 1][0]
    return following.islower() if text.isupper() else text == "€" and following.isdigit()


def _is_alone(chars: Sequence[Char], i: int) -> bool:
    """Is the character at `i`, not the last, the only one of its text object?"""
    print_ = chars[i][PRINT]
    return (not i or chars[i - 1][PRINT] is not print_) and chars[i + 1][PRINT] is not print_


def _start(print_: Print, frame: Frame) -> float:
    return moved_point(frame.matrix, print_.x, print_.y)[0]


def _is_between(borders: Sequence[Box], x0: float, x1: float, y: float) -> bool:
    return any(x0 < b.x0 < x1 and b.top < y < b.bottom for b in borders)


def _whole(words: list[Word], borders: Sequence[Box]) -> list[Word]:
    """`words`, those parted by nothing but the order of printing made one: the letters around a
    ligature that another font lends; no `borders` part them, as they do a text from the one that
    is cut off before it."""
    order = sorted(range(len(words)), key=lambda i: (round(words[i].baseline), words[i].box.x0))
    joined: dict[int, int] = {}  # a word's place → that of the word it goes on
    for i, j in pairwise(order):
        first = joined.get(i, i)
        one, other = words[first], words[j]
        if (
            abs(one.baseline - other.baseline) < TOUCH * one.size
            and abs(other.box.x0 - one.box.x1) < TOUCH * one.size
            and one.text[-1].isalpha()
            and other.text[0].isalpha()
            and not _is_between(borders, one.box.x1 - CUT * one.size, other.box.x0, one.baseline)
        ):
            joined[j] = first
            words[first] = replace(
                one, text=one.text + other.text, box=around([one.box, other.box])
            )
    return [word for i, word in enumerate(words) if i not in joined]


def _undecorated(rules: Sequence[Box], words: Sequence[Word]) -> tuple[list[Box], list[Word]]:
    """`rules` without those that underline words or strike them out, and the words struck out: such
    a line stands at the baseline, or above, and reaches no further than its words."""
    order = sorted(words, key=lambda w: w.baseline)
    baselines = [w.baseline for w in order]
    tallest = max((w.size for w in words), default=0.0)
    kept: list[Box] = []
    struck: list[Word] = []
    for rule in rules:
        if rule.width <= rule.height:
            kept.append(rule)
            continue
        y = rule.middle[1]
        near = order[
            bisect_left(baselines, y - UNDERLINED * tallest) : bisect_right(
                baselines, y - STRUCK[0] * tallest
            )
        ]
        met = [
            word
            for word in near
            if STRUCK[0] * word.size <= y - word.baseline <= UNDERLINED * word.size
            and min(word.box.x1, rule.x1) > max(word.box.x0, rule.x0)
        ]
        if not _run_under(met, rule):
            kept.append(rule)
            continue
        struck += [
            word
            for word in met
            if y - word.baseline <= STRUCK[1] * word.size
            and min(word.box.x1, rule.x1) - max(word.box.x0, rule.x0) > word.box.width / 2
        ]
    return kept, struck


def _run_under(words: Sequence[Word], rule: Box) -> bool:
    """Does `rule` reach from word to word, as an underline does, and no further?"""
    row = sorted((word.box for word in words), key=lambda box: box.x0)
    if not row or rule.x0 < row[0].x0 - TIGHT or rule.x1 > row[-1].x1 + TIGHT:
        return False
    gap = max(word.size for word in words)
    return all(right.x0 - left.x1 < gap for left, right in pairwise(row))


def _word(chars: Sequence[Char], frame: Frame) -> Word:
    texts, lefts, bottoms, rights, tops, prints, blanks = zip(*chars, strict=True)
    first = prints[0]
    alike = prints.count(first) == len(prints)
    text = "".join(texts)
    if " " in blanks[1:]:
        text = texts[0] + "".join(
            f" {text}" if blank == " " else text
            for text, blank in zip(texts[1:], blanks[1:], strict=True)
        )
    run, baseline = moved_point(frame.matrix, first.x, first.y)
    return Word(
        text if text.isascii() else unicodedata.normalize("NFC", text),
        frame.box(min(lefts), min(bottoms), max(rights), max(tops)),
        baseline,
        first.size if alike else max(p.size for p in prints),
        first.bold if alike else 2 * sum(p.bold for p in prints) > len(prints),
        run=run,
        source=first.address,
        tracking=tracking(chars),
    )
