import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import kills
import pytest
import readers
import typeset

from pipeline.errors import FiliationError
from pipeline.executor import Outcome
from pipeline.extract import extract
from pipeline.extracted import ExtractedDocument
from pipeline.worker import Limits

GOLDEN = Path(__file__).parents[1] / "golden"


def content(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def test_each_document_becomes_one_file(tmp_path):
    path = typeset.pdf(tmp_path / "raw/Convention 2031.pdf", pages=2)
    report = extract(path.parent, tmp_path / "out", reader=readers.plain)
    assert report.read == ("convention-2031",)
    assert set(content(tmp_path / "out")) == {"convention-2031.json", "unreadable.json"}
    document = ExtractedDocument.model_validate_json(
        (tmp_path / "out/convention-2031.json").read_bytes()
    )
    assert document.document_id == "convention-2031"
    assert document.filename == "Convention 2031.pdf"
    assert document.page_count == 2
    assert "Valbrume" in document.title


PROGRAM = """
from pathlib import Path
from pipeline.extract import extract

with Path("imported").open("a") as file:
    print(__name__, file=file)
if __name__ == "__main__":
    extract(Path("raw"), Path("out"))
"""


def test_the_program_that_was_called_is_not_imported_again_for_each_document(tmp_path):
    typeset.pdf(tmp_path / "raw/a.pdf")
    (tmp_path / "program.py").write_text(PROGRAM)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "program.py"], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "out/a.json").exists()
    assert (tmp_path / "imported").read_text() == "__main__\n"


def test_results_do_not_depend_on_jobs(tmp_path):
    for number in range(5):
        typeset.pdf(tmp_path / f"raw/acte-{number}.pdf", pages=number + 1)
    for jobs in (1, 4):
        extract(tmp_path / "raw", tmp_path / f"out{jobs}", jobs=jobs, reader=readers.plain)
    assert content(tmp_path / "out1") == content(tmp_path / "out4")


@pytest.mark.parametrize("pages", [1, 3, 7])
def test_results_do_not_depend_on_the_pages_read_at_once(tmp_path, pages):
    raw = tmp_path / "raw"
    typeset.pdf(raw / "acte.pdf", pages=8)
    for name in ("stamped-reportlab", "blancs-libreoffice", "largeur-chromium"):
        shutil.copy(GOLDEN / f"{name}.pdf", raw)
    for at_once in (100, pages):
        extract(raw, tmp_path / f"out{at_once}", jobs=2, limits=Limits(pages_at_once=at_once))
    assert content(tmp_path / "out100") == content(tmp_path / f"out{pages}")


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize(
    ("name", "reason"), [("crashes", "arrêté net"), ("refuses", "Page 3 numérisée.")]
)
def test_a_long_document_is_refused_with_the_first_pages_that_cannot_be_read(
    tmp_path, jobs, name, reason
):
    typeset.pdf(tmp_path / f"raw/{name}.pdf", pages=6)
    typeset.pdf(tmp_path / "raw/sound.pdf", pages=1)
    report = extract(
        tmp_path / "raw",
        tmp_path / "out",
        jobs=jobs,
        limits=Limits(pages_at_once=1),
        reader=readers.HostilePages(),
    )
    assert report.read == ("sound",)
    (entry,) = report.unreadable
    assert entry.reason.startswith("Pages 2 à 2 : ") and reason in entry.reason
    assert content(tmp_path / "out").keys() == {"sound.json", "unreadable.json"}


