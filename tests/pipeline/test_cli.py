import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import typeset
from reportlab.pdfgen.canvas import Canvas
from typer.main import get_command

from pipeline.cli import commands, run
from pipeline.commands_making import app
from pipeline.language import LANGUAGES, speak

ROOT = Path(__file__).parents[2]
COMMANDS = get_command(app).commands


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_an_example_and_a_place_in_the_readme(name):
    command = COMMANDS[name]
    assert command.help and len(command.help) > 20
    assert f"filiation {name} " in f"{command.epilog} "
    assert f"filiation {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_no_command_that_does_not_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"filiation ([a-z]+)\b", readme)) - set(COMMANDS) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name):
    assert all(p.help for p in COMMANDS[name].params if p.name != "help")


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_in_the_language_spoken(language):
    speak(language)
    group = commands()
    texts = [group.help, group.epilog]
    for command in group.commands.values():
        assert command.epilog.startswith({"fr": "Exemple : ", "en": "Example: "}[language])
        texts.append(command.help)
        assert "lang" in {parameter.name for parameter in command.params}
        texts += [parameter.help for parameter in command.params]
        values = [parameter.metavar or "" for parameter in command.params]
        assert not [v for v in values if " / " in v or (language == "en" and "NOM" in v)]
    french = re.compile(r"[éèàù]|\b(le|la|les|des|une|dans|à)\b", re.IGNORECASE)
    assert not any(" / " in text for text in texts)
    assert all(bool(text) for text in texts)
    if language == "en":
        assert not [t for t in texts if french.search(t.replace("Logement d'abord", ""))]
    else:
        assert sum(bool(french.search(text)) for text in texts) > len(texts) / 2


@pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError])
def test_an_interruption_is_told(stop, capsys, monkeypatch):
    def stopped():
        raise stop

    monkeypatch.setattr("pipeline.query.named_queries", stopped)
    assert run(["query"]) == 130
    assert capsys.readouterr().err.strip() == "Interrompu."


@pytest.mark.parametrize("where", [["--lang", "en", "status"], ["status", "--lang=en"]])
def test_messages_are_in_the_language_asked_for(where, capsys):
    assert run([*where, "--database", "none.duckdb"]) == 1
    assert "is not there yet" in capsys.readouterr().err


def test_the_language_of_the_system_is_spoken(monkeypatch, capsys):
    monkeypatch.setenv("FILIATION_LANG", "en_GB.UTF-8")
    assert run(["nope"]) == 64
    assert capsys.readouterr().err.startswith("Misspelt command")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("filiation que", "query"), ("filiation query ended", "ended_actions"),
     ("filiation status --js", "--json")],
)  # fmt: skip
def test_a_shell_completes_commands_options_and_questions(typed, offered):
    script = "import sys; from pipeline.cli import main; sys.argv = ['filiation']; main()"
    asked = {"_FILIATION_COMPLETE": "complete_bash", "COMP_WORDS": typed,
             "COMP_CWORD": str(len(typed.split()) - 1)}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=os.environ | asked, capture_output=True,
        text=True,
    )  # fmt: skip
    assert offered in done.stdout.split()


@pytest.mark.parametrize(
    ("terminal", "forbidden", "coloured"),
    [(True, "", True), (False, "", False), (True, "1", False)],
)
def test_colours_are_for_terminals(monkeypatch, capsys, terminal, forbidden, coloured):
    monkeypatch.setenv("NO_COLOR", forbidden)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    assert run(["query", "DROP TABLE action", "--database", "none.duckdb"]) == 1
    assert ("\033[31m" in capsys.readouterr().err) == coloured


