"""Small real PDF files."""

from functools import cache

import typst

SOURCE = """
#set document(title: "Essai")
#for page in range(int(sys.inputs.pages)) [Une page fictive, numéro #(page + 1). #pagebreak(weak: true)]
"""


@cache
def pdf_of(pages: int) -> bytes:
    """A PDF of that many pages, with text on each."""
    return bytes(typst.compile(SOURCE.encode(), sys_inputs={"pages": str(pages)}))
