"""The lineage picture: bars for the AMI money of actions by exercise, and ribbons between them.

Only geometry, in pixels from the top left corner; `templates/flows.svg` draws it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.kinds import Relation

BAR = 14  # width of a bar
PITCH = 340  # from one exercise to the next
TOP = 44  # room for the names of the exercises
ROW = 32  # least height of an action with its two lines of text
GAP = 6
THINNEST = 3  # an action without money is still seen
TALLEST = 520  # height of the money of the richest exercise


@dataclass(frozen=True, slots=True)
class Step:
    """An action in one exercise, as the picture needs it; `ends`: nothing carries it on, `years`:
    those of its money, where it is not that of the whole exercise."""

    action_id: str
    exercise: str
    label: str
    ami: Decimal | None
    event: str
    lineage_id: str
    ends: bool
    years: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of a step, at `x`, `y`, `height` pixels tall."""

    step: Step
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What carries an action on: an SVG path."""

    source: Step
    target: Step
    relation: Relation
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture; `heads` are (exercise, x)."""

    width: int
    height: int
    heads: list[tuple[str, float]]
    bars: list[Bar]
    ribbons: list[Ribbon]


def picture(
    exercises: Sequence[str],
    steps: Iterable[Step],
    links: Iterable[tuple[str, str, Relation]],
) -> Picture | None:
    """The picture of `steps` with AMI money, and of those linked to one; None without any.

    `links` are (source action, target action, relation).
    """
    known = {step.action_id: step for step in steps}
    pairs = [link for link in links if link[0] in known and link[1] in known]
    shown = {action for action, step in known.items() if step.ami}
    shown |= {a for pair in pairs if shown & set(pair[:2]) for a in pair[:2]}
    if not shown:
        return None
    pairs = [link for link in pairs if {link[0], link[1]} <= shown]
    columns = {e: [known[a] for a in known if a in shown and known[a].exercise == e]
               for e in exercises}  # fmt: skip
    columns = {e: column for e, column in columns.items() if column}
    richest = max(sum(step.ami or 0 for step in column) for column in columns.values())
    scale = TALLEST / float(richest)
    bars = _bars(columns, pairs, scale)
    ribbons = _ribbons(bars, pairs)
    height = max(bar.y + max(bar.height, ROW) for bar in bars.values()) + GAP
    heads = [(exercise, float(i * PITCH)) for i, exercise in enumerate(columns)]
    return Picture(len(columns) * PITCH, int(height) + 1, heads, list(bars.values()), ribbons)


def _bars(
    columns: Mapping[str, list[Step]], links: Sequence[tuple[str, str, Relation]], scale: float
) -> dict[str, Bar]:
    """Bars by action; an action stands near those that it carries on, new ones come last."""
    sources: dict[str, list[str]] = defaultdict(list)
    for source, target, _ in links:
        sources[target].append(source)
    bars: dict[str, Bar] = {}
    for index, column in enumerate(columns.values()):

        def place(step: Step) -> tuple[float, Decimal, str]:
            before = [bars[s].y for s in sources[step.action_id] if s in bars]
            middle = sum(before) / len(before) if before else float("inf")
            return middle, -(step.ami or Decimal(0)), step.action_id

        y = float(TOP)
        for step in sorted(column, key=place):
            height = max(float(step.ami or 0) * scale, THINNEST)
            bars[step.action_id] = Bar(step, index * PITCH, y, round(height, 1))
            y = round(y + max(height, ROW) + GAP, 1)
    return bars


def _ribbons(bars: Mapping[str, Bar], links: Sequence[tuple[str, str, Relation]]) -> list[Ribbon]:
    """A bar is shared among its ribbons as the money at their other ends."""
    leaving = _shares(bars, [(s, t) for s, t, _ in links])
    arriving = _shares(bars, [(t, s) for s, t, _ in links])
    ribbons = []
    for source, target, relation in links:
        (y0, h0), (y1, h1) = leaving[source, target], arriving[target, source]
        x0, x1 = bars[source].x + BAR, bars[target].x
        bend = (x0 + x1) / 2
        path = (
            f"M{x0:g} {y0:.1f}C{bend:g} {y0:.1f} {bend:g} {y1:.1f} {x1:g} {y1:.1f}"
            f"V{y1 + h1:.1f}C{bend:g} {y1 + h1:.1f} {bend:g} {y0 + h0:.1f} {x0:g} {y0 + h0:.1f}Z"
        )
        ribbons.append(Ribbon(bars[source].step, bars[target].step, relation, path))
    return ribbons


def _shares(
    bars: Mapping[str, Bar], ends: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], tuple[float, float]]:
    """(here, there) -> top and height of the ribbon at the bar `here`."""
    others: dict[str, list[str]] = defaultdict(list)
    for here, there in ends:
        others[here].append(there)
    shares = {}
    for here, theirs in others.items():
        bar, y = bars[here], bars[here].y
        weights = {there: bars[there].height for there in theirs}
        for there in sorted(theirs, key=lambda t: bars[t].y):
            height = bar.height * weights[there] / sum(weights.values())
            shares[here, there] = (y, height)
            y += height
    return shares
