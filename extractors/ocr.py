"""A scanned page, read with Tesseract into the same `Page` that a digital one gives.

The page is straightened, its ruling lines are found and wiped out, each cell of a ruled table is
read by itself, and every figure is read a second time at another size: one on which the two
readings differ gets a low confidence.
"""

import functools
import math
import os
import re
import statistics
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
import pytesseract

from extractors.bitmap import (
    Bitmap,
    Grey,
    PixelBox,
    draw,
    halved,
    hull,
    runs_sideways,
    straightened,
    turned,
)
from extractors.cleaning import (
    DARK,
    PaintedBox,
    cleaned,
    evened,
    without_edges,
    without_specks,
    without_stamps,
)
from extractors.drawn_frames import find_frames, rules_without
from extractors.drawn_rules import (
    enclosed,
    find_rules,
    healed,
    stroke,
    with_dark_columns,
    with_edges,
    without_overlaid,
    without_rules,
)
from extractors.errors import UnreadableDocument, UnreadablePage
from extractors.page import Box, Fill, Page, Word, tilted
from extractors.page import turned as turned_box
from extractors.screen import descreened
from extractors.sheet import flattened

LANGUAGE = "fra"
MARGIN = 14  # pixels of white around what Tesseract is given
LARGEST_SPECK = 24  # pixels; a dash has more
BLOCK, PAGE, LINE = 6, 4, 7  # Tesseract's page segmentation modes
SECOND_ZOOM = 0.8  # of the second reading of figures
DOUBTFUL = 0.5  # the highest confidence of a figure that was not read twice alike
SHAPE_CERTAIN = 0.9  # confidence of a dash that its shape alone proves
UPSIDE_DOWN = 0.6  # what is read with less confidence is tried another way up
SIDEWAYS = 20.0  # points: text on its side is longer
BARELY = 0.2  # share of a colour that may stand beyond the cells that it fills
CUT = 2.0  # points from the edge of the picture within which it cuts what it shows
BEYOND = 0.5  # of a word's height: what goes on as far above or below it is none of its letters
SHEET_OF_TWO = 1000.0  # points: two pages of A4 that were scanned together are wider
GUTTER = 18.0  # points of blank on both sides of the middle of such a sheet, at least
SECONDS = 120  # that one page may take

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # Tesseract's threads wait more than they work
_PDFIUM = threading.Lock()  # pdfium is not for several threads


