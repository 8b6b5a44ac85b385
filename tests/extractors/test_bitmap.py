import cv2
import numpy as np
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors import bitmap
from tests.extractors.scans import LEFTS, ROW_HEIGHT, ROWS, TOP, picture, scanned, table_page

POINT = 300 / 72
GRID = (
    [(100, y, 1100, y + 4) for y in range(100, 701, 100)],
    [(x, 100, x + 4, 704) for x in (100, 350, 600, 850, 1096)],
)


def draw(pdf: bytes) -> bitmap.Bitmap:
    with pypdfium2.PdfDocument(pdf) as document:
        return bitmap.draw(document[0])


@pytest.mark.parametrize("tilt", [-1.5, 0.0, 0.7, 3.0])
def test_tilt_is_measured(tilt: float) -> None:
    straight = bitmap.straightened(draw(scanned(picture(table_page(), tilt=tilt, noise=5))))
    assert straight.tilt == pytest.approx(-tilt, abs=0.1)


@pytest.mark.parametrize(("turn", "sideways"), [(0, False), (90, True)])
def test_sideways_text_is_noticed_in_spite_of_rules(turn: int, sideways: bool) -> None:
    grey = np.ascontiguousarray(np.rot90(picture(table_page()), turn // 90))
    assert bitmap.runs_sideways(draw(scanned(grey))) is sideways


@pytest.mark.parametrize(("dpi", "tilt"), [(150, 1.0), (200, -1.3), (300, 0.0)])
def test_the_grid_of_a_tilted_scan_is_found(dpi: int, tilt: float) -> None:
    scan = bitmap.straightened(draw(scanned(picture(table_page(), dpi, tilt, noise=4), dpi)))
    ink, _ = bitmap.cleaned(scan)
    across, down = bitmap.find_rules(ink, scan.scale)
    assert sorted({round((r[0] + r[2]) / 2 / scan.scale / 4) for r in down}) == pytest.approx(
        [round(x / 4) for x in LEFTS], abs=1
    )
    assert len(across) == len(ROWS) + 1
    cells = bitmap.enclosed(across + down, (ink.shape[0], ink.shape[1]), scan.scale)
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
    across, down = bitmap.find_rules(np.clip(picture + grain, 0, 255).astype(np.uint8), POINT)
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
    _, down = bitmap.find_rules(np.clip(picture + grain, 0, 255).astype(np.uint8), POINT)
    assert [d[0] for d in down] == pytest.approx([100, 400, 999], abs=3)
    assert all(d[3] - d[1] > 380 for d in down)


@pytest.mark.parametrize(("height", "found"), [(50, 1), (36, 0)], ids=["rule", "letters"])
def test_letters_above_and_below_a_rule_are_no_rule(height: int, found: int) -> None:
    ink = np.full((700, 1200), 250, np.uint8)
    ink[299:302, 100:1000] = 0
    for y in (210, 260, 310, 360):  # edges of letters, the longest run between rules 24 points
        ink[y : y + height, 500:503] = 60
    _, down = bitmap.find_rules(ink, POINT)
    assert len(down) == found


def test_a_dashed_rule_is_one() -> None:
    ink = np.full((400, 1200), 255, np.uint8)
    for left in range(100, 1000, 37):  # dashes of 6 points, gaps of 3
        ink[199:202, left : left + 25] = 40
    (rule,), down = bitmap.find_rules(ink, POINT)
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
    (rule,), _ = bitmap.find_rules(ink, POINT)
    assert rule[0] == pytest.approx(100, abs=4)
    assert rule[2] == pytest.approx(500 if beside else 985, abs=40 if beside else 8)


def test_figures_may_touch_a_long_rule_but_no_short_one() -> None:
    ink = np.full((900, 600), 255, np.uint8)
    for left, height in ((100, 600), (400, 120)):
        ink[100 : 100 + height, left : left + 4] = 0
        for y in range(100, 100 + height, 24):  # a quarter of its length
            ink[y : y + 6, left - 14 : left] = 0
    ink[97:101, 50:500] = ink[218:222, 300:500] = 0
    _, down = bitmap.find_rules(ink, POINT)
    assert [d[0] for d in down] == [pytest.approx(100, abs=3)]


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        pytest.param((470, 20, 473, 160), None, id="a paper clip over the head"),
        pytest.param((470, 20, 473, 700), (470, 100, 473, 700), id="a border with one on it"),
        pytest.param((470, 98, 473, 706), (470, 98, 473, 706), id="a border"),
        pytest.param((470, 200, 473, 700), (470, 200, 473, 700), id="from the second row"),
    ],
)
def test_what_goes_on_beyond_a_grid_is_laid_over_it(
    rule: bitmap.PixelBox, kept: bitmap.PixelBox | None
) -> None:
    across, down = GRID
    found = bitmap.without_overlaid(across, [*down, rule], POINT)
    assert found == ([*down, kept] if kept else down)


