"""The certifications against the documents they come from: cited lines exist and say something; sentences are our own.

The documents lie beside the project, in ``../shared/seeds``; they are not ours to copy here.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from parchemin.catalogue.reading import Node, read_file
from tests.samples import ROOT, SCHEMES

SEEDS = ROOT.parent / "shared" / "seeds"
DOCUMENTS = {
    "formateur-alternance": ("fiche", "000_*.txt"),
    "accompagnement-fest": ("fiche", "001_*.txt"),
    "titre-ingenierie-formation": ("referentiel", "002_*.txt"),
    "master-meef-formation": ("referentiel", "003_*.txt"),
    "cqp-assistant-formation": ("guide", "004_*.txt"),
}
SAME_WORDS = 8
EXACT = re.compile(r"^scheme/title$|framework/blocks/[^/]+/title$|/(bodies|documents|registrations)/")
"""What must be called as it is: the certification, the blocks a certificate names, bodies, documents, legal texts."""

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not beside the project")


def document(id: str) -> str:
    return next(SEEDS.glob(DOCUMENTS[id][1])).read_text(encoding="utf-8")


def scalars(node: Node, address: str) -> Iterator[tuple[str, str]]:
    if isinstance(node.value, str):
        yield address, node.value
    for key, child in node.mapping.items():
        yield from scalars(child, f"{address}/{key}")
    for index, child in enumerate(node.items):
        id = child.get("id")
        yield from scalars(child, f"{address}/{id.value if id else index}")


def written(id: str) -> Iterator[tuple[str, str]]:
    for path in sorted(SCHEMES.glob(f"{id}/*/*.yaml")):
        yield from scalars(read_file(path, path.name)[0], path.stem)


def lines_cited(citation: str, source: str) -> Iterator[tuple[int, int]]:
    for part in citation.split(" ; "):
        if part.startswith(f"{source}, l."):
            for first, last in re.findall(r"(\d+)(?:\s*[-–]\s*(\d+))?", part.partition("l.")[2]):
                yield int(first), int(last or first)


@pytest.mark.parametrize("id", DOCUMENTS)
def test_each_line_cited_is_in_the_document_and_says_something(id: str) -> None:
    lines = document(id).split("\n")
    cited = 0
    for address, value in written(id):
        if address.endswith("/source"):
            for first, last in lines_cited(value, DOCUMENTS[id][0]):
                cited += 1
                assert 1 <= first <= last <= len(lines), f"{address}: {value}"
                assert any(line.strip() for line in lines[first - 1 : last]), f"{address}: {value} is blank"
    assert cited > 20


def words(text: str) -> list[str]:
    return re.findall(r"\w{2,}", text.casefold())


@pytest.mark.parametrize("id", DOCUMENTS)
def test_no_sentence_is_copied(id: str) -> None:
    told = " ".join(words(document(id)))
    copied = []
    for address, value in written(id):
        own = words(value)
        runs = (" ".join(own[i : i + SAME_WORDS]) for i in range(len(own) - SAME_WORDS + 1))
        if not EXACT.search(address) and any(f" {run} " in f" {told} " for run in runs):
            copied.append(f"{address}: {value}")
    assert not copied, "\n".join(copied)


def test_every_certification_has_its_document() -> None:
    assert {path.name for path in SCHEMES.iterdir() if not path.name.startswith("_")} == set(DOCUMENTS)
    assert all(list(Path(SEEDS).glob(pattern)) for _, pattern in DOCUMENTS.values())
