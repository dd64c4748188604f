"""Lint, types, import contracts, then the suite on SQLite and on PostgreSQL, one after the other; a failure ends it.

Where everything must run (CI is set), a PostgreSQL or a browser that is missing is a failure; elsewhere it is said.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
POSTGRESQL = os.environ.get("PARCHEMIN_TEST_POSTGRESQL", "postgres://postgres@127.0.0.1:5432/postgres")
WITH_DATABASE = [
    *("tests/records", "tests/project", "tests/web", "tests/journeys", "tests/edges/test_commands.py"),
    *("tests/edges/credentials/test_keeping.py", "tests/edges/registers/test_keeping.py"),
    *("tests/edges/parchments/test_telling.py", "tests/edges/cpf/test_keeping.py"),
    *("--ignore-glob=*looks.py", "--ignore=tests/web/shared", "--ignore=tests/web/test_every_url.py"),
]
"""What asks something of a database: the rest, how pages look and who is let in, would only be run twice the same."""
SUITE = ["pytest", "-q", "-n", str(os.cpu_count() or 2), "--dist", "worksteal"]
STEPS: dict[str, tuple[list[str], dict[str, str]]] = {
    "lint": (["ruff", "check", "."], {}),
    "format": (["ruff", "format", "--check", "."], {}),
    "types": (["mypy"], {}),
    "import contracts": (["lint-imports"], {}),
    "suite, SQLite": (SUITE, {"DATABASE_URL": ""}),
    "suite, PostgreSQL": (
        [*SUITE, *WITH_DATABASE],
        {"DATABASE_URL": POSTGRESQL},
    ),
}


def main() -> int:
    """Run every step and say how long it took; the exit code of the first that fails."""
    for name, ((program, *arguments), given) in STEPS.items():
        if given.get("DATABASE_URL") and not answers(POSTGRESQL):
            told(f"== {name}: not run, no PostgreSQL answers at {POSTGRESQL}")
            if os.environ.get("CI"):
                return 1
            continue
        started = time.perf_counter()
        told(f"== {name}")
        extra = sys.argv[1:] if name.startswith("suite") else []
        environment = {**os.environ, **given}
        code = subprocess.run(
            [str(BIN / program), *arguments, *extra], cwd=ROOT, env=environment, check=False
        ).returncode
        told(f"== {name}: {'ok' if code == 0 else 'FAILED'}, {time.perf_counter() - started:.1f} s")
        if code:
            return code
    return 0


def answers(url: str) -> bool:
    """Whether a PostgreSQL is there."""
    try:
        with psycopg.connect(url, connect_timeout=3):
            return True
    except psycopg.OperationalError:
        return False


def told(line: str) -> None:
    """Say it at once."""
    print(line, flush=True)  # noqa: T201 - this is what the command shows


if __name__ == "__main__":
    sys.exit(main())
