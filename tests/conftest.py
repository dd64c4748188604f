"""What every test starts from: no cache, French, and the checkout's own files."""

import pytest
from hypothesis import settings

settings.register_profile("parchemin", deadline=None)
settings.load_profile("parchemin")


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing a person set for themselves may change a result, and no cache leaks from one test to the next."""
    monkeypatch.setenv("PARCHEMIN_CACHE", "")
    monkeypatch.setenv("COLUMNS", "160")
    for name in ("PARCHEMIN_LANG", "PARCHEMIN_SCHEMES", "PARCHEMIN_LIBRARY", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
