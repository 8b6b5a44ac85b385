"""Lines of an act → its articles and its preamble.

Numbers are the document's ('2.2.1'); '0' is the preamble. Sections of a report that stands behind
the act in the same file are numbered with the prefix 'R.' ('R.1.2'), so that they cannot be taken
for articles. Headings without a number, in a document without articles, are counted: 'S1', 'S2'.
A number is given once in a document.
"""

import itertools
import re
from collections.abc import Mapping, Sequence

from extractors.numbering import (
    ARTICLE,
    DECIMAL,
    GROUP,
    PLAIN,
    WORDED,
    counted_value,
    follows,
    is_next,
    is_numbered,
    kind_of_number,
    number_path,
    roman_value,
)
from extractors.pages.furniture import place
from extractors.pages.page import Line, around
from extractors.text.annexes import annex_heading
from extractors.text.headings import (
    AGREED,
    BULLET,
    OFFICE,
    PREAMBLE,
    RECITAL,
    SAME_SIZE,
    Heading,
    Style,
    continuation,
    cut_line,
    is_article_heading,
    is_signed,
    is_signed_on_screen,
    run_in,
    without_contents,
)
from extractors.text.paragraphs import running_text
from extractors.text.sections import is_report, section_headings
from normalizers.words import Vocabulary, join_lines
from pipeline.extracted import ExtractedArticle

REPORT = "R."
SUM = re.compile(r"\d\s?(?:€|euros?\b|k€)")
FEWEST = {False: 3, True: 2}  # articles in a row, without or with a word that announces them


def read_articles(lines: Sequence[Line], vocabulary: Vocabulary) -> list[ExtractedArticle]:
    """The articles (or numbered sections) of a document, in order, each with its own text.

    `lines` come in reading order, without furniture and without the words of tables.
    """
    lines = [part for line in without_contents(lines) for part in run_in(line)]
    lines = [part for i in range(len(lines)) for part in _run_on(lines, i)]
    style = Style.of(lines)
    act, rest = split_act(lines, style)
    act = _without_groups(act, style)
    headings = _article_headings(act, style, {})
    apart = [] if headings else [part for line in lines for part in run_in(line, plain=True)]
    apart = _counted_through(apart, style)
    if apart and (numbers := _plain_articles(apart, style)):
        act, rest = _until_signature(apart, max(numbers))
        style = Style.of(act)
        headings = _article_headings(act, style, numbers)
    if headings:
        headings = [*_preamble(act, headings), *headings]
        report = _behind_signature(rest, act[-1].page, style)
        rest_headings = (
            section_headings(report, Style.of(report), REPORT) if is_report(report) else []
        )
        return _articles([*headings, *rest_headings], style, vocabulary)
    return _articles(section_headings(lines, style, ""), style, vocabulary)


def _run_on(lines: Sequence[Line], i: int) -> list[Line]:
    """Line `i`, in two where the text of an article follows its number on the same line, all in one
    type: 'Article 2 : Les crédits non consommés, soit 35 200 €, viennent en déduction du versement
    / de 2021.'"""
    line = lines[i]
    match = ARTICLE.fullmatch(line.text)
    if match is None or line.bold or not match["title"][:1].isupper() or not _goes_on(lines, i):
        return [line]
    return cut_line(line, match.start("title"))


def _goes_on(lines: Sequence[Line], i: int) -> bool:
    """Is line `i` carried on below, in the same type, to the full stop of a sentence?"""
    last = lines[i]
    for line in lines[i + 1 : i + 9]:
        alike = line.bold == last.bold and abs(line.size - last.size) < SAME_SIZE
        below = line.page == last.page and 0 < line.box.top - last.box.top < 2 * last.size
        if not (alike and below) or is_numbered(line.text):
            break
        ended = last is lines[i] or last.text.rstrip().endswith((".", ";", ":", "»"))
        if line.text[:1].isupper() and ended:
            break
        last = line
    return last is not lines[i] and last.text.rstrip().endswith((".", ".»", ". »", ";"))


