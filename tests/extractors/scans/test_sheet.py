from dataclasses import replace

import cv2
import numpy as np
import pytest

from extractors.pages.page import Box, Page, projected
from extractors.scans.bitmap import Bitmap
from extractors.scans.cleaning import cleaned
from extractors.scans.drawn_rules import find_rules
from extractors.scans.sheet import flattened
from tests.extractors.scans.drawing import LEFTS, Grey, picture, table_page

SCALE = 200 / 72
DESK = 70
ZOOM = 1565 / 1653  # how wide the sheet is there and lying on a scanner
CORNERS = ((90, 60), (1600, 25), (1660, 880), (40, 850))  # of the sheet on the photograph


def photographed(hand: int = 0, ground: int = DESK) -> Bitmap:
    """A sheet on a desk, seen from below its middle, in the shadow of a `hand` so high."""
    sheet = picture(table_page(), noise=4)
    height, width = sheet.shape
    flat = ((0, 0), (width, 0), (width, height), (0, height))
    matrix = cv2.getPerspectiveTransform(np.float32(flat), np.float32(CORNERS))
    size = (1720, 920)
    photo = cv2.warpPerspective(sheet, matrix, size)
    on_it = cv2.warpPerspective(np.ones_like(sheet), matrix, size) > 0
    grain = np.random.default_rng(2).normal(0, 4, photo.shape)
    grey = np.where(on_it, photo, ground + grain).clip(0, 255)
    if hand:
        shadow = cv2.ellipse(np.ones_like(grey), ((1500, 900), (700, hand), 0), 0.5, -1)
        grey = grey * cv2.GaussianBlur(shadow, (0, 0), 30)
    return Bitmap(grey.astype(np.uint8), SCALE)


def upright(scan: Bitmap) -> list[int]:
    """Where its upright rules stand, from the first, in points."""
    ink, _ = cleaned(scan)
    xs = sorted(round((d[0] + d[2]) / 2 / scan.scale) for d in find_rules(ink, scan.scale)[1])
    return [x - xs[0] for x in xs if x - xs[0]]


@pytest.mark.parametrize("hand", [0, 500, 1200])
def test_a_photographed_sheet_is_seen_from_above(hand: int) -> None:
    photo = photographed(hand)
    flat = flattened(photo)
    assert flat.projection is not None
    assert upright(flat) == pytest.approx([ZOOM * (x - LEFTS[0]) for x in LEFTS[1:]], abs=2)
    assert upright(photo) != pytest.approx(upright(flat), abs=2)
    assert flat.grey[:20].min() > 150  # no desk


def test_the_edge_of_a_shadow_is_no_side_of_the_sheet() -> None:
    photo = photographed()
    y, x = np.mgrid[: photo.grey.shape[0], : photo.grey.shape[1]]
    lit = 0.7 - 0.3 * np.tanh((x / 1720 + y / 920 - 1.15) * 60)
    shaded = replace(photo, grey=(photo.grey * lit).astype(np.uint8))
    flat = flattened(shaded)
    assert upright(flat) == pytest.approx([ZOOM * (x - LEFTS[0]) for x in LEFTS[1:]], abs=2)


def test_places_lead_back_to_the_photograph() -> None:
    flat = flattened(photographed())
    width, height = flat.points
    page = Page(1, width, height, (), projection=flat.projection)
    xs, ys = zip(*CORNERS, strict=True)
    sides = (xs[1] - xs[0] + xs[2] - xs[3]) / 2, (ys[3] - ys[0] + ys[2] - ys[1]) / 2
    x, y = sum(xs) / 4 - sides[0] / 2, sum(ys) / 4 - sides[1] / 2
    corner = Box(x / SCALE - 1, y / SCALE - 1, x / SCALE + 1, y / SCALE + 1)
    assert page.on_paper(corner).middle == pytest.approx(
        (CORNERS[0][0] / SCALE, CORNERS[0][1] / SCALE), abs=4
    )
    assert page.on_paper(corner).width == pytest.approx(2)


def test_nothing_moves_without_a_projection() -> None:
    box = Box(1, 2, 3, 4)
    assert projected(box, (1, 0, 0, 0, 1, 0, 0, 0, 1)) == box


def plain() -> Grey:
    return picture(table_page(), noise=4)


def shaded_at_one_side() -> Grey:
    grey = plain()
    grey[:, :60] = np.linspace(60, 200, 60)
    return grey


def panel_on_a_dark_page() -> Grey:
    grey = np.full((920, 1720), DESK, np.uint8)
    grey[100:700, 150:1500] = 245
    for y in range(720, 900, 40):  # lines of light print below the panel
        grey[y : y + 20, 150:1500][:, np.arange(1350) % 12 < 5] = 240
    return grey


@pytest.mark.parametrize(
    "grey",
    [
        pytest.param(plain(), id="scan"),
        pytest.param(shaded_at_one_side(), id="the fold of a book"),
        pytest.param(panel_on_a_dark_page(), id="light panel, light print below it"),
        pytest.param(photographed(ground=200).grey, id="light ground"),
        pytest.param(np.full((900, 1700), 250, np.uint8), id="blank"),
    ],
)
def test_what_fills_the_picture_stays(grey: Grey) -> None:
    scan = Bitmap(grey, SCALE)
    assert flattened(scan) is scan
