"""Every test starts in French, whatever the machine speaks; none is timed."""

import hypothesis
import pytest

from pipeline.language import speak

hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILIATION_LANG", "fr")
    speak("fr")
