"""What is exported is valid, exact, and safe to open."""

import csv
import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from frictionless import Package, Resource, Schema

from pipeline.export import ExportReport, export
from pipeline.models import TABLES, Territory
from pipeline.scdl import DOUBTS, FIELDS, FOLLOWS, REQUIRED, checked_siret, grants
from pipeline.store import table_name
from tests.pipeline.world import World

# The public schema SCDL subventions 2.1.1, as its documentation states it.
TEXT = {"type": "string"}
SCDL = {
    "nomAttribuant": TEXT,
    "idAttribuant": {**TEXT, "constraints": {"pattern": r"^\d{14}$"}},
    "dateConvention": {"type": "date"},
    "referenceDecision": TEXT,
    "nomBeneficiaire": TEXT,
    "idBeneficiaire": {**TEXT, "constraints": {"pattern": r"^\d{14}$"}},
    "rnaBeneficiaire": {**TEXT, "constraints": {"pattern": r"^W\d{9}$"}},
    "objet": {**TEXT, "constraints": {"maxLength": 256}},
    "montant": {"type": "number"},
    "nature": {
        **TEXT,
        "constraints": {
            "enum": [
                "aide en numéraire",
                "aide en nature",
                "aide en numéraire;aide en nature",
                "aide en nature;aide en numéraire",
            ]
        },
    },
    "conditionsVersement": {**TEXT, "constraints": {"maxLength": 256}},
    "datesPeriodeVersement": {
        **TEXT,
        "constraints": {
            "pattern": r"^[0-9]{4}\-[0-9]{2}\-[0-9]{2}(\/[0-9]{4}\-[0-9]{2}\-[0-9]{2})?$"
        },
    },
    "idRAE": {**TEXT, "constraints": {"maxLength": 5}},
    "notificationUE": {"type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]},
    "pourcentageSubvention": {"type": "number", "constraints": {"minimum": 0.01, "maximum": 1}},
    "dispositifAide": TEXT,
}
FORMULA = '=HYPERLINK("https://example.org";"Cliquez")'
GRANTOR = "department_code,name,siret,note\n"


def world() -> World:
    made = World()
    made.add(Territory(territory_id="732829320", name="Métropole de Valbrume"))
    act = made.act(
        "acte-2031",
        "2031-2032",
        territory="Métropole de Valbrume",
        signed_on=date(2031, 3, 1),
        beneficiary="Métropole de Valbrume",
        siret="73282932000074",
        title="CONVENTION " + "très longue " * 40,
        programme_named="text",
    )
    act.article("2", "FINANCEMENT", "Elle est versée comme il est dit à l'article 4.")
    act.article("4", "PAIEMENT", "La dotation fait l'objet d'un versement annuel. Elle est due.")
    act.states("grant", 120000.5, quote="Une subvention de 120 000,50 €.")
    act.table([{"label": FORMULA, "ami": 120000.5, "cofinancing": 7000, "funder": "Ville; CD"}])
    avenant = made.act(
        "avenant-2032",
        "2032",
        territory="Métropole de Valbrume",
        kind="avenant",
        amends_document_id="acte-2031",
        signed_on=date(2032, 3, 1),
        beneficiary="Métropole de Valbrume",
        siret="55210055400025",  # a right number, of somebody else
        title="AVENANT",
    )
    avenant.states("grant", 8000, quote="Une subvention de 8 000 €.")
    copy = made.act("copie-2031", territory="Métropole de Valbrume", copy_of="acte-2031")
    copy.states("grant", 120000.5, quote="Une subvention de 120 000,50 €.")
    unsigned = made.act("acte-2032", "2032", territory="Métropole de Valbrume", signed_on=None)
    unsigned.states("grant", 5000, quote="Une subvention de 5 000 €.")
    return made


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, ExportReport]:
    folder = tmp_path_factory.mktemp("export")
    database, _ = world().load(folder)
    reference = folder / "reference"
    reference.mkdir()
    with duckdb.connect(database) as connection:
        connection.execute("UPDATE territory SET department_code = '99'")
    (reference / "grantors.csv").write_text(
        GRANTOR + "99,Préfecture de Valbrume,73282932000074,inventé\n", encoding="utf-8"
    )
    return database, folder / "out", export(database, folder / "out", reference)


@pytest.fixture(scope="module")
def out(exported: tuple[Path, Path, ExportReport]) -> Path:
    return exported[1]


@pytest.fixture(scope="module")
def base(exported: tuple[Path, Path, ExportReport]) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(exported[0], read_only=True) as connection:
        yield connection


def rows_of(path: Path, **how: Any) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, **how))


def test_every_file_named_is_there(exported: tuple[Path, Path, ExportReport]) -> None:
    _, out, report = exported
    written = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
    assert written == set(report.files)


