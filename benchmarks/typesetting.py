"""Acts typeset at random by three engines, and how much of them is read rightly.

python -m benchmarks.typesetting OUT --documents 40 --seed 7      # draws those that are not there

`OUT/raw` holds the PDFs, `OUT/gold` what is true, `OUT/out` the database made of them. Rules,
stripes, type, margins, heads over two lines, merged cells, lists in cells, rows cut by pages: all
is drawn by lot, so that a seed that nobody looked at shows how well layouts are read that nobody
thought of. Words, sums and clauses are those of `territories.py`. Chromium, LibreOffice, reportlab
and python-docx are needed.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pypdfium2

from benchmarks.design import Design, sheets
from benchmarks.drawing import prose
from benchmarks.engines import ENGINES, Prose
from benchmarks.territories import Act, Action, invent_acts, invent_territory, truth
from pipeline.build import DATABASE, build

UNSAID = re.compile(r"[\W_]+")
TEXTS = ("label", "pilot", "objective", "description", "indicators", "status_raw", "comment")
SUMS = ("ami", "cofinancing")


def typeset(out_dir: Path, number: int, seed: str) -> None:
    """Write the act `number` of `seed` and its truth, unless they are there."""
    dice = Random(f"{seed} {number}")
    territory = replace(invent_territory(number, dice), layout="ruled")
    acts = invent_acts(territory, 3, dice.randint(7, 16), dice)
    act, design = dice.choice(acts), Design.drawn(dice)
    gold = out_dir / "gold" / f"{act.stem}.json"
    if gold.exists():
        return
    if design.longest:
        act = with_a_long_text(act)
    tables = [sheet for annex in (1, 2) for sheet in sheets(act, annex, design)]
    text = Prose()
    articles = prose(text, act)
    with TemporaryDirectory() as folder:
        drawn = Path(folder, f"{act.stem}.pdf")
        ENGINES[design.engine](tables, text, design, drawn)
        with pypdfium2.PdfDocument(drawn) as pdf:
            pages = len(pdf)
        (out_dir / "raw" / drawn.name).write_bytes(drawn.read_bytes())
    what = truth(act, articles, pages) | {"design": asdict(design)}
    gold.write_text(json.dumps(what, ensure_ascii=False), encoding="utf-8")


def with_a_long_text(act: Act) -> Act:
    """`act` with one action in each annex whose description is as long as those of all."""
    every = " ".join(a.description for a in (*act.funded, *act.others))

    def lengthened(actions: Sequence[Action]) -> list[Action]:
        rank = len(actions) // 2
        return [replace(a, description=every) if i == rank else a for i, a in enumerate(actions)]

    return replace(act, funded=lengthened(act.funded), others=lengthened(act.others))


# --- what is read --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """Of the actions of an act: how many are there, how many of their texts and of their sums are
    right; and whether the database tells a doubt or a contradiction of the act."""

    actions: tuple[int, int]
    texts: tuple[int, int]
    sums: tuple[int, int]
    told: bool

    @property
    def is_right(self) -> bool:
        return all(right == all_ for right, all_ in (self.actions, self.texts, self.sums))


def normal(text: str | None) -> str:
    """`text` without blanks and marks, in one case."""
    return UNSAID.sub("", unicodedata.normalize("NFKC", text or "")).lower()


def measured(connection: duckdb.DuckDBPyConnection, stem: str, gold: dict[str, Any]) -> Score:
    """How much of an act's truth `gold` the database holds."""
    rows = connection.execute(
        """SELECT label, pilot_raw, objective, description, indicators, status_raw, comment,
            (SELECT sum(amount_eur) FROM funding f
             WHERE f.action_id = a.action_id AND stage = 'granted' AND funder = 'AMI'),
            (SELECT sum(amount_eur) FROM funding f
             WHERE f.action_id = a.action_id AND stage = 'granted' AND funder <> 'AMI')
        FROM action a WHERE document_id = $1 ORDER BY page, row_index""",
        [stem],
    ).fetchall()
    read = defaultdict[str, list[tuple[Any, ...]]](list)
    for row in rows:
        read[normal(row[0])].append(row)
    right = Counter[str]()
    for action in gold["actions"]:
        if not (same := read[normal(action["label"])]):
            continue
        row = same.pop(0)
        right["actions"] += 1
        texts = [(normal(a), normal(action[name])) for name, a in zip(TEXTS, row, strict=False)]
        right["texts"] += sum(a == b for a, b in texts if b)
        sums = zip(SUMS, row[-2:], strict=True)
        right["sums"] += sum(a == action[name] for name, a in sums if action[name])
    told = connection.execute(
        "SELECT count(*) FROM finding WHERE document_id = $1 AND severity <> 'info'", [stem]
    ).fetchone()
    every = gold["actions"]
    return Score(
        (right["actions"], len(every)),
        (right["texts"], sum(bool(normal(a[name])) for a in every for name in TEXTS)),
        (right["sums"], sum(bool(a[name]) for a in every for name in SUMS)),
        bool(told and told[0]),
    )


def _share(right: int, every: int) -> str:
    return f"{right / every if every else 1:7.3f}"


def show(scores: dict[str, tuple[Score, dict[str, Any]]]) -> None:
    """A line for each act that is not all right, then the shares of all."""
    names = ("actions", "texts", "sums")
    print(f"{'':44}" + "".join(f"{name:>8}" for name in names))
    for stem, (score, design) in scores.items():
        if not score.is_right:
            look = design["style"] if design["engine"] == "word" else design["rules"]
            shares = " ".join(_share(*getattr(score, name)) for name in names)
            print(f"{stem[:44]:44} {shares}  {'told' if score.told else 'IN SILENCE'}", end="  ")
            print(design["engine"], look, *(k for k, v in design.items() if v is True), sep=", ")
    for name in names:
        every = [getattr(score, name) for score, _ in scores.values()]
        print(f"{name:8}{_share(*map(sum, zip(*every, strict=True)))}")
    silent = sum(not s.told for s, _ in scores.values() if s.sums[0] < s.sums[1])
    print(f"{len(scores)} acts, {silent} with sums lost or wrong of which nothing is told")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    for name in ("raw", "gold"):
        (given.out_dir / name).mkdir(parents=True, exist_ok=True)
    for number in range(given.documents):
        typeset(given.out_dir, number, given.seed)
    build(given.out_dir / "raw", given.out_dir / "out", jobs=given.jobs)
    scores = {}
    with duckdb.connect(given.out_dir / "out" / DATABASE, read_only=True) as connection:
        for path in sorted((given.out_dir / "gold").glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            scores[path.stem] = measured(connection, path.stem, gold), gold["design"]
    show(scores)


if __name__ == "__main__":
    main()
