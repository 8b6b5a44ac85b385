"""Actions that stand in the text, without any table: bullets, or paragraphs with a line a field.

• Action 1 : Bail glissant – pilote : CCAS – financement AMI : 20 000 €
b) Halte de nuit (porteur : La Halte) : 15 000 € au titre de l'AMI ;

Action n° 2 : Sous-location          a heading,
Porteur : Habitat solidaire          and what it says, named line by line
Montant AMI : 12 000 €

They become a table of one column, an entry a row, each with its place; what they mean is for
`normalizers.actions.items`. An entry names an action by number, or its fields and a sum in euros;
in the annexes of an act, and below a sentence that announces actions, a list of sums is one too,
and so is one that names its action behind: '- 50 000 € pour la plateforme (FA 1) ;'.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.pages.page import Line, around
from extractors.text.annexes import AnnexHeading
from extractors.text.headings import BULLET, SIGNED, Style, is_article
from normalizers.parties import LOCAL
from normalizers.references import TITLE_ALONE, split_behind, split_reference, split_title
from normalizers.terms import PICTOGRAM
from normalizers.words import Vocabulary, join_lines
from pipeline.extracted import LISTED, OF_TEXT, ExtractedCell, ExtractedRow, ExtractedTable, Place

# pilote : · Montant AMI : · Financement de l'État (AMI) : · Public(s) visé(s) :
NAMED = re.compile(r"[^\W\d](?:[^:.;()]|\([es]{1,2}\)){1,40}?(?:\s\([^:.;()]{1,20}\))?\s?:\s")
# the same, behind a pictogram or a letter: ☎ Pilote : · b) Budget :
LINE = re.compile(rf"(?:(?:{PICTOGRAM}|[a-z]\))\s+)?(?=[A-ZÀ-Ý]){NAMED.pattern}")
# axe 1, prévention : 55 000 € ; : what a part of the programme costs in all
OF_PART = re.compile(
    r"(?:dont )?(?:axe|volet|pilier|orientation|priorité)s?\b[^:;()]{0,60}:\s*\d", re.IGNORECASE
)
# – pour l'année 2026 : 258 000 EUR ; : what is granted that year
OF_YEAR = re.compile(
    r"(?:(?:dont|pour|en|au titre de)\s)?(?:l['’])?(?:(?:année|exercice)\s)?"
    r"(?:(?:19|20)\d\d\b|(?<=année\s)[1-5]\b)[^:;()]{0,20}:\s*\d",
    re.IGNORECASE,
)
# a) Le Département de la Vaune : 24 000 € ; : what a party brings
OF_PARTY = re.compile(
    rf"(?:l['’]|l[ae]s?\s)(?:{LOCAL}|(?:état|ccas|siao)\b)[^:;()]{{0,90}}:\s*\d", re.IGNORECASE
)
# Signature par trois bailleurs. Pilote : Ville.
RUN_BY = re.compile(r"\b(?:pilote|porteur|opérateur|maître d['’]ouvrage)s?\s?:", re.IGNORECASE)
SUM = re.compile(r"\d\s?(?:k?€|(?:k\s?)?euros?\b|eur\b)", re.IGNORECASE)
# Ces crédits sont répartis entre les actions suivantes : · La subvention, ventilée par action : ·
# Elle est destinée à financer :
ACTIONS = r"\b(?:actions?|opérations?|projets?|dispositifs?)"
ANNOUNCED = re.compile(
    rf"{ACTIONS}\s(?:[^\W\d]+\s)?(?:suivante?s?|ci-(?:dessous|après))\b[^.;:]{{0,40}}:$"
    r"|\b(?:répart|ventil|affect|attribu|allou|consacr|destin|financ)\w*\s[^.;:]{0,60}"
    rf"\b(?:entre|par|pour|aux?|à)\s(?:[^\W\d]+\s){{0,2}}{ACTIONS}\b[^.;:]{{0,40}}:$"
    r"|\b(?:destinée?s?|affectée?s?|consacrée?s?)\s(?:à|au)\s(?:financer|soutenir|financement)"
    r"\s?:$",
    re.IGNORECASE,
)
SUM_LAST = re.compile(rf"{SUM.pattern}\)?$", re.IGNORECASE)
NEXT_PARAGRAPH = 1.35  # of the usual distance between two lines
OVERALL = re.compile(r"\W*(?:soit,? (?:un |au )?)?tota(?:l|ux)\b", re.IGNORECASE)
TITLE_GAP = 2.0  # of the font size, between the lines of a title
FEWEST = 2  # entries that make a list


def listed_actions(
    lines: Sequence[Line],
    annexes: Sequence[AnnexHeading],
    vocabulary: Vocabulary,
    position: int,
) -> list[ExtractedTable]:
    """The lists of actions among `lines` (without furniture and tables, in reading order), as
    tables of one column; the first has `position`."""
    style = Style.of(lines)
    behind = min(((a.place.page, a.place.top) for a in annexes), default=None)
    tables: list[ExtractedTable] = []
    for entries in _runs(list(_entries(lines, style)), behind):
        rows = [_row(entry, vocabulary) for entry in entries]
        characters = sum(len("".join(line.text.split())) for e in entries for line in e)
        tables.append(
            ExtractedTable(
                position=position + len(tables),
                annex=None,
                title="",
                columns=[""],
                rows=rows,
                page_first=entries[0][0].page,
                page_last=entries[-1][-1].page,
                extractor=LISTED,
                characters=characters,
                characters_in_cells=characters,
            )
        )
    return tables


def in_reading_order(tables: Sequence[ExtractedTable]) -> list[ExtractedTable]:
    """`tables`, each that is made of text before the first drawn one that begins behind it."""
    found = [table for table in tables if table.extractor not in OF_TEXT]
    for told in (table for table in tables if table.extractor in OF_TEXT):
        behind = (i for i, table in enumerate(found) if start_of(table) > start_of(told))
        found.insert(next(behind, len(found)), told)
    return found


def start_of(table: ExtractedTable) -> tuple[int, float]:
    """The page on which `table` begins, and how far down; its top where no cell tells."""
    rows = [*table.head, *(row.cells for row in table.rows)]
    places = ((cell.place.page, cell.place.top) for cells in rows for cell in cells)
    return min(places, default=(table.page_first, 0.0))


def places_of(lines: Sequence[Line]) -> list[Place]:
    """Where `lines` stand, page by page."""
    pages = dict.fromkeys(line.page for line in lines)
    boxes = ((page, around([x.box for x in lines if x.page == page])) for page in pages)
    return [Place(page=n, x0=b.x0, top=b.top, x1=b.x1, bottom=b.bottom) for n, b in boxes]


def _entries(lines: Sequence[Line], style: Style) -> Iterator[list[Line]]:
    """The paragraphs, a bullet, a numbered action and what follows a semicolon each one; under a
    title that stands out, all down to the last line that it names."""
    entry: list[Line] = []
    end = 0
    announced = False
    for i, line in enumerate(lines):
        if i < end:
            entry.append(line)
            continue
        announced = _announces(entry) or (announced and bool(entry))
        parted = announced and _is_complete(entry[-1].text)
        if entry and (parted or _opens(line, entry) or not _goes_on(entry[-1], line, style)):
            announced = announced and parted
            yield entry
            entry = []
        end = _end_of_block(lines, i, style) if not entry else end
        entry.append(line)
    if entry:
        yield entry


def _end_of_block(lines: Sequence[Line], start: int, style: Style) -> int:
    """Behind the last line that names what it tells of the action that line `start` heads, several
    of them; `start` where that is no title."""
    if not (_is_numbered(lines[start].text) and style.stands_out(lines[start])):
        return start
    end, named, title = start, 0, True
    for i in range(start + 1, len(lines)):
        line, above = lines[i], lines[i - 1]
        gap = line.box.top - above.box.bottom
        title = title and style.stands_out(line) and line.page == above.page
        title = title and gap < TITLE_GAP * above.size
        if _is_numbered(line.text) or is_article(line) or (style.stands_out(line) and not title):
            break
        if LINE.match(line.text):
            named, end = named + 1, i + 1
        elif end == i and i > start + 1 and _goes_on(above, line, style):
            end = i + 1
    return end if named >= FEWEST else start


def _opens(line: Line, above: Sequence[Line] = ()) -> bool:
    """Does `line` open an entry: by its number, or by a bullet that names no field of the numbered
    action `above`?"""
    if _is_numbered(line.text):
        return True
    inside = above and _is_numbered(above[0].text) and LINE.match(line.text)
    return bool(BULLET.match(line.text)) and not inside


def _is_numbered(text: str) -> bool:
    """Does `text` begin with the number of an action: 'Action 3 : …', '• Fiche n° 3 – …'?"""
    bullet = BULLET.match(text)
    said = text[bullet.end() if bullet else 0 :]
    return split_reference(said)[0] is not None or TITLE_ALONE.fullmatch(said) is not None


def _goes_on(last: Line, line: Line, style: Style) -> bool:
    if is_article(line):
        return False
    if LINE.match(line.text):
        return True
    if SIGNED.match(line.text) or split_behind(last.text)[0]:
        return False
    if line.bold != last.bold or (last.text.endswith(";") and line.text[:1].isupper()):
        return False
    if line.page != last.page:
        return not last.text.endswith((".", ";"))
    return 0 < line.baseline - last.baseline <= NEXT_PARAGRAPH * style.pitch


def _runs(
    entries: Sequence[list[Line]], behind: tuple[int, float] | None
) -> Iterator[list[list[Line]]]:
    """The entries in a row that state actions."""
    run: list[list[Line]] = []
    listed = announced = False
    for entry in [*entries, []]:
        text = "\n".join(line.text for line in entry)
        listed = bool(entry) and (_opens(entry[0]) or text.endswith(";") or listed or announced)
        annexed = bool(entry) and _is_behind(entry[0], behind)
        stated = bool(entry) and _states_action(text, listed, announced, annexed)
        if stated or (run and entry and _is_told(entry)):
            run.append(entry)
        else:
            if len(run) >= FEWEST or (run and _is_numbered(run[0][0].text)):
                yield _without_total(run)
            run = []
        listed = text.endswith(";")
        announced = _announces(entry) or (announced and bool(entry) and _is_complete(text))


def _announces(entry: Sequence[Line]) -> bool:
    """Does a sentence that announces actions end `entry`?"""
    if not entry or not entry[-1].text.endswith(":"):
        return False
    return ANNOUNCED.search(" ".join(line.text for line in entry[-3:])) is not None


def _is_complete(text: str) -> bool:
    """Does `text` end as an entry of a list, and the sentence before it, do?"""
    return text.endswith((";", ":")) or SUM_LAST.search(text) is not None


def _is_behind(line: Line, place: tuple[int, float] | None) -> bool:
    return place is not None and (line.page, line.box.top) > place


def _without_total(run: Sequence[list[Line]]) -> list[list[Line]]:
    """The entries of `run`, the last without a total over all of them: one that no other has, bold
    or set apart."""
    *others, last = run
    alike = any(OVERALL.match(line.text) for entry in others for line in entry)
    gaps = [b.baseline - a.baseline for a, b in pairwise(last)]
    totals = [
        i
        for i, line in enumerate(last)
        if OVERALL.match(line.text)
        and (line.bold or gaps[i - 1] > NEXT_PARAGRAPH * max(gaps[: i - 1], default=0.0))
    ]
    return [*others, last[: totals[0]]] if others and totals and not alike else list(run)


def _states_action(text: str, listed: bool, announced: bool, annexed: bool) -> bool:
    if not SUM.search(text):
        return False
    said = BULLET.sub("", text, count=1)
    reference, label = split_title(said)
    if reference or not listed:
        return bool(reference and (announced or NAMED.search(label)))
    if any(shared.match(said) for shared in (OF_PART, OF_YEAR, OF_PARTY)):
        return False
    named = NAMED.search(said) is not None or split_behind(text)[0] is not None
    return announced or annexed or named


def _is_told(entry: Sequence[Line]) -> bool:
    """Is `entry` an action without sums: its number, and lines that name what they tell of it, or
    who runs it?"""
    named = sum(bool(LINE.match(line.text)) for line in entry[1:])
    runs = any(RUN_BY.search(line.text) for line in entry)
    return _is_numbered(entry[0].text) and (named >= FEWEST or runs)


def _row(entry: Sequence[Line], vocabulary: Vocabulary) -> ExtractedRow:
    """An entry as a row: its named lines stay lines."""
    paragraphs: list[list[str]] = []
    for i, line in enumerate(entry):
        last = entry[i - 1]
        titled = (
            i and not LINE.match(last.text) and (last.bold, last.size) != (line.bold, line.size)
        )
        if not i or titled or LINE.match(line.text) or TITLE_ALONE.fullmatch(last.text):
            paragraphs.append([])
        paragraphs[-1].append(line.text)
    place, *rest = places_of(entry)
    cell = ExtractedCell(
        column=1,
        text="\n".join(join_lines(p, vocabulary) for p in paragraphs),
        bold=entry[0].bold,
        place=place,
        rest=rest,
    )
    return ExtractedRow(kind="body", cells=[cell])
