"""The prose of a document: title, facts, articles, headings of annexes."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.articles import AnnexHeading, annex_headings, read_articles
from extractors.facts import read_facts, read_title
from extractors.lines import read_lines
from extractors.page import Page
from normalizers.words import Vocabulary
from pipeline.models import ExtractedArticle, Fact, PlacedText


@dataclass(frozen=True, slots=True)
class Prose:
    """What the text outside the tables says."""

    title: str
    facts: list[Fact]
    articles: list[ExtractedArticle]
    annex_headings: list[AnnexHeading]


def read_prose(
    pages: Sequence[Page],
    furniture: Sequence[PlacedText],
    vocabulary: Vocabulary | None = None,
) -> Prose:
    """The prose of `pages`, which hold neither furniture nor the words of tables.

    `vocabulary` is the whole document's, tables included, where the caller has it: it decides
    about hyphens at line ends.
    """
    lines = [line for page in pages for line in read_lines(page)]
    words = vocabulary or Vocabulary.of(line.text for line in lines)
    annexes = annex_headings(lines, words)
    title, _ = read_title(lines, words)
    facts = read_facts(lines, furniture, annexes, words)
    return Prose(title, facts, read_articles(lines, words), annexes)
