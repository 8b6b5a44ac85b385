"""Rules found in pictures."""

import cv2
import numpy as np
import pytest

from extractors.scans import bitmap, cleaning, drawn_grids, drawn_rules, stamps
from tests.extractors.scans.drawing import (
    LEFTS,
    POINT,
    ROW_HEIGHT,
    ROWS,
    TOP,
    draw,
    picture,
    scanned,
    table_page,
)


@pytest.mark.parametrize(("dpi", "tilt"), [(150, 1.0), (200, -1.3), (300, 0.0)])
def test_the_grid_of_a_tilted_scan_is_found(dpi: int, tilt: float) -> None:
    scan = bitmap.straightened(draw(scanned(picture(table_page(), dpi, tilt, noise=4), dpi)))
    ink, _ = cleaning.cleaned(scan)
    across, down = drawn_rules.find_rules(ink, scan.scale)
    assert sorted({round((r[0] + r[2]) / 2 / scan.scale / 4) for r in down}) == pytest.approx(
        [round(x / 4) for x in LEFTS], abs=1
    )
    assert len(across) == len(ROWS) + 1
    cells = drawn_grids.enclosed(across + down, (ink.shape[0], ink.shape[1]), scan.scale)
    assert len(cells) == sum(len(row) for row in ROWS)
    first = min(cells, key=lambda c: (round(c[1] / 50), c[0]))
    expected = (LEFTS[0], TOP, LEFTS[1], TOP + ROW_HEIGHT)
    assert [v / scan.scale for v in first] == pytest.approx(expected, abs=4)


def rules_drawn(grey: int, width: int, slope: float, noise: float = 6) -> list[bitmap.PixelBox]:
    """What is found of two level and two upright lines, drawn `width` pixels wide."""
    picture = np.full((800, 1200), 250, np.uint8)
    ends = ((100, 200), (1000, 200)), ((100, 600), (1000, 600))
    for (x0, y0), (x1, y1) in (*ends, *(((y, x0), (y, x1)) for (x0, y), (x1, _) in ends)):
        drift = round(slope * 900)
        shift = (0, drift) if y0 == y1 else (drift, 0)
        cv2.line(picture, (x0, y0), (x1 + shift[0], y1 + shift[1]), grey, width)
    grain = np.random.default_rng(1).normal(0, noise, picture.shape)
    across, down = drawn_rules.find_rules(np.clip(picture + grain, 0, 255).astype(np.uint8), POINT)
    return across + down


@pytest.mark.parametrize(
    ("grey", "width", "slope", "found"),
    [
        pytest.param(0, 3, 0.0, 4, id="black"),
        pytest.param(215, 1, 0.0, 4, id="hair, pale"),
        pytest.param(215, 1, 0.001, 4, id="hair, pale, on curved paper"),
        pytest.param(245, 1, 0.0, 0, id="grain of the paper"),
        pytest.param(110, 3, 0.02, 0, id="frame of a stamp, askew"),
    ],
)
def test_rules_are_level_however_thin(grey: int, width: int, slope: float, found: int) -> None:
    assert len(rules_drawn(grey, width, slope)) == found


def test_a_pale_upright_rule_goes_on_across_pale_rows() -> None:
    picture = np.full((700, 1200), 250, np.uint8)
    for y in range(100, 501, 50):  # rows of 12 points
        picture[y, 100:1000] = 215
    for x in (100, 400, 999):
        picture[100:501, x] = 215
    grain = np.random.default_rng(1).normal(0, 4, picture.shape)
    _, down = drawn_rules.find_rules(np.clip(picture + grain, 0, 255).astype(np.uint8), POINT)
    assert [d[0] for d in down] == pytest.approx([100, 400, 999], abs=3)
    assert all(d[3] - d[1] > 380 for d in down)


@pytest.mark.parametrize(("height", "found"), [(50, 1), (36, 0)], ids=["rule", "letters"])
def test_letters_above_and_below_a_rule_are_no_rule(height: int, found: int) -> None:
    ink = np.full((700, 1200), 250, np.uint8)
    ink[299:302, 100:1000] = 0
    for y in (210, 260, 310, 360):  # edges of letters, the longest run between rules 24 points
        ink[y : y + height, 500:503] = 60
    _, down = drawn_rules.find_rules(ink, POINT)
    assert len(down) == found