def split_act(lines: Sequence[Line], style: Style) -> tuple[list[Line], list[Line]]:
    """The act up to its signature or its first annex, and what stands behind it."""
    last = None
    for i, line in enumerate(lines):
        match = ARTICLE.fullmatch(line.text)
        if match and is_article_heading(match, line, style):
            last = i
        elif last is not None and _ends_act(lines, i, style):
            return list(lines[:i]), list(lines[i:])
    return list(lines), []


def _ends_act(lines: Sequence[Line], i: int, style: Style) -> bool:
    line = lines[i]
    if is_signed(line) or (is_signed_on_screen(line) and _is_last(lines, i, style)):
        return True
    if annex_heading(lines, i, style):
        return style.stands_out(line) or _is_last(lines, i, style)
    if not OFFICE.match(line.text) or _is_sentence(lines, i):
        return False
    alone = len(OFFICE.findall(line.text)) > 1 or line.text.startswith("Pour ")
    return (alone or style.stands_out(line)) and _is_last(lines, i, style)


def _is_sentence(lines: Sequence[Line], i: int) -> bool:
    """Does line `i` carry running text: joined to its neighbours, ended by a full stop?"""
    text = lines[i].text.rstrip()
    return text.endswith((".", ";", ":")) or (len(text) > 85 and not lines[i].bold)


def _is_last(lines: Sequence[Line], i: int, style: Style) -> bool:
    return not any(
        (m := ARTICLE.fullmatch(line.text)) and is_article_heading(m, line, style)
        for line in lines[i + 1 :]
    )


def _until_signature(lines: Sequence[Line], last: int) -> tuple[list[Line], list[Line]]:
    """`lines` up to the signature behind line `last`, and the rest."""
    end = next(i for i in range(last + 1, len(lines)) if is_signed(lines[i]))
    return list(lines[:end]), list(lines[end:])


def _plain_articles(lines: Sequence[Line], style: Style) -> dict[int, tuple[str, str]]:
    """Articles that go without the word, in an act that is signed: 'I – Objet', 'II – Durée' or
    '1. Objet', 'A. Objet' or 'Chapitre 1 – Objet', three or more in a row with text between them,
    two that a word or sign announces: number and title by line.
    """
    end = next((i for i, line in enumerate(lines) if is_signed(line)), 0)
    for pattern, kind in itertools.product((WORDED, PLAIN), ("roman", "digit", "capital")):
        found: dict[int, tuple[str, str]] = {}
        for i, line in enumerate(lines[:end]):
            match = pattern.fullmatch(line.text)
            if (
                match is None
                or kind_of_number(match["number"]) != kind
                or not match["mark"].strip()
            ):
                continue
            title = match["title"].removesuffix(".") if lines[i].bold else match["title"]
            if counted_value(match["number"], kind) == len(found) + 1 and _opens_article(
                lines, i, title, style
            ):
                found[i] = (match["number"], title)
        apart = all(b - a > 1 for a, b in itertools.pairwise([*found, end]))
        if len(found) >= FEWEST[pattern is WORDED] and apart:
            return found
    return {}


def _counted_through(lines: list[Line], style: Style) -> list[Line]:
    """`lines` without the headings of groups of articles, where one count of plain numbers runs
    through them: 'TITRE I – CADRE', '1 – Objet', '2 – Durée', 'TITRE II – MOYENS', '3 – Aide'."""
    alone = _without_groups(lines, style)
    groups = sum(1 for line in lines if line not in alone and GROUP.fullmatch(line.text))
    found = _plain_articles(alone, style) if groups else {}
    first = {number for number, _ in list(found.values())[:1]}
    firsts = (m for line in alone if (m := PLAIN.fullmatch(line.text)) and m["number"] in first)
    return alone if len(found) > groups and len([*firsts]) == 1 else lines


def _opens_article(lines: Sequence[Line], i: int, title: str, style: Style) -> bool:
    if not title[:1].isupper() or title.endswith((".", ";", ",", ":")) or len(title) > 110:
        return False
    follows = lines[i + 1].text if i + 1 < len(lines) else ""
    opens = follows[:1].isupper() or follows[:1].isdigit() or follows.startswith("«")
    return style.stands_out(lines[i]) or opens or BULLET.match(follows) is not None


