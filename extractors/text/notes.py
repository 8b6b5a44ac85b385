"""Notes of annexes: 'B1 regroupe les fiches 3 a et 3 b', below the table of actions."""

from collections.abc import Iterator, Sequence

from extractors.pages.furniture import place
from extractors.pages.page import Line
from extractors.text.headings import Style
from extractors.text.paragraphs import blocks
from normalizers.links.cited import may_tell
from normalizers.sentences import sentences
from normalizers.words import Vocabulary, join_lines
from pipeline.extracted import ExtractedArticle, PlacedText


def read_notes(
    lines: Sequence[Line], articles: Sequence[ExtractedArticle], vocabulary: Vocabulary
) -> Iterator[PlacedText]:
    """The sentences of `lines` (without furniture and tables) that tell what became of an action
    and stand in none of the `articles`."""
    for block in blocks(lines, Style.of(lines)):
        text = join_lines([line.text for line in block], vocabulary)
        if any(text in article.text for article in articles):
            continue
        for sentence in sentences(text):
            if may_tell(sentence) and _tells(sentence):
                yield PlacedText(text=sentence, place=place(block[0]))


def _tells(sentence: str) -> bool:
    from normalizers.links.subjects import told_of  # it takes a fifth of a second to load

    return bool(told_of(sentence))