def test_the_data_package_is_valid_and_complete(out: Path) -> None:
    csv_only = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert csv_only["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    named = {r["name"] for r in csv_only["resources"]}
    assert {table_name(m) for m in TABLES} <= named
    csv_only["resources"] = [r for r in csv_only["resources"] if r["format"] == "csv"]
    report = Package.from_descriptor(csv_only, basepath=str(out)).validate()
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "note"])


def test_parquet_keeps_every_row_and_the_declared_types(
    out: Path, base: duckdb.DuckDBPyConnection
) -> None:
    funding = pq.read_table(out / "parquet/funding.parquet")
    assert str(funding.schema.field("amount_eur").type) == "decimal128(14, 2)"
    for model in TABLES:
        (count,) = base.execute(f"SELECT count(*) FROM {table_name(model)}").fetchone() or (None,)
        assert pq.read_metadata(out / f"parquet/{table_name(model)}.parquet").num_rows == count


def test_the_grants_file_is_valid_and_names_what_it_leaves_out(
    exported: tuple[Path, Path, ExportReport],
) -> None:
    _, out, report = exported
    assert tuple(SCDL) == FIELDS
    fields = [
        {
            "name": name,
            **kind,
            "constraints": {**kind.get("constraints", {}), "required": name in REQUIRED},
        }
        for name, kind in SCDL.items()
    ]
    resource = Resource(
        path="scdl/subventions.csv",
        basepath=str(out),
        schema=Schema.from_descriptor({"fields": fields}),
    )
    checked = resource.validate()
    assert checked.valid, checked.flatten(["rowNumber", "fieldName", "note"])
    head, row = rows_of(out / "scdl/subventions.csv")
    grant = dict(zip(head, row, strict=True))
    assert checked_siret(grant["idBeneficiaire"]) == "73282932000074"
    assert grant["montant"] == "120000.50"
    assert grant["conditionsVersement"] == "La dotation fait l'objet d'un versement annuel."
    assert grant["datesPeriodeVersement"] == "2031-03-01/2032-12-31"
    assert grant["notificationUE"] == "non"
    assert report.grants == 1
    assert set(report.left_out) == {"acte-2032", "avenant-2032"}
    # it is paid as its convention says, to whom its SIRET does not say
    assert set(report.left_out["avenant-2032"]) == {"idBeneficiaire"}
    assert {"dateConvention", "idBeneficiaire", "nomBeneficiaire"} <= set(
        report.left_out["acte-2032"]
    )
    left_out = rows_of(out / "scdl/subventions-laissees-de-cote.csv")
    assert [
        "acte-2032",
        "dateConvention",
        report.left_out["acte-2032"]["dateConvention"],
    ] in left_out


def amended(*stated: float, title: str = "AVENANT") -> World:
    """A convention of 90 000 € and an avenant that raises the only action of its year."""
    made = World()
    made.add(Territory(territory_id="732829320", name="Métropole de Valbrume"))
    first = made.act("conv", territory="Métropole de Valbrume")
    first.states("grant", 90_000).table([{"key": "1", "label": "Former", "ami": 90_000}])
    act = made.act(
        "av",
        territory="Métropole de Valbrume",
        kind="avenant",
        amends_document_id="conv",
        signed_on=date(2024, 10, 14),
        title=title,
    )
    for amount in stated:
        act.states("grant", amount)
    act.table([{"key": "1", "label": "Former", "ami": 115_000}])
    made.lineages["av#1"] = "conv#1"
    return made


@pytest.mark.parametrize(
    ("made", "amount", "why"),
    [
        pytest.param(amended(25_000), "25000.00", None, id="complement"),
        pytest.param(amended(25_000, 115_000), "25000.00", None, id="complement and new total"),
        pytest.param(amended(115_000), "", FOLLOWS[0], id="new total alone"),
        pytest.param(amended(25_000, title="Projet d'avenant"), "", DOUBTS["draft"][0], id="draft"),
    ],
)
def test_a_new_total_is_no_second_grant(
    tmp_path: Path, made: World, amount: str, why: str | None
) -> None:
    database, _ = made.load(tmp_path)
    with duckdb.connect(database, read_only=True) as connection:
        (grant,) = (g for g in grants(connection, None) if g.document_id == "av")
    assert grant.values["montant"] == amount
    assert grant.missing.get("montant") == why


@pytest.mark.parametrize(
    ("written", "read"),
    [("732 829 320 00074", "73282932000074"), ("73282932000075", ""), ("", ""), (None, "")],
)
def test_a_siret_with_a_wrong_key_is_no_siret(written: str | None, read: str) -> None:
    assert checked_siret(written) == read


