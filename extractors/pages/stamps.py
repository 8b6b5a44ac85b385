"""Stamps that are printed on pages, the boxes drawn around them, and frames around whole pages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from extractors.pages.page import Box, Line, Page, Word, around

FRAME = 12.0  # points between a stamp and the box around it, but where the box is closed
FRAME_WIDTH = 0.5  # of the page's, at most, of a closed box around a stamp
FRAME_HEIGHT = 0.2  # of the page's, likewise
CORNER = 1.0  # points between the ends of two rules that meet
EDGE = 0.12  # of the page's width or height: a frame around the page stands no further in
DATE = r"(?:\d{1,2}(?:er)?\s+\w+\s+\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"
STAMP = re.compile(
    rf"(?:Accusé de réception (?:en|de la) préfecture\s*[-–—:|]?\s*)?"
    rf"(?:Reçu|Recu|Déposé|Envoyé|Transmis|Télétransmis|Publié|Affiché|Notifié|Certifié exécutoire)"
    rf"(?:\s+(?:au|en|à|à la|par|le)\s+[^.;]{{0,40}}?)?\s*:?\s*(?:le\s*:?\s*)?{DATE}"
    rf"|(?:Date de (?:réception|télétransmission|publication|dépôt)[^:]{{0,30}}:)\s*{DATE}"
    r"|(?:ID|Identifiant|Acte)\s?:\s?\w{2,3}-\d{9}-\d{8}-\S+"
    r"|\b\d[\dABD]{1,2}-\d{9}-\d{8}-[\w-]+-[A-Z]{2}\b"
    r"|Accusé de réception (?:(?:en|de la) préfecture|[-–—] Ministère de l['’][Ii]ntérieur)"
    rf"|Réception par le préfet\s*:\s*{DATE}|(?:Publication|Affichage|Notification)\s*:\s*{DATE}"
    r"|Accusé certifié exécutoire|Pour l['’]autorité compétente par délégation"
)


def stamps_among(pieces: Iterable[Line]) -> list[Line]:
    """What `pieces` of lines hold of stamps, each a print of its own."""
    stamps: list[Line] = []
    for piece in pieces:
        for match in STAMP.finditer(piece.text):
            starts = [0, *accumulate(len(word.text) + 1 for word in piece.words)][:-1]
            inside = [i for i, start in enumerate(starts) if match.start() <= start < match.end()]
            if inside and starts[inside[0]] == match.start() and _stands_alone(piece, inside):
                stamps.append(Line(tuple(piece.words[i] for i in inside), piece.page))
    return stamps


def without_frames(page: Page, stamps: Sequence[Line]) -> Page:
    """`page` without the boxes drawn around its stamps."""
    if not stamps:
        return page
    frames = [_widened(hull, FRAME) for hull in _together([s.box for s in stamps])]
    frames += [box for stamp in stamps if (box := _closed_box(page, stamp.box))]
    kept = [
        rule
        for rule in page.rules
        if not any(f.holds(rule.x0, rule.top) and f.holds(rule.x1, rule.bottom) for f in frames)
    ]
    return replace(page, rules=tuple(kept))


def unframed(page: Page) -> Page:
    """`page` without the frame around all of it: rules along its four edges, on which none ends."""
    upright = [r for r in page.rules if r.height > (1 - 2 * EDGE) * page.height]
    level = [r for r in page.rules if r.width > (1 - 2 * EDGE) * page.width]
    if not upright or not level:
        return page
    frame = Box(
        min(r.x0 for r in upright),
        min(r.top for r in level),
        max(r.x1 for r in upright),
        max(r.bottom for r in level),
    )
    inner = _widened(frame, -FRAME / 2)  # a frame may be drawn twice
    rest = [r for r in page.rules if inner.holds(*r.middle)]
    beyond = 2 * EDGE
    whole = frame.width > (1 - beyond) * page.width and frame.height > (1 - beyond) * page.height
    ended = any(
        frame.holds(*end, CORNER) and not inner.holds(*end)
        for rule in rest
        for end in ((rule.x0, rule.top), (rule.x1, rule.bottom))
    )
    return page if ended or not whole else replace(page, rules=tuple(rest))


def _widened(box: Box, by: float) -> Box:
    return Box(box.x0 - by, box.top - by, box.x1 + by, box.bottom + by)


def _together(boxes: Iterable[Box]) -> list[Box]:
    """What holds those of `boxes`, lines top to bottom, that stand below one another."""
    hulls: list[Box] = []
    for box in boxes:
        near = next((i for i, h in enumerate(hulls) if _widened(h, FRAME).overlap(box)), None)
        if near is None:
            hulls.append(box)
        else:
            hulls[near] = around([hulls[near], box])
    return hulls


def _closed_box(page: Page, inner: Box) -> Box | None:
    """The smallest small box that rules of `page` close around `inner`: each ends where the next
    begins, as no rule of a table does that other rows or columns go on beside."""
    sides = [
        r
        for r in page.rules
        if r.height > r.width and r.top <= inner.top and inner.bottom <= r.bottom
    ]
    boxes = [
        around([left, right])
        for left in sides
        for right in sides
        if left.x0 <= inner.x0
        and inner.x1 <= right.x1
        and abs(left.top - right.top) <= CORNER
        and abs(left.bottom - right.bottom) <= CORNER
    ]
    closed = [
        _widened(b, CORNER)
        for b in boxes
        if b.width <= FRAME_WIDTH * page.width
        and b.height <= FRAME_HEIGHT * page.height
        and all(
            any(
                max(abs(r.x0 - b.x0), abs(r.x1 - b.x1), abs(r.middle[1] - y)) <= CORNER
                for r in page.rules
            )
            for y in (b.top, b.bottom)
        )
    ]
    return min(closed, key=lambda box: box.area, default=None)


def _stands_alone(piece: Line, inside: Sequence[int]) -> bool:
    """Is it a print of its own: nothing before or after it on the line, or in another type?"""
    before = piece.words[inside[0] - 1] if inside[0] else None
    after = piece.words[inside[-1] + 1] if inside[-1] + 1 < len(piece.words) else None
    return all(
        other is None or _other_type(other, piece.words[inside[0]]) for other in (before, after)
    )


def _other_type(one: Word, other: Word) -> bool:
    return abs(one.size - other.size) > 0.4 or one.bold != other.bold
