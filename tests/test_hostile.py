"""Every kind of hostile file in one folder, through `filiation build`: each is named in one line,
the good documents are complete."""

import os
import zlib
from collections.abc import Callable
from pathlib import Path
from socket import AF_UNIX, socket

import pytest
import reportlab.rl_config
import typeset
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption

from pipeline.build import BuildReport, build
from pipeline.worker import Limits
from tests.answers import run_query

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


def type3_in_itself(path: Path) -> None:
    """A font whose letter prints itself."""
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 NaN 0 0]"
        b" /CharProcs << /a 7 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97"
        b" /LastChar 97 /Widths [1000] /Resources << /Font << /T 6 0 R >> >> >>"
    )
    content = stream(TEXT + b" BT /T 12 Tf 60 600 Td (aaaa) Tj ET")
    letter = stream(b"1000 0 d0 BT /T 1 Tf (aaaa) Tj ET")
    one_page(path, content, b"/Font << /T 6 0 R /F1 5 0 R >>", font, letter)


def huge_numbers(path: Path) -> None:
    text = b"0 0 m 3.4e38 700 l S 99999999999999999999999999999999999999999 0 m 5 5 l S "
    text += TEXT + b" BT /F1 1e38 Tf 1e38 -1e38 Td (A) Tj ET BT 0 0 0 0 0 0 Tm (B) Tj ET"
    one_page(path, stream(text))


def one_string(path: Path) -> None:
    """A word of thirty million letters, on one line of content."""
    text = b"BT /F1 12 Tf 60 700 Td (" + b"A" * 30_000_000 + b") Tj ET"
    one_page(path, stream(zlib.compress(text), b"/Filter /FlateDecode"))


def deep_objects(path: Path) -> None:
    one_page(path, stream(TEXT), b"/X " + b"<< /A [" * 50_000 + b"] >>" * 50_000)


def table_of_itself(path: Path) -> None:
    """A cross-reference table whose /Prev is itself."""
    content = one_page(path, stream(TEXT)).read_bytes()
    start = content.rindex(b"xref\n0")
    path.write_bytes(content.replace(b"/Root 1", b"/Prev %d /Root 1" % start))


def own_length(path: Path) -> None:
    one_page(path, b"<< /Length 4 0 R >>\nstream\n%s\nendstream" % TEXT)


