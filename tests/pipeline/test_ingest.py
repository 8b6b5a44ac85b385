import itertools
import shutil
import threading
from pathlib import Path

import duckdb
import kills
import pytest
import readers
import stages
import typeset

import pipeline.ingest
from pipeline.build import BuildReport
from pipeline.errors import FiliationError
from pipeline.extract import ExtractReport
from pipeline.ingest import NewAction, NewFinding, NewPair
from pipeline.names import document_ids


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A project with one document in its database, as the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline.ingest, "prepare", lambda out_dir: None)
    first = typeset.pdf(tmp_path / "in/acte 2031.pdf")
    add(first)
    return tmp_path


def add(file: Path, **options):
    return pipeline.ingest.ingest(
        file,
        Path("data/raw"),
        Path("data/processed"),
        **{
            "reader": readers.plain,
            "derive": stages.derive,
            "notify": lambda line: None,
            **options,
        },
    )


def snapshot(folder: Path = Path("data")) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".ingest.lock"
    }


def in_database() -> set[str]:
    with duckdb.connect("data/processed/filiation.duckdb", read_only=True) as connection:
        return {name for (name,) in connection.execute("SELECT filename FROM document").fetchall()}


def test_a_new_document_is_copied_under_a_clean_name_and_its_news_are_told(home):
    report = add(typeset.pdf(home / "in/Été – AVENANT n°2.PDF", pages=2))
    assert (report.filename, report.already) == ("ete-avenant-n-2.pdf", False)
    assert [a.exercise for a in report.actions] == ["2031"]
    assert report.actions == (NewAction("2031", "Action de ete-avenant-n-2", 1000),)
    assert report.links == (
        NewPair("2031 Action de acte-2031", "2031 Action de ete-avenant-n-2", 0.9),
    )
    assert report.findings == (NewFinding("error", "row_sum", 1, "Somme de ete-avenant-n-2"),)
    assert in_database() == {"acte-2031.pdf", "ete-avenant-n-2.pdf"}
    assert not Path("data/processed/.ingest").exists()


def test_the_same_file_again_changes_nothing(home):
    before = snapshot()
    again = home / "in/another name.pdf"
    again.write_bytes((home / "in/acte 2031.pdf").read_bytes())
    report = add(again)
    assert report == pipeline.ingest.IngestReport("acte-2031.pdf", already=True)
    assert snapshot() == before


def test_another_document_of_the_same_name_gets_a_number(home):
    report = add(typeset.pdf(home / "other/Acte 2031.pdf", pages=2))
    assert report.filename == "acte-2031-2.pdf"


def test_documents_already_there_are_not_read_again(home):
    add(typeset.pdf(home / "in/second.pdf", pages=2))
    notes = home / "data/raw/acte-2031.reads"
    assert not notes.exists()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path, "pas de fichier de ce nom"),
        (lambda path: path.write_bytes(b""), "vide"),
        (lambda path: path.write_bytes(b"<html>"), "une page web, et non le PDF"),
        (typeset.encrypted, "mot de passe"),
        (typeset.truncated, "tronqué"),
        (lambda path: typeset.pdf(path, lines=("Facture de gaz",)), "aucune convention"),
    ],
)
def test_anything_wrong_changes_nothing(home, make, reason):
    before = snapshot()
    make(home / "in/bad.pdf")
    with pytest.raises(FiliationError, match=reason) as error:
        add(home / "in/bad.pdf")
    assert "Rien n'a été changé" in str(error.value)
    assert "\n" not in str(error.value)
    assert snapshot() == before


def test_a_stage_that_fails_changes_nothing(home):
    def broken(*arguments):
        raise OSError(28, "No space left on device")

    before = snapshot()
    with pytest.raises(OSError, match="No space"):
        add(typeset.pdf(home / "in/second.pdf", pages=2), derive=broken)
    assert snapshot() == before


def test_two_at_once_are_serialised(home):
    held, waiting = threading.Event(), threading.Event()

    def slow(*arguments):
        held.set()
        assert waiting.wait(20)
        return stages.derive(*arguments)

    first = typeset.pdf(home / "in/second.pdf", pages=2)
    second = typeset.pdf(home / "in/third.pdf", pages=3)
    worker = threading.Thread(target=add, args=(first,), kwargs={"derive": slow})
    worker.start()
    assert held.wait(20)
    messages = []

    def notify(line):
        messages.append(line)
        waiting.set()

    add(second, notify=notify)
    worker.join()
    assert len(messages) == 1
    assert "attend son tour" in messages[0]
    assert in_database() == {"acte-2031.pdf", "second.pdf", "third.pdf"}