@pytest.mark.parametrize(("rules", "closed"), [(5, True), (3, False)])
def test_upright_rules_that_end_level_close_a_table(rules: int, closed: bool) -> None:
    down = [(100 + 200 * i, 100, 103 + 200 * i, 700) for i in range(rules)]
    across = [(100, 100, 103 + 200 * (rules - 1), 103)]
    found = bitmap.with_edges(across, down, [], POINT)
    foot = (100, 699, 103 + 200 * (rules - 1), 701)
    assert found == ([*across, foot] if closed else across)


def test_tables_side_by_side_are_not_closed_as_one() -> None:
    down = [(x, 100, x + 3, 700) for x in (100, 300, 500, 900, 1100, 1300)]
    across = [(100, 100, 503, 103), (900, 100, 1303, 103)]
    assert bitmap.with_edges(across, down, [], POINT) == across


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
    clean = bitmap.without_specks(ink, POINT)
    assert (clean[80:110, 50:70] == 0).all()
    assert bool((clean[100 : 100 + size, 70 + gap : 70 + gap + size] == 0).all()) is stays


def test_a_negative_is_turned_into_black_on_white() -> None:
    grey = picture(table_page(head=0.9))
    positive, negative = (draw(scanned(g)).grey for g in (grey, 255 - grey))
    assert np.median(negative) > 200
    assert np.abs(positive.astype(int) - negative).mean() < 3


def test_the_black_margin_of_a_copier_hides_no_tilt() -> None:
    grey = picture(table_page(), tilt=1.2, noise=4)
    grey[:, :30] = grey[-25:] = 12
    scan = draw(scanned(grey))
    bare = bitmap.without_edges(scan)
    assert bare.grey[:, :60].min() > 100 and bare.grey[-50:].min() > 100
    assert bitmap.straightened(bare).tilt == pytest.approx(-1.2, abs=0.1)


def test_a_band_with_light_letters_at_the_edge_stays() -> None:
    grey = picture(table_page())
    grey[:90] = 30
    cv2.putText(grey, "VALBRUME HABITAT", (60, 65), cv2.FONT_HERSHEY_DUPLEX, 1.8, 250, 4)
    scan = draw(scanned(grey))
    assert bitmap.without_edges(scan) is scan


def test_a_line_of_text_is_no_rule() -> None:
    scan = draw(scanned(picture(table_page())))
    ink, _ = bitmap.cleaned(scan)
    across, _ = bitmap.find_rules(ink, scan.scale)
    assert all(top / scan.scale > TOP - 5 for _, top, _, _ in across)


def test_light_text_on_a_dark_fill_becomes_dark_on_light() -> None:
    scan = draw(scanned(picture(table_page(head=0.15))))
    ink, fills = bitmap.cleaned(scan)
    top, bottom = (round((TOP + d) * scan.scale) for d in (4, ROW_HEIGHT - 4))
    head = ink[top:bottom, round(65 * scan.scale) : round(140 * scan.scale)]
    assert 0.01 < (head < bitmap.DARK).mean() < 0.3
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
    ink, fills = bitmap.cleaned(coloured_table(shade, 250, column))
    for top, left in ((225, 230), (365, 230), (365, 640)):
        word = ink[top : top + 50, left : left + 150]
        assert 0.05 < (word < bitmap.DARK).mean() < 0.5
        assert (word > 230).mean() > 0.4
    assert any(f.box[2] - f.box[0] > 2000 for f in fills)


