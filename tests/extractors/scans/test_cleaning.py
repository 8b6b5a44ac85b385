"""Scans without what nobody printed."""

from typing import Any

import cv2
import numpy as np
import pytest

from extractors.scans import bitmap, cleaning
from tests.extractors.scans.drawing import (
    POINT,
    ROW_HEIGHT,
    TOP,
    Grey,
    draw,
    picture,
    scanned,
    table_page,
)


@pytest.mark.parametrize(
    ("size", "gap", "stays"),
    [
        pytest.param(5, 4, True, id="the point of a sentence"),
        pytest.param(5, 40, False, id="dust"),
        pytest.param(12, 40, True, id="a sign that stands alone"),
    ],
)
def test_dust_is_what_stands_alone(size: int, gap: int, stays: bool) -> None:
    ink = np.full((200, 300), 255, np.uint8)
    ink[80:110, 50:70] = 0
    ink[100 : 100 + size, 70 + gap : 70 + gap + size] = 0
    clean = cleaning.without_specks(ink, POINT)
    assert (clean[80:110, 50:70] == 0).all()
    assert bool((clean[100 : 100 + size, 70 + gap : 70 + gap + size] == 0).all()) is stays


def test_the_black_margin_of_a_copier_hides_no_tilt() -> None:
    grey = picture(table_page(), tilt=1.2, noise=4)
    grey[:, :30] = grey[-25:] = 12
    scan = draw(scanned(grey))
    bare = cleaning.without_edges(scan)
    assert bare.grey[:, :60].min() > 100 and bare.grey[-50:].min() > 100
    assert bitmap.straightened(bare).tilt == pytest.approx(-1.2, abs=0.1)


@pytest.mark.parametrize("all_round", [False, True])
def test_what_black_margins_surround_is_no_margin(all_round: bool) -> None:
    grey = np.full((1600, 1100), 240, np.uint8)
    grey[:, :40] = grey[-40:] = 12
    if all_round:
        grey[:, -15:] = grey[:15] = 12
    grey[300:360, 200:900] = 20  # the head of a table
    grey[500:520, 200:220] = 20
    bare = cleaning.without_edges(bitmap.Bitmap(grey, 200 / 72)).grey
    assert bare[:, :50].min() > 100 and bare[-50:].min() > 100
    assert bare[:, -25:].min() > 100 and bare[:25].min() > 100
    assert (bare[30:1550, 60:1070] == grey[30:1550, 60:1070]).all()


def test_a_band_with_light_letters_at_the_edge_stays() -> None:
    grey = picture(table_page())
    grey[:90] = 30
    cv2.putText(grey, "VALBRUME HABITAT", (60, 65), cv2.FONT_HERSHEY_DUPLEX, 1.8, 250, 4)
    scan = draw(scanned(grey))
    assert cleaning.without_edges(scan) is scan


def test_light_text_on_a_dark_fill_becomes_dark_on_light() -> None:
    scan = draw(scanned(picture(table_page(head=0.15))))
    ink, fills = cleaning.cleaned(scan)
    top, bottom = (round((TOP + d) * scan.scale) for d in (4, ROW_HEIGHT - 4))
    head = ink[top:bottom, round(65 * scan.scale) : round(140 * scan.scale)]
    assert 0.01 < (head < cleaning.DARK).mean() < 0.3
    assert any(f.grey < 130 and f.box[1] / scan.scale == pytest.approx(TOP, abs=4) for f in fills)


def coloured_table(shade: int, text: int, column: bool) -> bitmap.Bitmap:
    """A head and, if asked, a first column below it in `shade` with letters in `text`, as a page of
    600 by 400 points."""
    grey = np.full((1667, 2500), 250, np.uint8)
    grey[200:290, 200:2300] = shade
    if column:
        grey[200:900, 200:560] = shade
        grey[500:506, 200:560] = 250
    for y, xs in ((262, range(230, 2200, 300)), (400, (230,)), (620, (230,))):
        for x in xs:
            inside = y < 290 or column
            ink = text if inside else 20
            cv2.putText(grey, "Pilote", (x, y), cv2.FONT_HERSHEY_DUPLEX, 1.3, ink, 3)
    cv2.putText(grey, "Maraude", (640, 400), cv2.FONT_HERSHEY_DUPLEX, 1.3, 20, 3)
    return bitmap.Bitmap(grey, POINT)


