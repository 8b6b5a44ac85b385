"""Where the values of the report stand: pictures of pages, and frames on them."""

import errno
import multiprocessing
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractors.pictures import Frame, draw_pages, picture_name
from pipeline.names import find_pdfs, sha256_of
from pipeline.report_content import Content, Row

SECONDS_PER_DOCUMENT = 600
UNDRAWN = 255  # how the process ends that draws a document, for no reason of the disk's


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the picture of its page, and its frame in percent of the page."""

    picture: str
    box: str
    caption: str


class Places:
    """Where values stand: pictures of pages, in folders of `out_dir`, and frames on them."""

    def __init__(self, content: Content, out_dir: Path) -> None:
        self.content = content
        self.out_dir = out_dir
        self.no_pictures: list[str] = []
        self.drawn: dict[str, str] = {}  # folder of pictures, by document
        self.pictures: set[str] = set()

    def draw(self, raw_dir: Path) -> None:
        """Pictures of all pages of every document whose PDF is there and unchanged."""
        present = find_pdfs(raw_dir) if raw_dir.is_dir() else {}
        files = {d["document_id"]: d["filename"] for d in self.content.documents}
        hidden: dict[str, dict[int, list[Frame]]] = defaultdict(lambda: defaultdict(list))
        for row in self.content.rows("FROM hidden_area ORDER BY ALL"):  # of all acts of a file
            hidden[files[row["document_id"]]][row["page"]].append(box_of(row))
        folders: dict[str, str] = {}
        for document in self.content.documents:
            name = document["document_id"]
            painted = dict(hidden[document["filename"]])
            drawing = sha256(f"{document['sha256']} {painted}".encode()).hexdigest()
            folder = folders.setdefault(document["filename"], f"pictures/{name}-{drawing[:8]}")
            done = self.out_dir / folder / "done"
            path = present.get(document["filename"])
            if not done.is_file():
                if not path or not path.is_file() or sha256_of(path) != document["sha256"]:
                    self.no_pictures.append(name)
                    continue
                if not _draw_apart(path, done.parent, painted):
                    self.no_pictures.append(name)
                    continue
                done.touch()
            self.drawn[name] = folder
            self.pictures |= {f"{folder}/{p.name}" for p in done.parent.iterdir()}

    def of_box(
        self, document_id: str, page: int | None, box: Sequence[float | None]
    ) -> Place | None:
        """The picture of a page with `box` (x0, top, x1, bottom in points) framed, if known."""
        known = self.content.pages.get((document_id, page or 0))
        folder = self.drawn.get(document_id)
        if known is None or folder is None or page is None:
            return None
        name = f"{folder}/{picture_name(page)}"
        if name not in self.pictures:
            return None
        x0, top, x1, bottom = box or (None,) * 4
        frame = ""
        if x0 is not None and top is not None and x1 is not None and bottom is not None:
            width, height = known["width"], known["height"]
            shares = (x0 / width, top / height, (x1 - x0) / width, (bottom - top) / height)
            frame = " ".join(f"{100 * share:.2f}" for share in shares)
        return Place(name, frame, f"{document_id}, page {page}")

    def of_cell(self, document_id: str, cell: Row | None, page: int) -> Place | None:
        return self.of_box(
            document_id, cell["page"] if cell else page, box_of(cell) if cell else ()
        )

    def of_row(self, action: Row, page: int | None) -> Place | None:
        """The row of an action, framed: as high as the cells that it shares with no other row."""
        cells = self.content.cells.get((action["table_id"], action["row_index"]), [])
        page = page or action["page"]
        mine = [cell for cell in cells if cell["page"] == page]
        if not mine:
            return self.of_box(action["document_id"], page, ())
        own = [cell for cell in mine if cell["rows"] == 1] or mine
        x0, _, x1, _ = box_around(mine)
        _, top, _, bottom = box_around(own)
        return self.of_box(action["document_id"], page, (x0, top, x1, bottom))

    def of_article(self, document_id: str, number: str | None, page: int | None) -> Place | None:
        """The article, framed if it begins on `page` (its first, where None)."""
        article = self.content.articles.get((document_id, number))
        if article is None or page not in (None, article["page_first"]):
            return self.of_box(document_id, page, ())
        return self.of_box(document_id, article["page_first"], box_of(article))

    def of_ami(self, action: Row, amount: Any, year: str | None = None) -> Place | None:
        """AMI money of an action, of that `year` if given, framed; its row where no one sum is that
        amount."""
        for sum_ in self.content.of("funding", action["action_id"], "action_id"):
            of_year = year is None or sum_["exercise"] == year
            if sum_["funder"] == "AMI" and sum_["amount_eur"] == amount and of_year:
                return self.of_box(action["document_id"], sum_["page"], box_of(sum_))
        return self.of_row(action, None)

    def of_sum(
        self, document_id: str, fields: Sequence[str], amount: Any, exercise: str | None
    ) -> Place | None:
        """The total of an act's annexes, framed; the first column that it adds up where no total
        states it."""
        if stated := self.of_total(document_id, fields, amount, exercise):
            return stated
        for table in self.content.of("annex_table", document_id):
            for field_ in fields:
                column = [
                    cell
                    for cells in self.content.lines.get(table["table_id"], [])
                    for cell in cells
                    if cell["field"] == field_ and cell["page"] == table["page_first"]
                ]
                if column:
                    return self.of_box(document_id, table["page_first"], box_around(column))
        return None

    def of_total(
        self, document_id: str, fields: Sequence[str], amount: Any, exercise: str | None
    ) -> Place | None:
        """The cell of a totals row that states `amount`, framed; a column that names another
        exercise states another sum."""
        for total in self.content.of("table_total", document_id):
            (column,) = (
                column
                for column in self.content.of("annex_column", total["table_id"], "table_id")
                if column["column_index"] == total["column_index"]
            )
            is_its = column["exercise"] in (None, exercise)
            if is_its and total["field"] in fields and total["stated"] == amount:
                cells = self.content.cells[total["table_id"], total["row_index"]]
                cell = next(c for c in cells if c["column_index"] == total["column_index"])
                return self.of_cell(document_id, cell, total["page"])
        return None


def box_of(row: Row) -> tuple[Any, Any, Any, Any]:
    return row["x0"], row["top"], row["x1"], row["bottom"]


def box_around(cells: Iterable[Row]) -> tuple[Any, Any, Any, Any]:
    """The box of all `cells`."""
    x0, top, x1, bottom = zip(*map(box_of, cells), strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _draw_apart(pdf: Path, folder: Path, hidden: dict[int, list[Frame]]) -> bool:
    """Draw a document in a process of its own, which a broken PDF may crash; False if it did.

    Raises OSError when the pictures cannot be written. Half of them are none.
    """
    process = multiprocessing.get_context("spawn").Process(
        target=_drawn, args=(pdf, folder, hidden)
    )
    process.start()
    process.join(SECONDS_PER_DOCUMENT)
    if process.is_alive():
        process.kill()
        process.join()
    if process.exitcode:
        shutil.rmtree(folder, ignore_errors=True)
    if (refused := process.exitcode or 0) in errno.errorcode:
        raise OSError(refused, os.strerror(refused), str(folder))
    return process.exitcode == 0


def _drawn(pdf: Path, folder: Path, hidden: dict[int, list[Frame]]) -> None:
    """Draw a document; this process ends with the number of what the disk refuses."""
    try:
        draw_pages(pdf, folder, hidden)
    except Exception as error:
        refused = error.errno if isinstance(error, OSError) else None
        os._exit(refused or UNDRAWN)
