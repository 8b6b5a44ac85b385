"""From what Tesseract read to words of the page: with size, baseline and box as they were set."""

import math
import re
import statistics
from collections.abc import Iterator

from extractors.pages.page import Box, Word
from extractors.pages.page import turned as turned_box
from extractors.scans.tokens import TextLine

SAME_SIZE = 0.15  # sizes that differ less are measured, not set, differently
ASCENDING = re.compile(r"[A-ZÀ-ÖØ-Þbdfhijkl0-9€/()%ß'àâäéèêëîïôöûùü]")
ACCENTED = re.compile(r"[ÀÂÄÉÈÊËÎÏÔÖÙÛÜ]")  # État: the accent stands above the capitals
DESCENDING = re.compile(r"[gjpqyçQ,;()§]")
LEVEL = 1.0  # points: lines of several columns that differ less are level
BEARING = 0.03  # blank on each side of a word that is its own, in font sizes
TALL, CAPITAL, TEE, SMALL, TAIL = 0.88, 0.70, 0.58, 0.47, 0.21  # heights in font sizes


def words_of(
    line: TextLine, metric: tuple[float, float], bold: list[bool], scale: float
) -> Iterator[Word]:
    size, baseline = metric
    bearing = BEARING * size
    starts = [t.level.x0 - bearing for t in line[1:]] + [math.inf]
    for token, is_bold, following in zip(line, bold, starts, strict=True):
        start, end = token.level.x0 - bearing, token.level.x1 + bearing
        if start < following < end:  # slanted words overlap
            end = following
        level = Box(
            start / scale,
            (baseline - 0.8 * size) / scale,
            end / scale,
            (baseline + 0.2 * size) / scale,
        )
        box = turned_box(level, (360 - token.turn) % 360, 0.0, 0.0)
        begins = {0: baseline / scale, 90: box.bottom, 270: box.top}[token.turn]
        confidence = round(token.confidence, 3)
        yield Word(token.text, box, begins, size / scale, is_bold, confidence, apart=token.apart)


def metrics_of(lines: list[TextLine]) -> list[tuple[float, float]]:
    """Font size and baseline of each line, in pixels; a size near the page's usual one is it."""
    found = [_metric(line) for line in lines]
    usual = statistics.median(size for size, _ in found) if found else 0.0
    return [
        (usual if abs(size - usual) < SAME_SIZE * usual else size, baseline)
        for size, baseline in found
    ]


def levelled(
    lines: list[TextLine], metrics: list[tuple[float, float]], scale: float
) -> list[tuple[float, float]]:
    """`metrics` of `lines`, the baselines of those that stand level, each measured by itself, made
    one."""
    level = [i for i, line in enumerate(lines) if not line[0].turn]
    result = list(metrics)
    group: list[int] = []
    for i in [*sorted(level, key=lambda i: metrics[i][1]), None]:
        middle = metrics[group[len(group) // 2]][1] if group else 0.0
        if group and (i is None or metrics[i][1] - middle > LEVEL * scale):
            common = statistics.median(metrics[j][1] for j in group)
            for j in group:
                result[j] = metrics[j][0], common
            group = []
        if i is not None:
            group.append(i)
    return result


def _metric(line: TextLine) -> tuple[float, float]:
    """Font size and baseline of a line, from how high its letters reach."""
    sizes, baselines = [], []
    for token in line:
        up, down = ASCENDING.search(token.text), DESCENDING.search(token.text)
        if not re.search(r"\w", token.text):
            continue
        accent = ACCENTED.search(token.text)
        rise = TALL if accent else CAPITAL if up else TEE if "t" in token.text else SMALL
        tail = TAIL if down else 0.0
        size = token.level.height / (rise + tail)
        sizes.append(size)
        baselines.append(token.level.bottom - tail * size)
    if not sizes:
        size = max(t.level.height for t in line)
        return size, max(t.level.bottom for t in line)
    return statistics.median(sizes), statistics.median(baselines)
