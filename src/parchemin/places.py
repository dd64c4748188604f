"""Where the certifications and the demonstration lie: in the checkout, or inside the installed package."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parents[1]


def library(name: str) -> Path:
    """The folder ``schemes`` or ``demo``: under PARCHEMIN_LIBRARY if set, else the checkout's, else the package's."""
    chosen = os.environ.get("PARCHEMIN_LIBRARY")
    if chosen:
        return Path(chosen) / name
    beside = CHECKOUT / name
    return beside if (CHECKOUT / "pyproject.toml").is_file() and beside.is_dir() else PACKAGE / "library" / name