def test_answers_for_programs_are_json(database, tmp_path, capsys):
    typeset.pdf(tmp_path / "raw/new.pdf")
    assert run(["status", "--database", str(database), "--raw", f"{tmp_path}/raw", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["read"]["actions"] == 13
    assert found["money"][0]["ami"] == "258000.00"
    assert found["linked"] == {"auto": 6, "document": 0, "human": 0, "lineages": 7, "to_review": 1}
    assert found["stale"] == ["new.pdf"]
    out = tmp_path / "out"
    assert run(["build", f"{tmp_path}/raw", str(out), "--json"]) == 0
    built = json.loads(capsys.readouterr().out)
    assert built["read"]["documents"] == 1 and built["unreadable"] == []
    assert run(["export", str(out / "shared"), "--database", str(database), "--json"]) == 0
    assert "filiation.xlsx" in json.loads(capsys.readouterr().out)["files"]
    assert run(["evaluate", str(ROOT / "tests/golden/action_pairs.csv"), "--json"]) == 0
    assert {s["split"] for s in json.loads(capsys.readouterr().out)["scores"]} == {
        "train",
        "test",
        "holdout",
        "strangers",
        "newcomers",
    }


def test_help_loads_no_heavy_library():
    script = (
        "import sys, pipeline.cli as c; code = c.run(['--help']);"
        "print(code, sorted({'pandas', 'duckdb', 'pyarrow', 'pydantic', 'pypdfium2', 'numpy'}"
        " & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr.strip() == "0 []"
    assert "ingest" in done.stdout


def test_it_ends_quietly_where_nobody_reads_its_answers():
    script = (
        "import atexit, sys, pipeline.cli as c;"
        "atexit.register(print, 'taken down', file=sys.stderr);"
        "c.app.command(name='tell')(lambda: print('all', flush=True)); c.main()"
    )
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-c", script, "tell"]
    done = subprocess.run(command, cwd=ROOT, stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nope"], 64, "nope"),
        (["build"], 64, "raw_dir"),
        (["query", "--format", "xml"], 64, "xml"),
        (["build", "missing", "out"], 1, "missing n'est pas un dossier"),
        (["build", "empty", "out"], 1, "Aucun PDF dans empty"),
        (["build", "empty", "out", "--limit", "speed=1"], 1, "NOM=NOMBRE"),
        (["status", "--database", "none.duckdb"], 1, "none.duckdb"),
        (["query", "SELECT 1", "--database", "none.duckdb"], 1, "none.duckdb"),
        (["query", "SELECT 1", "-p", "x"], 1, "NOM=VALEUR"),
        (["status", "--database", "broken.duckdb"], 1, "broken.duckdb"),
        (["status", "--database", "other.duckdb"], 1, "n'est pas de Filiation"),
        (["status", "--database", "empty"], 1, "donnez la base, empty/filiation.duckdb"),
        (["ingest", "none.pdf"], 1, "none.pdf"),
        (["build", "raw", "/dev/null/out"], 1, "/dev/null/out"),
        (["build", "raw", "out", "--reference", "none"], 1, "none n'est pas un dossier"),
        (["export", "shared", "--reference", "none"], 1, "none n'est pas un dossier"),
        (["review", "--import", "broken.duckdb"], 1, "n'est pas un classeur Excel"),
        (["tables", "none.pdf"], 1, "none.pdf"),
    ],
)
def test_errors_are_one_line_and_a_code(tmp_path, monkeypatch, capsys, arguments, code, message):
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("broken.duckdb").write_text("no database")
    duckdb.connect("other.duckdb").close()
    typeset.pdf(Path("raw/acte.pdf"))
    assert run(arguments) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert message in shown.err
    assert not Path("out/filiation.duckdb").exists()


def test_an_unforeseen_error_is_one_line(monkeypatch, capsys):
    monkeypatch.setattr("pipeline.status.status", lambda *a: 1 / 0)
    assert run(["status"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Erreur inattendue (ZeroDivisionError) : division by zero — détail : FILIATION_DEBUG=1."
    ]


@pytest.mark.parametrize(
    ("number", "expected"), [(28, "Disque plein"), (13, "refusée"), (30, "refusée")]
)
def test_errors_of_the_disk_are_said_for_people(monkeypatch, capsys, number, expected):
    def fail(*arguments):
        raise OSError(number, os.strerror(number), "base")

    monkeypatch.setattr("pipeline.status.status", fail)
    assert run(["status"]) == 1
    assert expected in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path, capsys):
    typeset.pdf(tmp_path / "raw/acte.pdf")
    (tmp_path / "out").mkdir(mode=0o500)
    assert run(["build", str(tmp_path / "raw"), str(tmp_path / "out")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


BAD = {
    "empty.pdf": lambda path: path.write_bytes(b""),
    "letter.pdf": lambda path: path.write_bytes(b"Bonjour"),
    "locked.pdf": typeset.encrypted,
    "cut.pdf": typeset.truncated,
    "nowhere.pdf": lambda path: path.symlink_to("gone"),
    "bill.pdf": lambda path: typeset.pdf(path, lines=("Facture de gaz", "Total 12 €")),
}


def test_build_names_what_it_could_not_read_and_does_the_rest(tmp_path, capsys):
    raw, out = tmp_path / "raw", tmp_path / "out"
    typeset.pdf(raw / "Acte\n2031.pdf", pages=1)
    for name, make in BAD.items():
        make(raw / name)
    assert run(["build", str(raw), str(out)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(BAD)
    for name in BAD:
        assert sum(repr(name) in line for line in lines) == 1
    documents = "SELECT filename FROM document JOIN article USING (document_id) GROUP BY ALL"
    assert (
        run(["query", documents, "--format", "json", "--database", f"{out}/filiation.duckdb"]) == 0
    )
    assert json.loads(capsys.readouterr().out) == [{"filename": "Acte\n2031.pdf"}]


def test_documents_that_are_no_pdf_are_named(tmp_path, capsys):
    typeset.pdf(tmp_path / "raw/acte.pdf")
    for name in ("Annexe 2.XLSX", "README.md"):
        (tmp_path / "raw" / name).write_bytes(b"PK")
    assert run(["extract", str(tmp_path / "raw"), str(tmp_path / "out")]) == 0
    told = capsys.readouterr().err
    assert "'Annexe 2.XLSX'" in told and "README" not in told
    (tmp_path / "raw/acte.pdf").unlink()
    assert run(["extract", str(tmp_path / "raw"), str(tmp_path / "out")]) == 1
    assert "('Annexe 2.XLSX' n'en est pas un" in capsys.readouterr().err


def test_build_reads_everything_or_says_that_nothing_could_be_read(tmp_path, capsys):
    typeset.pdf(tmp_path / "good/acte.pdf")
    assert run(["build", str(tmp_path / "good"), str(tmp_path / "out")]) == 0
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad/empty.pdf").write_bytes(b"")
    assert run(["build", str(tmp_path / "bad"), str(tmp_path / "none")]) == 1
    assert not (tmp_path / "none/filiation.duckdb").exists()
    typeset.pdf(tmp_path / "bill/bill.pdf", lines=("Facture de gaz",))
    assert run(["build", str(tmp_path / "bill"), str(tmp_path / "bills")]) == 1
    assert "Aucune convention reconnue" in capsys.readouterr().err


def test_a_title_and_its_text_are_no_convention(tmp_path, capsys):
    (tmp_path / "raw").mkdir()
    drawing = Canvas(str(tmp_path / "raw/menu.pdf"))
    drawing.setFont("Helvetica-Bold", 18)
    drawing.drawString(60, 780, "Menu de la cantine")
    drawing.setFont("Helvetica", 11)
    for row in range(3):
        drawing.drawString(60, 740 - 15 * row, "Lundi : carottes râpées, gratin, fromage et fruit.")
    drawing.save()
    assert run(["build", str(tmp_path / "raw"), str(tmp_path / "out")]) == 1
    assert "Aucune convention reconnue" in capsys.readouterr().err


def test_results_do_not_depend_on_jobs(tmp_path):
    for number in range(3):
        typeset.pdf(tmp_path / f"raw/acte-{number}.pdf", pages=number + 1)
    for jobs in ("1", "3"):
        assert run(["build", str(tmp_path / "raw"), str(tmp_path / jobs), "--jobs", jobs]) == 0
    one, three = (
        {
            path.relative_to(tmp_path / jobs): path.read_bytes()
            for path in (tmp_path / jobs).rglob("*")
            if path.suffix in (".json", ".parquet")
        }
        for jobs in ("1", "3")
    )
    assert len(one) > 10
    assert one == three


def test_every_question_in_the_readme_is_answered(database, capsys):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    questions = re.findall(r"```sql\n(.+?)```", readme, re.DOTALL)
    questions += re.findall(r'filiation query "(.+?)"', readme)
    assert len(questions) >= 2
    for question in questions:
        assert run(["query", question, "--database", str(database)]) == 0
    for arguments in re.findall(r"filiation query ([a-z_]+(?: -p \S+)*)", readme):
        assert run(["query", *arguments.split(), "--database", str(database)]) == 0
    assert "Erreur" not in capsys.readouterr().err


def test_query_without_a_name_lists_the_questions(capsys):
    assert run(["query"]) == 0
    listed = capsys.readouterr().out
    assert "action_history -p word=solidarité" in listed
    assert "Qu'est devenue telle action ?" in listed


def test_query_writes_each_format(database, capsys):
    starts = {"csv": "n", "json": "[", "markdown": "| n |", "table": "┏"}
    for form, start in starts.items():
        assert run(["query", "SELECT 1 AS n", "--format", form, "--database", str(database)]) == 0
        assert capsys.readouterr().out.startswith(start)


@pytest.mark.parametrize("sql", ["DROP TABLE action", "SELECT * FROM read_text('/etc/passwd')"])
def test_query_only_reads_and_only_the_database(database, capsys, sql):
    assert run(["query", sql, "--database", str(database)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_status_says_what_the_database_lacks(database, tmp_path, capsys):
    typeset.pdf(tmp_path / "raw/new.pdf")
    assert run(["status", "--database", str(database), "--raw", str(tmp_path / "raw")]) == 0
    shown = capsys.readouterr()
    assert "Lu :" in shown.out
    assert "'new.pdf'" in shown.err


def test_status_tells_what_could_not_be_read_from_what_is_not_up_to_date(tmp_path, capsys):
    typeset.pdf(tmp_path / "raw/acte.pdf")
    (tmp_path / "raw/vide.pdf").touch()
    assert run(["build", str(tmp_path / "raw"), str(tmp_path / "out")]) == 2
    capsys.readouterr()
    asked = ["--database", str(tmp_path / "out/filiation.duckdb"), "--raw", str(tmp_path / "raw")]
    assert run(["status", *asked]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "Non lu : 'vide.pdf' — Le fichier est vide (0 octet). "
        "Demandez-le de nouveau à qui l'a fourni."
    ]
    (tmp_path / "raw/vide.pdf").write_bytes((tmp_path / "raw/acte.pdf").read_bytes())
    assert run(["status", *asked]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "Pas (ou plus) à jour dans la base : 'vide.pdf'. Lancez « dvc repro »."
    ]


def test_evaluate_measures_the_labelled_pairs(capsys):
    assert run(["evaluate", str(ROOT / "tests/golden/action_pairs.csv")]) == 0
    assert "précision" in capsys.readouterr().out


def test_review_goes_out_to_a_workbook_and_says_what_is_missing(tmp_path, capsys, monkeypatch):
    processed = ["--processed", str(tmp_path)]
    assert run(["review", *processed]) == 1
    assert "dvc repro" in capsys.readouterr().err
    monkeypatch.chdir(tmp_path)  # where DVC runs nothing
    assert run(["review", *processed]) == 1
    assert "filiation build" in capsys.readouterr().err
    assert run(["review", *processed, "--export", "a.xlsx", "--import", "a.xlsx"]) == 1
    assert "pas les deux" in capsys.readouterr().err


def test_a_new_document_is_told_as_what_it_was_read(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(("un", "deux"), 1):
        assert run(["ingest", str(typeset.pdf(tmp_path / f"{name}.pdf", pages=number))]) == 0
        shown = capsys.readouterr()
        assert "  territoire inconnu, convention, 2031, subvention énoncée 120" in shown.out
        assert shown.out.endswith("\nBase : data/processed/filiation.duckdb\n")
        assert ("Cette base est nouvelle" in shown.err) == (name == "un")


def test_a_database_open_elsewhere_is_told(database, tmp_path, capsys):
    copy = Path(shutil.copy(database, tmp_path / "base.duckdb"))
    script = "import duckdb, sys; one = duckdb.connect(sys.argv[1]); print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(copy)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert run(["query", "SELECT 1", "--database", str(copy)]) == 1
        other.communicate()
    assert "ouverte dans un autre programme" in capsys.readouterr().err


def test_a_report_without_the_folder_of_the_documents_says_so_once(database, tmp_path, capsys):
    asked = ["--database", str(database), "--raw", str(tmp_path / "none"), "--out"]
    assert run(["report", *asked, str(tmp_path / "site")]) == 0
    assert len(capsys.readouterr().err.splitlines()) == 1
