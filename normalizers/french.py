"""Is it a French word? The lexicon of simplemma, kept unpacked between processes.

Unpacking it takes longer than reading a convention. It is done once for each version, into a sorted
list of words in the user's cache folder, where a process finds a word without loading the list.
"""

import mmap
import os
import unicodedata
from contextlib import suppress
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile


@lru_cache(maxsize=100_000)
def is_french(word: str) -> bool:
    """Is `word` in the lexicon, in lower case or as a name?"""
    words = _words()
    wanted = unicodedata.normalize("NFC", word.lower()).encode()
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        start = words.rfind(b"\n", low, middle) + 1 or low
        end = words.find(b"\n", middle)
        found = words[start:end]
        if found == wanted:
            return True
        if found < wanted:
            low = end + 1
        else:
            high = start
    return False


@cache
def _words() -> mmap.mmap | bytes:
    """All words in lower case and byte order, each ended by a newline."""
    with suppress(OSError, RuntimeError, ValueError):  # no home, no right, no space, no file
        path = _cache() / f"french-words-{version('simplemma')}.txt"
        if not path.exists():
            _write(path, _unpacked())
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return _unpacked()


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "filiation"


def _unpacked() -> bytes:
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    entries = DefaultDictionaryFactory().get_dictionary("fr")
    words = {entry.lower().encode() for entry in entries if entry[1:] == entry[1:].lower()}
    return b"".join(word + b"\n" for word in sorted(words))


def _write(path: Path, words: bytes) -> None:
    """`words` at `path`, there in full or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(words)
            file.flush()
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise
