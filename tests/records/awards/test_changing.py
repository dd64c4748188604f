"""What becomes of a certificate: revoked for good, suspended for a time, printed again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from parchemin.records.awards.actions.changing import issue_duplicate, reinstate, revoke, suspend
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate, Change, Duplicate, Standing
from parchemin.records.awards.queries.due import due_of
from parchemin.records.journal import queries as journal
from parchemin.records.journal.models import Entry
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, given, told
from tests.records.juries.bench import Bench
from tests.web.cast import Cast

LATER = ISSUED_AT + timedelta(days=30)


@pytest.fixture
def issued(cast: Cast, bench: Bench) -> Certificate:
    (made,) = given(told(bench), cast.manager)
    return made


def standing(row: Certificate) -> Standing:
    return Certificate.objects.get(pk=row.pk).standing(LATER.date())


def refusal(act: Callable[..., Any], row: Certificate, cast: Cast, **said: str) -> str:
    by, before = cast.manager, Entry.objects.count()
    with pytest.raises(AwardError) as raised:
        act(certificate=row, by=by, at=LATER, **{"reason": "Motif fictif.", **said})
    assert Entry.objects.count() == before
    return raised.value.code


def test_revoked_it_never_comes_back(cast: Cast, issued: Certificate) -> None:
    assert refusal(revoke, issued, cast, reason="  ") == "reason"
    made = revoke(certificate=issued, reason="Fraude constatée.", by=cast.manager, at=LATER)
    assert (made.act, made.reason) == ("revoked", "Fraude constatée.") and standing(issued) is Standing.REVOKED
    for act in (revoke, suspend, reinstate):
        assert refusal(act, issued, cast) == "revoked"
    assert refusal(issue_duplicate, issued, cast, proof="Carte d’identité") == "revoked"
    assert due_of(issued.conclusion.hearing, ISSUED_ON) == []
    assert journal.verify().is_whole


def test_suspended_then_valid_again(cast: Cast, issued: Certificate) -> None:
    assert refusal(reinstate, issued, cast) == "not_suspended"
    suspend(certificate=issued, reason="Enquête.", by=cast.manager, at=LATER)
    assert standing(issued) is Standing.SUSPENDED and refusal(suspend, issued, cast) == "suspended"
    reinstate(certificate=issued, reason="Rien trouvé.", by=cast.manager, at=LATER)
    assert standing(issued) is Standing.VALID
    assert [one.act for one in issued.changes.all()] == ["suspended", "reinstated"]
    assert Change.objects.count() == 2 and journal.verify().is_whole


def test_a_duplicate_bears_the_same_number_and_its_rank(cast: Cast, issued: Certificate) -> None:
    assert refusal(issue_duplicate, issued, cast, proof="") == "proof"
    assert refusal(issue_duplicate, issued, cast, reason="", proof="Passeport") == "reason"
    for rank in (1, 2):
        at = LATER + timedelta(days=rank)
        told: dict[str, Any] = {
            "certificate": issued,
            "reason": "Perdu.",
            "proof": "Passeport vu au guichet",
            "by": cast.manager,
        }
        made = issue_duplicate(**told, at=at)
        assert (made.certificate, made.rank) == (issued, rank)
        for again in (at, at + timedelta(minutes=1)):
            with pytest.raises(AwardError) as raised:
                issue_duplicate(**told, at=again)
            assert raised.value.code == "duplicated"
    assert standing(issued) is Standing.VALID and Duplicate.objects.count() == 2
    assert journal.verify().is_whole
