"""What a row says of where its action comes from."""

import json
import re
from collections.abc import Iterator

from normalizers.renames import OLD
from normalizers.terms import fold
from pipeline.models import Action

NEW = re.compile(r"(?:action )?nouve(?:lle|au)s?\b")
NEW_ALONE = re.compile(
    r"(?:action )?(?:nouvelle|creee|ajoutee)(?: action)?(?: en 20\d\d)?"
    r"|(?:creation|ajout)(?: d'action| de l'action)?(?: en 20\d\d)?"
)
# "Reprise après une année d'interruption": a year without trace is what is to be expected
RESUMED = re.compile(
    r"^\W*repris(?:e|es)?\b(?!\s(?:par|de|du|des|d['’]))"
    r"|\brepri\w+\b[^.;]{0,40}\b(?:suspen[ds]|interrom|en (?:sommeil|pause))"
    r"|\b(?:r[ée]activ|relanc|red[ée]marr|r[ée]tabli)\w+|\binterruption\b"
    r"|^\W*remi(?:s|se|ses) (?:en (?:place|route|service)|sur pied)\b"
    r"|\b(?:de|[àa]) nouveau\b|\brepren(?:d|nent|dra)\b(?!\s(?:l['’]|la\s|les\s|le\s))",
    re.IGNORECASE,
)


def is_called_new(action: Action) -> bool:
    """Does the row say that its action is new? Then a document or a person tells its origin."""
    told = [fold(text) for text in told_of_origin(action)]
    begun = [fold(action.status_raw or ""), *map(fold, _origins(action))]
    return any(map(NEW.match, begun)) or any(NEW_ALONE.fullmatch(t.strip(" .")) for t in told)


def is_called_resumed(action: Action) -> bool:
    """Does the row say that its action comes back?"""
    return any(RESUMED.search(text) for text in told_of_origin(action))


def told_of_origin(action: Action) -> list[str]:
    """The status of `action`, the comment on it, and what its columns of origins say."""
    return [t for t in (action.status_raw, action.comment, *_origins(action)) if t]


def _origins(action: Action) -> Iterator[str]:
    """What the columns without a field tell that speak of what was before: 'Origine'."""
    other = json.loads(action.other) if action.other else {}
    return (text for heading, text in other.items() if OLD.search(fold(heading)))