def count_lies(path: Path) -> None:
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1999 >>"
    content = one_page(path, stream(TEXT)).read_bytes()
    path.write_bytes(content.replace(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", pages))


def page_of(*entries: bytes) -> Callable[[Path], object]:
    """A page with odd entries of its own."""

    def make(path: Path) -> None:
        content = one_page(path, stream(TEXT)).read_bytes()
        path.write_bytes(content.replace(b"/MediaBox [0 0 595 842]", b" ".join(entries)))

    return make


def not_unicode(path: Path) -> None:
    """Letters that stand for half a pair, nothing, a bell, a turn of the writing, an emoji."""
    codes = (b"D800", b"DC00", b"0000", b"0007", b"202E", b"FFFE", b"D83DDE00")
    pairs = b"".join(b"<%02x> <%s>\n" % (97 + i, code) for i, code in enumerate(codes))
    unicode = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange %d beginbfchar\n%s"
    unicode += b"endbfchar endcmap"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>"
    content = stream(TEXT + b" BT /T 12 Tf 60 600 Td (abcdefg) Tj ET")
    resources = b"/Font << /T 6 0 R /F1 5 0 R >>"
    one_page(path, content, resources, font, stream(unicode % (len(codes), pairs)))


def form_to_be_filled_in(path: Path) -> None:
    """What XFA shows to a reader that has none, and a portfolio's cover."""
    root = b"/AcroForm << /XFA 6 0 R /Fields [] >> /Collection << /View /D >>"
    one_page(path, stream(TEXT), b"", stream(b"<xdp:xdp><a>1</a></xdp:xdp>"), root=root)


def dynamic_form(path: Path) -> None:
    root = b"/AcroForm << /XFA 6 0 R /Fields [] >> /NeedsRendering true"
    one_page(path, stream(TEXT), b"", stream(b"<xdp:xdp><a>1</a></xdp:xdp>"), root=root)


def inside(make: Callable[[Path], object], before: bytes, after: bytes) -> Callable[[Path], object]:
    """A file with bytes of something else around it."""

    def wrap(path: Path) -> None:
        make(path)
        path.write_bytes(before + path.read_bytes() + after)

    return wrap


def owned(path: Path) -> Path:
    """Encrypted, though it opens without a password."""
    return typeset.pdf(path, encrypt=StandardEncryption("", ownerPassword="owner", strength=128))


def photograph(path: Path) -> None:
    Image.new("RGB", (50, 50)).save(path, "JPEG")


def plug(path: Path) -> None:
    with socket(AF_UNIX) as end:
        end.bind(str(path))


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "vide.pdf": (lambda path: path.write_bytes(b""), "vide"),
    "docx.pdf": (lambda path: path.write_bytes(b"PK\x03\x04 word"), "n'est pas un PDF"),
    "page-web.pdf": (lambda path: path.write_bytes(b"\n<!DOCTYPE html><html>404"), "page web"),
    "classeur.pdf": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" * 9), "Excel"),
    "dynamique.pdf": (dynamic_form, "XFA"),
    "chiffre.pdf": (typeset.encrypted, "mot de passe"),
    "tronque.pdf": (typeset.truncated, "tronqué"),
    "sans-page.pdf": (typeset.without_pages, "aucune page"),
    "dix-mille.pdf": (many_pages, "10000 pages"),
    "geant.pdf": (giant_box, "démesurée"),
    "perdu.pdf": (lambda path: path.symlink_to("nulle-part.pdf"), "lien symbolique"),
    "tube.pdf": (os.mkfifo, "n'est pas un fichier"),
    "pages-en-boucle.pdf": (pages_in_themselves, ""),
    "compte.pdf": (count_lies, "endommagé"),
    "photo.pdf": (photograph, "n'est pas un PDF"),
    "prise.pdf": (plug, "n'est pas un fichier"),
    "zero.pdf": (lambda path: path.symlink_to("/dev/zero"), "n'est pas un fichier"),
    "boucle.pdf": (lambda path: path.symlink_to(path.name), "lien symbolique"),
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
    "police.pdf": type3_in_itself,
    "nombres.pdf": huge_numbers,
    "mot.pdf": one_string,
    "objets.pdf": deep_objects,
    "table.pdf": table_of_itself,
    "longueur.pdf": own_length,
    "tourne.pdf": page_of(b"/MediaBox [0 0 595 842] /Rotate 37 /UserUnit 1000"),
    "negatif.pdf": page_of(b"/MediaBox [0 0 -595 -842]"),
    "hors-page.pdf": page_of(b"/MediaBox [0 0 595 842] /CropBox [2000 2000 2595 2842]"),
    "plat.pdf": page_of(b"/MediaBox [0 0 0 842]"),
    "sans-cadre.pdf": page_of(b"/MediaBox [0 (a) /b]"),
    "signes.pdf": not_unicode,
    "xfa.pdf": form_to_be_filled_in,
}
GOOD = ("acte.pdf", "ACTE.pdf", "a\nb.pdf", "..pdf.pdf", "é" * 120 + ".pdf", "; rm -rf x.pdf")
ODD: dict[str, Callable[[Path], object]] = {  # and yet complete
    "devant.pdf": inside(typeset.pdf, b"\0junk\r\n" * 100, b""),
    "derriere.pdf": inside(typeset.pdf, b"", b"\0" * 50_000 + b"<html>"),
    "possede.pdf": owned,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildReport]:
    home = tmp_path_factory.mktemp("hostile")
    raw = home / "raw"
    for name in GOOD:
        typeset.pdf(raw / name)
    (raw / "lien.pdf").symlink_to(raw / "acte.pdf")
    (raw / "dossier.pdf").mkdir()
    for name, make in ODD.items():
        make(raw / name)
    for name, (make, _) in REFUSED.items():
        make(raw / name)
    for name, make in SURVIVED.items():
        make(raw / name)
    return home, build(raw, home / "out", jobs=2, reference_dir=REFERENCE, limits=LIMITS)


def test_each_is_read_or_named_once_in_one_line(built: tuple[Path, BuildReport]) -> None:
    _, report = built
    told = [e.filename for e in report.extracted.unreadable]
    assert len(told) == len(set(told))
    assert len(report.extracted.read) + len(told) == (
        len(GOOD) + 1 + len(ODD) + len(REFUSED) + len(SURVIVED)
    )
    assert set(REFUSED) <= set(told) <= set(REFUSED) | set(SURVIVED)
    for entry in report.extracted.unreadable:
        assert "\n" not in entry.reason + entry.advice and entry.advice
    assert report.exit_code == 2


def test_an_act_of_which_a_page_breaks_off_is_not_all_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reportlab.rl_config, "useA85", 0)
    path = typeset.pdf(tmp_path / "raw/acte.pdf", pages=2, pageCompression=1)
    codes = [build(path.parent, tmp_path / "whole", reference_dir=REFERENCE).exit_code]
    typeset.broken(path, 1, b"FlateDecode", 0.5)
    codes.append(build(path.parent, tmp_path / "partial", reference_dir=REFERENCE).exit_code)
    assert codes == [0, 2]


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
    good = (*GOOD, *ODD, "lien.pdf")
    assert {name: rows.get(name) for name in good} == dict.fromkeys(good, 2)
    query = "SELECT count(*) FROM finding WHERE rule = 'document_unreadable'"
    ((named,),) = run_query(home / "out/filiation.duckdb", query).rows
    assert named >= len(REFUSED)


def test_nothing_is_written_elsewhere(built: tuple[Path, BuildReport]) -> None:
    home, _ = built
    assert {path.name for path in home.iterdir()} == {"raw", "out"}
    assert not Path("/tmp/run").exists()