def test_a_dashed_rule_is_one() -> None:
    ink = np.full((400, 1200), 255, np.uint8)
    for left in range(100, 1000, 37):  # dashes of 6 points, gaps of 3
        ink[199:202, left : left + 25] = 40
    (rule,), down = drawn_rules.find_rules(ink, POINT)
    assert rule == pytest.approx((100, 200, 1013, 202), abs=8)
    assert not down


@pytest.mark.parametrize("beside", [False, True], ids=["alone", "letters beside it"])
def test_a_rule_goes_on_as_dots(beside: bool) -> None:
    ink = np.full((400, 1200), 255, np.uint8)
    ink[200:203, 100:400] = 0
    for left in range(404, 1000, 25):
        ink[200:203, left : left + 8] = 0
    if beside:
        ink[195:199, 500:1000:2] = ink[204:208, 500:1000:2] = 0
    (rule,), _ = drawn_rules.find_rules(ink, POINT)
    assert rule[0] == pytest.approx(100, abs=4)
    assert rule[2] == pytest.approx(500 if beside else 985, abs=40 if beside else 8)


@pytest.mark.parametrize("stem", [False, True], ids=["blank", "the stem of a letter"])
def test_dotted_rules_end_over_a_row_in_one_cell(stem: bool) -> None:
    ink = np.full((800, 1200), 255, np.uint8)
    levels = (100, 300, 375, 600, 675)
    for y in levels:
        ink[y - 2 : y + 3, 100:1000] = 0
    for x in (100, 500, 1000):
        for top, bottom in ((100, 300), (375, 600)):
            for y in range(top, bottom, 9):
                ink[y : y + 5, x - 2 : x + 3] = 0
    if stem:
        ink[630:655, 498:503] = 0
    ink = cv2.GaussianBlur(ink, (0, 0), 2)
    _, down = drawn_rules.find_rules(ink, POINT)
    assert len(down) == 6
    assert {min(levels, key=lambda y: abs(y - d[1])) for d in down} == {100, 375}
    for _, top, _, bottom in down:
        assert bottom == pytest.approx(300 if top < 300 else 600, abs=10)


def test_a_stroke_through_one_rule_ends_at_none() -> None:
    stroke = (498, 150, 503, 250)  # 24 points
    ink = np.full((400, 1100), 255, np.uint8)
    assert drawn_rules._without_stems(stroke, [(100, 198, 1000, 203)], ink, POINT) == stroke


def test_a_rule_goes_on_paler() -> None:
    ink = np.full((400, 1200), 255, np.uint8)
    ink[200:203, 400:1000] = 180
    ink[200:202, 100:400] = 225
    ink[200:202, 250:256] = 255
    (rule,), _ = drawn_rules.find_rules(ink, POINT)
    assert (rule[0], rule[2]) == (pytest.approx(100, abs=8), pytest.approx(1000, abs=8))


def test_figures_may_touch_a_long_rule_but_no_short_one() -> None:
    ink = np.full((900, 600), 255, np.uint8)
    for left, height in ((100, 600), (400, 120)):
        ink[100 : 100 + height, left : left + 4] = 0
        for y in range(100, 100 + height, 24):  # a quarter of its length
            ink[y : y + 6, left - 14 : left] = 0
    ink[97:101, 50:500] = ink[218:222, 300:500] = 0
    _, down = drawn_rules.find_rules(ink, POINT)
    assert [d[0] for d in down] == [pytest.approx(100, abs=3)]


def test_a_line_of_text_is_no_rule() -> None:
    scan = draw(scanned(picture(table_page())))
    ink, _ = cleaning.cleaned(scan)
    across, _ = drawn_rules.find_rules(ink, scan.scale)
    assert all(top / scan.scale > TOP - 5 for _, top, _, _ in across)