def test_another_content_is_read_though_size_and_time_are_the_same(tmp_path):
    pdf, out = typeset.pdf(tmp_path / "raw/a.pdf"), tmp_path / "out"
    extract(pdf.parent, out, reader=readers.plain)
    before = pdf.stat()
    pdf.write_bytes(pdf.read_bytes().replace(b"\n%%EOF", b" %%EOF"))
    os.utime(pdf, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (pdf.stat().st_size, pdf.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert extract(pdf.parent, out, reader=readers.plain).read == ("a",)


def test_only_what_changed_is_read_again(tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    for name in ("a", "b"):
        typeset.pdf(raw / f"{name}.pdf")
    extract(raw, out, reader=readers.plain)
    assert extract(raw, out, reader=readers.plain).unchanged == ("a", "b")

    os.utime(raw / "a.pdf")
    assert extract(raw, out, reader=readers.plain).read == ()

    typeset.pdf(raw / "a.pdf", pages=2)
    report = extract(raw, out, reader=readers.plain)
    assert (report.read, report.unchanged) == (("a",), ("b",))
    assert (raw / "a.reads").read_text().count("read") == 2
    assert (raw / "b.reads").read_text().count("read") == 1


def test_another_reader_reads_everything_again(tmp_path, monkeypatch):
    typeset.pdf(tmp_path / "raw/a.pdf")
    extract(tmp_path / "raw", tmp_path / "out", reader=readers.plain)
    monkeypatch.setattr("pipeline.extract.extractor_version", lambda: "later")
    assert extract(tmp_path / "raw", tmp_path / "out", reader=readers.plain).read == ("a",)


@pytest.mark.parametrize("damage", [b"", b"{", b'{\n "document_id": "a",\n'])
def test_a_damaged_result_is_read_again(tmp_path, damage):
    typeset.pdf(tmp_path / "raw/a.pdf")
    extract(tmp_path / "raw", tmp_path / "out", reader=readers.plain)
    (tmp_path / "out/a.json").write_bytes(damage)
    assert extract(tmp_path / "raw", tmp_path / "out", reader=readers.plain).read == ("a",)


def test_results_of_documents_that_are_gone_are_removed_and_nothing_else(tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    for name in ("a", "b"):
        typeset.pdf(raw / f"{name}.pdf")
    extract(raw, out, reader=readers.plain)
    (raw / "b.pdf").unlink()
    (out / "mine.json").write_text('{"kept": true}')
    (out / ".reading-old").mkdir()
    extract(raw, out, reader=readers.plain)
    assert set(content(out)) == {"a.json", "mine.json", "unreadable.json"}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("loops", "temps permis"),
        ("loops-in-native-code", "temps permis"),
        ("eats-memory", "mémoire"),
        ("crashes", "arrêté net"),
        ("exits", "arrêté net"),
        ("raises", "ValueError : objet 12 illisible"),
        ("refuses", "Page 3 numérisée."),
    ],
)
def test_a_hostile_document_costs_itself_only(tmp_path, name, reason):
    typeset.pdf(tmp_path / f"raw/{name}.pdf")
    typeset.pdf(tmp_path / "raw/sound.pdf")
    seconds = 1 if reason == "temps permis" else 120
    limits = Limits(seconds=seconds, seconds_per_page=1, memory_mb=300)
    report = extract(tmp_path / "raw", tmp_path / "out", limits=limits, reader=readers.hostile)
    assert report.read == ("sound",)
    (entry,) = report.unreadable
    assert reason in entry.reason
    (listed,) = json.loads((tmp_path / "out/unreadable.json").read_text())
    assert listed == entry.model_dump()
    assert not (tmp_path / f"out/{name}.json").exists()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.write_bytes(b""), "vide"),
        (lambda path: path.write_bytes(b"PK\x03\x04 docx"), "n'est pas un PDF"),
        (lambda path: path.write_bytes(b"%PDF-1.7\nnothing\n%%EOF"), "endommagé"),
        (lambda path: path.symlink_to("nowhere.pdf"), "lien symbolique"),
        (os.mkfifo, "n'est pas un fichier"),
        (typeset.encrypted, "mot de passe"),
        (typeset.truncated, "tronqué"),
        (typeset.update_cut, "tronqué"),
        (typeset.without_pages, "aucune page"),
        (lambda path: typeset.pdf(path, pages=4), "4 pages"),
        (lambda path: typeset.pdf(path, pagesize=(14000, 14000)), "démesurée"),
    ],
)
def test_bad_files_are_named_with_the_reason(tmp_path, make, reason):
    raw, out = tmp_path / "raw", tmp_path / "out"
    typeset.pdf(raw / "sound.pdf")
    make(raw / "bad.pdf")
    limits = Limits(pages=3)
    report = extract(raw, out, limits=limits, reader=readers.plain)
    assert report.documents == ("sound",)
    (entry,) = report.unreadable
    assert (entry.document_id, entry.filename) == ("bad", "bad.pdf")
    assert reason in entry.reason
    assert entry.advice


def test_a_file_too_heavy_is_refused_unopened(tmp_path):
    path = typeset.pdf(tmp_path / "raw/a.pdf")
    with path.open("r+b") as file:
        file.truncate(2 * 2**20)
    report = extract(tmp_path / "raw", tmp_path / "out", limits=Limits(file_mb=1))
    assert "limite de 1 Mo" in report.unreadable[0].reason


