"""French words are found whether the unpacked lexicon could be kept or not."""

from pathlib import Path

import pytest

from normalizers import french

WORDS = {
    "logement": True,
    "Logement": True,
    "cofinancements": True,
    "marseillaise": True,
    "sous-préfet": True,
    "hébergement": True,
    "he\u0301bergement": True,
    "loge": True,
    "logem": False,
    "zzz": False,
    "": False,
    "\n": False,
}


@pytest.fixture
def no_memory():
    french._words.cache_clear()
    french.is_french.cache_clear()
    yield
    french._words.cache_clear()
    french.is_french.cache_clear()


def test_words_are_found_in_the_kept_lexicon(no_memory, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert {word: french.is_french(word) for word in WORDS} == WORDS
    (kept,) = (tmp_path / "filiation").iterdir()
    lines = kept.read_bytes().splitlines()
    assert lines == sorted(set(lines))
    assert all(french.is_french(line.decode()) for line in (lines[0], lines[-1]))


def test_a_lexicon_kept_before_is_not_unpacked_again(
    no_memory, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    french._words()
    french._words.cache_clear()
    monkeypatch.setattr(french, "_unpacked", lambda: b"")
    assert french.is_french("logement")


def test_nothing_need_be_kept(no_memory, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert french.is_french("logement")
    assert not french.is_french("logem")
