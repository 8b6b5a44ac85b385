import subprocess
import sys

SLOW = {"camelot", "cv2", "numpy", "pandas", "pdfplumber", "PIL"}


def test_what_few_documents_need_is_not_loaded_for_all() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import extractors.preload, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert not SLOW.intersection(loaded)