def _article_headings(
    lines: Sequence[Line], style: Style, plain: Mapping[int, tuple[str, str]]
) -> list[Heading]:
    """Articles, and within them decimal and set-off plain numbers; [] where no article is.

    `plain` are the lines that open an article without the word.
    """
    headings: list[Heading] = []
    seen: set[tuple[str, ...]] = set()
    quoted = False
    skip = 0
    for i, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        if i in plain:
            number, title = plain[i]
            heading: Heading | None = Heading((number,), [title], [line])
        else:
            heading = None if quoted else _numbered(lines, i, style, headings, seen)
        if heading is None:
            if headings:
                headings[-1].body.append(line)
                quoted = _quote_is_open(headings[-1].body)
            continue
        more = continuation(lines, i, style)
        heading.titles += [other.text for other in more]
        heading.lines += more
        skip = len(more)
        seen.add(heading.path)
        headings.append(heading)
    return headings


def _without_groups(lines: Sequence[Line], style: Style) -> list[Line]:
    """`lines` without the headings of groups of articles: 'TITRE II – DISPOSITIONS FINANCIÈRES'."""
    kept: list[Line] = []
    skip = 0
    for i, line in enumerate(lines):
        match = GROUP.fullmatch(line.text)
        if skip:
            skip -= 1
        elif match and _is_group(match["title"] or "", line, style):
            skip = len(continuation(lines, i, style))
        else:
            kept.append(line)
    return kept


def _is_group(title: str, line: Line, style: Style) -> bool:
    set_off = style.stands_out(line) or line.text.isupper()
    return set_off and not title[:1].islower() and not title.endswith((".", ";", ",", ":"))


def _quote_is_open(lines: Sequence[Line]) -> bool:
    """Do `lines` end within « … », where an act quotes the articles that it amends?"""
    depth = 0
    for line in lines[-40:]:
        opened, closed = line.text.count("«"), line.text.count("»")
        ends = opened != closed or line.text.rstrip(" .;").endswith("»")
        if depth and line.text.startswith("«") and ends:  # again, at the head of a paragraph
            opened -= 1
        depth += opened - closed
    return len(lines) < 40 and depth > 0


def _numbered(
    lines: Sequence[Line],
    i: int,
    style: Style,
    headings: Sequence[Heading],
    seen: set[tuple[str, ...]],
) -> Heading | None:
    line = lines[i]
    match = ARTICLE.fullmatch(line.text)
    if match and is_article_heading(match, line, style):
        path = number_path(match["number"], match["suffix"])
        if path in seen or (headings and not follows(headings[-1].path, path)):
            return None
        return Heading(path, [match["title"]], [line])
    if not headings:
        return None
    match = DECIMAL.fullmatch(line.text)
    if match and _is_subheading(match["title"], line, style) and not _is_paragraph(lines, i, style):
        path = number_path(match["number"], None, roman=True)
        above = next((h for h in reversed(headings) if _counts(h.path, path[0])), None)
        if path in seen or (path[0] != headings[-1].path[0] and above is not headings[-1]):
            return None
        if not style.stands_out(line) and not is_next(path, seen):
            return None
        return Heading(path, [match["title"]], [line], above=above)
    match = PLAIN.fullmatch(line.text)
    if (
        match
        and match["mark"].strip()
        and line.bold
        and _is_subheading(match["title"], line, style)
    ):
        child = _child(headings, match["number"], seen)
        return Heading(child, [match["title"]], [line]) if child else None
    return None


def _counts(path: tuple[str, ...], number: str) -> bool:
    """Is `path` that of an article with the Roman `number`: II, above 2.1?"""
    return (
        len(path) == 1
        and kind_of_number(path[0]) == "roman"
        and str(roman_value(path[0])) == number
    )


def _is_subheading(title: str, line: Line, style: Style) -> bool:
    if DECIMAL not in style.set_off and not style.stands_out(line):
        return title[:1].isupper() and not title.endswith((".", ";", ",", ":")) and len(title) < 120
    return style.stands_out(line)


