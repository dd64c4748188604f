"""What every test starts from: no cache, French, and the checkout's own files."""

import os

import pytest
from hypothesis import settings

settings.register_profile("parchemin", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("parchemin")


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing a person set for themselves may change a result, and no cache leaks from one test to the next."""
    monkeypatch.setenv("PARCHEMIN_CACHE", "")
    monkeypatch.setenv("COLUMNS", "160")
    for name in ("PARCHEMIN_LANG", "PARCHEMIN_SCHEMES", "PARCHEMIN_LIBRARY", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything must run (CI), a test that was skipped is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    skipped = reporter.stats.get("skipped", [])
    if os.environ.get("CI") and skipped and session.exitstatus == pytest.ExitCode.OK:
        reporter.write_line(f"{len(skipped)} tests were skipped where all must run", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
