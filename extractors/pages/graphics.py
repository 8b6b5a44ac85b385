"""What pdfium knows of a page's drawing: rules, fills, pictures."""

import ctypes
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.pages.frame import IDENTITY, Frame, Matrix, after, moved_point
from extractors.pages.page import Box, Fill

RULE_THICKNESS = 2.6  # points; a filled box thinner than this is drawn as a line
STRAIGHT = 0.8  # points: a stroke that leans no more is horizontal or vertical
SIDE = 0.5  # of a side of a rectangle with round corners: what is straight of it
FORM_DEPTH = 6  # forms within forms
OPAQUE = 255  # the alpha of paint that hides what is below
LEAST_COVER = 16.0  # square points, to cover text


@dataclass(frozen=True, slots=True)
class Painting:
    """In which order things are painted: text objects, by their address, with the objects, and the
    opaque rectangles after the first of them, in the reading frame; where other shapes are; and the
    rectangles through which clipped texts show, by their address."""

    texts: Mapping[int, tuple[int, Any]]
    covers: Sequence[tuple[Box, int]]
    shapes: Sequence[Box]
    windows: Mapping[int, Box]


def read_graphics(
    page: pypdfium2.PdfPage, frame: Frame, hidden: Collection[int]
) -> tuple[list[Box], list[Fill], list[Box], Painting]:
    """The rules, fills and pictures of `page` but `hidden` ones, in the reading frame, and the
    order of painting."""
    rules: list[Box] = []
    fills: list[Fill] = []
    images: list[Box] = []
    texts: list[tuple[Any, int]] = []
    covers: list[tuple[Box, int]] = []
    shapes: list[Box] = []
    windows: dict[int, Box] = {}
    for order, (item, kind, matrix) in enumerate(objects_of(page.raw, IDENTITY, FORM_DEPTH)):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append((item, order))
            if window := _shown_through(item, after(matrix, frame.matrix)):
                windows[address(item)] = window
            continue
        if hidden and address(item) in hidden:
            continue
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(bounds_of(item, after(matrix, frame.matrix)))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            whole = after(matrix, frame.matrix)
            before = len(fills)
            _path(item, whole, rules, fills)
            if len(fills) == before:
                shapes.append(bounds_of(item, whole))
            elif texts and (box := _cover(item, whole, fills[-1].box)):
                covers.append((box, order))
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            shapes.append(bounds_of(item, after(matrix, frame.matrix)))
    painted = {address(item): (order, item) for item, order in texts} if covers else {}
    return rules, fills, images, Painting(painted, covers, shapes, windows)


