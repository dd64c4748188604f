"""What every test starts from: no cache, French, and the checkout's own files."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.utils import translation
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.guards import flushing
from tests.ready import lent

PLACES = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
"""Where Debian puts Chromium; the whole browser spends a third more than its shell without windows."""
CHROMIUM = Path(os.environ.get("CHROMIUM") or next(filter(os.path.exists, PLACES), PLACES[0]))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's loop runs in the thread of the tests

settings.register_profile("parchemin", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("parchemin")


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing a person set for themselves may change a result; no cache or language leaks from one test to the next."""
    translation.deactivate()
    monkeypatch.setenv("PARCHEMIN_CACHE", "")
    monkeypatch.setenv("COLUMNS", "160")
    for name in ("PARCHEMIN_LANG", "PARCHEMIN_SCHEMES", "PARCHEMIN_LIBRARY", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """On a file, the tables are copied rather than made; the folder that holds it goes at the end."""
    if connection.vendor != "sqlite":
        return bool(request.config.getvalue("reuse_db"))
    lent(Path(connection.settings_dict["TEST"]["NAME"]))
    return True


@pytest.fixture(scope="session", autouse=True)
def tables_can_be_emptied() -> Iterator[None]:
    """Between tests that commit, tables are emptied, those whose triggers refuse it too."""
    operations = type(connection.ops)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flushing(operations.execute_sql_flush))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_connection_is_kept() -> None:
    """A thread of the server that waits for its browser holds no connection: at the end the database can go."""
    connections.databases["default"]["CONN_MAX_AGE"] = 0


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


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """One browser for every test of this process that looks at pages: its driver can only be started once."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield made
        for context in made.contexts:
            context.close()
        made.close()
        connections.close_all()  # the loop of the driver gave this thread connections of its own
