"""Pages that break off in their file are told, those around them are read."""

import io
from pathlib import Path
from random import Random

import pytest
import reportlab.rl_config
import typeset
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.damaged import _is_whole_fax, _is_whole_jbig2, damaged_pages
from extractors.document import read_document

STRIP_OFFSETS, STRIP_BYTES = 273, 279  # tags of TIFF


@pytest.fixture(autouse=True)
def _bare_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reportlab.rl_config, "useA85", 0)


def jbig2() -> bytes:
    """A page of JBIG2 as PDFs hold it: what it is, one picture, whose coded bytes are any."""
    page = bytes.fromhex("00000000 30 00 01 00000013") + bytes(18) + b"\1"
    coded = Random(7).randbytes(20_000)
    region = bytes.fromhex("00000001 26 00 01") + len(coded).to_bytes(4) + coded
    symbols = bytes.fromhex("00000002 00 E0000005 00 0000000000 01 00000004") + b"four"
    return page + region + symbols


def scanned(path: Path, how: str, filtered: str) -> Path:
    """A PDF of one page that is a picture, stored as the fax of a copier, in JPEG 2000 or JBIG2."""
    picture, noise = io.BytesIO(), Image.effect_noise((300, 300), 90)
    if how == "jpeg2000":
        noise.save(picture, "JPEG2000")
        stored = picture.getvalue()
    elif how == "jbig2":
        stored = jbig2()
    else:
        noise.convert("1").save(picture, "TIFF", compression=how)
        with Image.open(picture) as tiff:
            assert isinstance(tiff, TiffImageFile)
            (start,), (length,) = tiff.tag_v2[STRIP_OFFSETS], tiff.tag_v2[STRIP_BYTES]
        stored = picture.getvalue()[start : start + length]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</XObject<</S 4 0 R>>>>>>",
        b"<</Subtype/Image/Width 300/Height 300/BitsPerComponent 1/ColorSpace/DeviceGray"
        b"/DecodeParms<</K %d/Columns 300/Rows 300>>/Filter/%s/Length %d>>stream\n%s\nendstream"
        % (0 if how == "group3" else -1, filtered.encode(), len(stored), stored),
    ]
    numbered = (b"%d 0 obj%s endobj\n" % (i, body) for i, body in enumerate(objects, 1))
    path.write_bytes(b"%PDF-1.5\n" + b"".join(numbered) + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF")
    return path


def photographed(path: Path) -> Path:
    """A PDF of one page with a photograph."""
    photo = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(photo, "JPEG")
    drawing = Canvas(str(path), pageCompression=1)
    drawing.drawImage(ImageReader(photo), 60, 400, 300, 300)
    drawing.save()
    return path


@pytest.mark.parametrize("keeps", [0.0, 0.5, 0.95])
def test_a_text_that_breaks_off_is_told_with_its_page(tmp_path: Path, keeps: float) -> None:
    path = typeset.pdf(tmp_path / "acte.pdf", pages=3, pageCompression=1)
    read = read_document(typeset.broken(path, 1, b"FlateDecode", keeps))
    assert [(p.rule, p.severity, p.page) for p in read.problems if p.rule == "page_damaged"] == [
        ("page_damaged", "error", 2)
    ]


def test_a_picture_that_breaks_off_is_told(tmp_path: Path) -> None:
    path = photographed(tmp_path / "photo.pdf")
    assert damaged_pages(path, range(1, 2)) == frozenset()
    assert damaged_pages(typeset.broken(path, 0, b"DCTDecode", 0.6), range(1, 2)) == {1}


@pytest.mark.parametrize(
    ("how", "filtered"),
    [
        ("group3", "CCITTFaxDecode"),
        ("group4", "CCITTFaxDecode"),
        ("jpeg2000", "JPXDecode"),
        ("jbig2", "JBIG2Decode"),
    ],
)
def test_a_scan_that_breaks_off_is_told(tmp_path: Path, how: str, filtered: str) -> None:
    path = scanned(tmp_path / "scan.pdf", how, filtered)
    assert damaged_pages(path, range(1, 2)) == frozenset()
    assert damaged_pages(typeset.broken(path, 0, filtered.encode(), 0.6), range(1, 2)) == {1}


@pytest.mark.parametrize("how", ["group3", "group4"])
def test_a_fax_of_which_a_disk_lost_a_sector_is_told(tmp_path: Path, how: str) -> None:
    path = scanned(tmp_path / "scan.pdf", how, "CCITTFaxDecode")
    content = path.read_bytes()
    path.write_bytes(content[:10_000] + bytes(512) + content[10_512:])
    assert damaged_pages(path, range(1, 2)) == {1}


@pytest.mark.parametrize("length", [40, 5_000])
def test_jbig2_that_is_cut_short_is_told(length: int) -> None:
    assert _is_whole_jbig2(jbig2())
    assert _is_whole_jbig2(jbig2() + b"\r\n")
    assert not _is_whole_jbig2(jbig2()[:length])


def test_a_fax_that_marks_no_lines_does_not_tell_where_it_ends() -> None:
    unmarked = b"\x4d\x9a" * 900
    assert _is_whole_fax(unmarked, {"K": 0}, 300)
    assert not _is_whole_fax(unmarked, {"K": 0, "EndOfLine": True}, 300)


def test_a_fax_may_be_stored_with_the_directory_of_its_tiff(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    Image.effect_noise((300, 300), 90).convert("1").save(path)
    assert damaged_pages(path, range(1, 2)) == frozenset()
    assert damaged_pages(typeset.broken(path, 0, b"CCITTFaxDecode", 0.6), range(1, 2)) == {1}


def test_a_whole_file_is_not_damaged(tmp_path: Path) -> None:
    compressed = typeset.pdf(tmp_path / "acte.pdf", pages=2, pageCompression=1)
    plain = typeset.pdf(tmp_path / "nu.pdf", pageCompression=0)
    locked = typeset.pdf(tmp_path / "verrou.pdf", pageCompression=1, encrypt="")
    for path in (compressed, plain, locked):
        assert damaged_pages(path, range(1, 9)) == frozenset()


def test_a_missing_checksum_is_no_damage(tmp_path: Path) -> None:
    path = typeset.pdf(tmp_path / "acte.pdf", pageCompression=1)
    content = path.read_bytes()
    end = next(m.end(2) for m in typeset.STREAM.finditer(content) if b"FlateDecode" in m[1])
    end -= len(content[:end]) - len(content[:end].rstrip())
    path.write_bytes(content[: end - 4] + b"\0\0\0\0" + content[end:])
    assert damaged_pages(path, range(1, 2)) == frozenset()


def test_only_the_pages_asked_for_are_looked_at(tmp_path: Path) -> None:
    path = typeset.pdf(tmp_path / "acte.pdf", pages=3, pageCompression=1)
    typeset.broken(path, 1, b"FlateDecode", 0.5)
    assert damaged_pages(path, range(3, 4)) == frozenset()