@pytest.mark.parametrize("shade", [20, 110, 165])
@pytest.mark.parametrize("column", [False, True], ids=["head", "head and first column"])
def test_light_text_is_turned_dark_whatever_its_ground(shade: int, column: bool) -> None:
    ink, fills = cleaning.cleaned(coloured_table(shade, 250, column))
    for top, left in ((225, 230), (365, 230), (365, 640)):
        word = ink[top : top + 50, left : left + 150]
        assert 0.05 < (word < cleaning.DARK).mean() < 0.5
        assert (word > 230).mean() > 0.4
    assert any(f.box[2] - f.box[0] > 2000 for f in fills)


def test_a_head_on_which_light_falls_unevenly_is_turned_whole() -> None:
    """In part of it only, it is all but black."""
    light = np.linspace(0.75, 1.0, 2500)
    photo = bitmap.Bitmap((coloured_table(57, 250, False).grey * light).astype(np.uint8), POINT)
    ink, fills = cleaning.cleaned(photo)
    assert (ink[205:220, 210:2290] > 230).all()
    assert [f.box[2] - f.box[0] > 2000 for f in fills] == [True]


def test_a_head_of_two_colours_is_turned_over_in_both() -> None:
    """One of them is all but black."""
    grey = np.full((800, 2400), 250, np.uint8)
    for left, right, shade in ((200, 1150, 25), (1150, 2200, 78)):
        grey[200:370, left:right] = shade
        for x in range(left + 30, right - 300, 330):
            cv2.putText(grey, "Action", (x, 300), cv2.FONT_HERSHEY_DUPLEX, 1.5, 255, 3)
    noise = np.random.default_rng(1).normal(0, 3, grey.shape)
    ink, fills = cleaning.cleaned(
        bitmap.Bitmap((grey + noise).clip(0, 255).astype(np.uint8), POINT)
    )
    assert sorted(f.box for f in fills) == [
        pytest.approx(box, abs=16) for box in ((200, 200, 1150, 370), (1150, 200, 2200, 370))
    ]
    for left in (230, 1180):
        assert (ink[215:255, left : left + 800] > 230).all()
        assert (ink[260:310, left : left + 150] < cleaning.DARK).mean() > 0.05


def test_the_letters_of_a_head_in_a_shadow_are_as_dark_as_others() -> None:
    photo = bitmap.Bitmap((coloured_table(60, 250, False).grey * 0.4).astype(np.uint8), POINT)
    ink, _ = cleaning.cleaned(photo)
    head, below = (np.percentile(ink[top : top + 50, 230:380], 10) for top in (225, 365))
    assert head == pytest.approx(below, abs=30)


def test_a_dark_column_that_holds_but_numbers_is_light() -> None:
    """It makes one shape with the head above it."""
    grey = np.full((1400, 2200), 245, np.uint8)
    cv2.rectangle(grey, (200, 200), (2000, 320), 5, -1)
    cv2.rectangle(grey, (200, 200), (480, 1300), 5, -1)
    for row in range(4):
        put = (str(row), (230, 500 + 200 * row), cv2.FONT_HERSHEY_DUPLEX, 1.3, 250, 3)
        cv2.putText(grey, *put)
    for left in range(230, 1800, 300):
        cv2.putText(grey, "Action", (left, 275), cv2.FONT_HERSHEY_DUPLEX, 1.5, 250, 3)
    noise = np.random.default_rng(1).normal(0, 3, grey.shape)
    ink, _ = cleaning.cleaned(bitmap.Bitmap((grey + noise).clip(0, 255).astype(np.uint8), POINT))
    assert (ink[340:1280, 220:460] < cleaning.DARK).mean() < 0.05
    assert (ink[450:520, 225:270] < cleaning.DARK).any()


def test_light_text_on_dots_is_turned_dark() -> None:
    """A scan in black and white has made dots of the colour of the head, and of nothing else."""
    grey = coloured_table(20, 250, False).grey
    dots = np.random.default_rng(3).random(grey.shape) < 0.25
    ink, _ = cleaning.cleaned(bitmap.Bitmap(np.where(dots, 255, grey).astype(np.uint8), POINT))
    for left in range(230, 1800, 300):
        assert 0.05 < (ink[225:275, left : left + 150] < cleaning.DARK).mean() < 0.5
    assert (ink[210:222, 230:2000] < cleaning.DARK).mean() < 0.01


