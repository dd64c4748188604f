"""Papers of the demonstration: real PDF files with the number of pages a life says."""

import hashlib
from functools import cache
from typing import NamedTuple

import typst

from parchemin.core.facts import Document
from parchemin.records.candidacies.actions.filling import Measured

SOURCE = """
#set document(title: sys.inputs.title)
#set page(paper: "a4")
#for page in range(int(sys.inputs.pages)) [
  = #sys.inputs.title
  Pièce fictive de la démonstration, page #(page + 1).
  #pagebreak(weak: true)
]
"""


class Paper(NamedTuple):
    """The content of a file and what is measured on it."""

    content: bytes
    measured: Measured


def paper(document: Document, number: str) -> Paper:
    """A PDF of that many pages, one when the life does not say; its measures are those of the life."""
    content = _made(document.id, document.pages or 1)
    name = f"{document.id}-{number}.pdf"
    return Paper(
        content,
        Measured(
            name=name,
            media_type="application/pdf",
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            pages=document.pages,
            characters=document.characters,
            minutes=document.minutes,
            is_readable=True,
        ),
    )


@cache
def _made(title: str, pages: int) -> bytes:
    return bytes(typst.compile(SOURCE.encode(), sys_inputs={"title": title, "pages": str(pages)}))
