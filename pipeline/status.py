"""How far a database reflects a folder of documents."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.names import find_pdfs, sha256_of

if TYPE_CHECKING:
    from pipeline.extracted import Unreadable

UNREADABLE = Path("extracted/unreadable.json")  # beside a database


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document of the database; `recognised`: an action or a numbered article was found in it,
    or parts without numbers of what names a territory, states a grant or is no convention;
    `whole`: no page of it breaks off in its file, or was given up by OCR."""

    document_id: str
    filename: str
    sha256: str
    recognised: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Status:
    """Documents of a database; `stale` names files of the source folder that it does not hold as
    they are now, `gone` files that it holds and the folder no longer has, `unreadable` those that
    are as they were when they could not be read."""

    documents: tuple[DocumentLine, ...]
    stale: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    unreadable: "tuple[Unreadable, ...]" = ()

    @property
    def unrecognised(self) -> tuple[DocumentLine, ...]:
        """Documents in which neither an article nor an action was found."""
        return tuple(line for line in self.documents if not line.recognised)

    @property
    def partial(self) -> tuple[DocumentLine, ...]:
        """Documents of which some page could not be read to its end."""
        return tuple(line for line in self.documents if not line.whole)


DOCUMENTS = """
SELECT document_id, filename, sha256,
       document_id IN (
           SELECT document_id FROM action
           UNION
           SELECT document_id FROM article JOIN document AS d USING (document_id)
           WHERE NOT regexp_full_match(number, '0|S\\d+')
               OR d.territory_id IS NOT NULL OR d.kind <> 'convention'
           UNION
           SELECT document_id FROM stated_amount WHERE kind = 'grant'
       ),
       document_id NOT IN (
           SELECT document_id FROM finding WHERE rule IN ('page_damaged', 'page_unread')
       )
FROM document ORDER BY document_id
"""


def status(database: Path, raw_dir: Path | None = None) -> Status:
    """Documents of `database`; with `raw_dir`, also compared with the PDFs there.

    Raises FiliationError when there is no database, or none that opens.
    """
    from pipeline.query import open_database

    with open_database(database) as connection:
        documents = tuple(DocumentLine(*r) for r in connection.execute(DOCUMENTS).fetchall())
    if raw_dir is None:
        return Status(documents)
    known = {line.filename: line.sha256 for line in documents}
    present = {
        name: sha256_of(path) if path.is_file() else None
        for name, path in find_pdfs(raw_dir).items()
    }
    unreadable = tuple(
        entry
        for entry in _refused(database.parent / UNREADABLE)
        if entry.filename in present and present[entry.filename] == entry.sha256
    )
    told = {entry.filename for entry in unreadable}
    return Status(
        documents,
        stale=tuple(
            name
            for name, digest in present.items()
            if name not in told and (digest is None or known.get(name) != digest)
        ),
        gone=tuple(sorted(known.keys() - present.keys())),
        unreadable=unreadable,
    )


def _refused(listing: Path) -> "list[Unreadable]":
    """The documents that could not be read when the database beside `listing` was made."""
    from pipeline.extracted import Unreadable

    if not listing.is_file():
        return []
    return [Unreadable.model_validate(e) for e in json.loads(listing.read_text(encoding="utf-8"))]
