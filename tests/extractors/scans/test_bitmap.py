"""A page as a picture."""

import io

import cv2
import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.scans import bitmap
from extractors.scans.bitmap import components
from tests.extractors.scans.drawing import draw, picture, scanned, table_page


@pytest.mark.parametrize("tilt", [-1.5, 0.0, 0.7, 3.0])
def test_tilt_is_measured(tilt: float) -> None:
    straight = bitmap.straightened(draw(scanned(picture(table_page(), tilt=tilt, noise=5))))
    assert straight.tilt == pytest.approx(-tilt, abs=0.1)


@pytest.mark.parametrize(("turn", "sideways"), [(0, False), (90, True)])
def test_sideways_text_is_noticed_in_spite_of_rules(turn: int, sideways: bool) -> None:
    grey = np.ascontiguousarray(np.rot90(picture(table_page()), turn // 90))
    assert bitmap.runs_sideways(draw(scanned(grey))) is sideways


def test_a_negative_is_turned_into_black_on_white() -> None:
    grey = picture(table_page(head=0.9))
    positive, negative = (draw(scanned(g)).grey for g in (grey, 255 - grey))
    assert np.median(negative) > 200
    assert np.abs(positive.astype(int) - negative).mean() < 3


def test_a_huge_page_is_drawn_small(tmp_path) -> None:
    path = tmp_path / "poster.pdf"
    canvas = Canvas(str(path), pagesize=(14000, 9000))
    canvas.drawString(100, 100, "affiche")
    canvas.save()
    drawn = draw(path.read_bytes())
    assert drawn.grey.size <= bitmap.MAX_PIXELS * 1.01
    assert drawn.points == pytest.approx((14000, 9000), rel=0.01)


def columns_that_are_not_level() -> bytes:
    """Texts set at the middle of their cells, which are not level, and a scribble at the foot."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    canvas.setFont("Times-Roman", 9)
    for row in range(2):
        for column in range(6):
            lines = 1 + (row + 2 * column) % 4
            lower = 2.6 * ((7 * column + row) % 5)
            for i in range(lines):
                y = 742 - 60 * row - 10.3 * (i - lines / 2) + lower
                canvas.drawString(40 + 88 * column, y, "mot de la cellule")
    canvas.setLineWidth(2)
    for i in range(14):
        canvas.line(480 + 6 * i, 60 + 8 * (i % 3), 470 + 9 * i, 36)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("tilt", [-0.6, 0.3, 1.4])
def test_columns_that_are_not_level_do_not_hide_the_tilt(tilt: float) -> None:
    grey = picture(columns_that_are_not_level(), tilt=tilt, noise=5)
    assert bitmap.straightened(draw(scanned(grey))).tilt == pytest.approx(-tilt, abs=0.3)


def test_the_steps_of_a_thin_rule_tell_no_slope() -> None:
    mask = np.zeros((40, 600), np.uint8)
    for step in range(10):
        mask[10 + step : 12 + step, 57 * step : 57 * step + 44] = 255
    assert not list(bitmap.lines_of_text(mask))


@pytest.mark.parametrize("density", [0.0, 0.02, 0.2, 0.6])
def test_parts_are_found_band_by_band_as_on_the_whole_picture(density: float) -> None:
    dice = np.random.default_rng(5)
    for height in range(1, 60, 7):
        mask = (dice.random((height, 40)) < density).astype(np.uint8)
        mask[height // 3 : height // 2] = 0
        _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        whole = [((x, y, x + w, y + h), n) for x, y, w, h, n in stats[1:].tolist()]
        assert list(components(mask)) == whole
