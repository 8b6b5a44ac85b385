"""PDFs at URLs that fsspec opens."""

import fsspec
import pytest
import readers
import typeset

from pipeline.errors import FiliationError
from pipeline.extract import extract
from pipeline.worker import Limits

RAW = "memory://bucket/raw"


@pytest.fixture
def raw(tmp_path):
    """A folder of PDFs, also at the URL RAW."""
    folder = tmp_path / "raw"
    typeset.pdf(folder / "acte.pdf")
    typeset.pdf(folder / "2031/Acte n° 2.PDF", pages=4)
    (folder / "vide.pdf").touch()
    (folder / "note.pdf").write_text("PK")
    (folder / "lisez-moi.txt").touch()
    store = fsspec.filesystem("memory")
    store.put(str(folder), RAW, recursive=True)
    yield folder
    store.rm("/bucket", recursive=True)


@pytest.mark.parametrize("scratch", [None, "memory://bucket/scratch"])
def test_a_url_is_read_like_a_folder(tmp_path, raw, scratch):
    extract(raw, tmp_path / "path")
    extract(RAW, tmp_path / "url", limits=Limits(pages_at_once=3), scratch=scratch)
    names = [
        {p.name: p.read_bytes() for p in (tmp_path / out).iterdir()} for out in ("path", "url")
    ]
    assert names[0] == names[1]
    assert {"acte.json", "acte-n-2.json"} < names[0].keys()
    assert fsspec.filesystem("memory").find("/bucket/scratch") == []


def test_only_what_changed_at_a_url_is_read_again(tmp_path, raw):
    extract(RAW, tmp_path / "out", reader=readers.silent)
    fsspec.filesystem("memory").put(str(typeset.pdf(raw / "acte.pdf", pages=2)), f"{RAW}/acte.pdf")
    report = extract(RAW, tmp_path / "out", reader=readers.silent)
    assert (report.read, report.unchanged) == (("acte",), ("acte-n-2",))


def test_a_heavy_file_is_not_fetched(tmp_path, raw):
    store = fsspec.filesystem("memory")
    store.pipe(f"{RAW}/acte.pdf", b"%PDF-" + bytes(2 * 2**20))
    report = extract(RAW, tmp_path / "out", limits=Limits(file_mb=1), reader=readers.silent)
    assert "limite de 1 Mo" in next(e.reason for e in report.unreadable if e.filename == "acte.pdf")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("memory://nulle/part", "n'existe pas"),
        ("inconnu://bucket/raw", "inconnu://bucket/raw ne peut être lu"),
        ("http://127.0.0.1:9/raw", "ne peut être lu"),
    ],
)
def test_a_url_that_cannot_be_read_is_an_error(tmp_path, url, message):
    with pytest.raises(FiliationError, match=message):
        extract(url, tmp_path / "out")


def test_a_missing_library_is_named_with_the_command(tmp_path, monkeypatch):
    def missing(url):
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    with pytest.raises(FiliationError, match=r"pip install 'fsspec\[s3\]'"):
        extract("s3://bucket/raw", tmp_path / "out")


def test_results_are_not_written_to_a_url(tmp_path, raw):
    with pytest.raises(FiliationError, match="cette machine"):
        extract(raw, type(raw)("s3://bucket/out"))