@pytest.mark.parametrize(
    ("stems", "even"),
    [
        ([100, 100, 100, 240, 240], True),  # light letters, as close as stems of bold type are
        ([40, 100, 160, 220, 240], False),  # a shadow, from column to column
    ],
)
def test_a_band_is_even_whatever_light_letters_fill_it(stems: list[int], even: bool) -> None:
    grain = np.random.default_rng(3).normal(0, 6, (9, 250))
    quarter = (np.tile(stems, (9, 50)) + grain).clip(0, 255).astype(np.uint8)
    assert cleaning._is_even(quarter, (0, 0, 250, 9)) == even


def test_dark_text_on_a_middling_ground_stays_dark() -> None:
    ink, _ = cleaning.cleaned(coloured_table(165, 20, False))
    assert 0.05 < (ink[225:275, 230:380] < cleaning.DARK).mean() < 0.5


def in_shadow(grey: Grey, light: float, top: int) -> bitmap.Bitmap:
    """`grey` with the shadow of a hand from `top` on, that leaves this share of the light."""
    oval = (1600, (top + 1500) / 2), (1400, 1500 - top), 0
    shadow = cv2.ellipse(np.ones(grey.shape, np.float32), oval, light, -1)
    shaded = grey * cv2.GaussianBlur(shadow, (0, 0), 30)
    return bitmap.Bitmap(shaded.astype(np.uint8), POINT)


@pytest.mark.parametrize("light", [0.45, 0.65])
@pytest.mark.parametrize("top", [150, 900], ids=["on the text", "below it"])
def test_the_shadow_of_a_hand_is_no_band_of_light_text(light: float, top: int) -> None:
    grey = np.full((1667, 2500), 250, np.uint8)
    for y in range(300, 800, 100):
        cv2.putText(grey, "Subvention de l'Etat", (1200, y), cv2.FONT_HERSHEY_DUPLEX, 1.3, 20, 3)
    ink, _ = cleaning.cleaned(in_shadow(grey, light, top))
    text = ink[260:810, 1200:1700]
    assert 0.05 < (text < cleaning.DARK).mean() < 0.3
    assert (text > 230).mean() > 0.6
    assert (ink[850:] > cleaning.DARK).all()


def test_uneven_light_is_no_colour() -> None:
    grey = picture(table_page(), noise=6).astype(float)
    shaded = grey * np.linspace(0.88, 1.0, grey.shape[1])[None, :]
    _, fills = cleaning.cleaned(draw(scanned(shaded.astype(np.uint8))))
    assert [round(f.box[1] / POINT) for f in fills] == [pytest.approx(TOP, abs=4)]


def test_the_shadow_in_a_corner_of_the_page_is_no_colour() -> None:
    paper = np.full((1600, 2400), 246, np.uint8)
    paper[1000:, 500:] = 230
    _, fills = cleaning.cleaned(bitmap.Bitmap(paper, POINT))
    assert fills == []


def test_pale_stripes_are_whole_in_the_grain_of_the_paper() -> None:
    """One of them is hardly darker than the grain is deep."""
    paper = np.full((1600, 2400), 246.0)
    for top, shade in ((300, 236), (600, 235)):
        paper[top : top + 100, 300:2100] = shade
    grey = paper + np.random.default_rng(4).normal(0, 6, paper.shape)
    _, fills = cleaning.cleaned(bitmap.Bitmap(grey.clip(0, 255).astype(np.uint8), POINT))
    assert [f.box for f in fills] == [
        pytest.approx((300, top, 2100, top + 100), abs=16) for top in (300, 600)
    ]


