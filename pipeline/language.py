"""French and English: the language in which the program speaks to whoever runs it.

What documents say, and the findings on them, stay French; what is said of them is in both.
"""

import os
from typing import Literal, get_args

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT: Language = "fr"
LOCALE = ("FILIATION_LANG", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides

_spoken: Language = DEFAULT


def speak(language: Language) -> None:
    """Say everything in `language` from now on."""
    global _spoken
    _spoken = language


def spoken() -> Language:
    return _spoken


def said(french: str, english: str) -> str:
    """The wording in the language spoken."""
    return english if _spoken == "en" else french


def languages(text: str) -> tuple[str, str]:
    """'French / English' in two; one wording alone serves both."""
    french, _, english = text.partition(" / ")
    return french, english or french


def of_locale() -> Language:
    """The language of FILIATION_LANG, else of the locale; French where neither names ours."""
    named = next((value for name in LOCALE if (value := os.environ.get(name))), "")
    return next((one for one in LANGUAGES if named.lower().startswith(one)), DEFAULT)
