import os

import pytest

from extractors.errors import UnreadableDocument
from extractors.preflight import check_file
from pipeline.names import document_ids, find_pdfs, known_sha256_of, remembered, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("amp-convention-2023", "amp-convention-2023"),
        ("Convention signée – Évreux (v2)", "convention-signee-evreux-v2"),
        ("Grand-Cœur", "grand-coeur"),
        ("a\nb", "a-b"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本", ""),
    ],
)
def test_slug(text, expected):
    assert slug(text) == expected


def test_a_name_of_its_own_is_its_slug():
    assert document_ids(["AMP Convention 2023.pdf"]) == {
        "AMP Convention 2023.pdf": "amp-convention-2023"
    }


@pytest.mark.parametrize(
    "names",
    [
        ["acte.pdf", "ACTE.pdf", "Acte.PDF"],
        ["a b.pdf", "a-b.pdf", "a_b.pdf"],
        ["amp/convention.pdf", "tpm/convention.pdf"],
        ["日本.pdf", "中国.pdf"],
        ["x" * 251 + ".pdf", "x" * 250 + "y.pdf"],
    ],
)
def test_equal_slugs_get_different_ids_whatever_the_order(names):
    ids = document_ids(names)
    assert len(set(ids.values())) == len(names)
    assert document_ids(reversed(names)) == ids
    assert all(len(i) <= 90 and i.isascii() and "/" not in i for i in ids.values())


def test_the_canonical_name_keeps_the_plain_id():
    assert document_ids(["acte.pdf", "ACTE.pdf"])["acte.pdf"] == "acte"


def test_a_reserved_id_is_not_given():
    assert document_ids(["unreadable.pdf"], reserved=["unreadable"])["unreadable.pdf"] != (
        "unreadable"
    )


def test_find_pdfs_lists_files_and_links_but_not_folders(tmp_path):
    (tmp_path / "amp").mkdir()
    (tmp_path / "folder.pdf").mkdir()
    for name in ("b.pdf", "A.PDF", "amp/c.Pdf", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "broken.pdf").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert list(find_pdfs(tmp_path)) == ["A.PDF", "amp/c.Pdf", "b.pdf", "broken.pdf"]


def test_find_pdfs_shows_bytes_that_are_no_text(tmp_path):
    (tmp_path / "caf\udce9.pdf").write_bytes(b"")
    assert list(find_pdfs(tmp_path)) == ["caf\\xe9.pdf"]


def test_a_folder_that_cannot_be_opened_is_named(tmp_path, monkeypatch):
    for folder in ("closed", "open"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "acte.pdf").touch()
    monkeypatch.setattr("os.access", lambda path, mode: path.name != "closed")
    found = find_pdfs(tmp_path)
    assert {"closed", "open/acte.pdf"} <= set(found)
    with pytest.raises(UnreadableDocument, match="ne peut pas être ouvert"):
        check_file(found["closed"], 10**6)


@pytest.mark.parametrize("settled", [0, 10**12], ids=["long ago", "a moment ago"])
def test_another_content_is_seen_though_size_and_time_are_the_same(settled, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.names.SETTLED", settled)
    file = tmp_path / "x"
    file.write_text("one")
    known, before = known_sha256_of(file), file.stat()
    assert known_sha256_of(file) == known
    file.write_text("two")
    while not settled and file.stat().st_ctime_ns == before.st_ctime_ns:
        file.write_text("two")  # until the clock of the file system has moved on
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (3, before.st_mtime_ns)
    assert known_sha256_of(file) != known


def test_a_file_that_nobody_touched_is_looked_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.names.SETTLED", 0)
    looks = []
    look = remembered(lambda path: looks.append(path))
    (tmp_path / "x").touch()
    look(tmp_path / "x")
    look(tmp_path / "x")
    assert len(looks) == 1
