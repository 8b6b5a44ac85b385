"""Actions that sub-articles tell, one each, in an act without any table or list of them.

2. Actions financées                 a heading that names actions, or those below it do
2.1 Coordination                     and below it articles whose sums, one each, make what
Portée par …, 52 000 €               another article states

They become a table of two columns, the title and the text of an article a row; what they mean is
for `normalizers.actions.told_articles`. Paragraphs of an annex below titles that number actions
are such articles too.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from extractors.pages.page import Line
from extractors.text.headings import Style
from extractors.text.listed import places_of
from extractors.text.paragraphs import running_text
from extractors.text.written_sheets import titled_texts
from normalizers.amounts import read_amounts
from normalizers.references import split_reference
from normalizers.shares import one_of_each
from normalizers.words import Vocabulary, join_lines
from pipeline.extracted import LISTED, ExtractedArticle, ExtractedCell, ExtractedRow, ExtractedTable

ACTIONS = re.compile(r"\b(?:actions?|projets?|opérations?)\b", re.IGNORECASE)
PART = re.compile(r"\W*(?:axe|volet|pilier|orientation|priorité|part)\b", re.IGNORECASE)
FEWEST = 2  # articles with a sum that make a list


def actions_in_articles(
    articles: Sequence[ExtractedArticle], position: int
) -> list[ExtractedTable]:
    """The only articles below another one, or numbered as actions below several, that tell an
    action each, as a table at `position`; [] where none or several such lists stand."""
    below: dict[str, list[ExtractedArticle]] = defaultdict(list)
    for article in articles:
        if article.parent_number and article.title:
            below[article.parent_number].append(article)
    titles = {article.number: article.title for article in articles}
    told = [
        parts
        for number, parts in below.items()
        if _name_actions(titles.get(number, ""), parts) and _make_a_whole(parts, articles)
    ]
    numbered = [a for a in articles if a.parent_number and split_reference(a.title)[0]]
    if not told and _make_a_whole(numbered, articles):  # below several articles
        told = [numbered]
    return [_table(told[0], position)] if len(told) == 1 else []


def actions_under_titles(
    lines: Sequence[Line],
    articles: Sequence[ExtractedArticle],
    vocabulary: Vocabulary,
    position: int,
) -> list[ExtractedTable]:
    """The texts below titles that number actions among `lines`, as a table at `position`; [] where
    their sums make none that an article states."""
    style = Style.of(lines)
    told = [
        ExtractedArticle(
            number="",
            title=join_lines([line.text for line in title], vocabulary),
            parent_number=None,
            position=0,
            text=running_text(body, style, vocabulary)[0],
            page_first=title[0].page,
            page_last=body[-1].page,
            place=places_of([*title, *body])[0],
        )
        for title, body in titled_texts(lines, style)
        if body
    ]
    return [_table(told, position)] if _make_a_whole(told, articles) else []


def _name_actions(above: str, parts: Sequence[ExtractedArticle]) -> bool:
    if any(PART.match(part.title) for part in parts):
        return False
    numbered = all(split_reference(part.title)[0] for part in parts)
    return numbered or ACTIONS.search(above) is not None


def _make_a_whole(parts: Sequence[ExtractedArticle], articles: Sequence[ExtractedArticle]) -> bool:
    """Do sums of `parts`, one each, make one that another of the `articles` states?"""
    sums = [_sums(part) for part in parts]
    others = {value for a in articles if a not in parts for value in _sums(a)}
    return sum(map(bool, sums)) >= FEWEST and one_of_each(sums, others) is not None


def _sums(article: ExtractedArticle) -> list[Decimal]:
    return [a.value for a in read_amounts(article.text) if a.value]


def _table(parts: Sequence[ExtractedArticle], position: int) -> ExtractedTable:
    rows = [
        ExtractedRow(
            kind="body",
            cells=[
                ExtractedCell(column=k, text=text, bold=k == 1, place=part.place)
                for k, text in enumerate((part.title, part.text), 1)
            ],
        )
        for part in parts
    ]
    characters = sum(len("".join((part.title + part.text).split())) for part in parts)
    return ExtractedTable(
        position=position,
        annex=None,
        title="",
        columns=["", ""],
        rows=rows,
        page_first=parts[0].page_first,
        page_last=parts[-1].page_last,
        extractor=LISTED,
        characters=characters,
        characters_in_cells=characters,
    )
