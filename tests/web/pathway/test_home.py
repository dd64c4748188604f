"""What the middle of a file asks of whoever opens it: one thing, theirs, and nothing once it is done."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from parchemin.records.candidacies.actions.closing import withdraw_candidacy
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.positioning import Positioned, close_positioning, conclude, tell_own_view
from parchemin.records.people.models import Person, Role
from tests.web import cast as casting
from tests.web.cast import AT, ON, Cast
from tests.web.pathway import apprentices
from tests.web.pathway.test_plan import trained
from tests.web.pathway.test_positioning import SIX, interview, shared, url
from tests.web.secretariat.desk import words

SignedIn = Callable[[Person], Client]


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file that follows a pathway, opened to a companion and a professional."""
    row = shared(cast, casting.deposited(casting.opened(cast.candidate, cast.certification(), "pathway")))
    return shared(cast, row, cast.companion, Role.COMPANION)


def asked(client: Client, row: Candidacy) -> tuple[str, str]:
    """The words and the address of what is asked on that page; empty without."""
    found = client.get(url("home", row)).context["asked"]
    return (found.words, found.url) if found else ("", "")


def test_each_is_asked_what_is_theirs_in_the_order_of_the_file(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    candidate, companion = signed_in(cast.candidate), signed_in(cast.companion)
    professional, evaluator = signed_in(cast.professional), signed_in(cast.secretary)
    assert not any(asked(one, row)[1] for one in (candidate, companion, professional, evaluator))
    found = interview(cast, row)
    sheet = url("positioning", row, found.pk)
    assert asked(candidate, row)[1] == sheet and "Donner mon avis" in words(candidate.get(url("home", row)))
    assert asked(professional, row)[1] == sheet and "vos conclusions" in asked(professional, row)[0]
    assert asked(companion, row)[1] == ""
    told: dict[str, Any] = {"positioning": found, "at": AT}
    tell_own_view(lines=[Positioned(code="C1", answer=None, example="")], by=cast.candidate, **told)
    tell_own_view(lines=[Positioned(code="C1", answer=True, example="")], by=cast.candidate, **told)
    assert asked(candidate, row)[1] == ""
    lines = [Positioned(code=code, answer=code == "C1", example="Vue") for code in SIX]
    conclude(lines=lines, by=cast.professional, **told)
    close_positioning(by=cast.professional, **told)
    assert asked(companion, row)[1] == url("add_training", row) == asked(professional, row)[1]
    assert asked(evaluator, row)[1] == "" and asked(candidate, row)[1] == ""
    trained(row, cast.companion)
    assert asked(companion, row)[1] == "" and asked(candidate, row)[1] == url("plan", row)
    candidate.post(url("approve_plan", row), {"revision": "1", "actor": "candidate"})
    assert asked(candidate, row)[1] == ""
    trained(row, cast.companion, "Encore")
    assert asked(candidate, row)[1] == url("plan", row), "changed, it is to be approved again"
    withdraw_candidacy(candidacy=row, reason="x", by=cast.candidate, at=AT, on=ON)
    assert asked(candidate, row)[1] == ""


def test_a_visit_that_nobody_reported_is_asked_for(cast: Cast, signed_in: SignedIn) -> None:
    row = apprentices.apprenticed(cast)
    apprentices.signed(cast, row)
    companion = signed_in(cast.companion)
    apprentices.planned(cast, row, 3_000)
    assert asked(companion, row)[1] == ""
    apprentices.planned(cast, row, -2)
    assert "attend son compte rendu" in asked(companion, row)[0]
    assert asked(signed_in(cast.candidate), row)[1] == ""
    page = words(companion.get(url("home", row)))
    assert "Faire le compte rendu" in page
