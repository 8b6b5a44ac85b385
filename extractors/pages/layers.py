"""Layers that a viewer does not show: what is printed on them is no part of the page.

ISO 32000-1, 8.11: optional content. Content belongs to a layer by the mark around it.
"""

import ctypes
from collections.abc import Callable, Iterator
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import playa
import pypdfium2
import pypdfium2.raw as pdfium
from playa.pdftypes import dict_value, list_value, literal_name, str_value
from playa.utils import decode_text

from extractors.pages.graphics import FORM_DEPTH, address


class Layers:
    """The layers of the PDF at `path`; its catalogue is read when a page has any."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def hidden(self, page: pypdfium2.PdfPage) -> frozenset[int]:
        """The addresses of the objects of `page`, those in its forms too, that do not show."""
        found = self._hidden(page.raw, FORM_DEPTH, hidden=False) if self._may_be else ()
        return frozenset(found)

    @property
    def hide(self) -> bool:
        """Is any layer off? Forms, pictures and groups of layers may belong to it without a mark;
        what they print is told by the page's picture alone."""
        return self._may_be and bool(self._off)

    @cached_property
    def _may_be(self) -> bool:
        """May the PDF have layers: does it name them, or compress what would?"""
        with self._path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            return any(content.find(name) >= 0 for name in (b"/OCProperties", b"/ObjStm"))

    def _hidden(self, holder: Any, depth: int, hidden: bool) -> Iterator[int]:
        if depth == FORM_DEPTH:
            count, get = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject
        else:
            count, get = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
        for i in range(count(holder)):
            item = get(holder, i)
            off = hidden or any(name in self._off for name in _layers(item))
            if off:
                yield address(item)
            if depth and pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
                yield from self._hidden(item, depth - 1, off)

    @cached_property
    def _off(self) -> frozenset[str]:
        """The names of the layers that are switched off, and of none that is on; nothing is off in
        a catalogue that cannot be read."""
        try:
            return _switched_off(self._path)
        except Exception:  # of any kind, where a catalogue is not as it should be
            return frozenset()


def _switched_off(path: Path) -> frozenset[str]:
    with playa.open(path) as document:
        layers = dict_value(document.catalog["OCProperties"])
        default = dict_value(layers["D"])
        named = {s: {r.objid for r in list_value(default.get(s, []))} for s in ("ON", "OFF")}
        begins_off = (
            literal_name(default["BaseState"]) == "OFF" if "BaseState" in default else False
        )
        names: dict[bool, set[str]] = {False: set(), True: set()}
        for layer in list_value(layers["OCGs"]):
            other = named["ON" if begins_off else "OFF"]
            off = (layer.objid in other) != begins_off
            names[off].add(decode_text(str_value(dict_value(layer)["Name"])))
    return frozenset(names[True] - names[False])


def _layers(item: Any) -> Iterator[str]:
    """The names of the layers to which an object belongs."""
    for i in range(pdfium.FPDFPageObj_CountMarks(item)):
        mark = pdfium.FPDFPageObj_GetMark(item, i)
        if _text(lambda *to, mark=mark: pdfium.FPDFPageObjMark_GetName(mark, *to)) == "OC":
            yield _text(
                lambda *to, mark=mark: pdfium.FPDFPageObjMark_GetParamStringValue(
                    mark, b"Name", *to
                )
            )


def _text(get: Callable[..., int]) -> str:
    """What a function of pdfium writes into a buffer (in UTF-16), "" where it fails."""
    size = ctypes.c_ulong()
    if not get(None, 0, size) or not size.value:
        return ""
    buffer = ctypes.create_string_buffer(size.value)
    get(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size.value, size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
