"""``parchemin journal``: what it says, in both languages and in JSON, and how it ends."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from parchemin.records.journal import actions
from parchemin.records.journal.queries import head
from tests.cli.running import Run, runner
from tests.records.journal.tampering import change, hash_by_the_book, rewrite_from, rows, run
from tests.samples import ROOT

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def parchemin(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture
def three() -> None:
    """Three entries."""
    for number in range(3):
        actions.append(kind="a.b", at=AT, details={"n": number})


def test_an_empty_journal(parchemin: Run) -> None:
    answer = parchemin("journal", "verify")
    assert (answer.code, answer.words) == (0, "Le journal est vide : rien n'y a jamais été inscrit.")


@pytest.mark.usefixtures("three")
def test_a_whole_journal(parchemin: Run) -> None:
    answer = parchemin("journal", "verify")
    assert answer.code == 0
    assert answer.words == f"✓ Journal intact : 3 inscriptions vérifiées. {head()}"
    assert parchemin("journal", "verify", "--from", "3", "--lang", "en").words.startswith(
        "✓ The journal is whole: 1 entry verified."
    )
    assert parchemin("journal", "verify", "--json").json == {
        "format": "parchemin/journal-verdict-1",
        "is_whole": True,
        "entries": 3,
        "head": {"number": 3, "hash": head().hash},
        "anchor": None,
        "fault": None,
        "missing_guards": [],
        "rewritten": [],
    }


@pytest.mark.usefixtures("three")
def test_the_anchor_is_printed_bare_and_taken_back(parchemin: Run) -> None:
    printed = parchemin("journal", "anchor")
    assert (printed.code, printed.out) == (0, f"{head()}\n")
    assert parchemin("journal", "anchor", "--json").json == {
        "format": "parchemin/journal-anchor-1",
        "number": 3,
        "hash": head().hash,
    }
    assert parchemin("journal", "verify", "--anchor", printed.out.strip()).code == 0
    change(2, "details", "{}")
    rewrite_from(2)
    assert parchemin("journal", "verify").code == 0
    answer = parchemin("journal", "verify", "--anchor", printed.out.strip())
    assert answer.code == 1
    assert "Inscription 3 : elle n'a pas l'empreinte publiée, le journal a été réécrit." in answer.words


SPOILT = {
    "hash": ("UPDATE journal_entry SET kind = 'a.c' WHERE number = 2", "Inscription 2 : son contenu ne donne pas"),
    "missing": ("DELETE FROM journal_entry WHERE number = 2", "Inscription 2 : elle manque."),
    "cut": (
        "DELETE FROM journal_entry WHERE number > 1",
        "Inscription 2 : elle manque, et toutes les suivantes jusqu'à 3.",
    ),
    "head": ("DELETE FROM journal_head", "Inscription 3 : la tête du journal ne porte pas son empreinte"),
    "stray": (
        "UPDATE journal_head SET number = 2, hash = (SELECT previous FROM journal_entry WHERE number = 3)",
        "Inscription 3 : ce numéro ne peut pas exister.",
    ),
}


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("why", SPOILT)
def test_a_broken_journal_is_told_with_what_to_do(parchemin: Run, why: str) -> None:
    statement, sentence = SPOILT[why]
    run(statement)
    answer = parchemin("journal", "verify")
    assert answer.code == 1
    assert sentence in answer.words
    assert "comparez-la à une sauvegarde" in answer.words
    assert "Entry" in parchemin("journal", "verify", "--lang", "en").words
    told = parchemin("journal", "verify", "--json")
    assert (told.code, told.json["is_whole"], told.json["fault"]["why"]) == (1, False, why)


@pytest.mark.usefixtures("three")
def test_a_rewritten_entry_and_the_hashes_that_differ(parchemin: Run) -> None:
    run("UPDATE journal_entry SET previous = %s WHERE number = 3", "1" * 64)
    last = rows()[-1]
    answer = parchemin("journal", "verify", "--lang", "en")
    assert f"found {last['hash']}" in answer.words
    assert "its content does not give its hash" in answer.words


@pytest.mark.usefixtures("three")
def test_a_link_and_an_unreadable_value(parchemin: Run) -> None:
    change(2, "details", "{}")
    rewrite_from(1)
    run("UPDATE journal_entry SET details = '{}' WHERE number = 1")
    rewritten = rows()[0]
    change(1, "hash", hash_by_the_book(rewritten))
    assert "elle ne porte pas l'empreinte de l'inscription 1" in parchemin("journal", "verify").words
    change(1, "recorded_at", "infinity" if connection.vendor == "postgresql" else "yesterday")
    assert "Inscription 1 : une de ses valeurs n'est plus lisible." in parchemin("journal", "verify").words


@pytest.mark.usefixtures("three")
def test_a_lost_trigger_is_told(parchemin: Run) -> None:
    place = " ON journal_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER guard_journal_entry_update{place}")
    answer = parchemin("journal", "verify")
    assert answer.code == 0
    assert "! La base n'a plus le déclencheur guard_journal_entry_update" in answer.words
    assert parchemin("journal", "verify", "--json").json["missing_guards"] == ["guard_journal_entry_update"]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--anchor", "3"), "« 3 » n'est pas une ancre."),
        (("--anchor", f"x:{'0' * 64}"), "n'est pas une ancre."),
        (("--from", "4"), "Le journal n'a pas d'inscription 4. La dernière est 3."),
        (("--from", "0"), "Le journal n'a pas d'inscription 0."),
        (("--home", "nowhere"), "« nowhere » n'est pas un dossier."),
    ],
)
def test_misuse_ends_with_2(parchemin: Run, arguments: tuple[str, ...], sentence: str) -> None:
    answer = parchemin("journal", "verify", *arguments)
    assert answer.code == 2
    assert sentence in answer.err


def test_a_home_without_a_journal_and_a_database_that_does_not_answer(tmp_path: Path) -> None:
    known = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    surroundings = known | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "PARCHEMIN_HOME": str(tmp_path)}
    surroundings["DJANGO_SETTINGS_MODULE"] = "journal_alone"
    (tmp_path / "journal_alone.py").write_text(ALONE)
    surroundings["PYTHONPATH"] += os.pathsep + str(tmp_path)
    command = [sys.executable, "-m", "parchemin", "journal", "anchor"]
    empty = subprocess.run(command, env=surroundings, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (empty.returncode, empty.stdout) == (2, "")
    assert "ne contient pas de journal" in empty.stderr
    surroundings["JOURNAL_FILE"] = str(tmp_path / "no" / "such.sqlite3")
    mute = subprocess.run(command, env=surroundings, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (mute.returncode, mute.stdout) == (2, "")
    assert "ne répond pas" in mute.stderr


ALONE = """
import os
INSTALLED_APPS = ["parchemin.records.journal"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ.get("JOURNAL_FILE", ":memory:")}}
USE_TZ = True
"""


def test_other_commands_start_without_the_framework() -> None:
    asked = "import sys; from parchemin.cli.main import application; application('fr'); print('django' in sys.modules)"
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    told = subprocess.run([sys.executable, "-c", asked], env=surroundings, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
