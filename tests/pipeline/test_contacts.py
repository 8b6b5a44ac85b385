"""Contacts and bank details reach no file, unless asked for: on a PDF full of them."""

import re
import shutil
from pathlib import Path

import duckdb
import openpyxl
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.build import BuildReport, build
from pipeline.export import export
from pipeline.models import Article, Cell, Document, Furniture
from pipeline.query import open_database
from pipeline.report import report
from tests.answers import run_query
from tests.pipeline.world import World

REFERENCE = Path(__file__).parents[2] / "data/reference"
PROSE = """
CONVENTION PLURIANNUELLE D'OBJECTIFS 2031-2033
Entre
L'État, représenté par Monsieur Paul Renard, Préfet de l'Aube, d'une part,
Et
La Métropole de Valbrume, représentée par Madame Claire Aubier, Présidente, d'autre part,
Il est convenu ce qui suit :
ARTICLE 1 – OBJET
La présente convention fixe les actions du programme Logement d'abord. Affaire suivie
par : Jeanne Lescure. Elle répond au 06 12 34
56 78 ou à l'adresse jeanne.lescure @ valbrume.fr, et à son bureau à lescure@service-
logement.fr au plus tard le 12 mai.
ARTICLE 2 – FINANCEMENT
L'État accorde une subvention de 120 000 € au titre de l'exercice 2031. Elle est versée
sur le compte IBAN FR14 2004 1010 0505
0001 3M02 606 ouvert par la Métropole. Clé RIB : 20041 01005 0500013M026 06
""".strip().splitlines()
ROWS = [
    ["Action", "Pilote", "Contact", "AMI"],
    ["Former les agents", "Ville de Valbrume", "Luc Barbier", "70 000 €"],
    ["Loger les jeunes", "Mme Irma Colin, tél. 07 98", "irma.colin@aube.", "50 000 €"],
    ["", "76 54 32", "fr", ""],
]
SECRETS = (
    "34 56 78", "34\n56", "56 78", "Lescure", "lescure", "0505", "0001 3M02", "3M026", "20041",
    "Barbier", "Colin", "colin", "76 54 32", "0607080910", "04.05.06", "05.06.07",
)  # fmt: skip
DIGEST = re.compile(r"\b[0-9a-f]{32,}\b")  # any four digits may stand in one
KEPT = ("Claire Aubier", "Paul Renard", "Ville de Valbrume", "Valbrume", "FR** **** 606")


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A convention with contacts in its articles, cells, footers and stamps."""
    folder = tmp_path_factory.mktemp("raw")
    drawing = Canvas(str(folder / "convention.pdf"), pagesize=A4, invariant=True)
    for number, lines in enumerate((PROSE, ["ANNEXE 1 – Actions financées en 2031"]), 1):
        for row, line in enumerate(lines):
            drawing.drawString(60, 770 - 18 * row, line)
        if number == 2:
            _table(drawing)
        drawing.setFont("Helvetica", 8)
        drawing.drawString(60, 40, "Service habitat – 0607080910 – reçu le 4 mai 2031")
        drawing.drawString(280, 20, f"{number}/2")
        drawing.saveState()
        drawing.translate(560, 300)
        drawing.rotate(90)
        drawing.drawString(0, 0, "Reçu au Contrôle de légalité, 03.04.05.06.07")
        drawing.restoreState()
        drawing.showPage()
    drawing.save()
    return folder


def _table(drawing: Canvas) -> None:
    drawing.setFont("Helvetica", 9)
    lefts = (60, 180, 320, 440, 530)
    for y in (740, 715, 690, 640):
        drawing.line(60, y, 530, y)
    for x in lefts:
        drawing.line(x, 740, x, 640)
    for y, row in zip((725, 700, 670, 655), ROWS, strict=True):
        for x, text in zip(lefts, row, strict=False):
            drawing.drawString(x + 4, y, text)


def made(raw: Path, folder: Path, *, keep: bool) -> BuildReport:
    """Everything that can be made of `raw`, in `folder`."""
    built = build(raw, folder, reference_dir=REFERENCE, keep_contacts=keep)
    export(folder / "filiation.duckdb", folder / "export", REFERENCE)
    report(folder / "filiation.duckdb", raw, folder / "report")
    return built


@pytest.fixture(scope="module")
def kept(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    made(raw, folder, keep=True)
    return folder


@pytest.fixture(scope="module")
def masked(raw: Path, kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made over what an earlier run kept."""
    folder = tmp_path_factory.mktemp("made") / "masked"
    shutil.copytree(kept, folder)
    made(raw, folder, keep=False)
    return folder