def _is_paragraph(lines: Sequence[Line], i: int, style: Style) -> bool:
    """Does line `i`, not set off, open a numbered paragraph rather than head one: '2.1 – Pour 2024,
    l'État alloue …', carried on below to a full stop, or a sentence with its sum?"""
    if style.stands_out(lines[i]):
        return False
    last = lines[i]
    margin = max(line.box.x1 for line in lines[max(i - 6, 0) : i + 7] if line.page == last.page)
    for line in lines[i + 1 : i + 6]:
        if is_numbered(line.text) or (line.text[:1].isupper() and not _is_full(last, line, margin)):
            break
        last = line
    return last.text.rstrip().endswith((".", ";")) or bool(SUM.search(lines[i].text))


def _is_full(line: Line, below: Line, margin: float) -> bool:
    """Had the first word of the line `below`, which may be read as one with those behind it, no
    place in `line`, left of `margin` (points)?"""
    first = below.box.width * len(below.text.split()[0]) / len(below.text)
    return line.box.x1 + 0.25 * line.size + first > margin


def _child(
    headings: Sequence[Heading], number: str, seen: set[tuple[str, ...]]
) -> tuple[str, ...] | None:
    """The place of a plain number: beside the last one of its kind, else below the last heading."""
    kind = kind_of_number(number)
    path = headings[-1].path
    while len(path) > 1 and kind_of_number(path[-1]) != kind:
        path = path[:-1]
    parent = path[:-1] if len(path) > 1 else headings[-1].path
    candidate = (*parent, number)
    return None if candidate in seen else candidate


def _preamble(act: Sequence[Line], headings: Sequence[Heading]) -> list[Heading]:
    """What stands between the parties and the first article, as '0'."""
    end = next(i for i, line in enumerate(act) if line is headings[0].lines[0])
    before = act[:end]
    start = next((i for i, line in enumerate(before) if PREAMBLE.fullmatch(line.text)), None)
    if start is not None:
        return [Heading(("0",), [before[start].text], [before[start]], list(before[start + 1 :]))]
    start = next((i for i, line in enumerate(before) if RECITAL.match(line.text)), None)
    if start is None:
        agreed = next((i for i, line in enumerate(before) if AGREED.match(line.text)), None)
        start = None if agreed is None or agreed + 1 >= len(before) else agreed + 1
    if start is None:
        return []
    return [Heading(("0",), [""], [before[start]], list(before[start:]))]


def _behind_signature(rest: Sequence[Line], signed: int, style: Style) -> list[Line]:
    """`rest` from the first annex heading or the page after the signature on."""
    for i, line in enumerate(rest):
        if line.page > signed or annex_heading(rest, i, style):
            return list(rest[i:])
    return []


def _articles(
    headings: Sequence[Heading], style: Style, vocabulary: Vocabulary
) -> list[ExtractedArticle]:
    numbers = {heading.path for heading in headings}
    articles = []
    for position, heading in enumerate(headings, 1):
        parents = (heading.path[:n] for n in range(len(heading.path) - 1, 0, -1))
        parent = next((p for p in parents if p in numbers), None)
        if parent is None and heading.above is not None:
            parent = heading.above.path
        everything = [*heading.lines, *heading.body]
        first = [line for line in heading.lines if line.page == heading.lines[0].page]
        box = around([line.box for line in first])
        text, starts = running_text(heading.body, style, vocabulary)
        pages = [line.page for line in heading.body]
        articles.append(
            ExtractedArticle(
                number=".".join(heading.path),
                title=join_lines([t for t in heading.titles if t], vocabulary).strip(),
                parent_number=".".join(parent) if parent else None,
                position=position,
                text=text,
                page_starts=[
                    next(
                        (s for s, page in zip(starts, pages, strict=True) if page >= number),
                        len(text),
                    )
                    for number in range(everything[0].page + 1, everything[-1].page + 1)
                ],
                page_first=everything[0].page,
                page_last=everything[-1].page,
                place=place(first[0]).model_copy(update={"x1": box.x1, "bottom": box.bottom}),
            )
        )
    return articles