def test_a_document_that_becomes_unreadable_loses_its_old_result(tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    typeset.pdf(raw / "a.pdf")
    extract(raw, out, reader=readers.plain)
    (raw / "a.pdf").write_bytes(b"")
    extract(raw, out, reader=readers.plain)
    assert set(content(out)) == {"unreadable.json"}


def test_strange_names(tmp_path):
    raw = tmp_path / "raw"
    names = ["a\nb.pdf", "..pdf.pdf", "ACTE.pdf", "acte.pdf", "é" * 120 + ".pdf", "unreadable.pdf"]
    for name in names:
        typeset.pdf(raw / name)
    (raw / "link.pdf").symlink_to(raw / "acte.pdf")
    report = extract(raw, tmp_path / "out", reader=readers.plain)
    assert len(report.read) == len(names) + 1
    assert not report.unreadable
    assert {p.stem for p in (tmp_path / "out").iterdir()} == {*report.read, "unreadable"}


@pytest.mark.parametrize("make", [lambda path: None, Path.mkdir, Path.touch])
def test_a_folder_without_pdfs_is_an_error(tmp_path, make):
    make(tmp_path / "raw")
    with pytest.raises(FiliationError, match="raw"):
        extract(tmp_path / "raw", tmp_path / "out")


def test_a_full_disk_stops_the_run_without_half_a_file(tmp_path, monkeypatch):
    typeset.pdf(tmp_path / "raw/a.pdf")
    with pytest.raises(OSError, match="No space left"):
        extract(tmp_path / "raw", tmp_path / "out", reader=readers.no_space)
    assert content(tmp_path / "out") == {}


@pytest.mark.parametrize(
    "setting", ["pages", "pages=", "pages=-1", "pages=x", "speed=3", "pages=0"]
)
def test_limits_that_cannot_be_read(setting):
    with pytest.raises(FiliationError, match="NOM=NOMBRE"):
        Limits.parse([setting])


def test_limits_are_read():
    assert Limits.parse(["pages=7", "file_mb=2"]) == Limits(pages=7, file_mb=2)


def in_this_process(tasks, jobs, limits, reader, scheduler):
    """`read_all` without processes."""
    for task in tasks:
        document = reader(task.path).model_copy(
            update={
                "document_id": task.document_id,
                "filename": task.filename,
                "sha256": task.sha256,
                "extractor_version": task.version,
            }
        )
        task.result.write_text(document.model_dump_json(indent=1))
        yield Outcome(task, None)


def test_killed_at_any_point_every_result_is_whole_and_the_next_run_completes(
    tmp_path, monkeypatch
):
    raw, out = tmp_path / "raw", tmp_path / "out"
    monkeypatch.setattr("pipeline.extract.read_all", in_this_process)
    monkeypatch.setattr("pipeline.extract.prepare", lambda: None)

    def work(to=out):
        extract(raw, to, reader=readers.silent)

    for name in ("changed", "gone", "same"):
        typeset.pdf(raw / f"{name}.pdf")
    work()
    old = content(out)
    typeset.pdf(raw / "changed.pdf", pages=2)
    typeset.pdf(raw / "new.pdf", pages=3)
    (raw / "gone.pdf").unlink()
    work(tmp_path / "wanted")
    new = content(tmp_path / "wanted")
    assert set(new) == {"changed.json", "new.json", "same.json", "unreadable.json"}

    for step in itertools.count(1):
        shutil.rmtree(out)
        out.mkdir()
        for name, result in old.items():
            (out / name).write_bytes(result)
        if not kills.killed_at(step, work):
            break
        for path in out.glob("*.json"):
            assert path.read_bytes() in (old.get(path.name), new.get(path.name))
        work()
        assert content(out) == new
    assert step > 5


def mutants(content: bytes, count: int) -> list[bytes]:
    """Copies of a PDF with bytes changed, pieces removed, repeated or moved; always the same."""
    dice = random.Random(2031)
    made = []
    for _ in range(count):
        mutant = bytearray(content)
        for _ in range(dice.randint(1, 8)):
            start = dice.randrange(len(mutant))
            end = min(len(mutant), start + dice.randint(1, 60))
            match dice.randrange(4):
                case 0:
                    mutant[start:end] = dice.randbytes(end - start)
                case 1:
                    del mutant[start:end]
                case 2:
                    mutant[start:start] = mutant[start:end]
                case 3:
                    mutant[start:end] = str(dice.choice([-1, 0, 2**31, 10**12])).encode()
        made.append(bytes(mutant))
    return made


def test_mutated_pdfs_are_read_or_named_and_none_is_lost(tmp_path):
    content = typeset.pdf(tmp_path / "whole.pdf", pages=2).read_bytes()
    raw = tmp_path / "raw"
    raw.mkdir()
    names = [f"mutant-{number:03}" for number in range(25)]
    for name, mutant in zip(names, mutants(content, len(names)), strict=True):
        (raw / f"{name}.pdf").write_bytes(mutant)
    limits = Limits(seconds=20, seconds_per_page=20, memory_mb=1500)
    report = extract(raw, tmp_path / "out", jobs=2, limits=limits)
    told = [*report.read, *(entry.document_id for entry in report.unreadable)]
    assert sorted(told) == names
    assert report.read
    assert report.unreadable
    for entry in report.unreadable:
        assert "Le lecteur a échoué" not in entry.reason, entry