def contents(folder: Path) -> dict[str, str]:
    """What each file of `folder` says; Parquet, workbooks and the database as their values."""
    said = {}
    for path in folder.rglob("*"):
        if path.suffix == ".parquet":
            with duckdb.connect() as connection:
                said[str(path)] = str(connection.read_parquet(str(path)).fetchall())
        elif path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            said[str(path)] = str([[list(r) for r in s.iter_rows(values_only=True)] for s in book])
        elif path.is_file() and path.suffix not in (".webp", ".duckdb"):
            said[str(path)] = path.read_bytes().decode("utf-8", "replace")
    with open_database(folder / "filiation.duckdb") as connection:
        names = "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
        for (name,) in connection.execute(names).fetchall():
            said[name] = str(connection.execute(f"FROM {name}").fetchall())
    return said


def test_no_file_holds_a_contact(masked: Path) -> None:
    said = contents(masked)
    assert len(said) > 60
    plain = {name: DIGEST.sub("", text) for name, text in said.items()}
    leaks = {(name, s) for name, text in plain.items() for s in SECRETS if s in text}
    assert leaks == set()
    database = str([v for k, v in said.items() if "/" not in k])
    assert all(name in database for name in KEPT)


def test_asked_for_they_are_all_there(kept: Path) -> None:
    said = " ".join(contents(kept).values())
    assert [s for s in SECRETS if s not in said and s != "34\n56"] == []


def test_the_database_says_whether_it_holds_any(masked: Path, kept: Path) -> None:
    query = "SELECT DISTINCT message FROM finding WHERE rule = 'contact_left' ORDER BY ALL"
    assert run_query(masked / "filiation.duckdb", query).rows == []
    messages = " ".join(m for (m,) in run_query(kept / "filiation.duckdb", query).rows)
    for place in ("article.text", "cell.text", "furniture.text"):
        assert f"de {place} :" in messages


@pytest.mark.parametrize("code", ["0177120217", "0177-01-06-12-15"])
def test_a_code_of_ten_digits_is_no_telephone_number(tmp_path: Path, code: str) -> None:
    world = World()
    world.act("act", activity_code=code).article("1", text="Objet")
    _, loaded = world.load(tmp_path)
    assert "contact_left" not in loaded.rules


@pytest.mark.parametrize(
    ("model", "column", "planted"),
    [
        (Article, "text", "tél. 06 12 34 56 78"),
        (Cell, "text", "j.martin@ville.fr"),
        (Furniture, "text", "FR14 2004 1010 0505 0001 3M02 606"),
        (Document, "title", "Contact : Mme Jeanne Martin"),
    ],
)
def test_a_contact_in_any_column_is_found(
    tmp_path: Path, model: type, column: str, planted: str
) -> None:
    world = World()
    act = world.act("act").article("1", text="Objet").table([{"label": "Former", "ami": 5}])
    world.add(
        Furniture(document_id=act.document_id, page=1, text="p. 1", x0=0, top=0, x1=1, bottom=1)
    )
    world.records[model][0] = world.records[model][0].model_copy(update={column: planted})
    database, loaded = world.load(tmp_path)
    assert loaded.rules["contact_left"] == 1
    ((message,),) = run_query(
        database, "SELECT message FROM finding WHERE rule = 'contact_left'"
    ).rows
    assert f"{model.__name__.lower()}.{column}" in message
    assert planted not in message


def pictures(folder: Path) -> list[Image.Image]:
    return [Image.open(path).convert("L") for path in sorted(folder.rglob("*.webp"))]


def test_pictures_of_pages_are_painted_over(masked: Path, kept: Path, raw: Path) -> None:
    with pypdfium2.PdfDocument(raw / "convention.pdf") as document:
        page = document[0]
        text = page.get_textpage()
        finder = text.search("56 78 ou")
        left, bottom, right, top = text.get_charbox(finder.get_next()[0] + 1)
        height = page.get_height()
    scale = 1200 / 595.28
    spot = [int(v * scale) for v in (left, height - top, right, height - bottom)]
    dark = [picture.crop(spot).getextrema()[1] for picture in pictures(masked)]  # type: ignore[arg-type]
    assert dark[0] < 80
    clear = [picture.crop(spot).getextrema()[1] for picture in pictures(kept)]  # type: ignore[arg-type]
    assert clear[0] > 180  # type: ignore[operator]
    assert len(dark) == len(clear) == 2
