"""Typesets the acts of `sources/`, in which nothing contradicts anything, with two engines.

`python tests/clean/make.py` writes `<engine>/<name>.pdf` beside this file.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))

from make import chromium, libreoffice

HERE = Path(__file__).parent

if __name__ == "__main__":
    for source in sorted((HERE / "sources").glob("*.html")):
        for engine in (chromium, libreoffice):
            (HERE / engine.__name__).mkdir(exist_ok=True)
            engine(source.resolve(), HERE / engine.__name__ / f"{source.stem}.pdf")
