from dataclasses import replace

import numpy as np
import pytest

from extractors.pages.page import Box
from extractors.scans import upright
from extractors.scans.bitmap import Bitmap, turned
from extractors.scans.tokens import Token
from tests.extractors.scans.drawing import draw, picture, scanned, table_page, with_tesseract

TILT = 1.1


def page(turn: int) -> Bitmap:
    """A page with the text of a table, as it lay on the glass."""
    return turned(draw(scanned(picture(table_page(), tilt=TILT, noise=6))), turn)


@pytest.mark.parametrize("turn", [0, 180])
def test_tails_of_letters_tell_a_page_upside_down(turn: int) -> None:
    assert upright.stands_on_its_head(page(turn)) is (turn == 180)


def test_without_letters_nothing_is_told() -> None:
    blank = page(0)
    assert not upright.stands_on_its_head(replace(blank, grey=np.full_like(blank.grey, 250)))


@with_tesseract
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_turned_to_be_read(turn: int) -> None:
    assert upright.upright(page(turn)).turn == 0


@with_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_illegible_is_turned_in_any_way(turn: int) -> None:
    assert upright.turned_elsewhere(page(turn)).turn == 0


def test_an_upright_page_is_not_read_on_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(upright, "recognise")
    scan = page(0)
    assert upright.upright(scan) is scan


def test_french_words_tell_which_way_up_a_page_is_not_how_sure_noise_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box = Box(0, 0, 10, 10)
    read = iter([[Token("Annexe", box, 0.7), Token("N|", box, 0.1)], [Token("UOSS", box, 0.9)]])
    monkeypatch.setattr(upright, "stands_on_its_head", lambda _: True)
    monkeypatch.setattr(upright, "runs_sideways", lambda _: False)
    monkeypatch.setattr(upright, "recognise", lambda *_: [[next(read)]])
    sheet = Bitmap(np.full((400, 300), 255, np.uint8), 2.0)
    assert upright.upright(sheet).turn == 0
