"""What articles say of the origin and the end of actions, besides what tables say.

"la fiche action FA 20 … est née des actions 15 et 16"      of the one action that it names
"Les deux actions sont issues des actions 15 et 16"         of those of its two sub-articles
"Ces actions se poursuivront par un portage du FSL :"       of each action of the list below
"B1 regroupe les fiches 3 a et 3 b"                         of those that stand before the verb
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from normalizers.links.action_names import SHEET, ActionNames
from normalizers.links.certainty import BREAK
from normalizers.links.mentions import Said, mentions
from normalizers.links.named import Called, told_by_name
from normalizers.links.subjects import told_of
from normalizers.number_words import read_number_words
from normalizers.references import reference_key
from normalizers.sentences import placed_sentences, sentences
from normalizers.terms import ITEM, fold
from pipeline.extracted import ExtractedArticle, PlacedText
from pipeline.models import Action

COUNTED = re.compile(
    r"\W*(?:toutes\s)?(?:les|ces)\s(?P<count>\w+)\s(?:nouvelles\s)?"
    r"(?:actions|fiches(?:[\s-]actions)?|projets)\b(?!\s(?:n\W|\d))"
)
SEVERAL = re.compile(r"\b(?:actions|fiches|projets)\b")
LISTED = re.compile(rf"\s*{ITEM}\s*(?=\S)")


@dataclass(frozen=True)
class SaidInProse:
    """What an article, or a note beside a table (None), says of one action; `action` is None where
    it names none that is known."""

    action: Action | None
    said: Said
    article: str | None
    page: int


def said_in_prose(
    articles: Sequence[ExtractedArticle],
    actions: Iterable[Action],
    notes: Sequence[PlacedText] = (),
) -> list[SaidInProse]:
    """What the `articles` of one document, and the `notes` beside its tables, say of the latest of
    its `actions` that they name, each once."""
    known = ActionNames.of(articles, actions)
    parts: dict[str | None, list[ExtractedArticle]] = defaultdict(list)
    for article in articles:
        parts[article.parent_number].append(article)
    found = [
        one
        for article in articles
        for one in (
            *_origins(article, parts[article.number], known),
            *_lists(article, known),
            *_told(article.number, article.page_first, article.text, known),
        )
    ]
    found += [x for note in notes for x in _told(None, note.place.page, note.text, known)]
    return list({_identity(one): one for one in reversed(found)}.values())[::-1]


def said_on_condition(articles: Iterable[ExtractedArticle]) -> Iterator[tuple[str, str, int]]:
    """What `articles` say of actions on a condition, of which nothing follows: the sentence, its
    article and page."""
    for article in articles:
        for position, sentence in placed_sentences(article.text):
            if told_of(sentence, on_condition=True) or told_by_name(sentence, on_condition=True):
                yield sentence, article.number, article.page_of(position)


def _identity(one: SaidInProse) -> object:
    """What makes two statements the same."""
    if one.action and one.said.reference:
        return one.action.action_id, one.said.kind, reference_key(one.said.reference)
    return one


def _origins(
    article: ExtractedArticle, parts: Sequence[ExtractedArticle], known: ActionNames
) -> Iterator[SaidInProse]:
    """The origins of the one action that an article names, or of those of its sub-articles."""
    text = f"{article.title}\n{article.text}"
    said = [x for x in mentions(text) if x.kind == "comes_from" and x.reference]
    origins = {reference_key(x.reference) for x in said}
    named = {reference_key(r) for r in SHEET.findall(text)} - origins
    for one in said:
        counted = COUNTED.match(fold(one.quote))
        if counted:
            told = _of_parts(counted["count"], parts, known, origins)
        else:
            told = sorted(named) if len(named) == 1 else []
        for reference in told:
            if reference in known.latest:
                yield SaidInProse(known.latest[reference], one, article.number, article.page_first)


def _told(article: str | None, page: int, text: str, known: ActionNames) -> Iterator[SaidInProse]:
    """What the sentences of `text` say of the actions they name: of the known one, be it the
    subject or what the subject becomes ('La fiche 3 est scindée en fiches 3 a et 3 b')."""
    for sentence in sentences(text):
        numbered = [(Called(reference_key(s)), x) for many, x in told_of(sentence) for s in many]
        for subject, said in (*numbered, *told_by_name(sentence)):
            other = known.meant(Called(reference_key(said.reference), said.name))
            if said.kind == "becomes" and other:
                origin = Said("comes_from", subject.reference or None, said.quote, subject.name)
                yield SaidInProse(other, origin, article, page)
            elif one := known.meant(subject):
                yield SaidInProse(one, said, article, page)


def _of_parts(
    count: str, parts: Sequence[ExtractedArticle], known: ActionNames, origins: set[str]
) -> list[str]:
    """The actions of `parts`, one each; none where they are not `count`, or one is unclear."""
    number = int(count) if count.isdigit() else read_number_words(count)
    told = [known.spoken_of(part.title, part.text) for part in parts]
    sure = {reference for reference in told if reference and reference not in origins}
    return sorted(sure) if len(sure) == len(parts) == number else []


def _lists(article: ExtractedArticle, known: ActionNames) -> Iterator[SaidInProse]:
    """What a sentence says of each action of the list it opens, where one at least is known."""
    for said, items in _opened(article):
        told = [(item, page, known.spoken_of(item)) for item, page in items]
        if not any(reference for *_, reference in told):
            continue
        for item, page, reference in told:
            action = known.latest[reference] if reference else None
            for one in said:
                quote = f"{one.quote} {item}"
                yield SaidInProse(action, Said(one.kind, None, quote), article.number, page)


def _opened(article: ExtractedArticle) -> list[tuple[list[Said], list[tuple[str, int]]]]:
    """What is said before each list of `article`, with its items and their pages."""
    found: list[tuple[list[Said], list[tuple[str, int]]]] = [([], [])]
    position = 0
    for line in article.text.splitlines(keepends=True):
        page = article.page_of(position)
        position += len(line)
        if mark := LISTED.match(line):
            found[-1][1].append((" ".join(line[mark.end() :].split()), page))
        else:
            found.append((_opening(line), []))
    return found


def _opening(line: str) -> list[Said]:
    """What `line` says of the actions of the list that follows it."""
    if not line.rstrip().endswith(":") or not SEVERAL.search(fold(line)):
        return []
    last = [s for s in BREAK.split(line) if s.strip()][-1]
    return [x for x in mentions(last) if x.kind in ("ended", "moved") and not x.reference]
