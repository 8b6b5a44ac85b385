"""Files that a PDF carries within are told."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from extractors.document import read_document
from extractors.errors import UnreadableDocument
from tests.extractors.typesetter import pdf

ACT = ("CONVENTION 2031", "ARTICLE 1 - OBJET", "Huit actions.")


def carrying(path: Path, names: Sequence[str], lines: Sequence[str]) -> Path:
    """A page of `lines`, and files of these names."""
    text = b" T* ".join(b"(%s) Tj" % line.encode("cp1252") for line in lines)
    content = b"BT /F1 12 Tf 20 TL 60 700 Td %s ET" % text
    files = [
        b"(%d) << /Type /Filespec /UF (%s) /F (%s) /EF << /F 6 0 R >> >>" % (i, name, name)
        for i, name in enumerate(n.encode("cp1252") for n in names)
    ]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [%s] >> >> >>"
        % b" ".join(files),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /EmbeddedFile /Length 2 >>\nstream\nab\nendstream",
    ]
    path.write_bytes(pdf(objects))
    return path


def test_attached_annexes_are_told(tmp_path: Path) -> None:
    path = carrying(tmp_path / "a.pdf", ["Annexe 1.pdf", "Budget.XLSX", "factur-x.xml"], ACT)
    document = read_document(path)
    assert [article.number for article in document.articles] == ["1"]
    (problem,) = document.problems
    assert (problem.rule, problem.severity) == ("attached_files", "warning")
    assert problem.observed == "« Annexe 1.pdf », « Budget.XLSX »"


def test_data_of_a_form_or_an_invoice_are_no_annex(tmp_path: Path) -> None:
    path = carrying(tmp_path / "a.pdf", ["factur-x.xml"], ACT)
    assert read_document(path).problems == []


def test_a_portfolio_says_what_it_holds(tmp_path: Path) -> None:
    path = carrying(tmp_path / "a.pdf", ["Convention.pdf"], ["Ouvrez ce portfolio dans Acrobat."])
    with pytest.raises(UnreadableDocument, match=r"« Convention\.pdf »"):
        read_document(path)
