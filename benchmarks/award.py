"""All that is measured of an award in one run: credentials, the register, the skills passport, then certificates.

Run with the project's own Python: ``.venv/bin/python benchmarks/award.py``, with ``--weasyprint PYTHON`` to lay out the
same pages beside, as ``benchmarks/parchments.py`` says. Each is a process of its own, one after the other.
"""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Run them; the first that fails ends it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weasyprint", metavar="PYTHON", default="")
    beside = parser.parse_args().weasyprint
    for name in ("credentials", "register", "transmission", "parchments"):
        print(f"\n== {name}", flush=True)
        options = ["--weasyprint", beside] if beside and name == "parchments" else []
        subprocess.run([sys.executable, str(HERE / f"{name}.py"), *options], check=True)


if __name__ == "__main__":
    main()
