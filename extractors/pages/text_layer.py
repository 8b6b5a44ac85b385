"""Is the text that a PDF holds of a page good to be read, or must the page's picture be?"""

import re

from extractors.pages.page import Box, Page, around

COVERED = 0.5  # share of a page that its images cover, from which it may be a scan
PICTURE = 0.05  # share of a page, from which a picture on it may show a table
WIDE = 0.4, 0.015  # the same of one that is as wide, as a share of the page's width: of few rows
LAID_OVER = 3  # words that stand over a picture: more make it a background
STAMPED = 250  # characters that are laid over a scan by whoever receives it, at most
SLIGHT = 0.03  # share of the page that its words fill where stamps and certificates are all of them
GARBLED = 0.1  # share of characters without a usable code, from which a text layer is garbage
TORN = 0.005  # the same, amid letters: a font that has no codes for its accents
ENOUGH_WORDS = 30  # to judge whether they are any language
COMMON = 0.05  # share of common words in any text
KNOWN, KNOWN_OVER_IMAGE = 0.2, 0.5  # share of French words, below which a text layer is garbage
COMMON_WORDS = {
    "de", "la", "le", "les", "des", "du", "et", "à", "au", "aux", "en", "un", "une", "pour", "par",
    "sur", "dans", "est", "ou", "the", "of", "and", "to", "in", "a", "for", "is", "on", "with",
    "der", "die", "und", "den", "el", "los", "del", "y", "que", "di", "il", "da", "do",
}  # fmt: skip


def needs_ocr(page: Page) -> bool:
    """Is `page`, as its text layer reads, to be read from its picture instead?

    Where it has next to no text (a blank page is found out by `read_scan`, at little cost), where
    images cover it and the text is no more than a stamp, and where the text layer is garbage.
    """
    characters = page.characters
    if characters < 3 or page.unreadable > GARBLED * characters or page.torn > TORN * characters:
        return True
    covered = _is_covered(page)
    if covered and (characters < STAMPED or _is_slight(page)):
        return True
    return _is_no_language(page, KNOWN_OVER_IMAGE if covered else KNOWN)


def was_recognised(page: Page) -> bool:
    """Is the text layer of `page` what another program's OCR saw in its picture?"""
    return page.invisible > 0 and 2 * page.invisible > page.characters and _is_covered(page)


def lies_over_picture(page: Page) -> bool:
    """Is most of the text of `page`, which shows, set over pictures that cover it? So is what a
    program made editable of a scan, with the letters that it supposed; and a letter with a printed
    ground."""
    if page.is_scan or was_recognised(page) or not _is_covered(page):
        return False
    middles = [page.on_sheet(w.box).middle for w in page.words]
    over = sum(any(image.holds(*middle) for image in page.images) for middle in middles)
    return 2 * over > len(page.words)


def inlaid_pictures(page: Page) -> list[Box]:
    """The pictures amid the text of `page` that may show some more: large, no text laid over them.
    One that is stored in bands is one."""
    whole = Box(0.0, 0.0, page.width, page.height)
    pictures: list[Box] = []
    for image in page.images:
        box = Box(
            max(image.x0, 0.0),
            max(image.top, 0.0),
            min(image.x1, page.width),
            min(image.bottom, page.height),
        )
        touching = [other for other in pictures if _touch(box, other)]
        pictures = [other for other in pictures if other not in touching]
        pictures.append(around([box, *touching]))
    return [
        picture
        for picture in pictures
        if picture.overlap(whole) >= _least(picture, page) * whole.area
        and sum(picture.holds(*word.box.middle) for word in page.words) <= LAID_OVER
    ]


def _least(picture: Box, page: Page) -> float:
    """The share of `page` that `picture` covers at least if it may show a table."""
    width, share = WIDE
    return share if picture.width >= width * page.width else PICTURE


def _touch(one: Box, other: Box) -> bool:
    return (
        one.x0 <= other.x1 + 1
        and other.x0 <= one.x1 + 1
        and one.top <= other.bottom + 1
        and other.top <= one.bottom + 1
    )


def _is_covered(page: Page) -> bool:
    whole = Box(0.0, 0.0, page.width, page.sheet_height)
    return sum(image.overlap(whole) for image in page.images) >= COVERED * whole.area


def _is_slight(page: Page) -> bool:
    """Do the words of `page` fill hardly any of it?"""
    return sum(word.box.area for word in page.words) < SLIGHT * page.width * page.sheet_height


def _is_no_language(page: Page, least: float) -> bool:
    words = re.findall(r"[^\W\d_]+", " ".join(word.text for word in page.words))
    if len(words) < ENOUGH_WORDS:
        return False
    if sum(w.lower() in COMMON_WORDS for w in words) >= COMMON * len(words):
        return False
    import simplemma

    long = [w for w in words if len(w) > 3]
    known = sum(simplemma.is_known(w.lower(), lang=("fr", "en")) for w in long)
    return known < least * len(long)
