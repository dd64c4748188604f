"""How a certificate is renewed is a gap wherever it ends and nobody said how, whether the version asks it or not."""

from datetime import date
from pathlib import Path

import pytest

from parchemin.catalogue.diff import differences
from parchemin.catalogue.renewing import RENEWAL
from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown
from tests.samples import RULINGS, SCHEME, copied, edited, loaded, ruling, written

VALIDITY = "  validity:\n"
RULE = (
    "    - {{id: validity.certificate, check: lasts, subject: certificate, lasts: {0}, counted_from: {1}, "
    'source: "reglement, art. 22", says: "Le certificat est temporaire."}}\n'
)
WAYS = 'fills:\n  - {gap: award/renewal, value: ["repasser les épreuves"], source: "decision, art. 3"}\n'
AWARD = "block_certificates: unknown, partial: block,"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copied(tmp_path)


def temporary(root: Path, lasts: str = "P5Y", counted_from: str = "issued") -> None:
    """The certificate of the version lasts so long."""
    edited(root, SCHEME, VALIDITY, VALIDITY + RULE.format(lasts, counted_from))


def is_gap(root: Path, on: date = date(2027, 6, 1)) -> bool:
    return RENEWAL in [gap.address for gap in loaded(root, on=on).gaps]


@pytest.mark.parametrize(
    ("lasts", "counted_from", "asked"),
    [("P5Y", "issued", True), ("P5Y", "unknown", True), ("unlimited", "issued", False), ("unknown", "issued", False)],
)
def test_a_version_that_leaves_it_out_lacks_it_where_its_certificate_ends(
    root: Path, lasts: str, counted_from: str, asked: bool
) -> None:
    assert not is_gap(root)
    temporary(root, lasts, counted_from)
    assert is_gap(root) is asked


def test_what_is_written_as_unknown_says_why(root: Path) -> None:
    temporary(root)
    edited(root, SCHEME, AWARD, f'{AWARD} renewal: {{unknown: "le règlement se tait"}},')
    (gap,) = [one for one in loaded(root).gaps if one.address == RENEWAL]
    assert gap.why == "le règlement se tait"


def test_what_is_written_is_no_gap(root: Path) -> None:
    temporary(root)
    before = loaded(root).scheme
    edited(root, SCHEME, AWARD, f'{AWARD} renewal: ["repasser l\'entretien"],')
    (change,) = differences(before, loaded(root).scheme)
    assert (change.name, change.after) == ("renouvellement du certificat", "repasser l'entretien")
    assert not is_gap(root) and loaded(root).scheme.award.renewal == ("repasser l'entretien",)


def test_a_ruling_says_it_with_its_source(root: Path) -> None:
    temporary(root)
    written(root, f"{RULINGS}/one.yaml", ruling(more=WAYS))
    found = loaded(root)
    assert found.scheme.award.renewal == ("repasser les épreuves",) and RENEWAL in [one.address for one in found.filled]
    assert not is_gap(root) and is_gap(root, date(2027, 1, 31))


def test_a_ruling_that_makes_the_certificate_temporary_opens_it(root: Path) -> None:
    adds = "adds:\n" + VALIDITY + RULE.format("P3Y", "issued").replace("reglement", "decision")
    written(root, f"{RULINGS}/one.yaml", ruling(more=adds))
    assert is_gap(root) and not is_gap(root, date(2027, 1, 31))


def test_the_way_to_go_on_after_a_part_is_not_the_way_to_renew(root: Path) -> None:
    temporary(root)
    edited(root, SCHEME, AWARD, f'{AWARD} continuation: ["reprendre un bloc"],')
    scheme: Scheme = loaded(root).scheme
    assert isinstance(scheme.award.renewal, Unknown) and is_gap(root)
