"""Pages of which the file holds a piece only: a transfer changed its bytes, or a disk lost some.

A reader of PDF shows of a broken stream what comes before the break, or nothing, and says so to
nobody. ISO 32000-1, 7.4 (filters) and 7.8.2 (content streams); ITU-T T.6 (fax, group 4).
"""

import zlib
from collections.abc import Container, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2

BLOCK = 2**20  # bytes that are unpacked at a time
ZLIB_HEADER = 2  # bytes before what is compressed
END_OF_JPEG = b"\xff\xd9"  # and of JPEG 2000
END_OF_FAX = "000000000001" * 2  # bits behind the last line of a page, before those that pad it
PADDED_FAX = 8  # bytes at the end of a page among which they are


def damaged_pages(path: Path, numbers: Container[int]) -> frozenset[int]:
    """Those of the pages `numbers` (from 1) of the PDF at `path` whose content, or a picture on
    them, cannot be unpacked to its end; none where its page tree is not read as pdfium does."""
    with pypdfium2.PdfDocument(path) as document:
        count = len(document)
    try:
        with path.open("rb") as file:
            pages = list(islice(_pages(file), count + 1))
            if len(pages) != count:
                return frozenset()
            numbered = enumerate(pages, 1)
            return frozenset(n for n, page in numbered if n in numbers and _is_damaged(page))
    except Exception:  # of any kind, where a file is not as it should be
        return frozenset()


def _pages(file: Any) -> Iterator[Any]:
    from pdfminer.pdfdocument import PDFDocument  # loads slowly
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    return PDFPage.create_pages(PDFDocument(PDFParser(file)))


def _is_damaged(page: Any) -> bool:
    """`page`: a page of pdfminer's."""
    from pdfminer.pdftypes import dict_value, resolve1

    drawn = dict_value(dict_value(page.resources).get("XObject", {}))
    streams = [resolve1(stream) for stream in (*page.contents, *drawn.values())]
    return any(stream is None or _is_broken(stream) for stream in streams)


def _is_broken(stream: Any) -> bool:
    """Does `stream`, compressed as texts, photographs and scans are, break off or hold other
    bytes?"""
    from pdfminer.psparser import literal_name

    filters = [(literal_name(name), asked or {}) for name, asked in stream.get_filters()]
    data = stream.get_rawdata()
    if data is None or not filters:
        return False
    if stream.decipher:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    name, asked = filters[0]
    if name in ("FlateDecode", "Fl"):
        return not _unpacks(data)
    if name in ("DCTDecode", "DCT", "JPXDecode"):  # a thumbnail in its head may end as it does
        return END_OF_JPEG not in data[len(data) // 2 :]
    if name in ("CCITTFaxDecode", "CCF") and asked.get("K", 0) < 0:
        return bool(asked.get("EndOfBlock", True)) and not _is_whole_fax(data)
    return False


def _is_whole_fax(data: bytes) -> bool:
    end = data.rstrip(b"\0\r\n")[-PADDED_FAX:]
    return f"{int.from_bytes(end):b}".rstrip("0").endswith(END_OF_FAX)


def _unpacks(data: bytes) -> bool:
    """Does what was compressed come to its own end? Many leave out the checksum behind it."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest = data[ZLIB_HEADER:]
    try:
        while rest and not unpacker.eof:
            unpacker.decompress(rest, BLOCK)
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof
