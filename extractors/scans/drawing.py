"""What is drawn on a scanned page, taken apart: its text, rules, colours, stamps, boxes to tick."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractors.pages.page import Box
from extractors.scans.bitmap import Bitmap, Grey, PixelBox, as_grey, hull
from extractors.scans.broken_rules import unbroken
from extractors.scans.cleaning import DARK, PaintedBox, cleaned, without_specks
from extractors.scans.drawn_boxes import Tick, find_boxes, without_boxes
from extractors.scans.drawn_frames import find_frames, rules_without
from extractors.scans.drawn_grids import (
    colours_of,
    enclosed,
    with_dark_columns,
    with_edges,
    without_close,
    without_edges,
    without_overlaid,
)
from extractors.scans.drawn_rules import find_rules, healed, without_rules
from extractors.scans.folds import fold_of, parted
from extractors.scans.framed_stamps import without_framed_stamps
from extractors.scans.light_rules import light_rules, together
from extractors.scans.rings import find_rings, places_of, without_rings
from extractors.scans.shown_through import of_this_side
from extractors.scans.stamps import without_stamps


@dataclass(frozen=True)
class Drawing:
    """A page taken apart, in pixels: its `text` alone, the rules and the `cells` that they enclose,
    the colours of these, boxes to tick, the `stamps` alone and where they stand (`stamped`), and
    where it is to be folded, in points, if it is a sheet of two pages."""

    text: Grey
    across: list[PixelBox]
    down: list[PixelBox]
    cells: list[PixelBox]
    fills: list[PaintedBox]
    boxes: list[Tick]
    stamps: Grey
    stamped: list[PixelBox]
    fold: float | None


def drawn_on(bitmap: Bitmap) -> Drawing:
    """What is drawn on `bitmap`."""
    point = bitmap.scale
    ink, fills = cleaned(bitmap)
    light = light_rules(bitmap.grey, fills, point)
    ink = without_rules(ink, light[1])  # in a dark head they are drawn
    rings = find_rings(ink, point)
    ink = without_rings(ink, rings)
    across, down = of_this_side(*find_rules(ink, point), ink, point)
    across, down = (
        together(pale, drawn, point) for pale, drawn in zip(light, (across, down), strict=True)
    )
    across = with_edges(across, down, fills, point)
    frames = find_frames(ink, across, down, point)
    if frames:
        across, down = rules_without(ink, across, down, frames, point)
    across, down = unbroken(across, down, ink, point)
    text, leaning, aslant = without_framed_stamps(
        without_rules(ink, across + down), across + down, point
    )
    whole = as_grey(np.where(leaning < DARK, 255, healed(ink, across, down)))
    text, stamps, stamped = without_stamps(text, whole, places_of(rings, ink), point)
    stamps, stamped = np.minimum(stamps, leaning), [*aslant, *stamped]
    text, framed = _without_frames(text, frames, stamped)
    text = without_specks(text, point)
    boxes = find_boxes(text, point)
    text = without_boxes(text, boxes)
    fold = fold_of(bitmap, text, ink, across + down)
    if fold is not None:
        middle = round(fold * point)
        across = [part for rule in across for part in parted(rule, middle, ink)]
    down = without_close(without_overlaid(across, down, point), point)
    down = without_edges(down, fills, point)
    cells = enclosed(across + down, (ink.shape[0], ink.shape[1]), point)
    fills, across, down = with_dark_columns(colours_of(fills, cells, point), across, down, point)
    return Drawing(text, across, down, cells, fills, boxes, stamps, [*stamped, *framed], fold)


def _without_frames(
    text: Grey, frames: Sequence[list[PixelBox]], stamped: Sequence[PixelBox]
) -> tuple[Grey, list[PixelBox]]:
    """`text` without the `frames` of stamps as black as itself, and where these stand."""
    places: list[PixelBox] = []
    for sides in frames:
        place = hull(sides)
        if not any(Box(*place).overlap(Box(*other)) for other in (*stamped, *places)):
            text = without_rules(text, sides)
            places.append(place)
    return text, places
