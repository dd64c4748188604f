"""Certificates become lines by themselves, and whoever sends them is told once before the last day."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django_tasks_db.models import DBTaskResult

from parchemin.project.tasks import enqueue_noticing, notice_awards, post_transmission, remind_transmissions
from parchemin.project.transmitting import senders_of
from parchemin.records.awards.actions.changing import revoke
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import Role
from parchemin.records.transmissions.models import Line, State
from tests.records.awards.bench import ISSUED_AT
from tests.records.transmissions.bench import accepted, awarded, batched, channelled, ready
from tests.web import cast as casting
from tests.web.cast import AT, MASTER, ON, Cast, person

pytestmark = pytest.mark.django_db
LAST = date(2026, 6, 27)


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(ISSUED_AT, tick=True):
        yield


@pytest.fixture
def cast() -> Cast:
    return casting.cast()


def plain(text: str) -> str:
    """The text with plain spaces."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def reminded(day: date) -> int:
    """How many were told that day, by messages that were written."""
    before = set(DBTaskResult.objects.values_list("pk", flat=True))
    count = remind_transmissions.call(day.isoformat())
    for one in DBTaskResult.objects.exclude(pk__in=before):
        post_transmission.call(*one.args_kwargs["args"])
        post_transmission.call(*one.args_kwargs["args"])
    return count


def test_one_task_is_asked_for_until_something_else_happens(cast: Cast) -> None:
    assert enqueue_noticing() == 0
    (made,) = awarded(cast)
    assert [enqueue_noticing() for _ in range(2)] == [1, 0]
    assert notice_awards.call() == 1 and notice_awards.call() == 0 and enqueue_noticing() == 0
    channelled(cast)
    accepted(cast, batched(cast))
    revoke(certificate=made, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
    assert [enqueue_noticing() for _ in range(2)] == [1, 0]
    assert notice_awards.call() == 0 and Line.objects.get().state == State.TO_WITHDRAW
    assert enqueue_noticing() == 0


def test_whoever_sends_is_told_once_within_thirty_days_and_once_late(cast: Cast) -> None:
    ready(cast, 2)
    assert reminded(LAST - timedelta(days=31)) == 0
    assert [reminded(LAST - timedelta(days=day)) for day in (30, 29, 1)] == [1, 0, 0]
    (sent,) = mail.outbox
    text = plain(str(sent.body))
    assert sent.to == [cast.manager.email] and "Certifications à transmettre : 2 ; première échéance" in text
    assert "27/06/2026" in text and "Fictive" not in text and f"/transmissions/{cast.organisation.pk}/" in text
    assert [reminded(LAST + timedelta(days=day)) for day in (1, 2)] == [1, 0]
    assert len(mail.outbox) == 2 and "est passé" in str(mail.outbox[1].body)


def test_nobody_is_told_of_what_went(cast: Cast) -> None:
    ready(cast)
    batched(cast)
    assert reminded(LAST) == 0 and not mail.outbox


def test_only_those_who_answer_for_the_whole_body_are(cast: Cast) -> None:
    cast.certification(MASTER)
    narrow = person("narrow", "Nadia", "Étroite")
    grant_role(person=narrow, role=Role.AWARDING_BODY, at=AT, from_on=ON, organisation=cast.organisation, scheme=MASTER)
    assert cast.secretary and [cast.manager] == senders_of(cast.organisation, ON)
