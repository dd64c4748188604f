"""After the demonstration everybody who sits in a jury has something to do, and a candidate reads a partial result."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from parchemin.project.demo import making
from parchemin.project.demo.cast import Cast
from parchemin.project.demo.learning import ten
from parchemin.project.demo.sessions import convene
from parchemin.records.candidacies.models import Letter
from parchemin.records.journal import queries as journal
from parchemin.records.juries.actions import minuting, signing
from parchemin.records.juries.facts import holdings_of
from parchemin.records.juries.models import Hearing, JurySession, Minutes, State
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.juries.queries.preparing import seats_of
from parchemin.records.juries.queries.results import told_results
from parchemin.records.people.models import Assurance, Person

pytestmark = pytest.mark.django_db
STATES = [State.DRAWN, State.PUBLISHED, State.OPEN, State.PREPARED]


def test_juries_around_today(client: Client) -> None:
    on = timezone.localdate()
    cast = making.make(timezone.now(), on)
    rows = list(convene(cast, on))
    assert len(rows) == len({row.pk for row in rows}) == 6
    late, past, today, next_one = JurySession.objects.order_by("starts_at")
    assert [one.state for one in (late, past, today, next_one)] == STATES
    assert timezone.localdate(today.starts_at) == on

    _a_partial_result(cast, client, past)
    for said in ("jury.employeurs", "jury.salaries"):
        person = cast.people[said]
        assert person.email in {email for _said, email in cast.logins}
        assert [one.session for one in seats_of(person.pk) if vars(one)["undeclared"]] == [next_one]
        _reads(client, person, next_one, late, today)

    hearings = list(today.hearings.all())
    assert len(hearings) == 2 and not any(one.verdict for one in hearings)
    assert not any(Deliberation(one, on).faults for one in hearings)
    assert not next_one.members.filter(is_chair=True).exists()

    _signed_at_last(late, on)
    assert not any(Deliberation(one, on).faults for one in Hearing.objects.filter(session=today))
    assert journal.verify().is_whole


def _a_partial_result(cast: Cast, client: Client, past: JurySession) -> None:
    partial, full = past.hearings.select_related("candidacy__candidate").order_by("position")
    assert (partial.verdict, full.verdict) == ("partial", "full")
    assert [one.code for one in holdings_of(partial.candidacy)] == ["C1", "C2", "C3", "C4"]
    assert len(holdings_of(full.candidacy)) == 6
    assert told_results(partial.candidacy) == [partial]
    assert Letter.objects.filter(kind="jury_partial", candidacy=partial.candidacy).count() == 1
    candidate = partial.candidacy.candidate
    assert candidate.email in {email for said, email in cast.logins if "partiel" in said}
    client.force_login(candidate)
    page = client.get(reverse("jury:result", args=[partial.pk])).content.decode()
    assert "C5" in page and "C6" in page


def _reads(client: Client, person: Person, *sessions: JurySession) -> None:
    """They find these sessions at home, and may say what ties them to the candidates of the first."""
    client.force_login(person)
    home = client.get(reverse("jury:home")).content.decode()
    assert all(one.pk.urn.removeprefix("urn:uuid:") in home for one in sessions)
    assert client.get(reverse("jury:ties", args=[sessions[0].pk])).status_code == 200


def _signed_at_last(late: JurySession, on: date) -> None:
    """One signature is missing; with it the chair closes the minutes, and today's jury may still deliberate."""
    minutes = Minutes.objects.get(session=late, closed_at__isnull=True)
    signed = set(minutes.signatures.values_list("member_id", flat=True))
    (missing,) = [one for one in late.members.all() if one.pk not in signed]
    assert missing.person.email == "jury.salaries@parchemin.example"
    signing.sign_minutes(minutes=minutes, member=missing, assurance=Assurance.PASSWORD, at=timezone.now())
    chair = late.members.get(is_chair=True).person
    assert chair.email == "jury.employeurs@parchemin.example"
    minuting.close_minutes(minutes=minutes, by=chair, at=max(timezone.now(), ten(on)), on=on)
    late.refresh_from_db()
    assert late.state is State.CLOSED
