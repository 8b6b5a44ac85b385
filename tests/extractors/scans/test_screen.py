import cv2
import numpy as np
import pytest

from extractors.scans.bitmap import Bitmap
from extractors.scans.cleaning import cleaned
from extractors.scans.drawn_rules import find_rules
from extractors.scans.screen import descreened
from tests.extractors.scans.drawing import Grey, picture, table_page

SCALE = 300 / 72
ORDER = np.kron([[0, 2], [3, 1]], np.ones((2, 2))) + np.kron(np.ones((2, 2)), [[0, 8], [12, 4]])


def dotted(grey: Grey) -> Bitmap:
    """`grey`, of 200 dots an inch, in black and white, its shades as dots; drawn at 300."""
    height, width = grey.shape
    order = np.tile(ORDER * 16 + 8, (height // 4 + 1, width // 4 + 1))[:height, :width]
    dots = np.where(grey > order, 255, 0).astype(np.uint8)
    return Bitmap(cv2.resize(dots, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_LINEAR), SCALE)


@pytest.mark.parametrize("head", [0.8, 0.4], ids=["pale head", "dark head, light letters"])
def test_dots_become_a_shade(head: float) -> None:
    scan = dotted(picture(table_page(head)))
    smooth = descreened(scan)
    band = (
        slice(round(121 * SCALE), round(124 * SCALE)),
        slice(round(70 * SCALE), -round(80 * SCALE)),
    )
    assert scan.grey[band].std() > 50
    assert smooth.grey[band].std() < 25
    ink, _ = cleaned(smooth)
    across, down = find_rules(ink, SCALE)
    assert len({a[1] // round(10 * SCALE) for a in across}) == 5  # a dark head breaks one
    assert len(down) == 5


@pytest.mark.parametrize("noise", [0.0, 6.0])
def test_a_page_without_dots_stays(noise: float) -> None:
    scan = Bitmap(picture(table_page(), dpi=300, noise=noise), SCALE)
    assert descreened(scan) is scan


def test_the_dots_of_a_head_become_a_shade_on_a_page_full_of_letters() -> None:
    grey = np.full((2200, 1650), 255, np.uint8)
    grey[100:180, 100:1550] = 210
    for y in range(300, 2100, 20):
        for x in range(100, 1550, 12):
            grey[y : y + 10, x : x + 6] = 0
    scan = dotted(grey)
    smooth = descreened(scan)
    assert scan.grey[165:255, 300:2200].std() > 50
    assert smooth.grey[165:255, 300:2200].std() < 25
    assert (smooth.grey[400:] == scan.grey[400:]).all()


def test_a_blank_page_stays() -> None:
    blank = Bitmap(np.full((900, 700), 255, np.uint8), SCALE)
    assert descreened(blank) is blank


def test_dots_too_fine_for_half_the_size_become_a_shade() -> None:
    """Each is one of nine pixels at 300 dots an inch."""
    grey = picture(table_page(0.9), dpi=300)
    fine = np.zeros_like(grey, dtype=bool)
    fine[::3, ::3] = True
    page = np.where(fine & (grey > 200), 0, grey).astype(np.uint8)
    smooth = descreened(Bitmap(page, SCALE))
    assert page[30:90, 100:900].std() > 60
    assert smooth.grey[30:90, 100:900].std() < 10


def test_specks_all_over_a_page_are_no_dots() -> None:
    grey = picture(table_page(), dpi=300)
    page = np.where(np.random.default_rng(5).random(grey.shape) < 0.002, 0, grey)
    scan = Bitmap(page.astype(np.uint8), SCALE)
    assert descreened(scan) is scan


def test_grain_in_a_shadow_is_no_dots() -> None:
    """A phone amid a dark room: its grain is darker than ink in the light, on paper as dark."""
    grey = picture(table_page(), dpi=300, noise=15.0)
    shadow = np.linspace(1.0, 0.5, grey.shape[1])
    scan = Bitmap((grey * shadow).astype(np.uint8), SCALE)
    assert descreened(scan) is scan
