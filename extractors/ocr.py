"""A scanned page, read with Tesseract into the same `Page` that a digital one gives.

The page is straightened, its ruling lines are found and wiped out, each cell of a ruled table is
read by itself, and every line that holds a figure is read a second time at another size: a figure
on which the two readings differ gets a low confidence.
"""

import functools
import re
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytesseract

from extractors.bitmap import (
    DARK,
    Bitmap,
    Grey,
    PixelBox,
    cleaned,
    draw,
    enclosed,
    find_rules,
    runs_sideways,
    straightened,
    turned,
    without_rules,
)
from extractors.errors import UnreadableDocument
from extractors.page import Box, Fill, Page, Word

LANGUAGE = "fra"
MARGIN = 14  # pixels of white around what Tesseract is given
BLOCK, PAGE, LINE = 6, 4, 7  # Tesseract's page segmentation modes
DOUBTFUL = 0.5  # the highest confidence of a figure that was not read twice alike
UPSIDE_DOWN = 0.6  # a page read with less confidence is tried the other way up
SECONDS = 120  # that one page may take


@dataclass(frozen=True, slots=True)
class _Crop:
    """A piece of the page for Tesseract; (left, top) is its corner on the page, in pixels."""

    picture: Grey
    left: float
    top: float
    zoom: float = 1.0


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as Tesseract read it, its box in pixels of the page, tight around the ink."""

    text: str
    box: Box
    confidence: float


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
        )


def read_scan(document: pypdfium2.PdfDocument, number: int) -> Page:
    """Page `number` (from 1) of `document`, read from its picture, straightened.

    A page without ink is a page without words, and needs no OCR. Raises UnreadableDocument where
    Tesseract is missing or gives up, pypdfium2.PdfiumError when the page cannot be loaded.
    """
    page = document[number - 1]
    try:
        bitmap = draw(page)
    finally:
        page.close()
    if not _has_ink(cleaned(bitmap)[0]):
        width, height = bitmap.points
        return Page(number, width, height, ())
    require_ocr()
    if runs_sideways(bitmap):
        bitmap = max((turned(bitmap, d) for d in (0, 90, 270)), key=_legibility)
    page_read = _read(straightened(bitmap), number)
    if (page_read.ocr_confidence or 0.0) < UPSIDE_DOWN:
        other = _read(straightened(turned(bitmap, 180)), number)
        page_read = max(page_read, other, key=lambda p: (p.ocr_confidence or 0.0, p is page_read))
    return page_read


def _legibility(bitmap: Bitmap) -> float:
    """Mean confidence on the strip of the page that holds most ink."""
    ink, _ = cleaned(straightened(bitmap))
    height = round(60 * bitmap.scale)
    weight = np.convolve((ink < DARK).sum(axis=1), np.ones(height), mode="valid")
    top = int(weight.argmax()) if weight.size else 0
    lines = _recognise([_crop(ink, (0, top, ink.shape[1], top + height))], BLOCK, bitmap.scale)
    return _mean_confidence(t for line in lines[0] for t in line)


def _read(bitmap: Bitmap, number: int) -> Page:
    ink, fills = cleaned(bitmap)
    across, down = find_rules(ink, bitmap.scale)
    text = without_rules(ink, across + down)
    shape = (ink.shape[0], ink.shape[1])
    cells = enclosed(across + down, shape, bitmap.scale)
    lines = _read_lines(text, cells, bitmap.scale)
    lines = _confirmed(lines, text, bitmap.scale)
    width, height = bitmap.points

    def points(box: PixelBox) -> Box:
        return Box(*(v / bitmap.scale for v in box))

    return Page(
        number,
        width,
        height,
        tuple(w for line in lines for w in _words(line, bitmap.scale)),
        tuple(points(r) for r in across + down),
        tuple(Fill(points(f.box), (f.grey, f.grey, f.grey)) for f in fills),
        (Box(0.0, 0.0, width, height),),
        turn=bitmap.turn,
        ocr_confidence=_mean_confidence(t for line in lines for t in line),
    )


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
    lines = [line for read in _recognise(crops, BLOCK, scale) for line in read]
    if _has_ink(around_cells):
        whole = _crop(around_cells, (0, 0, text.shape[1], text.shape[0]))
        lines.extend(_recognise([whole], PAGE, scale)[0])
    return lines


def _has_ink(picture: Grey) -> bool:
    """Is there more than a few specks?"""
    mask = cv2.medianBlur((picture < DARK).astype(np.uint8), 3)
    return int(mask.sum()) > 12


def _crop(picture: Grey, box: PixelBox, zoom: float = 1.0) -> _Crop:
    """What stands in `box`, cut close to its ink and set on white."""
    left, top, right, bottom = box
    piece = picture[top:bottom, left:right]
    ys, xs = np.nonzero(cv2.medianBlur((piece < DARK).astype(np.uint8), 3))
    if xs.size:
        x0, y0 = max(0, int(xs.min()) - 6), max(0, int(ys.min()) - 6)
        piece = piece[y0 : int(ys.max()) + 7, x0 : int(xs.max()) + 7]
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
            raise UnreadableDocument(
                f"Tesseract n'a pas pu lire une page numérisée ({error}).",
                "Numérisez-la de nouveau, ou signalez-le avec le document.",
            ) from error
    found: list[dict[tuple[int, int, int], _TextLine]] = [defaultdict(list) for _ in crops]
    for i, text in enumerate(rows["text"]):
        confidence = float(rows["conf"][i])
        if confidence < 0 or not text.strip():
            continue
        index = rows["page_num"][i] - 1
        crop = crops[index]
        left = crop.left + rows["left"][i] / crop.zoom
        top = crop.top + rows["top"][i] / crop.zoom
        box = Box(
            left,
            top,
            left + rows["width"][i] / crop.zoom,
            top + rows["height"][i] / crop.zoom,
        )
        key = (rows["block_num"][i], rows["par_num"][i], rows["line_num"][i])
        found[index][key].append(_Token(text.strip(), box, confidence / 100))
    return [list(lines.values()) for lines in found]


# --- figures -----------------------------------------------------------------------------------


def _confirmed(lines: list[_TextLine], text: Grey, scale: float) -> list[_TextLine]:
    """`lines`, where each figure that a second reading does not confirm is made doubtful."""
    with_figures = [i for i, line in enumerate(lines) if any(_digits(t.text) for t in line)]
    crops = [_crop(text, _line_box(lines[i], text, scale), zoom=0.8) for i in with_figures]
    result = list(lines)
    for i, again in zip(with_figures, _recognise(crops, LINE, scale), strict=True):
        second = [token for line in again for token in line]
        result[i] = _doubted(lines[i], second)
    return result


def _line_box(line: _TextLine, text: Grey, scale: float) -> PixelBox:
    slack = round(1.2 * scale)
    return (
        max(0, round(min(t.box.x0 for t in line)) - slack),
        max(0, round(min(t.box.top for t in line)) - slack),
        min(text.shape[1], round(max(t.box.x1 for t in line)) + slack),
        min(text.shape[0], round(max(t.box.bottom for t in line)) + slack),
    )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _doubted(line: _TextLine, second: _TextLine) -> _TextLine:
    owners = [i for i, token in enumerate(line) for _ in _digits(token.text)]
    first = "".join(_digits(t.text) for t in line)
    other = "".join(_digits(t.text) for t in second)
    matcher = SequenceMatcher(None, first, other, autojunk=False)
    doubted: set[int] = set()
    for tag, start, end, _, _ in matcher.get_opcodes():
        if tag != "equal":
            doubted.update(owners[start:end] or owners[max(0, start - 1) : start + 1])
    return [
        replace(t, confidence=min(t.confidence, DOUBTFUL)) if i in doubted else t
        for i, t in enumerate(line)
    ]


# --- from tokens to words ----------------------------------------------------------------------

ASCENDING = re.compile(r"[A-ZÀ-ÖØ-Þbdfhijklt0-9€/()%ß'àâäéèêëîïôöûùü]")
DESCENDING = re.compile(r"[gjpqyçQ,;()/§]")


def _words(line: _TextLine, scale: float) -> Iterator[Word]:
    size, baseline = _metrics(line)
    for token in line:
        box = Box(
            token.box.x0 / scale,
            (baseline - 0.8 * size) / scale,
            token.box.x1 / scale,
            (baseline + 0.2 * size) / scale,
        )
        yield Word(
            token.text, box, baseline / scale, size / scale, False, round(token.confidence, 3)
        )


def _metrics(line: _TextLine) -> tuple[float, float]:
    """Font size and baseline of a line, in pixels, from how high its letters reach."""
    sizes, baselines = [], []
    for token in line:
        up, down = ASCENDING.search(token.text), DESCENDING.search(token.text)
        if not re.search(r"\w", token.text):
            continue
        size = token.box.height / ((0.70 if up else 0.47) + (0.21 if down else 0.0))
        sizes.append(size)
        baselines.append(token.box.bottom - (0.21 * size if down else 0.0))
    if not sizes:
        size = max(t.box.height for t in line)
        return size, max(t.box.bottom for t in line)
    return statistics.median(sizes), statistics.median(baselines)
