"""A small world of records: acts with articles, annex tables, actions and money, for the tests."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from normalizers.amendments import read_amendments
from normalizers.links.ends import said_fates
from normalizers.references import reference_key
from pipeline.kinds import Stage
from pipeline.load import LoadReport, load
from pipeline.models import (
    TABLES,
    Action,
    ActionPilot,
    AnnexColumn,
    AnnexTable,
    Article,
    CandidatePair,
    Cell,
    Document,
    Funding,
    Judgement,
    Lineage,
    Link,
    Organisation,
    Record,
    StatedAmount,
    StatedChange,
    StatedFate,
    Territory,
)
from pipeline.store import write_records

LINKED: tuple[type[Record], ...] = (Link, CandidatePair, Lineage, Judgement)
MONEY: dict[str, tuple[str | None, Stage]] = {
    "ami": ("AMI", "granted"),
    "cofinancing": ("Ville", "granted"),
    "total_cost": (None, "total_cost"),
    "ami_previous": ("AMI", "previous"),
    "carry_over": ("AMI", "carry_over"),
    "requested": ("AMI", "requested"),
    "planned": ("AMI", "planned"),
    "spent": ("AMI", "spent"),
}
Row = dict[str, Any]


def act_record(document_id: str, **values: Any) -> Document:
    """The record of an act, of which nothing is known but `values`."""
    known = {
        "kind": "convention",
        "filename": f"{document_id}.pdf",
        "sha256": document_id,
        "page_count": 9,
        "ocr_page_count": 0,
        "extractor_version": "test",
    }
    return Document.model_validate(known | values | {"document_id": document_id})


@dataclass
class Act:
    """One act under construction; `rows` of its tables become actions with money."""

    world: "World"
    document_id: str
    exercise: str
    territory_id: str
    tables: int = 0

    def article(self, number: str, title: str = "", text: str = "") -> "Act":
        self.world.add(
            Article(
                document_id=self.document_id,
                number=number,
                title=title,
                parent_number=None,
                position=len(self.world.records[Article]),
                text=text,
                page_first=2,
                page_last=2,
            )
        )
        for end in said_fates(text):
            self.world.add(
                StatedFate(
                    document_id=self.document_id,
                    article_number=number,
                    reference_key=end.reference,
                    name=end.name,
                    kept=end.kept,
                    quote=end.quote,
                    page=2,
                )
            )
        for rank, amendment in enumerate(read_amendments(title, text), 1):
            said = asdict(amendment)
            said.pop("position")
            act = {"document_id": self.document_id, "article_number": number, "page": 2}
            self.world.add(StatedChange(**act, **said, rank=rank))
        return self

    def states(
        self, kind: Any, amount: float, exercise: str | None = None, quote: str = "", at: str = "2"
    ) -> "Act":
        """A sum of an article; one with `exercise` '' is over several."""
        self.world.add(
            StatedAmount(
                document_id=self.document_id,
                article_number=at,
                kind=kind,
                exercise=self.exercise if exercise is None else exercise or None,
                amount_eur=euros(amount),
                quote=quote,
                page=3,
            )
        )
        return self

    def table(
        self,
        rows: Sequence[Row],
        totals: Sequence[Row] = (),
        funded: bool | None = True,
        columns: Sequence[str | None] | None = None,
        heads: Mapping[str, str] | None = None,
    ) -> "Act":
        """An annex table. A row maps fields to values; a number in a money field is a sum in euros,
        a text there is a cofunding announced without one, `Granted` one of the AMI with its
        reliquat. Keys that are no field of a cell
        (`ACTION_ONLY`) describe the action, or all cells of the row; one with `total` is a total
        among the rows."""
        self.tables += 1
        table_id = f"{self.document_id}#{self.tables}"
        fields = columns or list(
            dict.fromkeys(k for row in [*rows, *totals] for k in row if k not in ACTION_ONLY)
        )
        self.world.add(
            AnnexTable(
                table_id=table_id,
                document_id=self.document_id,
                annex=str(self.tables),
                page_first=5,
                page_last=5,
                row_count=len(rows) + len(totals),
                column_count=len(fields),
                extractor="test",
                characters=10,
                characters_in_cells=10,
            )
        )
        for column, name in enumerate(fields, 1):
            self.world.add(
                AnnexColumn(
                    table_id=table_id,
                    column_index=column,
                    header=(heads or {}).get(name or "", name) or f"Colonne {column}",
                    field=name,
                )
            )
        for index, row in enumerate([*rows, *totals], 1):
            self._cells(table_id, index, row, fields, index > len(rows) or "total" in row)
        for index, row in enumerate(rows, 1):
            if "total" in row:
                continue
            self._action(table_id, index, row, fields, funded)
        return self

    def _cells(
        self, table_id: str, index: int, row: Row, fields: Sequence[str | None], is_total: bool
    ) -> None:
        for column, name in enumerate(fields, 1):
            value = row.get(name or "other")
            self.world.add(
                Cell(
                    table_id=table_id,
                    row_index=index,
                    column_index=column,
                    header=name,
                    text=None if value is None else str(value).replace(".", ","),
                    bold=False,
                    row_kind="total" if is_total else "body",
                    section=row.get("section"),
                    page=5,
                    x0=_left(self.tables, column),
                    top=index,
                    x1=_left(self.tables, column) + 1,
                    bottom=index + 1,
                    confidence=row.get("confidence"),
                )
            )

    def _action(
        self, table_id: str, index: int, row: Row, fields: Sequence[str | None], funded: bool | None
    ) -> None:
        action_id = f"{self.document_id}#{row.get('key', f'A{self.tables}-{index}')}"
        given = {k: v for k, v in row.items() if k in Action.model_fields and v is not None}
        given.setdefault("label", f"Action {index}")
        given.setdefault("reference_key", reference_key(row.get("reference")) or None)
        self.world.add(
            Action(
                action_id=action_id,
                document_id=self.document_id,
                territory_id=self.territory_id,
                exercise=self.exercise,
                table_id=table_id,
                row_index=index,
                funded=funded,
                page=5,
                **given,
            )
        )
        self.world.lineages[action_id] = action_id
        for name, (funder, stage) in MONEY.items():
            value = row.get(name)
            if value is None or value == "-":
                continue
            sums: dict[Stage, Decimal | None] = {
                stage: None if isinstance(value, str) else euros(getattr(value, "whole", value))
            }
            if isinstance(value, Granted):
                sums["carry_over"] = euros(value.left)
            column = fields.index(name) + 1 if name in fields else None
            for of_stage, amount in sums.items():
                self.world.add(
                    Funding(
                        action_id=action_id,
                        exercise=row.get("recalls") if stage == "previous" else self.exercise,
                        funder=row.get("funder", funder) if name == "cofinancing" else funder,
                        stage=of_stage,
                        amount_eur=amount,
                        raw=str(value),
                        page=5,
                        x0=column and _left(self.tables, column),
                        top=index,
                    )
                )
        if "organisation" in row:
            organisation_id = f"{self.territory_id}-{row['organisation']}"
            self.world.organisations[organisation_id] = row["organisation"]
            self.world.add(ActionPilot(action_id=action_id, organisation_id=organisation_id))


def _left(table: int, column: int) -> float:
    """Where the cells of a column begin: no two tables stand at one place."""
    return 100.0 * table + column


@dataclass(frozen=True)
class Granted:
    """A sum of the AMI, and the part of it that was left of an earlier one, in euros."""

    whole: int
    left: int

    def __str__(self) -> str:
        return f"{self.whole} € (dont {self.left} € de reliquat)"


ACTION_ONLY = {"key", "status", "run_by_beneficiary", "theme", "expense_category", "organisation"}
ACTION_ONLY |= {"funder", "section", "confidence", "total", "recalls"}


@dataclass
class World:
    """Records by model, and the way to a database."""

    records: dict[type[Record], list[Record]] = field(default_factory=lambda: defaultdict(list))
    lineages: dict[str, str] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)  # action → a second lineage
    organisations: dict[str, str] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        self.records[type(record)].append(record)

    def territory(self, name: str) -> str:
        """The SIREN of a territory of this name, made on first use."""
        known = [t for t in self.records[Territory] if isinstance(t, Territory)]
        found = next((t.territory_id for t in known if t.name == name), None)
        if found is None:
            found = f"{200_000_000 + len(known)}"
            self.add(Territory(territory_id=found, name=name))
        return found

    def act(
        self,
        document_id: str,
        exercise: str | None = "2024",
        territory: str | None = None,
        **given: Any,
    ) -> Act:
        """A signed convention of the territory, or whatever `given` says of the document."""
        territory_id = self.territory(territory or document_id)
        values: dict[str, Any] = {
            "territory_id": territory_id,
            "exercise": exercise,
            "signed_on": date(2024, 5, 2),
            "period_start": 2023,
            "period_end": 2025,
        }
        self.add(act_record(document_id, **values | given))
        return Act(self, document_id, exercise or "", territory_id)

    def link(self, source: str, target: str, relation: Any = "continues") -> None:
        """Both actions become one lineage, named after the earliest."""
        self.add(
            Link(
                source_action_id=source,
                target_action_id=target,
                relation=relation,
                score=0.98,
                decided_by="auto",
                evidence="{}",
            )
        )
        old, new = self.lineages[target], self.lineages[source]
        self.lineages = {a: new if line == old else line for a, line in self.lineages.items()}

    def candidate(self, source: str, target: str) -> None:
        self.add(
            CandidatePair(
                source_action_id=source, target_action_id=target, score=0.5, evidence="{}"
            )
        )

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Both Parquet folders, as the stages before `load` leave them."""
        self.records[Lineage] = [
            Lineage(lineage_id=line, action_id=action, main=True)
            for action, line in self.lineages.items()
        ] + [
            Lineage(lineage_id=line, action_id=action, main=False)
            for action, line in self.merged.items()
        ]
        self.records[Organisation] = [
            Organisation(organisation_id=key, name=name) for key, name in self.organisations.items()
        ]
        normalized, linked = folder / "normalized", folder / "linked"
        for model in TABLES:
            write_records(self.of(model), model, linked if model in LINKED else normalized)
        return normalized, linked

    def of(self, model: type[Record]) -> Iterable[Record]:
        return self.records[model]

    def load(self, folder: Path) -> tuple[Path, LoadReport]:
        normalized, linked = self.write(folder)
        database = folder / "filiation.duckdb"
        return database, load(normalized, linked, database, folder / "metrics.json")


def euros(amount: float) -> Decimal:
    return Decimal(str(amount)).quantize(Decimal("0.01"))