@pytest.mark.parametrize("across", [True, False])
def test_the_fold_of_the_paper_is_no_colour(across: bool) -> None:
    grey = picture(table_page(), noise=4).astype(float)
    length = grey.shape[0 if across else 1]
    fold = 1 - 0.5 * np.exp(-(((np.arange(length) - 0.3 * length) / (0.03 * length)) ** 2))
    folded = grey * (fold[:, None] if across else fold[None, :])
    ink, fills = cleaning.cleaned(draw(scanned(folded.astype(np.uint8))))
    assert all(f.box[1] / POINT == pytest.approx(TOP, abs=4) for f in fills)
    found, _ = drawn_rules.find_rules(ink, POINT)
    assert len(found) == len(ROWS) + 1


def test_a_stamp_askew_over_a_table_is_whole_where_its_rules_cross_it() -> None:
    ink = np.full((800, 1200), 255, np.uint8)
    frame = cv2.boxPoints(((660, 380), (440, 260), 8.0))
    cv2.polylines(ink, [np.round(frame).astype(np.int32)], True, 120, 4)
    across = [(100, y, 1100, y + 4) for y in range(220, 600, 60)]
    down = [(x, 220, x + 4, 584) for x in (100, 640, 1096)]
    for left, top, right, bottom in across + down:
        ink[top:bottom, left:right] = 0
    plain = drawn_rules.without_rules(ink, across + down)
    whole = drawn_rules.healed(ink, across, down)
    _, _, (place,) = stamps.without_stamps(plain, whole, [], POINT)
    assert place == pytest.approx((*frame.min(axis=0), *frame.max(axis=0)), abs=30)
    assert stamps.without_stamps(plain, plain, [], POINT)[2] != [place]


@pytest.mark.parametrize(
    ("width", "ground", "rules"),
    [
        pytest.param(160, 160, 0, id="a word on a ground that went dark"),
        pytest.param(160, 110, 0, id="a word in small print, out of focus"),
        pytest.param(160, 0, 1, id="a thick rule"),
        pytest.param(900, 160, 1, id="a long one that is worn"),
    ],
)
def test_a_word_on_dark_ground_is_no_rule(width: int, ground: int, rules: int) -> None:
    ink = np.full((300, 1200), 255, np.uint8)
    ink[150:160, 100 : 100 + width] = ground
    ink[150:160, 100 : 100 + width : 12] = ink[150:160, 101 : 100 + width : 12] = 0
    ink[150:160, 102 : 100 + width : 12] = ink[150:160, 103 : 100 + width : 12] = 0
    across, _ = drawn_rules.find_rules(ink, POINT)
    assert len(across) == rules


def test_a_short_rule_that_leans_is_no_word() -> None:
    ink = np.full((300, 1200), 255, np.uint8)
    ink[150:155, 400:800] = 0
    leaning = cv2.warpAffine(
        ink, cv2.getRotationMatrix2D((600, 152), 0.5, 1.0), (1200, 300), borderValue=255
    )
    assert len(drawn_rules.find_rules(np.asarray(leaning, np.uint8), POINT)[0]) == 1


@pytest.mark.parametrize(
    ("stem", "shade", "found"),
    [
        pytest.param(34, 0, 0, id="letters one below the other"),
        pytest.param(46, 0, 1, id="a rule"),
        pytest.param(46, 205, 1, id="a pale one"),
    ],
)
def test_stems_of_letters_on_four_lines_are_no_rule(stem: int, shade: int, found: int) -> None:
    ink = np.full((500, 600), 255, np.uint8)
    for top in range(100, 284, 46):
        ink[top : top + stem, 200:204] = shade
    _, down = drawn_rules.find_rules(ink, POINT)
    assert len(down) == found


@pytest.mark.parametrize(("gap", "rules"), [(9, 0), (0, 1)], ids=["feet of digits", "a rule"])
def test_the_feet_of_digits_are_no_rule(gap: int, rules: int) -> None:
    ink = np.full((300, 600), 255, np.uint8)
    for left in range(200, 340, 30):
        ink[150:154, left : left + 30 - gap] = 0
        ink[130:150, left : left + 5] = 0
    across, _ = drawn_rules.find_rules(ink, POINT)
    assert len(across) == rules