def test_dark_text_on_a_middling_ground_stays_dark() -> None:
    ink, _ = bitmap.cleaned(coloured_table(165, 20, False))
    assert 0.05 < (ink[225:275, 230:380] < bitmap.DARK).mean() < 0.5


def test_the_lines_of_a_dark_first_column_part_it_and_rule_nothing_else() -> None:
    fill = bitmap.PaintedBox((100, 200, 300, 800), 120)
    head = bitmap.PaintedBox((100, 100, 1100, 200), 120)
    across = [(100, 100, 1100, 103), (100, 500, 300, 503), (100, 800, 1100, 803)]
    down = [(298, 200, 301, 800), (700, 100, 703, 800)]
    fills, level, upright = bitmap.with_dark_columns([head, fill], across, down, POINT)
    assert fills[0] == head
    assert level == [across[0], across[2]]
    assert upright == [down[1]]


def test_uneven_light_is_no_colour() -> None:
    grey = picture(table_page(), noise=6).astype(float)
    shaded = grey * np.linspace(0.88, 1.0, grey.shape[1])[None, :]
    _, fills = bitmap.cleaned(draw(scanned(shaded.astype(np.uint8))))
    assert [round(f.box[1] / POINT) for f in fills] == [pytest.approx(TOP, abs=4)]


@pytest.mark.parametrize("across", [True, False])
def test_the_fold_of_the_paper_is_no_colour(across: bool) -> None:
    grey = picture(table_page(), noise=4).astype(float)
    length = grey.shape[0 if across else 1]
    fold = 1 - 0.5 * np.exp(-(((np.arange(length) - 0.3 * length) / (0.03 * length)) ** 2))
    folded = grey * (fold[:, None] if across else fold[None, :])
    ink, fills = bitmap.cleaned(draw(scanned(folded.astype(np.uint8))))
    assert all(f.box[1] / POINT == pytest.approx(TOP, abs=4) for f in fills)
    found, _ = bitmap.find_rules(ink, POINT)
    assert len(found) == len(ROWS) + 1


@pytest.mark.parametrize(
    ("frame", "grey", "put_on"),
    [
        pytest.param((420, 150, 800, 350), 110, True, id="inside"),
        pytest.param((420, 150, 800, 350), 0, True, id="inside, black"),
        pytest.param((420, 150, 800, 308), 110, True, id="foot on a rule"),
        pytest.param((420, 20, 800, 250), 110, True, id="over the head"),
        pytest.param((930, 640, 1180, 780), 110, True, id="at the corner"),
        pytest.param((930, 640, 1180, 780), 0, True, id="at the corner, black"),
        pytest.param((620, 320, 830, 380), 110, False, id="in a cell"),
        pytest.param((100, 20, 600, 100), 110, False, id="another table above"),
        pytest.param(None, 0, False, id="none"),
    ],
)
def test_a_level_frame_over_a_grid_is_no_rule_of_it(
    frame: bitmap.PixelBox | None, grey: int, put_on: bool
) -> None:
    ink = np.full((800, 1200), 255, np.uint8)
    if frame:
        cv2.rectangle(ink, frame[:2], frame[2:], grey, 4)
    for left, top, right, bottom in (rule for rules in GRID for rule in rules):
        ink[top:bottom, left:right] = 0
    across, down = bitmap.find_rules(ink, POINT)
    frames = bitmap.find_frames(ink, across, down, POINT)
    assert len(frames) == put_on
    if frames:
        assert frame and bitmap.hull(frames[0]) == pytest.approx(frame, abs=12)
        across, down = bitmap.rules_without(ink, across, down, frames, POINT)
        for found, drawn in zip((across, down), GRID, strict=True):
            assert sorted(found) == [pytest.approx(rule, abs=8) for rule in sorted(drawn)]


