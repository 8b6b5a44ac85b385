"""The picture of a page is turned as the page was read: frames fall on their cells."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extractors.document import read_document
from extractors.pictures import WIDTH, draw_pages, picture_name

GOLDEN = Path(__file__).parents[1] / "golden"
NEAR = 3  # pixels that a rule may stand from the edge of its cell


@pytest.mark.parametrize("turn", ["rotated-90", "rotated-180", "rotated-270", "sideways"])
def test_a_turned_page_has_its_rules_where_its_cells_end(tmp_path: Path, turn: str) -> None:
    pdf = GOLDEN / f"{turn}-reportlab.pdf"
    draw_pages(pdf, tmp_path)
    document = read_document(pdf)
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    assert len(cells) >= 12
    for cell in cells:
        place, page = cell.place, document.pages[cell.place.page - 1]
        with Image.open(tmp_path / picture_name(place.page)) as picture:
            dark = np.asarray(picture.convert("L")) < 128
        scale = WIDTH / page.width
        assert dark.shape[0] == pytest.approx(page.height * scale, abs=2)
        x0, top, x1, bottom = (
            round(scale * side) for side in (place.x0, place.top, place.x1, place.bottom)
        )
        for rule in (
            dark[max(top - NEAR, 0) : top + NEAR, x0:x1].any(axis=0),
            dark[bottom - NEAR : bottom + NEAR, x0:x1].any(axis=0),
            dark[top:bottom, max(x0 - NEAR, 0) : x0 + NEAR].any(axis=1),
            dark[top:bottom, x1 - NEAR : x1 + NEAR].any(axis=1),
        ):
            assert rule.mean() > 0.9
