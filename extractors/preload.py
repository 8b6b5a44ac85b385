"""What every reading process needs, loaded once in the process that they are forked from."""

import camelot.io
import pdfplumber
import simplemma

import extractors.document

simplemma.is_known("logement", lang="fr")  # reads the French dictionary: two seconds

__all__ = ["camelot", "extractors", "pdfplumber"]
