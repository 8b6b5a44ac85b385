"""What readers laid over a page is told, and what they hid is not read."""

import pytest

from extractors.pages.read_page import read_page
from tests.extractors.pages.test_overlay import annotated

OVER = (45, 695, 145, 712)  # the word that the page prints
BESIDE = (200, 695, 300, 712)
QUADS = b"/QuadPoints[45 712 145 712 45 695 145 695]"
BLACK = b"0 0 0 rg 0 0 100 17 re f"


@pytest.mark.parametrize(
    ("entries", "look", "frame", "shown", "struck", "notes"),
    [
        (b"/Subtype/StrikeOut" + QUADS, b"", OVER, "Montant", "Montant", ()),
        (b"/Subtype/Highlight" + QUADS, b"", OVER, "Montant", "", ()),
        (b"/Subtype/FreeText/Contents(lire 12 000)", b"", BESIDE, "Montant", "", ("lire 12 000",)),
        (b"/Subtype/Text/Contents(lire 12 000)", b"", BESIDE, "Montant", "", ("lire 12 000",)),
        (b"/F 2/Subtype/Text/Contents(lire 12 000)", b"", BESIDE, "Montant", "", ()),
        (b"/Subtype/Redact", b"", OVER, "", "", ()),
        (b"/Subtype/Redact", b"", BESIDE, "Montant", "", ()),
        (b"/Subtype/Square", BLACK, OVER, "", "", ()),
        (b"/Subtype/Square", b"0 0 100 17 re S", OVER, "Montant", "", ()),
        (b"/Subtype/Link", b"", OVER, "Montant", "", ()),
    ],
)
def test_what_lies_over_the_page(entries, look, frame, shown, struck, notes) -> None:
    page = read_page(annotated((entries, look, frame)), 1)
    assert " ".join(word.text for word in page.words) == shown
    assert " ".join(word.text for word in page.struck) == struck
    assert page.notes == notes
    assert page.concealed == len("Montant") - len(shown)
