"""``python -m parchemin``."""

from parchemin.cli import main

main()
