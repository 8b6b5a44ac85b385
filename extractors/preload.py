"""What reading processes need, loaded once in the process that they are forked from.

The image libraries of OCR, camelot and pdfplumber load where a document asks for them: few do.
"""

import playa

import extractors.document
import extractors.preflight
import normalizers.privacy
from normalizers.french import is_french

is_french("logement")  # unpacks the French lexicon where no process has yet

__all__ = ["extractors", "normalizers", "playa"]
