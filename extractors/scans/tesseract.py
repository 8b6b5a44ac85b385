"""Tesseract: pieces of the picture of a page go in, the lines that it reads come out."""

import functools
import os
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pytesseract

from extractors.errors import UnreadableDocument, UnreadablePage
from extractors.pages.page import Box, tilted
from extractors.pages.page import turned as turned_box
from extractors.scans.bitmap import Grey, PixelBox, as_grey, components
from extractors.scans.cleaning import DARK
from extractors.scans.tokens import TextLine, Token

LANGUAGE = "fra"
MARGIN = 14  # pixels of white around what Tesseract is given
LARGEST_SPECK = 24  # pixels; a dash has more
BLOCK, PAGE, LINE, RAW_LINE = 6, 4, 7, 13  # Tesseract's page segmentation modes
SECONDS = 120  # that one page may take
os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # Tesseract's threads wait more than they work


@dataclass(frozen=True, slots=True)
class Crop:
    """A piece of the page for Tesseract; (left, top) is its corner on the page, in pixels.

    `turn` is how many degrees clockwise it was turned, about that corner, to be read; `tilt`, about
    its middle.
    """

    picture: Grey
    left: float
    top: float
    zoom: float = 1.0
    turn: int = 0
    tilt: float = 0.0

    def levelled(self, degrees: float) -> "Crop":
        """The piece turned clockwise by a few `degrees`, white around."""
        height, width = self.picture.shape
        matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1.0)
        picture = cv2.warpAffine(self.picture, matrix, (width, height), borderValue=255)
        return replace(self, picture=as_grey(picture), tilt=degrees)

    def on_its_side(self, degrees: int) -> "Crop":
        """The piece turned clockwise by 90 or 270 `degrees`."""
        picture = np.ascontiguousarray(np.rot90(self.picture, -degrees // 90))
        return replace(self, picture=picture, turn=degrees)

    def enlarged(self, zoom: float) -> "Crop":
        """The piece, `zoom` times as large."""
        return replace(self, picture=_resized(self.picture, zoom), zoom=zoom * self.zoom)

    def on_page(self, box: Box) -> Box:
        """`box` of the picture, on the page, in pixels."""
        height, width = self.picture.shape
        level = tilted(box, -self.tilt, width, height) if self.tilt else box
        level = turned_box(level, (360 - self.turn) % 360, width, height)
        return Box(
            self.left + level.x0 / self.zoom,
            self.top + level.top / self.zoom,
            self.left + level.x1 / self.zoom,
            self.top + level.bottom / self.zoom,
        )


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


def has_ink(picture: Grey, largest_speck: int = LARGEST_SPECK) -> bool:
    """Is there anything larger than specks of dust, in pixels?"""
    mask = (picture < DARK).astype(np.uint8)
    return any(area >= largest_speck for _, area in components(mask))


def _resized(picture: Grey, zoom: float) -> Grey:
    way = cv2.INTER_AREA if zoom < 1 else cv2.INTER_CUBIC
    return as_grey(cv2.resize(picture, None, fx=zoom, fy=zoom, interpolation=way))


def cropped(picture: Grey, box: PixelBox, zoom: float = 1.0) -> Crop:
    """What stands in `box`, cut close to its ink and set on white."""
    left, top, right, bottom = box
    piece = picture[top:bottom, left:right]
    x, y, width, height = cv2.boundingRect(cv2.medianBlur((piece < DARK).astype(np.uint8), 3))
    if width:
        x0, y0 = max(0, x - 6), max(0, y - 6)
        piece = piece[y0 : y + height + 6, x0 : x + width + 6]
        left, top = left + x0, top + y0
    if zoom != 1.0:
        piece = _resized(piece, zoom)
    framed = cv2.copyMakeBorder(
        piece, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=255
    )
    return Crop(framed.astype(np.uint8), left - MARGIN / zoom, top - MARGIN / zoom, zoom)


def recognise(crops: Sequence[Crop], mode: int, scale: float) -> list[list[TextLine]]:
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
    found: list[dict[tuple[int, int, int], TextLine]] = [defaultdict(list) for _ in crops]
    for i, text in enumerate(rows["text"]):
        confidence = float(rows["conf"][i])
        if confidence < 0 or not text.strip():
            continue
        index = rows["page_num"][i] - 1
        crop = crops[index]
        left, top = float(rows["left"][i]), float(rows["top"][i])
        box = crop.on_page(Box(left, top, left + rows["width"][i], top + rows["height"][i]))
        key = (rows["block_num"][i], rows["par_num"][i], rows["line_num"][i])
        found[index][key].append(Token(text.strip(), box, confidence / 100, crop.turn))
    return [list(lines.values()) for lines in found]