def test_rows_coloured_in_turn_are_bands_beside_the_black_cells_that_head_them() -> None:
    """Black as these are, the darkest bands are hardly lighter than what is inverted."""
    grey = np.full((1600, 2400), 250, np.uint8)
    tops = (200, 300, 700, 1000, 1300)
    for top, bottom, shade in zip(tops, tops[1:], (155, 128, 204, 128), strict=False):
        grey[top:bottom, 200:2100] = shade
        grey[max(top, 300) : bottom, 200:450] = 0
        cv2.putText(grey, "Maraude", (600, top + 60), cv2.FONT_HERSHEY_DUPLEX, 1.3, 10, 3)
        cv2.putText(grey, "3", (230, top + 60), cv2.FONT_HERSHEY_DUPLEX, 1.3, 255, 3)
    noise = np.random.default_rng(2).normal(0, 4, grey.shape)
    ink, fills = cleaning.cleaned(
        bitmap.Bitmap((grey + noise).clip(0, 255).astype(np.uint8), POINT)
    )
    bands = sorted(f.box for f in fills if f.grey > 100)
    assert bands == [
        pytest.approx((left, top, 2100, bottom), abs=16)
        for left, top, bottom in (
            (200, 200, 300),
            (450, 300, 700),
            (450, 700, 1000),
            (450, 1000, 1300),
        )
    ]
    for top in tops[1:-1]:
        cell = ink[top + 20 : top + 70, 220:430]
        assert 0.01 < (cell < cleaning.DARK).mean() < 0.2


def test_what_fades_into_the_paper_is_no_fill() -> None:
    y, x = np.mgrid[0:1600, 0:2400]
    shadow = 30 * np.exp(-(((x - 1200) / 500) ** 2) - ((y - 800) / 90) ** 2)
    _, fills = cleaning.cleaned(bitmap.Bitmap((245 - shadow).astype(np.uint8), POINT))
    assert fills == []


def written(grey: np.ndarray[Any, Any], text: str, x: int, y: int, ink: int) -> None:
    cv2.putText(grey, text, (x, y), cv2.FONT_HERSHEY_DUPLEX, 1.3, ink, 5)


def test_a_head_one_line_high_is_whole_though_letters_fill_it() -> None:
    grey = np.full((1000, 2500), 250, np.uint8)
    grey[200:246, 200:2300] = 110
    for x in (220, 1300):
        written(grey, "DESCRIPTION DE L'ACTION ENGAGEE", x, 237, 250)
    _, fills = cleaning.cleaned(bitmap.Bitmap(grey, POINT))
    assert [f.box for f in fills] == [pytest.approx((200, 200, 2300, 246), abs=10)]


def test_a_dark_label_ends_where_its_row_goes_on_in_plain_cells() -> None:
    """The rules above and below them go on from its edges."""
    grey = np.full((1000, 2500), 250, np.uint8)
    grey[200:280, 200:900] = 60
    for y in (200, 276):
        grey[y : y + 4, 200:2300] = 90
    written(grey, "TOTAL", 400, 256, 250)
    for x in (1100, 1500, 1900):
        written(grey, "180 000", x, 256, 40)
    ink, fills = cleaning.cleaned(bitmap.Bitmap(grey, POINT))
    assert [f.box for f in fills] == [pytest.approx((200, 200, 900, 280), abs=16)]
    assert (ink[210:270, 1000:2200] > 230).mean() > 0.8


def test_bold_letters_below_a_head_are_no_part_of_it() -> None:
    """Nor is a bold title a head: its letters, smeared, are as dark."""
    grey = np.full((1000, 2500), 250, np.uint8)
    grey[200:290, 200:2300] = 60
    for y, weight in ((120, 14), (330, 14)):
        cv2.putText(grey, "MMMMMM MMMMMM", (220, y), cv2.FONT_HERSHEY_DUPLEX, 1.3, 20, weight)
    smeared = cv2.GaussianBlur(grey, (0, 0), 3)
    _, fills = cleaning.cleaned(bitmap.Bitmap(smeared.astype(np.uint8), POINT))
    assert [f.box for f in fills if f.grey < 130] == [pytest.approx((200, 200, 2300, 290), abs=10)]


@pytest.mark.parametrize(("right", "count"), [(224, 1), (195, 2)], ids=["one shade", "two shades"])
def test_a_band_that_light_parts_is_one(right: int, count: int) -> None:
    """The light that scanners leave around bold letters runs from its upper to its lower edge."""
    grey = np.full((1000, 2500), 250, np.uint8)
    grey[200:300, 200:2300] = 215
    grey[200:300, 1500:2300] = right
    grey[200:300, 1494:1506] = 250
    _, fills = cleaning.cleaned(bitmap.Bitmap(grey, POINT))
    assert len(fills) == count