def test_folders_of_other_territories_stay_where_they_are(home):
    [before] = Path("data/processed/normalized").glob("acte-2031-*")
    inode = before.stat().st_ino
    report = add(typeset.pdf(home / "in/second.pdf", pages=2))
    folders = {path.name for path in before.parent.iterdir() if path.is_dir()}
    assert not report.already
    assert {name.rpartition("-")[0] for name in folders} == {"acte-2031", "second"}
    assert not any(path.is_symlink() for path in Path("data").rglob("*"))
    assert before.stat().st_ino == inode
    assert (before / "name.parquet").read_text() == "acte-2031"


def killed_at(step: int, file: Path) -> bool:
    """Whether `add` was killed just before its `step`-th change to a file."""
    return kills.killed_at(step, lambda: add(file, derive=quick_derive))


def read_here(files, out_dir, **options):
    """`extract_files` without processes: what it leaves when killed is tested elsewhere."""
    ids = document_ids(files)
    for name, path in files.items():
        document = readers.silent(path)
        update = {"document_id": ids[name], "filename": name}
        text = document.model_copy(update=update).model_dump_json()
        (out_dir / f"{ids[name]}.json").unlink(missing_ok=True)
        (out_dir / f"{ids[name]}.json").write_text(text)
    return ExtractReport(tuple(sorted(ids.values())), (), ())


REPORTS: dict[Path, BuildReport] = {}


def quick_derive(extracted, out_dir, reference_dir, jobs):
    """`stages.derive`, kept from one run to the next by the documents that it was made of."""
    kept = Path("kept", "+".join(extracted.documents))
    if not kept.exists():
        shutil.copytree(out_dir / "extracted", kept / "extracted")
        REPORTS[kept] = stages.derive(extracted, kept, reference_dir, jobs)
    shutil.rmtree(out_dir)  # links to what is there before, never written into
    shutil.copytree(kept, out_dir)
    return REPORTS[kept]


def test_killed_at_any_point_it_leaves_the_previous_state_or_the_next(home, monkeypatch):
    monkeypatch.setattr(pipeline.ingest, "extract_files", read_here)
    file = typeset.pdf(home / "in/second.pdf", pages=2)
    shutil.copytree("data", "start")
    add(file, derive=quick_derive)
    old, new = (Path(root, "processed/filiation.duckdb") for root in ("start", "data"))
    assert in_database() == {"acte-2031.pdf", "second.pdf"}
    old, new, after = old.read_bytes(), new.read_bytes(), set(snapshot())

    outcomes = set()
    for step in itertools.count(1):
        shutil.rmtree("data")
        shutil.copytree("start", "data")
        if not killed_at(step, file):
            break
        database = Path("data/processed/filiation.duckdb").read_bytes()
        copy = Path("data/raw/second.pdf")
        ready = Path("data/processed/.ingest/ready").exists()
        assert not copy.exists() or copy.read_bytes() == file.read_bytes()
        assert (copy.exists(), database) in ((False, old), (True, new)) or (
            ready and database == old
        )

        report = add(file, derive=quick_derive)
        outcomes.add(report.already)
        assert Path("data/processed/filiation.duckdb").read_bytes() == new
        assert set(snapshot()) == after
    assert outcomes == {True, False}
    assert step > 30


def test_documents_outside_the_project_leave_its_dvc_state_alone(tmp_path, monkeypatch):
    project = tmp_path / "project"
    (project / ".dvc").mkdir(parents=True)
    (project / "dvc.yaml").touch()
    monkeypatch.chdir(project)
    runs = []
    monkeypatch.setattr(
        pipeline.ingest.subprocess, "run", lambda command, **_: runs.append(command) or Failed()
    )
    pipeline.ingest._tell_dvc(tmp_path / "elsewhere" / "raw")
    assert not runs
    with pytest.raises(FiliationError, match=r"« dvc commit » a échoué\. Lancez"):
        pipeline.ingest._tell_dvc(Path("data/raw"))


class Failed:
    returncode, stdout, stderr = 1, "", ""
