"""What a page says, whatever its marks and its typography."""

import re
from typing import Any


def words(answer: Any) -> str:
    """The text of the page on one line, with plain spaces."""
    text = re.sub(r"<[^>]*>", " ", answer.content.decode())
    plain = " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())
    return plain.replace("( ", "(").replace(" )", ")")
