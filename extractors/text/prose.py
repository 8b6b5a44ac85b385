"""The prose of a document: title, facts, articles, headings of annexes."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.pages.page import Line
from extractors.text.annexes import AnnexHeading, annex_headings
from extractors.text.articles import read_articles
from extractors.text.enclosed import deliberation_in_front, parted
from extractors.text.facts import read_facts
from extractors.text.notes import read_notes
from extractors.text.title import read_title
from normalizers.words import Vocabulary
from pipeline.extracted import ExtractedArticle, Fact, PlacedText, Problem


@dataclass(frozen=True, slots=True)
class Prose:
    """What the text outside the tables says."""

    title: str
    facts: list[Fact]
    articles: list[ExtractedArticle]
    annex_headings: list[AnnexHeading]
    notes: list[PlacedText]
    problems: list[Problem]


def read_prose(
    lines: Sequence[Line],
    furniture: Sequence[PlacedText],
    vocabulary: Vocabulary | None = None,
) -> Prose:
    """The prose of a document's `lines`, in which stand neither furniture nor tables.

    `vocabulary` is the whole document's, tables included, where the caller has it: it decides
    about hyphens at line ends.
    """
    words = vocabulary or Vocabulary.of(line.text for line in lines)
    file = parted(lines)
    annexes = annex_headings(file.act, words)
    title, _ = read_title(file.act, words)
    facts = read_facts(file.act, furniture, annexes, words)
    if not any(fact.name == "deliberation_ref" for fact in facts):
        facts += deliberation_in_front(file.front)
    articles = read_articles(file.act, words)
    notes = list(read_notes(file.act, articles, words))
    return Prose(title, facts, articles, annexes, notes, [*file.problems()])
