"""Lines → the paragraphs that they make."""

from collections.abc import Iterator, Sequence

from extractors.pages.key_figures import FIGURE
from extractors.pages.page import Line
from extractors.text.headings import BULLET, Style
from normalizers.words import Vocabulary, join_with_offsets

SHORT_COLUMN = 4  # lines: a column of text is longer


def running_text(
    lines: Sequence[Line], style: Style, vocabulary: Vocabulary
) -> tuple[str, list[int]]:
    """The paragraphs of `lines`, and where in them each line begins."""
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for block in blocks(lines, style):
        text, offsets = join_with_offsets([line.text for line in block], vocabulary)
        starts += [length + offset for offset in offsets]
        length += len(text) + 1
        pieces.append(text)
    return "\n".join(pieces), starts


def blocks(lines: Sequence[Line], style: Style) -> Iterator[list[Line]]:
    """The paragraphs that `lines` make."""
    block: list[Line] = []
    for line in lines:
        if block and _opens_paragraph(block[-1], line, style):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _opens_paragraph(last: Line, line: Line, style: Style) -> bool:
    if last.text.endswith("-"):
        return False
    if BULLET.match(line.text) or last.bold != line.bold:
        return True
    if FIGURE.fullmatch(last.text) and FIGURE.fullmatch(line.text):
        return True
    gap = line.baseline - last.baseline
    if last.page == line.page and gap > 0:
        return gap > 1.2 * style.pitch
    if last.page == line.page and gap > -SHORT_COLUMN * style.pitch and last.box.x1 < line.box.x0:
        return True  # a box beside another, no column of text
    return last.text.rstrip()[-1:] in ".;:!?»" and not line.text[:1].islower()
