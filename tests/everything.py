"""Lint, types, import contracts, certifications and the whole suite, one after the other; the first failure ends it."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
STEPS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "import contracts": ["lint-imports"],
    "suite": ["pytest", "-q", "-n", str(os.cpu_count() or 2)],
}


def main() -> int:
    """Run every step and say how long it took; the exit code of the first that fails."""
    for name, (program, *arguments) in STEPS.items():
        started = time.perf_counter()
        print(f"== {name}", flush=True)  # noqa: T201 - this is what the command shows
        extra = sys.argv[1:] if name == "suite" else []
        code = subprocess.run([str(BIN / program), *arguments, *extra], cwd=ROOT, check=False).returncode
        print(f"== {name}: {'ok' if code == 0 else 'FAILED'}, {time.perf_counter() - started:.1f} s", flush=True)  # noqa: T201 - same
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
