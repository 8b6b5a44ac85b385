"""Pages of which the file holds a piece only: a transfer changed its bytes, or a disk lost some.

A reader of PDF shows of a broken stream what comes before the break, or nothing, and says so to
nobody. ISO 32000-1, 7.4 (filters) and 7.8.2 (content streams); ITU-T T.4 and T.6 (fax, groups 3 and
4); ITU-T T.88, 7.2 (JBIG2).
"""

import zlib
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

import playa
import pypdfium2
from playa.pdftypes import dict_value, literal_name, resolve1

BLOCK = 2**20  # bytes that are unpacked at a time
ZLIB_HEADER = 2  # bytes before what is compressed
END_OF_JPEG = b"\xff\xd9"  # and of JPEG 2000
END_OF_LINE = "000000000001"  # bits before each line of a fax of group 3
END_OF_FAX = 2 * END_OF_LINE  # bits behind the last line of one of group 4, whatever follows
END_OF_MESSAGE = 6  # ends of lines behind the last one of a fax of group 3, if at all
SECTOR = bytes(512)  # of a disk that lost it: no fax or JBIG2 says anything in so many zeros
JBIG2_HEAD = 11  # bytes of the head of a segment of JBIG2, at least
JBIG2_UNKNOWN = 2**32 - 1  # length of one that is not told


def damaged_pages(path: Path, numbers: Container[int]) -> frozenset[int]:
    """Those of the pages `numbers` (from 1) of the PDF at `path` whose content, or a picture on
    them, cannot be unpacked to its end; none where its page tree is not read as pdfium does."""
    with pypdfium2.PdfDocument(path) as document:
        count = len(document)
    try:
        with playa.open(path) as file:
            if len(file.pages) != count:
                return frozenset()
            numbered = enumerate(file.pages, 1)
            return frozenset(n for n, page in numbered if n in numbers and _is_damaged(page))
    except Exception:  # of any kind, where a file is not as it should be
        return frozenset()


def _is_damaged(page: playa.Page) -> bool:
    content = resolve1(page.attrs.get("Contents", []))
    drawn = dict_value(page.resources.get("XObject", {})).values()
    streams = map(resolve1, (*(content if isinstance(content, list) else [content]), *drawn))
    return any(stream is None or _is_broken(stream) for stream in streams)


def _is_broken(stream: Any) -> bool:
    """Does the ContentStream `stream`, compressed as texts, photographs and scans are, break off or
    hold other bytes?"""
    filters = stream.get_filters()
    if not filters:
        return False
    data = stream.rawdata
    if stream.decipher:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    name, asked = literal_name(filters[0][0]), filters[0][1]
    if name in ("FlateDecode", "Fl"):
        return not _unpacks(data)
    if name in ("DCTDecode", "DCT", "JPXDecode"):  # a thumbnail in its head may end as it does
        return END_OF_JPEG not in data[len(data) // 2 :]
    if name in ("CCITTFaxDecode", "CCF"):
        return SECTOR in data or not _is_whole_fax(data, asked, stream.get_any(("Height", "H"), 0))
    if name == "JBIG2Decode":
        return SECTOR in data or not _is_whole_jbig2(data)
    return False


def _is_whole_fax(data: bytes, asked: Mapping[str, Any], height: int) -> bool:
    """Does the fax hold its end, or a line for each of the `height` rows of its picture? In group 3
    both may be left out, and nothing tells where it ends."""
    bits = f"{int.from_bytes(data):0{8 * len(data)}b}"
    if asked.get("K", 0) < 0:
        return END_OF_FAX in bits or not asked.get("EndOfBlock", True)
    lines = bits.count(END_OF_LINE)
    are_marked = asked.get("EndOfLine") or lines > END_OF_MESSAGE
    return not are_marked or lines >= height - 1  # none need stand before the first


def _is_whole_jbig2(data: bytes) -> bool:
    """Do the segments, each of which tells its length, come to their end?"""
    at = 0
    while at + JBIG2_HEAD <= len(data):
        number, flags = int.from_bytes(data[at : at + 4]), data[at + 4]
        referred = data[at + 5] >> 5
        at += 6
        if referred == 7:  # more than four, counted in the next bytes
            referred = int.from_bytes(data[at - 1 : at + 3]) & 2**29 - 1
            at += 3 + (referred + 8) // 8
        at += referred * (1 if number <= 2**8 else 2 if number <= 2**16 else 4)
        at += 4 if flags & 0x40 else 1
        length = int.from_bytes(data[at : at + 4])
        if length == JBIG2_UNKNOWN:
            return True
        at += 4 + length
    return at <= len(data) and not data[at:].strip(b"\0\r\n")


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