def test_without_a_grantor_no_grant_is_published(tmp_path: Path) -> None:
    database, _ = world().load(tmp_path)
    report = export(database, tmp_path / "out", None)
    assert report.grants == 0
    assert len(rows_of(tmp_path / "out/scdl/subventions.csv")) == 1
    assert "idAttribuant" in report.left_out["acte-2031"]


def test_the_workbook_has_figures_filters_frozen_heads_and_no_formula(out: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(out / "filiation.xlsx")
    assert book.sheetnames[:2] == ["Filiations", "Suivi Métropole de Valbrume"]
    for sheet in book:
        assert sheet.auto_filter.ref and sheet.freeze_panes
        assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    actions = book["Actions"]
    heads = [cell.value for cell in actions[1]]
    label, ami = (actions.cell(2, heads.index(h) + 1) for h in ("Intitulé", "Crédits AMI"))
    assert label.value == FORMULA and label.data_type == "s" and label.quotePrefix
    assert ami.value == 120000.5 and ami.number_format == '#,##0.00\\ "€"'


def test_the_follow_up_sheet_has_a_row_an_action_and_columns_by_exercise(
    database: Path, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    export(database, tmp_path)
    sheet = load_workbook(tmp_path / "filiation.xlsx")["Suivi Métropole de Valmorin"]
    totals, (territory, *_), heads, *rows = sheet.iter_rows(values_only=True)
    assert territory == "Métropole de Valmorin"  # the name of a sheet may be cut
    siao = next(dict(zip(heads, r, strict=True)) for r in rows if r[0] == "Réorganiser le SIAO")
    assert siao["prévu 2024-2025"] == 64000
    assert siao["dépensé 2024-2025"] == 61500.5
    assert siao["devenir 2024-2025"] == "financée à nouveau"
    assert dict(zip(heads, totals, strict=True))["crédits AMI 2023-2024"] == 258000
    post = next(dict(zip(heads, r, strict=True)) for r in rows if r[0] == "Poste de coordinateur")
    assert post["cofinanceurs 2023-2024"] == "Ville"
    assert post["devenir 2023-2024"] == "premier exercice connu"
    squat = next(dict(zip(heads, r, strict=True)) for r in rows if r[0] == "Étude sur les squats")
    assert squat["statut 2023-2024"] == "réalisée"
    assert squat["devenir 2024-2025"] == "sans suite"
    assert squat["statut 2024-2025"] is None


def test_csv_for_excel_has_commas_semicolons_and_a_mark(out: Path) -> None:
    content = (out / "excel/actions.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    head, row = rows_of(out / "excel/actions.csv", delimiter=";")
    shown = dict(zip(head, row, strict=True))
    assert shown["Crédits AMI"] == "120000,50"
    assert shown["Intitulé"] == "'" + FORMULA


def test_no_csv_cell_is_a_formula(out: Path) -> None:
    for path in out.rglob("*.csv"):
        how = {"delimiter": ";"} if path.parent.name == "excel" else {}
        for row in rows_of(path, **how):
            assert not [c for c in row if c.startswith(("=", "+", "@", "\t", "\r"))], path


def test_the_same_database_gives_the_same_data_twice(database: Path, tmp_path: Path) -> None:
    one, two = export(database, tmp_path / "1"), export(database, tmp_path / "2")
    assert one.files == two.files
    for name in one.files:
        if not name.endswith(".xlsx"):
            assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_the_sums_of_the_database(
    out: Path, base: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", every_sheet, "--outdir", str(tmp_path), str(out / "filiation.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    sums = [
        ("Actions", "Crédits AMI", "SELECT sum(ami) FROM action_money WHERE own_exercise"),
        ("Filiations", "Crédits AMI", "SELECT sum(ami) FROM action_continuity"),
        ("Financements", "Montant", "SELECT sum(amount_eur) FROM funding"),
        ("Territoires et exercices", "AMI, somme des annexes",
         "SELECT sum(annex_ami) FROM funding_by_territory"),
        ("Suivi Métropole de Valbrume", "crédits AMI 2031-2032",
         "SELECT sum(ami) FROM lineage_money WHERE exercise = '2031-2032'"),
    ]  # fmt: skip
    for sheet, heading, query in sums:
        lines = rows_of(tmp_path / f"filiation-{sheet}.csv")
        start = next(n for n, line in enumerate(lines) if heading in line)
        column = lines[start].index(heading)
        shown = sum(Decimal(line[column]) for line in lines[start + 1 :] if line[column])
        assert (shown,) == base.execute(query).fetchone(), sheet
        if start:  # the line of totals above
            assert Decimal(lines[0][column]) == shown
