"""Certificates become lines by themselves, and whoever sends them is written to when something new is to be done."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django_tasks_db.models import DBTaskResult

from parchemin.project.tasks import enqueue_noticing, notice_awards, post_transmission, remind_transmissions
from parchemin.project.transmitting import senders_of
from parchemin.records.awards.actions.changing import reinstate, revoke, suspend
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import CivilIdentity, Person, Role
from parchemin.records.transmissions.actions.excluding import release
from parchemin.records.transmissions.models import Line, State
from tests.records.awards.bench import ISSUED_AT
from tests.records.transmissions.bench import (
    IDENTITY,
    accepted,
    answer,
    answered,
    awarded,
    batched,
    channelled,
    corrected,
    names,
    ready,
    rejected,
)
from tests.web import cast as casting
from tests.web.cast import AT, MASTER, ON, Cast, person

pytestmark = pytest.mark.django_db
LAST = date(2026, 6, 27)
ON_TIME = LAST - timedelta(days=60)
"""Well before the last thirty days."""


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
    """How many were written to that day, each once, however often it is tried."""
    before = set(DBTaskResult.objects.values_list("pk", flat=True))
    count = remind_transmissions.call(day.isoformat())
    for one in DBTaskResult.objects.exclude(pk__in=before):
        post_transmission.call(*one.args_kwargs["args"])
        post_transmission.call(*one.args_kwargs["args"])
    return count


def last_text() -> str:
    """The last letter, on one line, with plain spaces."""
    return " ".join(plain(str(mail.outbox[-1].body)).split())


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


def test_whoever_sends_is_written_to_once_within_thirty_days_and_once_late(cast: Cast) -> None:
    ready(cast, 2)
    assert reminded(LAST - timedelta(days=31)) == 0
    assert [reminded(LAST - timedelta(days=day)) for day in (30, 29, 1)] == [1, 0, 0]
    (sent,) = mail.outbox
    assert sent.to == [cast.manager.email] and "certifications à transmettre" in plain(str(sent.subject))
    text = last_text()
    assert text.startswith(cast.organisation.name) and cast.manager.name in text
    assert "Délai bientôt passé : 2. La première échéance est le 27 juin 2026." in text
    assert f"Tout se fait sur cette page : {settings.ADDRESS}/transmissions/{cast.organisation.pk}/" in text
    assert not any(one in text for one in ("Odile", "Délai dépassé", "Refusées", "État civil"))
    assert [reminded(LAST + timedelta(days=day)) for day in (1, 2)] == [1, 0]
    assert len(mail.outbox) == 2 and "Délai dépassé : 2. Faites le fichier" in last_text()


def test_what_was_refused_and_waits_is_told_once_each_time(cast: Cast) -> None:
    line = rejected(cast, IDENTITY)
    assert [reminded(ON_TIME + timedelta(days=day)) for day in (0, 1)] == [1, 0]
    assert "Refusées, à corriger : 1. Chaque ligne dit pourquoi" in last_text() and "État civil" not in last_text()
    corrected(cast, line, birth_name="Véritable")
    assert reminded(ON_TIME + timedelta(days=2)) == 0
    again = batched(cast)
    answered(cast, again, answer(again, refused={names(again)[0]: [IDENTITY]}))
    assert [reminded(ON_TIME + timedelta(days=day)) for day in (3, 4)] == [1, 0]
    release(line=line, reason="Erreur du portail.", by=cast.manager, at=ISSUED_AT)
    assert reminded(ON_TIME + timedelta(days=5)) == 0


def test_an_identity_that_keeps_from_sending_is_told(cast: Cast) -> None:
    first, *_others = ready(cast, 2)
    CivilIdentity.objects.filter(person=first.certificate.candidacy.candidate).update(checked_at=None)
    assert [reminded(ON_TIME + timedelta(days=day)) for day in (0, 1)] == [1, 0]
    assert "État civil manquant, à corriger ou à comparer : 1. Rien ne part" in last_text()


def test_another_line_of_the_same_day_is_told_and_nothing_else_is(cast: Cast) -> None:
    ready(cast)
    assert [reminded(LAST - timedelta(days=day)) for day in (20, 19)] == [1, 0]
    awarded(cast)
    notice_awards.call()
    assert len(set(Line.objects.values_list("due_on", flat=True))) == 1
    assert [reminded(LAST - timedelta(days=day)) for day in (18, 17)] == [1, 0]
    assert "Délai bientôt passé : 2" in last_text()
    assert [reminded(LAST + timedelta(days=day)) for day in (1, 2)] == [1, 0]
    awarded(cast)
    notice_awards.call()
    assert [reminded(LAST + timedelta(days=day)) for day in (3, 4)] == [1, 0]
    assert "Délai dépassé : 3" in last_text()


def test_an_identity_that_is_to_compare_again_is_told(cast: Cast) -> None:
    first, second = ready(cast, 2)
    changed: dict[str, Any] = {"checked_at": None}
    CivilIdentity.objects.filter(person=second.certificate.candidacy.candidate).update(**changed)
    assert [reminded(ON_TIME + timedelta(days=day)) for day in (0, 1)] == [1, 0]
    corrected(cast, first, birth_name="Véritable")
    CivilIdentity.objects.filter(person=first.certificate.candidacy.candidate).update(**changed)
    assert [reminded(ON_TIME + timedelta(days=day)) for day in (2, 3)] == [1, 0]
    assert "État civil manquant, à corriger ou à comparer : 2." in last_text()


def test_a_file_is_asked_for_only_of_what_may_go(cast: Cast) -> None:
    first, *_others = ready(cast, 3)
    people = [one.certificate.candidacy.candidate for one in Line.objects.exclude(pk=first.pk)]
    CivilIdentity.objects.filter(person__in=[*people, first.certificate.candidacy.candidate]).update(checked_at=None)
    assert reminded(LAST + timedelta(days=1)) == 1
    text = last_text()
    assert "Délai dépassé, à corriger d’abord : 3." in text and "Faites le fichier" not in text
    CivilIdentity.objects.filter(person__in=people).update(checked_at=ISSUED_AT)
    assert reminded(LAST + timedelta(days=2)) == 1
    text = last_text()
    assert "Délai dépassé : 2. Faites le fichier" in text and "à corriger d’abord : 1." in text


def test_what_its_certificate_holds_back_is_not_to_send(cast: Cast) -> None:
    (line,) = ready(cast)
    said: dict[str, Any] = {"certificate": line.certificate, "by": cast.manager, "at": ISSUED_AT}
    suspend(reason="Doute.", **said)
    assert reminded(LAST + timedelta(days=1)) == 0 and not mail.outbox
    reinstate(reason="Levé.", **said)
    assert reminded(LAST + timedelta(days=2)) == 1 and "Délai dépassé : 1. Faites le fichier" in last_text()


def test_one_letter_a_day_whatever_is_new_and_for_however_many_bodies(cast: Cast) -> None:
    rejected(cast, IDENTITY)
    awarded(cast)
    notice_awards.call()
    other = cast.other_organisation
    (apart,) = Line.objects.exclude(state=State.REJECTED)
    Line.objects.filter(pk=apart.pk).update(organisation=other)
    grant_role(person=cast.manager, role=Role.AWARDING_BODY, at=AT, from_on=ON, organisation=other)
    assert reminded(LAST) == 1
    text = last_text()
    assert text.count("Délai bientôt passé : 1") == 2 and text.count("Refusées, à corriger : 1") == 1
    for body in (cast.organisation, other):
        assert f"{body.name} — Tout se fait sur cette page" in text and f"/transmissions/{body.pk}/" in text
    Line.objects.update(due_on=LAST - timedelta(days=1))
    assert reminded(LAST) == 0 and reminded(LAST + timedelta(days=1)) == 1 and len(mail.outbox) == 2


def test_it_is_written_in_their_language(cast: Cast) -> None:
    ready(cast)
    Person.objects.filter(pk=cast.manager.pk).update(language="en")
    assert reminded(LAST) == 1
    assert "Soon past the time limit: 1. The first day is 27 June 2026." in last_text()


def test_nobody_erased_meanwhile_is_written_to(cast: Cast) -> None:
    ready(cast)
    assert remind_transmissions.call(LAST.isoformat()) == 1
    Person.objects.filter(pk=cast.manager.pk).update(erased_at=ISSUED_AT)
    (one,) = DBTaskResult.objects.all()
    assert not post_transmission.call(*one.args_kwargs["args"]) and not mail.outbox


def test_nobody_is_told_of_what_went(cast: Cast) -> None:
    ready(cast)
    batched(cast)
    assert reminded(LAST) == 0 and not mail.outbox


def test_only_those_who_answer_for_the_whole_body_are(cast: Cast) -> None:
    cast.certification(MASTER)
    narrow = person("narrow", "Nadia", "Étroite")
    grant_role(person=narrow, role=Role.AWARDING_BODY, at=AT, from_on=ON, organisation=cast.organisation, scheme=MASTER)
    assert cast.secretary and [cast.manager] == senders_of(cast.organisation, ON)
