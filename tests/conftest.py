"""Every test starts in French, whatever the machine speaks."""

import pytest

from pipeline.language import speak


@pytest.fixture(autouse=True)
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILIATION_LANG", "fr")
    speak("fr")
