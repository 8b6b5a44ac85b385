import subprocess
import sys
from pathlib import Path

import typeset

SLOW = {"camelot", "cv2", "numpy", "pandas", "pdfminer", "pdfplumber", "PIL"}
READ = """
import sys
from pathlib import Path
import extractors.preload
if sys.argv[1:]:
    extractors.document.read_document(Path(sys.argv[1]))
print(*sys.modules)
"""


def loaded(*arguments: Path) -> set[str]:
    command = [sys.executable, "-c", READ, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_what_few_documents_need_is_not_loaded_for_all() -> None:
    assert not SLOW & loaded()


def test_a_plain_document_loads_hardly_anything_more(tmp_path: Path) -> None:
    assert not SLOW & loaded(typeset.pdf(tmp_path / "acte.pdf", pageCompression=1))
