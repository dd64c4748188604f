"""Short ways to ask for an inspection."""

import io

from parchemin.edges.documents import DEFAULT, Inspection, Limits, inspect


def looked(content: bytes, name: str, limits: Limits = DEFAULT) -> Inspection:
    """The inspection of these bytes under that name."""
    return inspect(io.BytesIO(content), name, limits=limits)


def codes(content: bytes, name: str, limits: Limits = DEFAULT) -> list[str]:
    """The codes of its problems."""
    return [problem.code for problem in looked(content, name, limits).problems]
