"""What people decided, and the records of all tables as they come."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from normalizers.actions.annexes import Vocabulary, load_annexes
from normalizers.actions.likeness import load_headings
from normalizers.actions.parts import TablePattern, load_table_kinds
from normalizers.lexicon import Lexicon
from normalizers.organisations import Reference, load_organisations
from normalizers.programme import Patterns, load_programme
from normalizers.reference import read_rows
from normalizers.state_money import load_state_money
from normalizers.stated_kinds import KindPattern, load_kinds
from normalizers.statuses import load_statuses
from normalizers.territories import Department, KnownTerritory, load_departments, load_territories
from pipeline.errors import reference_explained
from pipeline.kinds import Severity
from pipeline.models import Finding, Record

DOUBTS = {
    "ambiguous_number": "peut se lire de plusieurs façons",
    "range": "donne une fourchette",
    "rate": "donne un prix unitaire ou un taux",
    "unread_number": "porte un nombre qui n'est pas clairement une somme",
    "words_differ": "diffère en lettres et en chiffres",
    "total_differs": "énonce un total différent de ses parties",
    "about": "donne une somme approchée",
    "shared": "est commune à plusieurs actions",
    "repeated": "renvoie à une autre ligne",
    "stump": "n'est peut-être, sur cette page numérisée, qu'un morceau d'une somme",
}


@dataclass(frozen=True)
class Knowledge:
    """What people decided, read once from the reference directory."""

    vocabulary: Vocabulary
    table_kinds: Sequence[TablePattern]
    stated_kinds: Sequence[KindPattern]
    programme: Patterns
    themes: Lexicon
    categories: Lexicon
    territories: Sequence[KnownTerritory]
    departments: Mapping[str, Department]
    organisations: Reference


@reference_explained()
def read_knowledge(reference_dir: Path) -> Knowledge:
    """The reference files that this stage uses."""
    themes = read_rows(reference_dir / "themes.csv", ("theme", "terms"))
    categories = read_rows(reference_dir / "expense_categories.csv", ("category", "terms"))
    return Knowledge(
        Vocabulary(
            load_headings(reference_dir / "headings.csv"),
            load_statuses(reference_dir / "statuses.csv"),
            load_annexes(reference_dir / "annexes.csv"),
            load_state_money(reference_dir / "state_money.csv"),
        ),
        load_table_kinds(reference_dir / "table_kinds.csv"),
        load_kinds(reference_dir),
        load_programme(reference_dir / "programme.csv"),
        Lexicon(themes, "theme"),
        Lexicon(categories, "category"),
        load_territories(reference_dir / "territories.csv"),
        load_departments(reference_dir / "departments.csv"),
        load_organisations(reference_dir),
    )


@dataclass
class Records:
    """The records of all tables, as they come; those of one document, where it is told."""

    document_id: str | None = None
    tables: dict[type[Record], list[Record]] = field(default_factory=lambda: defaultdict(list))

    def add(self, *records: Record) -> None:
        for record in records:
            self.tables[type(record)].append(record)

    def merge(self, others: "Records") -> None:
        for model, found in others.tables.items():
            self.tables[model] += found

    def find(self, rule: str, severity: Severity, message: str, **where: Any) -> None:
        """Add a finding; its id is the same as long as what it says is."""
        where = {"document_id": self.document_id, **where} if self.document_id else where
        message = message.replace("\n", " ")
        said = json.dumps([rule, message, where], sort_keys=True, ensure_ascii=False)
        finding_id = f"{rule}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
        self.add(
            Finding(finding_id=finding_id, rule=rule, severity=severity, message=message, **where)
        )

    def of(self, model: type[Any]) -> list[Any]:
        return self.tables[model]