def test_a_grid_with_a_broken_rule_under_its_head_is_no_frame() -> None:
    ink = np.full((800, 1200), 255, np.uint8)
    across, down = GRID
    broken = [(100, 20, 1100, 24), (100, 100, 560, 104), (600, 100, 1100, 104), *across[1:]]
    assert bitmap.find_frames(ink, broken, down, POINT) == []


def test_a_huge_page_is_drawn_small(tmp_path) -> None:
    path = tmp_path / "poster.pdf"
    canvas = Canvas(str(path), pagesize=(14000, 9000))
    canvas.drawString(100, 100, "affiche")
    canvas.save()
    drawn = draw(path.read_bytes())
    assert drawn.grey.size <= bitmap.MAX_PIXELS * 1.01
    assert drawn.points == pytest.approx((14000, 9000), rel=0.01)


STAMP = (430, 250, 900, 520)


def stamped_picture(frame: str, grey: int, text: int = 0) -> bitmap.Grey:
    """A sum in black, and over it a date in `grey` within a frame."""
    ink = np.full((800, 1200), 255, np.uint8)
    cv2.putText(ink, "112 450", (300, 420), cv2.FONT_HERSHEY_SIMPLEX, 2, text, 6)
    cv2.putText(ink, "12 MARS", (560, 330), cv2.FONT_HERSHEY_SIMPLEX, 1.6, grey, 6)
    if frame == "rectangle":
        cv2.rectangle(ink, STAMP[:2], STAMP[2:], grey, 4)
    elif frame == "ring":
        cv2.ellipse(ink, (665, 385), (235, 135), 5, 0, 360, grey, 4)
    return ink


@pytest.mark.parametrize("frame", ["rectangle", "ring"])
def test_a_stamp_is_taken_off_the_text_that_it_covers(frame: str) -> None:
    ink = stamped_picture(frame, 120)
    rest, stamp, (place,) = bitmap.without_stamps(ink, ink, POINT)
    assert place == pytest.approx(STAMP, abs=15)
    plain = stamped_picture("", 255)
    assert ((rest < 60) == (plain < 60)).mean() > 0.999
    assert (rest < bitmap.DARK).sum() == pytest.approx((plain < bitmap.DARK).sum(), rel=0.1)
    assert (stamp[270:340, 540:820] < bitmap.DARK).mean() > 0.1


def test_a_stamp_askew_over_a_table_is_whole_where_its_rules_cross_it() -> None:
    ink = np.full((800, 1200), 255, np.uint8)
    frame = cv2.boxPoints(((660, 380), (440, 260), 8.0))
    cv2.polylines(ink, [np.round(frame).astype(np.int32)], True, 120, 4)
    across = [(100, y, 1100, y + 4) for y in range(220, 600, 60)]
    down = [(x, 220, x + 4, 584) for x in (100, 640, 1096)]
    for left, top, right, bottom in across + down:
        ink[top:bottom, left:right] = 0
    plain = bitmap.without_rules(ink, across + down)
    _, _, (place,) = bitmap.without_stamps(plain, bitmap.healed(ink, across, down), POINT)
    assert place == pytest.approx((*frame.min(axis=0), *frame.max(axis=0)), abs=30)
    assert bitmap.without_stamps(plain, plain, POINT)[2] != [place]


@pytest.mark.parametrize(
    ("frame", "grey", "text"),
    [
        pytest.param("", 120, 0, id="pale text without a frame"),
        pytest.param("rectangle", 0, 0, id="a frame as black as the text"),
        pytest.param("", 120, 120, id="nothing but pale text"),
    ],
)
def test_what_no_pale_frame_shows_to_be_a_stamp_stays(frame: str, grey: int, text: int) -> None:
    ink = stamped_picture(frame, grey, text)
    rest, _, places = bitmap.without_stamps(ink, ink, POINT)
    assert not places
    assert (rest == ink).all()
