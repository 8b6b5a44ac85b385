import cv2
import numpy as np
import pytest

from extractors.pages.page import Box, Page
from extractors.scans.bitmap import Bitmap, lines_of_text, straightened, thumbnail
from extractors.scans.drawn_rules import find_rules
from extractors.scans.slant import squared
from tests.extractors.scans.drawing import GRID, POINT, Grey, picture, table_page

SHEET = ((100, 100), (1100, 100), (1100, 700), (100, 700))


def grid(shade: int = 0, rows: int = 7, columns: int = 5) -> Grey:
    """A table of `rows` rules across and `columns` down, which fills its page."""
    ink = np.full((900, 1240), 255, np.uint8)
    across, down = GRID
    for left, top, right, bottom in (*across[:rows], *down[:columns]):
        ink[top:bottom, left:right] = shade
    return ink


def seen(grey: Grey, by: float) -> Bitmap:
    """`grey` as a phone sees it that is held at a slant: the more so, the higher `by` is."""
    flat = np.asarray(SHEET, np.float32)
    corners = flat + np.float32(by) * np.asarray(((0, 0), (0, 4), (14, 10), (-12, 0)), np.float32)
    matrix = cv2.getPerspectiveTransform(flat, corners)
    photo = cv2.warpPerspective(grey, matrix, grey.shape[::-1], borderValue=255)
    return Bitmap(np.asarray(photo, np.uint8), POINT)


@pytest.mark.parametrize("shade", [0, 200], ids=["black rules", "pale ones"])
def test_a_grid_seen_at_a_slant_is_made_square(shade: int) -> None:
    slanted = seen(grid(shade), 1.0)
    assert len(find_rules(slanted.grey, POINT)[1]) < 5
    square = squared(slanted)
    across, down = find_rules(square.grey, POINT)
    assert [len(across), len(down)] == [7, 5]
    xs = [(d[0] + d[2]) / 2 for d in down]
    assert np.diff(xs) == pytest.approx([250] * 4, abs=6)


def test_a_low_table_seen_at_a_slant_is_made_square() -> None:
    square = squared(seen(grid(rows=3), 1.0))
    assert len(find_rules(square.grey, POINT)[1]) == 5


def test_uprights_of_single_rows_tell_how_a_photograph_slants() -> None:
    ink = grid()
    for top in range(100, 700, 200):  # cells that go across
        ink[top + 4 : top + 100, 110:1090] = 255
    slanted = seen(ink, 2.0)
    _, down = find_rules(squared(slanted).grey, POINT)
    assert len(down) == 11
    assert len({round(rule[0] / 20) for rule in down}) == 5


def test_level_rules_without_uprights_are_made_parallel() -> None:
    slanted = seen(grid(columns=0), 3.0)
    heights = [rule[3] - rule[1] for rule in find_rules(slanted.grey, POINT)[0]]
    assert len(heights) < 7 or max(heights) > 10
    across, _ = find_rules(straightened(squared(slanted)).grey, POINT)
    assert len(across) == 7
    assert max(rule[3] - rule[1] for rule in across) <= 8


def prose() -> Grey:
    ink = np.full((900, 1240), 255, np.uint8)
    for y in range(150, 700, 50):
        words = "Une subvention est versée en une seule fois sur le programme des deux parties"
        cv2.putText(ink, words, (100, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    return ink


def stamped() -> Grey:
    """Text below a rule, and the frame of a stamp set aslant."""
    ink = prose()
    cv2.line(ink, (100, 100), (1100, 100), 0, 3)
    frame = np.asarray([(700, 740), (1000, 751), (997, 831), (697, 820)], np.int32)
    cv2.polylines(ink, [frame], True, 0, 3)
    return ink


def fan(grey: Grey) -> float:
    """By how much the lines of text of `grey` differ in slope."""
    slopes = [text.slope for text in lines_of_text(thumbnail(grey)) if text.width > 200]
    return max(slopes) - min(slopes)


def test_lines_of_text_that_fan_out_are_made_parallel() -> None:
    slanted = seen(prose(), 4.0)
    assert fan(slanted.grey) > 0.01
    assert fan(squared(slanted).grey) < 0.004


def test_what_the_edge_of_a_slanted_photograph_shows_is_no_rule() -> None:
    slanted = seen(grid(), 6.0)
    slanted.grey[300::40, -1:] = 0
    across, _ = find_rules(squared(slanted).grey, POINT)
    assert len(across) == 7


def test_thick_rules_of_a_sheet_that_bends_a_little_are_made_square() -> None:
    thick = cv2.erode(bent(grid(), 4.0), np.ones((5, 5), np.uint8))
    slanted = seen(np.asarray(thick, np.uint8), 1.0)
    assert squared(slanted).projection is not None


def test_places_lead_back_to_the_photograph() -> None:
    square = squared(seen(grid(), 1.0))
    _, down = find_rules(square.grey, POINT)
    left, _, right, bottom = (v / POINT for v in down[-1])
    width, height = square.points
    page = Page(1, width, height, (), projection=square.projection)
    corner = Box(left, bottom - 1, right, bottom + 1)
    assert page.on_paper(corner).middle == pytest.approx((1112 / POINT, 712 / POINT), abs=1)


def edged() -> Grey:
    """A tilted grid, far below what a copier left of the paper's edge."""
    ink = grid()
    ink[:590] = 255
    matrix = cv2.getRotationMatrix2D((620, 450), -1.0, 1.0)
    tilted = np.asarray(cv2.warpAffine(ink, matrix, (1240, 900), borderValue=255), np.uint8)
    tilted[:3, :600] = 0
    return tilted


def bowed() -> Grey:
    ink = grid()
    y, x = np.mgrid[0:900, 0:1240].astype(np.float32)
    return np.asarray(cv2.remap(ink, x, y + (x / 90) ** 2, cv2.INTER_LINEAR), np.uint8)


def bent(ink: Grey, by: float) -> Grey:
    """`ink`, its middle `by` pixels above its sides."""
    y, x = np.mgrid[0:900, 0:1240].astype(np.float32)
    wave = np.float32(by) * np.sin(x * np.float32(np.pi / 1240))
    return np.asarray(cv2.remap(ink, x, y + wave, cv2.INTER_LINEAR), np.uint8)


@pytest.mark.parametrize(
    "scan",
    [
        pytest.param(seen(grid(), 0.05), id="next to nothing"),
        pytest.param(seen(grid(rows=2, columns=2), 1.0), id="too few rules"),
        pytest.param(Bitmap(bowed(), POINT), id="bowed, not slanted"),
        pytest.param(Bitmap(picture(table_page(), 300, tilt=2.0), POINT), id="tilted"),
        pytest.param(Bitmap(edged(), POINT), id="the edge of the picture"),
        pytest.param(Bitmap(prose(), POINT), id="lines of text"),
        pytest.param(Bitmap(stamped(), POINT), id="a stamp set aslant"),
        pytest.param(Bitmap(grid(), POINT, projection=(1, 0, 0, 0, 1, 0, 0, 0, 1)), id="flat"),
    ],
)
def test_what_is_not_slanted_stays(scan: Bitmap) -> None:
    assert squared(scan) is scan