def objects_of(holder: object, matrix: Matrix, depth: int) -> Iterator[tuple[object, int, Matrix]]:
    """Objects of a page or a form, those of forms in their place: object, type, matrix to the
    page's user space."""
    if matrix is IDENTITY and depth == FORM_DEPTH:
        count, get = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject
    else:
        count, get = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
    for i in range(count(holder)):
        item = get(holder, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield item, kind, matrix
        elif depth:
            yield from objects_of(item, after(_matrix(item), matrix), depth - 1)


def _cover(item: Any, matrix: Matrix, box: Box) -> Box | None:
    """What a filled rectangle `box` hides: all of it that its clip leaves, if it is opaque."""
    alpha = ctypes.c_uint()
    pdfium.FPDFPageObj_GetFillColor(item, *(ctypes.c_uint() for _ in range(3)), alpha)
    if alpha.value != OPAQUE or pdfium.FPDFPageObj_HasTransparency(item):
        return None
    for window in _windows(item, matrix):
        if window is None:
            return None
        box = _within(box, window)
    return box if box.width > 0 and box.height > 0 and box.area >= LEAST_COVER else None


def _shown_through(item: Any, matrix: Matrix) -> Box | None:
    """The rectangle through which a text shows; None where it is not clipped. Other shapes may let
    all of it through."""
    windows = [window for window in _windows(item, matrix) if window]
    return reduce(_within, windows) if windows else None


def _windows(item: Any, matrix: Matrix) -> Iterator[Box | None]:
    """The paths to which `item` is clipped, None for those that are no rectangles."""
    clip = pdfium.FPDFPageObj_GetClipPath(item)
    for path in range(pdfium.FPDFClipPath_CountPaths(clip)):  # -1: none
        count = pdfium.FPDFClipPath_CountPathSegments(clip, path)
        points = [
            _point(pdfium.FPDFClipPath_GetPathSegment(clip, path, i), matrix) for i in range(count)
        ]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        oblique = len({round(x, 1) for x in xs}) > 2 or len({round(y, 1) for y in ys}) > 2
        yield Box(min(xs), min(ys), max(xs), max(ys)) if points and not oblique else None


def _within(box: Box, window: Box) -> Box:
    """What `window` shows of `box`: of no width or height, or less, where that is nothing."""
    return Box(
        max(box.x0, window.x0), max(box.top, window.top),
        min(box.x1, window.x1), min(box.bottom, window.bottom),
    )  # fmt: skip


def _point(segment: Any, matrix: Matrix) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return moved_point(matrix, x.value, y.value)


def address(item: Any) -> int:
    """What tells an object of a page from all others."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _matrix(item: object) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def bounds_of(item: object, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    corners = [moved_point(matrix, x.value, y.value) for x in (left, right) for y in (bottom, top)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _path(item: object, matrix: Matrix, rules: list[Box], fills: list[Fill]) -> None:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroked)
    if not mode.value and not stroked.value:
        return
    segments = _segments(item, after(_matrix(item), matrix))
    if mode.value:
        bounds = bounds_of(item, matrix)
        colour = _colour(item, pdfium.FPDFPageObj_GetFillColor)
        if min(bounds.width, bounds.height) <= RULE_THICKNESS:
            if colour is not None and min(colour) < 250:
                rules.append(bounds)
        elif colour is not None and (_is_rectangle(segments) or _is_rounded(segments, bounds)):
            fills.append(Fill(bounds, colour))
    if stroked.value:
        colour = _colour(item, pdfium.FPDFPageObj_GetStrokeColor)
        if colour is not None and min(colour) < 250:
            rules.extend(_strokes(segments))


def _colour(item: object, get: Callable[..., int]) -> tuple[int, int, int] | None:
    """The fill or stroke colour of a path; None when it is transparent or a pattern."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get(item, red, green, blue, alpha) or not alpha.value:
        return None
    return red.value, green.value, blue.value


Segment = tuple[float, float, int, bool]  # its end in the reading frame, its type, does it close


def _segments(item: object, matrix: Matrix) -> list[Segment]:
    x, y = ctypes.c_float(), ctypes.c_float()
    segments = []
    for i in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        closes = bool(pdfium.FPDFPathSegment_GetClose(segment))
        segments.append((*moved_point(matrix, x.value, y.value), kind, closes))
    return segments


def _is_rectangle(segments: Sequence[Segment]) -> bool:
    xs, ys = {round(s[0], 1) for s in segments}, {round(s[1], 1) for s in segments}
    return len(segments) <= 6 and len(xs) <= 2 and len(ys) <= 2


def _is_rounded(segments: Sequence[Segment], bounds: Box) -> bool:
    """Is it a rectangle but for its corners: does a straight line run along most of each side?"""
    strokes = list(_strokes(segments))
    across = [s.middle[1] for s in strokes if s.width >= SIDE * bounds.width]
    down = [s.middle[0] for s in strokes if s.height >= SIDE * bounds.height]
    return all(
        any(abs(at - side) < STRAIGHT for at in found)
        for found, sides in ((across, (bounds.top, bounds.bottom)), (down, (bounds.x0, bounds.x1)))
        for side in sides
    )


def _strokes(segments: Sequence[Segment]) -> Iterator[Box]:
    """Horizontal and vertical strokes of a path, as thin boxes."""
    start: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    for x, y, kind, closes in segments:
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = (x, y)
        elif (
            kind == pdfium.FPDF_SEGMENT_LINETO
            and last is not None
            and (abs(x - last[0]) < STRAIGHT or abs(y - last[1]) < STRAIGHT)
        ):
            yield _stroke(last, (x, y))
        if closes and start and (abs(x - start[0]) < STRAIGHT) != (abs(y - start[1]) < STRAIGHT):
            yield _stroke((x, y), start)
        last = (x, y)


def _stroke(one: tuple[float, float], other: tuple[float, float]) -> Box:
    (x0, y0), (x1, y1) = one, other
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
