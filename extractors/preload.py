"""What reading processes need, loaded once in the process that they are forked from.

The image libraries of OCR, camelot and pdfplumber load where a document asks for them: few do.
"""

import gc

gc.disable()  # loading makes thousands of objects, and no garbage
import playa

import extractors.document
import extractors.preflight
import normalizers.privacy
from normalizers.french import is_french
from pipeline.extracted import Model

is_french("logement")  # unpacks the French lexicon where no process has yet
for model in Model.__subclasses__():
    model.model_rebuild()  # its schema, which is else built where it is first used
gc.set_threshold(50_000, 20, 20)  # a page is thousands of small objects, hardly any in a circle
gc.enable()
gc.freeze()  # what stands here stays: no process looks through it, nor copies it, for garbage

__all__ = ["extractors", "normalizers", "playa"]