def test_figures_set_against_a_rule_do_not_hide_it() -> None:
    """A sheet of figures without padding, its low row below a title across the table."""
    picture = np.full((500, 1200), 250, np.uint8)
    levels = (60, 160, 300, 342)
    for y in levels:
        cv2.line(picture, (100, y), (1000, y), 0, 2)
    for top, bottom in ((60, 160), (300, 342)):
        for x in (100, 400, 700, 1000):
            cv2.line(picture, (x, top), (x, bottom), 0, 2)
            if x > 100:
                cv2.putText(picture, "000", (x - 67, top + 34), cv2.FONT_HERSHEY_SIMPLEX, 1.1, 0, 3)
    _, down = drawn_rules.find_rules(picture, POINT)
    low = [d for d in down if d[1] < 320 < d[3]]
    assert sorted(round((d[0] + d[2]) / 2, -1) for d in low) == [100, 400, 700, 1000]
    titles = [d for d in down if d[1] < 230 < d[3]]
    assert not titles


@pytest.mark.parametrize(("stem", "top"), [((112, 144), 150), ((104, 152), 100)])
def test_a_letter_in_a_title_over_two_columns_is_no_piece_of_their_rule(
    stem: tuple[int, int], top: int
) -> None:
    ink = np.full((600, 900), 255, np.uint8)
    for y in (100, 152, 300, 450):
        ink[y : y + 4, 100:800] = 20
    for x in (100, 450, 796):
        ink[152 if x == 450 else 100 : 454, x : x + 4] = 20
    ink[stem[0] : stem[1], 449:454] = 20
    _, down = drawn_rules.find_rules(ink, POINT)
    assert sorted(d[1] for d in down if abs(d[0] - 450) < 6) == pytest.approx([top], abs=4)


def test_letters_one_below_the_other_in_low_rows_leave_no_pieces_of_a_rule() -> None:
    ink = np.full((600, 900), 255, np.uint8)
    for y in range(100, 261, 40):
        ink[y : y + 4, 100:800] = 20
    for x in (100, 796):
        ink[100:264, x : x + 4] = 20
    for y in range(100, 260, 40):
        ink[y + 8 : y + 36, 449:454] = 20
    _, down = drawn_rules.find_rules(ink, POINT)
    assert sorted(round(d[0], -1) for d in down) == [100, 800]


def test_a_letter_of_a_title_above_a_table_lengthens_none_of_its_rules() -> None:
    ink = np.full((700, 900), 255, np.uint8)
    for top in (100, 400):
        for y in range(top, top + 121, 60):
            ink[y : y + 4, 100:800] = 20
        for x in (100, 450, 796):
            ink[top : top + 124, x : x + 4] = 20
    ink[338:382, 449:454] = 20
    _, down = drawn_rules.find_rules(ink, POINT)
    middle = [d for d in down if abs(d[0] - 450) < 6]
    assert sorted(d[1] for d in middle) == pytest.approx([100, 400], abs=4)


def test_the_darker_pieces_of_a_pale_rule_are_one() -> None:
    """It leans a little, and is darker where it runs along a row of the picture."""
    ink = np.full((600, 2400), 255, np.uint8)
    for y in (100, 200, 300):
        for x in range(200, 2300, 300):
            row = y + x // 300
            ink[row : row + 3, x : x + 300] = 205
        for x in (260, 2060):
            ink[y + x // 300 + 1, x : x + 200] = 190
    across, _ = drawn_rules.find_rules(ink, POINT)
    assert [(r[0], r[2]) for r in across] == [pytest.approx((200, 2300), abs=12)] * 3


def test_a_colon_above_a_letter_is_no_piece_of_a_rule() -> None:
    """The row of a group is one cell, AXE 3 : ACCOMPAGNER, the next one begins with a p."""
    ink = np.full((600, 900), 255, np.uint8)
    for y in (100, 150, 230):
        ink[y : y + 3, 100:800] = 20
    for x in (100, 796):
        ink[100:233, x : x + 4] = 20
    for top, bottom in ((112, 118), (128, 134), (156, 180)):
        ink[top:bottom, 340:346] = 0
    ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), 1.5), np.uint8)
    _, down = drawn_rules.find_rules(ink, POINT)
    assert sorted(round(d[0], -1) for d in down) == [100, 800]
