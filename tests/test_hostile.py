"""Every kind of hostile file in one folder, through `filiation build`: each is named in one line,
the good documents are complete."""

import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import typeset

from pipeline.build import BuildReport, build
from pipeline.query import run_query
from pipeline.worker import Limits

REFERENCE = Path(__file__).parents[1] / "data/reference"
LIMITS = Limits(seconds=10, seconds_per_page=10, memory_mb=1500, pages=3000)
TEXT = b"BT /F1 12 Tf 60 700 Td (ARTICLE 1 - OBJET) Tj ET"


def written(path: Path, *objects: bytes) -> Path:
    """A PDF of raw objects, numbered from 1; the first is the catalogue."""
    content, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    content += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    content += b"startxref\n%d\n%%%%EOF\n" % start
    path.write_bytes(content)
    return path


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def one_page(
    path: Path, content: bytes, resources: bytes = b"", *more: bytes, root: bytes = b""
) -> Path:
    """Objects: 1 catalogue, 2 pages, 3 page, 4 its content, 5 a font, 6… `more`."""
    return written(
        path,
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> %s >> >>" % resources,
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    )


def bomb(path: Path) -> None:
    """A stream of 1 GB once unpacked, packed twice."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**24) for _ in range(64)) + packer.flush()
    one_page(path, stream(zlib.compress(packed), b"/Filter [/FlateDecode /FlateDecode]"))


def image_bomb(path: Path) -> None:
    picture = stream(
        zlib.compress(b""),
        b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB"
        b" /BitsPerComponent 8 /Filter /FlateDecode",
    )
    one_page(path, stream(b"q 500 0 0 500 0 0 cm /I Do Q"), b"/XObject << /I 6 0 R >>", picture)


def form_in_itself(path: Path) -> None:
    form = stream(
        b"/X Do /X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
    )
    one_page(path, stream(TEXT + b" /X Do"), b"/XObject << /X 6 0 R >>", form)


def pages_in_themselves(path: Path) -> None:
    written(
        path,
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>",
    )


def deep_pages(path: Path) -> None:
    """A page tree of 5000 levels."""
    levels = [
        b"<< /Type /Pages /Kids [%d 0 R] /Count 1 %s >>"
        % (n + 1, b"/Parent %d 0 R" % (n - 1) if n > 2 else b"")
        for n in range(2, 5002)
    ]
    page = b"<< /Type /Page /Parent 5001 0 R /MediaBox [0 0 595 842] >>"
    written(path, b"<< /Type /Catalog /Pages 2 0 R >>", *levels, page)


def deep_arrays(path: Path) -> None:
    one_page(path, stream(b"[" * 100_000 + TEXT))


def endless_content(path: Path) -> None:
    packed = zlib.compress(b"q 1 0 0 1 0 0 cm 0 0 m 1 1 l S Q\n" * 400_000)
    one_page(path, stream(packed, b"/Filter /FlateDecode"))


def without_unicode(path: Path) -> None:
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H"
        b" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    text = b"BT /F2 12 Tf 60 700 Td <0001000200030004> Tj ET"
    one_page(path, stream(text), b"/Font << /F2 6 0 R >>", font)


def scripted(path: Path) -> None:
    """JavaScript that runs on opening, a launch action and an embedded file."""
    root = (
        b"/OpenAction << /S /JavaScript /JS (app.launchURL('http://example.org')) >>"
        b" /AA << /WC << /S /Launch /F (/bin/sh) >> >>"
        b" /Names << /EmbeddedFiles << /Names [(x) << /Type /Filespec /F (../x.sh)"
        b" /EF << /F 6 0 R >> >>] >> >>"
    )
    one_page(path, stream(TEXT), b"", stream(b"#!/bin/sh\ntouch /tmp/run"), root=root)


def giant_box(path: Path) -> None:
    typeset.pdf(path, pagesize=(14400, 1e7))


def many_pages(path: Path) -> None:
    kids = b" ".join(b"3 0 R" for _ in range(10_000))
    written(
        path,
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count 10000 >>" % kids,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "vide.pdf": (lambda path: path.write_bytes(b""), "vide"),
    "docx.pdf": (lambda path: path.write_bytes(b"PK\x03\x04 word"), "n'est pas un PDF"),
    "chiffre.pdf": (typeset.encrypted, "mot de passe"),
    "tronque.pdf": (typeset.truncated, "tronqué"),
    "sans-page.pdf": (typeset.without_pages, "aucune page"),
    "dix-mille.pdf": (many_pages, "10000 pages"),
    "geant.pdf": (giant_box, "démesurée"),
    "perdu.pdf": (lambda path: path.symlink_to("nulle-part.pdf"), "lien symbolique"),
    "tube.pdf": (os.mkfifo, "n'est pas un fichier"),
    "pages-en-boucle.pdf": (pages_in_themselves, ""),
}
SURVIVED: dict[str, Callable[[Path], object]] = {  # read or refused: never a crash of the run
    "bombe.pdf": bomb,
    "image.pdf": image_bomb,
    "formulaire.pdf": form_in_itself,
    "arbre.pdf": deep_pages,
    "tableaux.pdf": deep_arrays,
    "sans-fin.pdf": endless_content,
    "sans-unicode.pdf": without_unicode,
    "script.pdf": scripted,
}
GOOD = ("acte.pdf", "ACTE.pdf", "a\nb.pdf", "..pdf.pdf", "é" * 120 + ".pdf", "; rm -rf x.pdf")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildReport]:
    home = tmp_path_factory.mktemp("hostile")
    raw = home / "raw"
    for name in GOOD:
        typeset.pdf(raw / name)
    (raw / "lien.pdf").symlink_to(raw / "acte.pdf")
    for name, (make, _) in REFUSED.items():
        make(raw / name)
    for name, make in SURVIVED.items():
        make(raw / name)
    return home, build(raw, home / "out", jobs=2, reference_dir=REFERENCE, limits=LIMITS)


def test_each_is_read_or_named_once_in_one_line(built: tuple[Path, BuildReport]) -> None:
    _, report = built
    told = [e.filename for e in report.extracted.unreadable]
    assert len(told) == len(set(told))
    assert len(report.extracted.read) + len(told) == len(GOOD) + 1 + len(REFUSED) + len(SURVIVED)
    assert set(REFUSED) <= set(told) <= set(REFUSED) | set(SURVIVED)
    for entry in report.extracted.unreadable:
        assert "\n" not in entry.reason + entry.advice and entry.advice
    assert report.exit_code == 2


@pytest.mark.parametrize("name", REFUSED)
def test_the_reason_is_said(built: tuple[Path, BuildReport], name: str) -> None:
    _, report = built
    (entry,) = [e for e in report.extracted.unreadable if e.filename == name]
    assert REFUSED[name][1] in entry.reason


def test_the_good_documents_are_complete(built: tuple[Path, BuildReport]) -> None:
    home, _ = built
    query = """
        SELECT d.filename, count(*) FILTER (a.number IN ('1', '2')) FROM document AS d
        JOIN article AS a USING (document_id) GROUP BY ALL HAVING count(*) >= 2
    """
    rows = dict(run_query(home / "out/filiation.duckdb", query).rows)
    assert {name: rows.get(name) for name in (*GOOD, "lien.pdf")} == dict.fromkeys(
        (*GOOD, "lien.pdf"), 2
    )
    query = "SELECT count(*) FROM finding WHERE rule = 'document_unreadable'"
    ((named,),) = run_query(home / "out/filiation.duckdb", query).rows
    assert named >= len(REFUSED)


def test_nothing_is_written_elsewhere(built: tuple[Path, BuildReport]) -> None:
    home, _ = built
    assert {path.name for path in home.iterdir()} == {"raw", "out"}
    assert not Path("/tmp/run").exists()
