"""The command line: ``parchemin scheme``, ``decide``, ``case``, ``demo``."""

from parchemin.cli.main import main

__all__ = ["main"]