def test_the_deepest_of_a_shadow_is_no_dark_head() -> None:
    """As low as a line of text, it may hold hardly anything but light letters."""
    y, x = np.mgrid[0:1600, 0:2400]
    shadow = 114 * np.exp(-(((x - 900) / 1100) ** 2) - ((y - 500) / 200) ** 2)
    grey = (240 - shadow).astype(np.uint8)
    written(grey, "Pension de famille", 700, 510, 20)
    _, fills = cleaning.cleaned(bitmap.Bitmap(grey, POINT))
    assert fills == []


def test_the_grain_of_a_photograph_in_bad_light_is_smoothed() -> None:
    grain = np.random.default_rng(3).normal(0, 13, (1600, 2400))
    grey = np.clip(np.linspace(230, 110, 2400) + grain, 0, 255).astype(np.uint8)
    ink, _ = cleaning.cleaned(cleaning.without_grain(bitmap.Bitmap(grey, POINT)))
    assert (ink < cleaning.DARK).mean() < 1e-4
    assert (cleaning.cleaned(bitmap.Bitmap(grey, POINT))[0] < cleaning.DARK).mean() > 1e-2


def test_no_words_are_read_in_the_grain_of_bare_paper_in_a_shadow() -> None:
    grey = np.tile(np.linspace(230, 80, 2400), (1600, 1)).astype(np.uint8)
    bare = np.ones(grey.shape, bool)
    for left in (300, 1900):
        cv2.putText(grey, "85 500", (left, 800), cv2.FONT_HERSHEY_DUPLEX, 1.3, 20, 3)
        bare[740:830, left - 20 : left + 240] = False
    grain = np.random.default_rng(3).normal(0, 15, grey.shape)
    photo = bitmap.Bitmap(np.clip(grey + grain, 0, 255).astype(np.uint8), POINT)
    ink, _ = cleaning.cleaned(cleaning.without_grain(photo))
    assert (ink[bare] < cleaning.GRAIN).mean() < 1e-3
    assert all((ink[760:805, x : x + 160] < cleaning.DARK).mean() > 0.1 for x in (300, 1900))


def test_light_letters_of_a_dark_head_outlive_the_grain() -> None:
    grey = np.full((1600, 2400), 110, np.uint8)
    grey[200:320, 200:2200] = 12
    cv2.putText(grey, "Cofinancements", (300, 275), cv2.FONT_HERSHEY_DUPLEX, 0.9, 90, 1)
    letters = grey == 90
    grain = np.random.default_rng(5).normal(0, 15, grey.shape)
    photo = bitmap.Bitmap(np.clip(grey + grain, 0, 255).astype(np.uint8), POINT)
    even = cleaning.without_grain(photo).grey
    assert np.median(even[letters]) > np.median(even[220:240, 220:2180]) + 50


@pytest.mark.parametrize("noise", [0.0, 2.0])
def test_a_scan_without_grain_stays_sharp(noise: float) -> None:
    grain = np.random.default_rng(3).normal(0, noise, (1600, 2400))
    scan = bitmap.Bitmap(np.clip(245 + grain, 0, 255).astype(np.uint8), POINT)
    assert cleaning.without_grain(scan) is scan


@pytest.mark.parametrize("below", [238, 180])
def test_a_head_that_heavy_letters_part_is_turned_whole(below: int) -> None:
    """A row below it, in a paler grey, is not."""
    grey = np.full((800, 2400), 238, np.uint8)
    grey[340:400, 250:2250] = 90
    grey[400:460, 250:2250] = below
    written(grey, "12 000", 300, 446, 20)
    heads = "Action", "Porteur", "Descriptif et indicateurs", "Plan de financement", "Avancement"
    for x, head in zip((290, 517, 769, 1367, 1879), heads, strict=True):
        cv2.putText(grey, head, (x, 392), cv2.FONT_HERSHEY_DUPLEX, 1.4, 250, 5, cv2.LINE_AA)
    grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), 1), np.uint8)
    ink, fills = cleaning.cleaned(bitmap.Bitmap(grey, POINT))
    assert ink[404:456, 1000:2000].mean() > 150
    if below == 238:
        assert [f.box for f in fills] == [pytest.approx((250, 340, 2250, 400), abs=8)]
