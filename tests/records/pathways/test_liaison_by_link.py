"""A workplace tutor who has no account writes one entry of the liaison book by a one-use link."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.queries import entries_of
from parchemin.records.pathways.actions.contracting import Signed, sign_contract
from parchemin.records.pathways.actions.liaising import answer_entry, ask_entry, correct_entry, write_by_link
from parchemin.records.pathways.actions.observing import ask_observation
from parchemin.records.pathways.errors import PathwayError
from parchemin.records.pathways.models import Contract, Liaison
from parchemin.records.pathways.queries.linked import contract_linked, find_link
from parchemin.records.pathways.wordings import sentence
from parchemin.records.people.actions.linking import make_link, open_link, revoke_link, use_link
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Assurance, Link
from tests.web import cast as casting
from tests.web.cast import ALTERNANCE, AT, FEST, ON, Cast

DAY = timedelta(days=1)
PASSWORD: dict[str, Any] = {"assurance": Assurance.PASSWORD}


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file followed under a contract of apprenticeship."""
    return casting.opened(cast.candidate, cast.certification(ALTERNANCE), "apprenticeship")


@pytest.fixture
def contract(cast: Cast, row: Candidacy) -> Contract:
    """Its contract."""
    told = Signed(employer="Centre fictif", from_on=ON, tutor="Rose Fictive")
    return sign_contract(candidacy=row, signed=told, signed_on=ON, by=cast.companion, at=AT)


def refused(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(PathwayError) as raised:
        act()
    assert raised.value.code == code
    assert sentence(raised.value)


def asked(cast: Cast, contract: Contract, **changes: Any) -> tuple[Link, str]:
    """A link by which Rose writes for the company."""
    told: dict[str, Any] = {"email": "rose@example.net", "bearer": "Rose Fictive", "by": cast.companion, "at": AT}
    return ask_entry(contract=contract, **{**told, **changes})


def by_link(contract: Contract, link: Link, **changes: Any) -> Liaison:
    told: dict[str, Any] = {"on": ON, "words": " A tenu l’accueil. ", "about": ("B1",), "bearer": " Rose ", "at": AT}
    return write_by_link(contract=contract, link=link, **{"quality": "Tutrice", **told, **changes})


def test_the_tutor_without_account_writes_once_by_a_link(cast: Cast, row: Candidacy, contract: Contract) -> None:
    _link, secret = asked(cast, contract)
    used = use_link(secret=secret, at=AT, assurance=Assurance.EMAIL)
    entry = by_link(contract, used)
    assert (entry.side, entry.author, entry.assurance) == (Liaison.Side.TUTOR, None, Assurance.EMAIL)
    assert (entry.words, entry.about, entry.signer) == ("A tenu l’accueil.", ["B1"], "Rose, Tutrice")
    told = entries_of(row.pk).get(kind="candidacy.liaison_written").details
    assert (told["assurance"], told["link"]) == ("email", used.pk.hex)
    assert answer_entry(entry=entry, words="Merci.", by=cast.candidate, at=AT, **PASSWORD).answered == entry
    refused("another", lambda: correct_entry(entry=entry, on=ON, words="x", by=cast.companion, at=AT, **PASSWORD))
    with pytest.raises(RefusalError, match="used"):
        open_link(secret, AT)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"words": " "}, "liaison_words"), ({"on": ON + DAY}, "liaison_to_come"), ({"about": ("B9",)}, "no_part")],
)
def test_an_entry_by_link_that_cannot_be_is_refused(
    cast: Cast, contract: Contract, changes: dict[str, Any], code: str
) -> None:
    link, _secret = asked(cast, contract)
    refused(code, lambda: by_link(contract, link, **changes))
    assert not Liaison.objects.exists()


def test_one_link_waits_for_a_contract_and_none_goes_to_the_apprentice(cast: Cast, contract: Contract) -> None:
    refused("candidate_address", lambda: asked(cast, contract, email=cast.candidate.email.upper()))
    with pytest.raises(RefusalError, match="own_address"):
        asked(cast, contract, email=cast.candidate.email, by=cast.candidate)
    link, _secret = asked(cast, contract)
    with pytest.raises(RefusalError, match="link_waiting"):
        asked(cast, contract)
    revoke_link(link=link, by=cast.candidate, at=AT)
    assert asked(cast, contract)[0].subject == contract.pk


def test_a_link_of_another_act_opens_no_book(cast: Cast, row: Candidacy, contract: Contract) -> None:
    link, _secret = asked(cast, contract)
    assert contract_linked(link) == contract and find_link(row, link.pk) == link
    other, _secret = make_link(act="attest_experience", subject=contract.pk, email="x@example.net", bearer="x", at=AT)
    assert contract_linked(other) is None and find_link(row, other.pk) is None


def test_nothing_is_written_once_the_route_or_the_file_is_another(
    cast: Cast, row: Candidacy, contract: Contract
) -> None:
    link, _secret = asked(cast, contract)
    Candidacy.objects.filter(pk=row.pk).update(route="continuing")
    refused("no_contract", lambda: by_link(contract, link))
    Candidacy.objects.filter(pk=row.pk).update(route="apprenticeship", status="withdrawn", closed_at=AT)
    with pytest.raises(UnfitError, match="status"):
        by_link(contract, link)
    assert not Liaison.objects.exists()


def test_an_observation_is_not_asked_of_the_candidate_either(cast: Cast) -> None:
    row = casting.opened(cast.candidate, cast.certification(FEST), "continuing")
    told: dict[str, Any] = {"codes": ["A1-C1"], "bearer": "Rose", "by": cast.companion, "at": AT}
    refused("candidate_address", lambda: ask_observation(candidacy=row, email=cast.candidate.email, **told))
