"""Pages without their furniture, as a document is read."""

from collections.abc import Sequence

from extractors.pages.furniture import Margins, without_furniture, without_stamps
from extractors.pages.page import Page
from pipeline.extracted import PlacedText


def split_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[PlacedText]]:
    """The pages without furniture, and the furniture: stamps first, then that of each page."""
    printed = [without_stamps(page) for page in pages]
    margins = Margins.of(printed)
    found = [stamp for page in printed for stamp in page.stamps]
    bodies = []
    for page in printed:
        body, more = without_furniture(page, margins)
        bodies.append(body)
        found.extend(more)
    return bodies, found