@dataclass(frozen=True, slots=True)
class _Crop:
    """A piece of the page for Tesseract; (left, top) is its corner on the page, in pixels.

    `turn` is how many degrees clockwise it was turned, about that corner, to be read.
    """

    picture: Grey
    left: float
    top: float
    zoom: float = 1.0
    turn: int = 0

    def on_its_side(self, degrees: int) -> "_Crop":
        """The piece turned clockwise by 90 or 270 `degrees`."""
        picture = np.ascontiguousarray(np.rot90(self.picture, -degrees // 90))
        return replace(self, picture=picture, turn=degrees)

    def on_page(self, box: Box) -> Box:
        """`box` of the picture, on the page, in pixels."""
        height, width = self.picture.shape
        level = turned_box(box, (360 - self.turn) % 360, width, height)
        return Box(
            self.left + level.x0 / self.zoom,
            self.top + level.top / self.zoom,
            self.left + level.x1 / self.zoom,
            self.top + level.bottom / self.zoom,
        )


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as Tesseract read it, its box in pixels of the page, tight around the ink.

    `turn` is 90 where it runs up, 270 where it runs down the page, else 0.
    """

    text: str
    box: Box
    confidence: float
    turn: int = 0

    @property
    def level(self) -> Box:
        """Its box where its line runs level."""
        return turned_box(self.box, self.turn, 0.0, 0.0)


_TextLine = list[_Token]


@functools.cache
def ocr_available() -> bool:
    """Are Tesseract and its French data installed?"""
    try:
        return LANGUAGE in pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError):
        return False


def require_ocr() -> None:
    """Raises UnreadableDocument, with the command that installs what is missing."""
    if not ocr_available():
        raise UnreadableDocument(
            "Ce document est numérisé, et Tesseract ou ses données françaises manquent.",
            "Installez-les : sudo apt-get install tesseract-ocr tesseract-ocr-fra",
            "This document is scanned, and Tesseract or its French data are missing. "
            "Install them: sudo apt-get install tesseract-ocr tesseract-ocr-fra",
        )


def read_scan(document: pypdfium2.PdfDocument, number: int) -> Page:
    """Page `number` (from 1) of `document`, read from its picture, straightened.

    `turn`, `tilt` and `projection` say how it was moved; `Page.on_paper` undoes them. A page
    without ink is a page without words and without `ocr_confidence`. Raises UnreadableDocument
    where Tesseract is missing, UnreadablePage where it gives up, pypdfium2.PdfiumError when the
    page cannot be loaded.
    """
    with _PDFIUM:
        page = document[number - 1]
        try:
            drawn = draw(page)
        finally:
            page.close()
    bitmap = without_edges(flattened(descreened(drawn)))
    small = Bitmap(halved(bitmap.grey), bitmap.scale / 2)
    if not _has_ink(cleaned(small)[0], LARGEST_SPECK // 4):
        width, height = bitmap.points
        return Page(number, width, height, ())
    require_ocr()
    if runs_sideways(bitmap):
        bitmap = max((turned(bitmap, d) for d in (0, 90, 270)), key=_legibility)
    result = _read(straightened(bitmap), number)
    if (result.ocr_confidence or 0.0) < UPSIDE_DOWN:
        other = _read(straightened(turned(bitmap, 180)), number)
        result = max(result, other, key=lambda p: p.ocr_confidence or 0.0)
    return result


def read_scans(document: pypdfium2.PdfDocument, numbers: Sequence[int]) -> Iterator[Page]:
    """The pages `numbers` of `document`, in that order, as many at a time as there are cores.

    A page on which Tesseract gives up is `unread`, without words. Nothing else may use pdfium
    meanwhile. Raises UnreadableDocument and pypdfium2.PdfiumError as `read_scan` does.
    """
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        yield from pool.map(functools.partial(_read_or_left, document), numbers)


def _read_or_left(document: pypdfium2.PdfDocument, number: int) -> Page:
    try:
        return read_scan(document, number)
    except UnreadablePage:
        with _PDFIUM:
            width, height = document.get_page_size(number - 1)
        return Page(number, width, height, (), unread=True)


def _legibility(bitmap: Bitmap) -> float:
    """Mean confidence on the strip of the page that holds most ink."""
    ink, _ = cleaned(straightened(bitmap))
    height = round(60 * bitmap.scale)
    weight = np.convolve((ink < DARK).sum(axis=1), np.ones(height), mode="valid")
    top = int(weight.argmax()) if weight.size else 0
    lines = _recognise([_crop(ink, (0, top, ink.shape[1], top + height))], BLOCK, bitmap.scale)
    return _confidence(lines[0])


def _read(bitmap: Bitmap, number: int) -> Page:
    ink, fills = cleaned(bitmap)
    across, down = find_rules(ink, bitmap.scale)
    across = with_edges(across, down, fills, bitmap.scale)
    frames = find_frames(ink, across, down, bitmap.scale)
    if frames:
        across, down = rules_without(ink, across, down, frames, bitmap.scale)
    whole = healed(ink, across, down)
    text, stamps, stamped = without_stamps(without_rules(ink, across + down), whole, bitmap.scale)
    for sides in frames:
        place = hull(sides)
        if not any(Box(*place).overlap(Box(*other)) for other in stamped):  # as black as the text
            text = without_rules(text, sides)
            stamped.append(place)
    text = without_specks(text, bitmap.scale)
    down = without_overlaid(across, down, bitmap.scale)
    shape = (ink.shape[0], ink.shape[1])
    cells = enclosed(across + down, shape, bitmap.scale)
    fills = [fill for fill in fills if _fills_cells(fill, cells)]
    fills, across, down = with_dark_columns(fills, across, down, bitmap.scale)
    lines = _read_lines(text, cells, bitmap.scale)
    lines = _confirmed(lines, text, bitmap.scale)
    marks = _Marks.on(text)
    lines = [
        [_repaired(_under(token, stamped, marks)) for token in _without_noise(line)]
        for line in lines
    ]
    lines = _numbered([_cut_off(line, bitmap) for line in lines if line])
    metrics = _metrics(lines)
    bold = _bold(lines, metrics, text, bitmap.scale)
    width, height = bitmap.points

    def points(box: PixelBox) -> Box:
        return Box(*(v / bitmap.scale for v in box))

    page = Page(
        number,
        width,
        height,
        tuple(
            word
            for line, metric, marks in zip(lines, metrics, bold, strict=True)
            for word in _words(line, metric, marks, bitmap.scale)
        ),
        tuple(points(r) for r in across + down),
        tuple(Fill(points(f.box), (f.grey, f.grey, f.grey)) for f in fills),
        (Box(0.0, 0.0, width, height),),
        turn=bitmap.turn,
        stamped=_stamped([_crop(stamps, box) for box in stamped], bitmap.scale),
        tilt=bitmap.tilt,
        projection=bitmap.projection,
        ocr_confidence=_confidence(lines),
    )
    fold = _fold(bitmap, text, across + down)
    return page if fold is None else page.folded(fold)


def _fold(bitmap: Bitmap, text: Grey, rules: Sequence[PixelBox]) -> float | None:
    """Where the blank is, in points, that parts two pages on one sheet; None on one page."""
    width, _ = bitmap.points
    if width < SHEET_OF_TWO:
        return None
    inked = np.asarray((halved(text) < DARK).max(axis=0))
    for left, _, right, _ in rules:
        inked[left // 2 : right // 2 + 1] = True
    reach = round(GUTTER * bitmap.scale / 2)
    middle = inked.size // 2
    if inked[middle - reach : middle + reach].any() or not (
        inked[: middle - reach].any() and inked[middle + reach :].any()
    ):
        return None
    return width / 2


def _fills_cells(fill: PaintedBox, cells: Sequence[PixelBox]) -> bool:
    """Does `fill` colour all cells that it meets? Grain makes spots in the palest ones."""
    box = Box(*fill.box)
    met = [(box.overlap(Box(*cell)), Box(*cell).area) for cell in cells]
    return all(share < BARELY * box.area or share > 0.5 * area for share, area in met)


@dataclass(frozen=True, slots=True)
class _Marks:
    """The connected parts of a picture's ink, at half its size: lines drawn by hand are among
    them."""

    labels: npt.NDArray[np.int32]
    stats: npt.NDArray[np.int32]

    @classmethod
    def on(cls, text: Grey) -> "_Marks":
        mask = (halved(text) < DARK).astype(np.uint8)
        _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        return cls(np.asarray(labels, np.int32), np.asarray(stats, np.int32))

    def cross(self, box: Box) -> bool:
        """Does a stroke that passes through the word in `box` go on above or below it?"""
        x0, top, x1, bottom = (max(0, round(v / 2)) for v in (box.x0, box.top, box.x1, box.bottom))
        parts = np.setdiff1d(self.labels[top:bottom, x0:x1], 0)
        tops = self.stats[parts, cv2.CC_STAT_TOP]
        bottoms = tops + self.stats[parts, cv2.CC_STAT_HEIGHT]
        slack = BEYOND * (bottom - top)
        return bool(((tops < top - slack) | (bottoms > bottom + slack)).any())


def _under(token: _Token, stamps: Sequence[PixelBox], marks: _Marks) -> _Token:
    """`token`, in doubt where it is a figure that a stamp covers, or a pen has gone over."""
    covered = _digits(token.text) and (
        any(Box(*s).overlap(token.box) for s in stamps) or marks.cross(token.box)
    )
    return replace(token, confidence=min(token.confidence, DOUBTFUL)) if covered else token


def _cut_off(line: _TextLine, bitmap: Bitmap) -> _TextLine:
    """`line`, in doubt where the edge of the picture cuts it, up to the first wide blank."""
    height, width = bitmap.grey.shape
    edge = CUT * bitmap.scale

    def cut(token: _Token) -> bool:
        box = tilted(token.box, -bitmap.tilt, width, height)
        return not (edge < box.x0 and box.x1 < width - edge)

    result = list(line)
    for order in (1, -1):
        last: _Token | None = None
        for i, token in list(enumerate(line))[::order]:
            if not cut(token) if last is None else _blank(token, last) > token.box.height:
                break
            result[i] = replace(token, confidence=min(token.confidence, DOUBTFUL))
            last = token
    return result


def _blank(one: _Token, other: _Token) -> float:
    """How wide the blank between them is, in pixels."""
    return max(one.box.x0 - other.box.x1, other.box.x0 - one.box.x1)


def _stamped(crops: Sequence[_Crop], scale: float) -> tuple[Word, ...]:
    lines = [line for read in _recognise(crops, BLOCK, scale) for line in read]
    return tuple(
        word
        for line, metric in zip(lines, _metrics(lines), strict=True)
        for word in _words(line, metric, [False] * len(line), scale)
    )


def _confidence(lines: Sequence[_TextLine]) -> float:
    return _mean_confidence(t for line in lines for t in line)


def _mean_confidence(tokens: Iterable[_Token]) -> float:
    """By characters, so that specks weigh little."""
    weighed = [(len(t.text), t.confidence) for t in tokens]
    total = sum(n for n, _ in weighed)
    return sum(n * c for n, c in weighed) / total if total else 0.0


# --- reading -----------------------------------------------------------------------------------


def _read_lines(text: Grey, cells: Sequence[PixelBox], scale: float) -> list[_TextLine]:
    """The lines of every cell, and those of the page around the cells."""
    around_cells = text.copy()
    crops: list[_Crop] = []
    for cell in cells:
        left, top, right, bottom = cell
        if _has_ink(text[top:bottom, left:right]):
            crops.append(_crop(text, cell))
        around_cells[top:bottom, left:right] = 255
    lines = [line for read in _read_cells(crops, scale) for line in read]
    if _has_ink(around_cells):
        whole = _crop(evened(around_cells, scale), (0, 0, text.shape[1], text.shape[0]))
        lines.extend(_recognise([whole], PAGE, scale)[0])
    return lines


def _read_cells(crops: Sequence[_Crop], scale: float) -> list[list[_TextLine]]:
    """The lines of each crop; one in which Tesseract sees no block of text is read as a line."""
    read = _recognise(crops, BLOCK, scale)
    missed = [i for i, lines in enumerate(read) if not lines and not _is_dash(crops[i], scale)]
    again = _recognise([crops[i] for i in missed], LINE, scale)
    for i, lines in zip(missed, again, strict=True):
        read[i] = lines
    for i, lines in enumerate(read):
        if not lines and _is_dash(crops[i], scale):
            height, width = crops[i].picture.shape
            left, top = crops[i].left + MARGIN, crops[i].top + MARGIN
            box = Box(left, top, left + width - 2 * MARGIN, top + height - 2 * MARGIN)
            read[i] = [[_Token("-", box, SHAPE_CERTAIN)]]
    aside = [i for i, lines in enumerate(read) if _may_run_sideways(crops[i], lines, scale)]
    turned_crops = [crops[i].on_its_side(degrees) for i in aside for degrees in (90, 270)]
    turned_lines = iter(_recognise(turned_crops, BLOCK, scale))
    for i, up, down in zip(aside, turned_lines, turned_lines, strict=True):
        read[i] = max(read[i], up, down, key=_confidence)
    return read


def _may_run_sideways(crop: _Crop, lines: Sequence[_TextLine], scale: float) -> bool:
    """Is it high enough for a word, and hardly legible?"""
    height, width = (v - 2 * MARGIN for v in crop.picture.shape)
    return height > max(SIDEWAYS * scale, width / 2) and _confidence(lines) < UPSIDE_DOWN


def _is_dash(crop: _Crop, scale: float) -> bool:
    """Does nothing but one short level stroke stand there? Tesseract is blind to it."""
    mask = cv2.medianBlur((crop.picture < DARK).astype(np.uint8), 3)
    parts, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if parts != 2:
        return False
    width, height, area = (int(v) for v in stats[1][2:5])
    return height < 2 * scale and 1.5 * height < width < 12 * scale and area > 0.6 * width * height


def _has_ink(picture: Grey, largest_speck: int = LARGEST_SPECK) -> bool:
    """Is there anything larger than specks of dust, in pixels?"""
    mask = (picture < DARK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return bool((stats[1:, cv2.CC_STAT_AREA] >= largest_speck).any())


def _crop(picture: Grey, box: PixelBox, zoom: float = 1.0) -> _Crop:
    """What stands in `box`, cut close to its ink and set on white."""
    left, top, right, bottom = box
    piece = picture[top:bottom, left:right]
    x, y, width, height = cv2.boundingRect(cv2.medianBlur((piece < DARK).astype(np.uint8), 3))
    if width:
        x0, y0 = max(0, x - 6), max(0, y - 6)
        piece = piece[y0 : y + height + 6, x0 : x + width + 6]
        left, top = left + x0, top + y0
    if zoom != 1.0:
        way = cv2.INTER_AREA if zoom < 1 else cv2.INTER_CUBIC
        piece = cv2.resize(piece, None, fx=zoom, fy=zoom, interpolation=way).astype(np.uint8)
    framed = cv2.copyMakeBorder(
        piece, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=255
    )
    return _Crop(framed.astype(np.uint8), left - MARGIN / zoom, top - MARGIN / zoom, zoom)


def _recognise(crops: Sequence[_Crop], mode: int, scale: float) -> list[list[_TextLine]]:
    """The lines of each crop. One run of Tesseract reads them all: it is slow to start."""
    if not crops:
        return []
    with tempfile.TemporaryDirectory(prefix="filiation-") as folder:
        names = [str(Path(folder) / f"{i}.pgm") for i in range(len(crops))]
        for name, crop in zip(names, crops, strict=True):
            cv2.imwrite(name, crop.picture)
        listing = Path(folder) / "pictures.txt"
        listing.write_text("\n".join(names) + "\n", encoding="utf-8")
        try:
            rows = pytesseract.image_to_data(
                str(listing),
                lang=LANGUAGE,
                config=f"--psm {mode} --dpi {round(scale * 72 * crops[0].zoom)}"
                " -c invert_threshold=0",
                timeout=SECONDS,
                output_type=pytesseract.Output.DICT,
            )
        except (RuntimeError, OSError) as error:
            raise UnreadablePage(
                f"Tesseract n'a pas pu lire une page numérisée ({error}).",
                "Numérisez-la de nouveau, ou signalez-le avec le document.",
                f"Tesseract could not read a scanned page ({error}). "
                "Scan it again, or report it with the document.",
            ) from error
    found: list[dict[tuple[int, int, int], _TextLine]] = [defaultdict(list) for _ in crops]
    for i, text in enumerate(rows["text"]):
        confidence = float(rows["conf"][i])
        if confidence < 0 or not text.strip():
            continue
        index = rows["page_num"][i] - 1
        crop = crops[index]
        left, top = float(rows["left"][i]), float(rows["top"][i])
        box = crop.on_page(Box(left, top, left + rows["width"][i], top + rows["height"][i]))
        key = (rows["block_num"][i], rows["par_num"][i], rows["line_num"][i])
        found[index][key].append(_Token(text.strip(), box, confidence / 100, crop.turn))
    return [list(lines.values()) for lines in found]


# --- figures -----------------------------------------------------------------------------------


def _confirmed(lines: list[_TextLine], text: Grey, scale: float) -> list[_TextLine]:
    """`lines`, where each figure that a second reading does not confirm is made doubtful."""
    spans = [(i, span) for i, line in enumerate(lines) for span in _figures(line)]
    crops = []
    for i, (a, b) in spans:
        crop = _crop(text, _box(lines[i][a:b], text, scale), SECOND_ZOOM)
        turn = lines[i][a].turn
        crops.append(crop.on_its_side(turn) if turn else crop)
    result = [list(line) for line in lines]
    for (i, (a, b)), again in zip(spans, _recognise(crops, LINE, scale), strict=True):
        second = "".join(t.text for line in again for t in line)
        if _figure("".join(t.text for t in lines[i][a:b])) != _figure(second):
            result[i][a:b] = [
                replace(t, confidence=min(t.confidence, DOUBTFUL)) for t in lines[i][a:b]
            ]
    return result


def _figures(line: _TextLine) -> Iterator[tuple[int, int]]:
    """Where figures stand in `line`: "35 000 €" is one, with the word after it."""
    start: int | None = None
    for i, token in enumerate(line):
        if _digits(token.text):
            start = i if start is None else start
        elif start is not None:
            yield start, i + (len(token.text) == 1)
            start = None
    if start is not None:
        yield start, len(line)


def _box(tokens: _TextLine, text: Grey, scale: float) -> PixelBox:
    slack = round(0.6 * scale)
    return (
        max(0, round(min(t.box.x0 for t in tokens)) - slack),
        max(0, round(min(t.box.top for t in tokens)) - slack),
        min(text.shape[1], round(max(t.box.x1 for t in tokens)) + slack),
        min(text.shape[0], round(max(t.box.bottom for t in tokens)) + slack),
    )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _figure(text: str) -> tuple[str, int]:
    """Its digits, and how many of them are cents."""
    cents = re.search(r"[.,]\s?(\d{1,2})(?!\d)", text)
    return _digits(text), len(cents[1]) if cents else 0


SIGN = re.compile(r"[|_~^°'‘’`*<>®©£•{}\[\]\\.,:;!]+")
NO_OPENING = re.compile(r"^[|_~^'‘`.,©®]+(?![|_~^'‘`.,©®])")
LETTER_IN_FIGURE = re.compile(r"(?<=\d)[OoIl](?=[\d\s.,€]|$)|(?<![A-Za-zÀ-ÿ])[OoIl](?=\d)")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[A-Za-z](?=\d)|[Oo](?=\d)")


def _repaired(token: _Token) -> _Token:
    """`token` with "35O" read as "350", as "I'Etat" is "l'Etat"; a figure so mended is doubtful."""
    text = re.sub(r"^[I|1]['’](?=[a-zà-ÿœA-ZÀ-Ý])", "l'", token.text)
    text = re.sub(r"^[lI]er\b", "1er", text)
    text = re.sub(r"[£$€]€|€[£$]", "€", text)
    mended = LETTER_IN_FIGURE.sub(lambda m: "0" if m[0] in "Oo" else "1", text)
    doubtful = mended != text or BETWEEN_DIGITS.search(text)
    confidence = min(token.confidence, DOUBTFUL) if doubtful else token.confidence
    return replace(token, text=mended, confidence=confidence)


def _without_noise(line: _TextLine) -> _TextLine:
    """`line` without what is left of dust and rules: signs that open no text, and such as hardly
    could be read at its end."""
    start, end = 0, len(line)
    while start < end and NO_OPENING.fullmatch(line[start].text):
        start += 1
    while start < end and _is_noise(line[end - 1], line[start : end - 1]):
        end -= 1
    if start == end:
        return []
    first = line[start]
    text = NO_OPENING.sub("", first.text)
    if text != first.text and text[0].isdigit():
        first = replace(first, confidence=min(first.confidence, DOUBTFUL))
    return [replace(first, text=text), *line[start + 1 : end]]


def _is_noise(token: _Token, before: _TextLine) -> bool:
    if token.confidence >= DOUBTFUL:
        return False
    after_sum = bool(before) and before[-1].text.endswith("€") and len(token.text) == 1
    return bool(SIGN.fullmatch(token.text)) or (after_sum and not token.text.isdigit())


# I. OBJET · IL. DOTATION · ARTICLE IN - RELIQUAT: strokes that OCR takes for letters
STROKES = {"l": "I", "L": "I", "1": "I", "|": "I", "!": "I", "T": "I"}
JOINED_STROKES = {"N": "II", "H": "II", "M": "III"}
NUMBERED = re.compile(
    r"(?:(?P<before>(?i:article|titre|chapitre|partie|section|axe)) )?"
    r"(?P<number>[IVXlL1|!TNHM]{1,5})(?P<after>[.,)]?)(?P<dash> ?[-–—:])? ?(?P<title>[A-ZÀ-Ý]\S)"
)
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _numbered(lines: list[_TextLine]) -> list[_TextLine]:
    """`lines`, in which the Roman numbers of headings that follow one another are mended."""
    found = []
    for i in sorted(range(len(lines)), key=lambda i: lines[i][0].box.bottom):
        match = NUMBERED.match(" ".join(t.text for t in lines[i]))
        if match and (match["before"] or not set(match["number"]) & set(JOINED_STROKES)):
            found.append((i, match))
    result = list(lines)
    for run in _runs(found):
        if any(re.fullmatch("[IVXlNHM]{2,}", match["number"]) for _, match, _ in run):
            for i, match, number in run:
                result[i] = _with_number(lines[i], match, ROMAN[number])
    return result


def _runs(
    found: list[tuple[int, re.Match[str]]],
) -> list[list[tuple[int, re.Match[str], int]]]:
    """Headings whose numbers may be read as one after the other, at least two of them."""
    runs: list[list[tuple[int, re.Match[str], int]]] = []
    for i, match in found:
        strokes = "".join(JOINED_STROKES.get(c, STROKES.get(c, c)) for c in match["number"])
        number = ROMAN.index(strokes) if strokes in ROMAN else 0
        due = runs[-1][-1][2] + 1 if runs else 0
        one_missing = due < len(ROMAN) and ROMAN[due] == f"{strokes}I"
        if runs and (number == due or one_missing):
            runs[-1].append((i, match, due))
        elif number:
            runs.append([(i, match, number)])
    return [run for run in runs if len(run) > 1]


def _with_number(line: _TextLine, match: re.Match[str], number: str) -> _TextLine:
    place = 1 if match["before"] else 0
    after = match["after"].replace(",", ".") or ("" if match["before"] or match["dash"] else ".")
    rest = line[place].text[len(match["number"]) + len(match["after"]) :]
    mended = replace(line[place], text=number + after + rest)
    return [*line[:place], mended, *line[place + 1 :]]


# --- bold --------------------------------------------------------------------------------------

BOLDER = 1.25  # how much wider strokes are in bold than in regular, at least
SMEAR = 0.3  # points that ink and lens add to any stroke, large or small
UNDECIDED = 0.1  # share of the limit around which a word follows its line


def _bold(
    lines: list[_TextLine], metrics: list[tuple[float, float]], text: Grey, scale: float
) -> list[list[bool]]:
    """For each word of each line: is it bold, by its strokes against the page's others?

    Where the page's strokes are all of one width, nothing is said to be bold.
    """
    widths = [
        [_stroke(token, size, text, scale) for token in line]
        for line, (size, _) in zip(lines, metrics, strict=True)
    ]
    limit = _limit(
        [
            width
            for line, strokes in zip(lines, widths, strict=True)
            for token, width in zip(line, strokes, strict=True)
            if width is not None and token.confidence > DOUBTFUL  # a pale head has thin ones
        ]
    )
    if limit is None:
        return [[False] * len(line) for line in lines]
    result = []
    for line in widths:
        known = [w for w in line if w is not None]
        whole = bool(known) and statistics.fmean(known) > limit
        result.append(
            [whole if w is None or abs(w / limit - 1) < UNDECIDED else w > limit for w in line]
        )
    return result


def _stroke(token: _Token, size: float, text: Grey, scale: float) -> float | None:
    """Stroke width of a word in font sizes; None where the word is too short to tell."""
    if sum(c.isalnum() for c in token.text) < 2:
        return None
    width = stroke(text, _box([token], text, 0.0)) - SMEAR * scale
    return width / size if width > 0 else None


def _limit(widths: list[float]) -> float | None:
    """The stroke width that best parts `widths` in two kinds; None where there is but one."""
    ordered = np.sort(np.asarray(widths))
    if ordered.size < 2:
        return None
    totals = np.cumsum(ordered)
    counts = np.arange(1, ordered.size)
    low = totals[:-1] / counts
    high = (totals[-1] - totals[:-1]) / counts[::-1]
    best = int((counts * counts[::-1] * np.square(high - low)).argmax())
    if high[best] < BOLDER * low[best]:
        return None
    return float(low[best] + high[best]) / 2


# --- from tokens to words ----------------------------------------------------------------------

SAME_SIZE = 0.15  # sizes that differ less are measured, not set, differently
ASCENDING = re.compile(r"[A-ZÀ-ÖØ-Þbdfhijkl0-9€/()%ß'àâäéèêëîïôöûùü]")
DESCENDING = re.compile(r"[gjpqyçQ,;()§]")
BEARING = 0.03  # blank on each side of a word that is its own, in font sizes
CAPITAL, TEE, SMALL, TAIL = 0.70, 0.58, 0.47, 0.21  # heights in font sizes


def _words(
    line: _TextLine, metric: tuple[float, float], bold: list[bool], scale: float
) -> Iterator[Word]:
    size, baseline = metric
    bearing = BEARING * size
    starts = [t.level.x0 - bearing for t in line[1:]] + [math.inf]
    for token, is_bold, following in zip(line, bold, starts, strict=True):
        start, end = token.level.x0 - bearing, token.level.x1 + bearing
        if start < following < end:  # slanted words overlap
            end = following
        level = Box(
            start / scale,
            (baseline - 0.8 * size) / scale,
            end / scale,
            (baseline + 0.2 * size) / scale,
        )
        box = turned_box(level, (360 - token.turn) % 360, 0.0, 0.0)
        begins = {0: baseline / scale, 90: box.bottom, 270: box.top}[token.turn]
        yield Word(token.text, box, begins, size / scale, is_bold, round(token.confidence, 3))


def _metrics(lines: list[_TextLine]) -> list[tuple[float, float]]:
    """Font size and baseline of each line, in pixels; a size near the page's usual one is it."""
    found = [_metric(line) for line in lines]
    usual = statistics.median(size for size, _ in found) if found else 0.0
    return [
        (usual if abs(size - usual) < SAME_SIZE * usual else size, baseline)
        for size, baseline in found
    ]


def _metric(line: _TextLine) -> tuple[float, float]:
    """Font size and baseline of a line, from how high its letters reach."""
    sizes, baselines = [], []
    for token in line:
        up, down = ASCENDING.search(token.text), DESCENDING.search(token.text)
        if not re.search(r"\w", token.text):
            continue
        rise = CAPITAL if up else TEE if "t" in token.text else SMALL
        tail = TAIL if down else 0.0
        size = token.level.height / (rise + tail)
        sizes.append(size)
        baselines.append(token.level.bottom - tail * size)
    if not sizes:
        size = max(t.level.height for t in line)
        return size, max(t.level.bottom for t in line)
    return statistics.median(sizes), statistics.median(baselines)
