"""What every reading process needs, loaded once in the process that they are forked from."""

import camelot.io
import pdfplumber

import extractors.document
import extractors.ocr
from normalizers.french import is_french

is_french("logement")  # unpacks the French lexicon where no process has yet

__all__ = ["camelot", "extractors", "pdfplumber"]
