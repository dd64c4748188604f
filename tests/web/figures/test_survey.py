"""The link of a holder: answered once or refused, in two languages, and nothing told to whoever has no link."""

from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from parchemin.project.tasks import follow_holders
from parchemin.records.followups.models import Answer, Followup
from parchemin.records.followups.tokens import token_of
from parchemin.records.people.models import Person
from parchemin.web.shared.linked import UNKNOWN
from tests.records.followups.bench import ASKED_AT, SIX_LATER, asked, holders
from tests.web.cast import Cast
from tests.web.figures.shown import words

pytestmark = pytest.mark.django_db
WORKS = {"situation": "employed", "is_target_job": "yes", "contract": "fixed_term", "started": "2026-04"}


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(ASKED_AT, tick=False):
        yield


@pytest.fixture
def row(cast: Cast) -> Followup:
    """A holder who was asked."""
    (made,) = asked(cast, 1)
    return made


def url(row: Followup) -> str:
    return reverse("surveyed:answer", args=[token_of(row.pk)])


def test_answered_once_without_a_name(row: Followup) -> None:
    page = Client().get(url(row))
    assert page.status_code == 200 and "noindex" in page.headers["X-Robots-Tag"]
    assert "Fictif" not in words(page)
    done = Client().post(url(row), {**WORKS, "act": "answer"})
    assert "Merci de votre réponse" in words(done)
    made = Answer.objects.get()
    assert (made.situation, made.is_target_job, made.contract, made.started) == (
        "employed",
        True,
        "fixed_term",
        "2026-04",
    )
    again = Client().get(url(row))
    assert again.status_code == 410 and "déjà servi" in words(again)


@pytest.mark.parametrize("month", ["2026-4", "04/2026", "04 2026", "4.2026"])
def test_a_month_is_read_as_people_write_it(row: Followup, month: str) -> None:
    assert Client().post(url(row), {**WORKS, "started": month}).status_code == 200
    assert Answer.objects.get().started == "2026-04"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({}, "Choisissez votre situation"),
        ({"situation": "employed"}, "Dites si ce travail"),
        ({**WORKS, "started": "avril"}, "ne se lit pas"),
        ({**WORKS, "started": "2026-13"}, "ne se lit pas"),
        ({**WORKS, "started": "2026-11"}, "à venir"),
        ({"situation": "riche"}, "Sélectionnez un choix valide"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said(row: Followup, told: dict[str, str], why: str) -> None:
    answer = Client().post(url(row), told)
    assert answer.status_code == 422 and why in words(answer)
    assert not Answer.objects.exists()


def test_what_is_said_of_no_work_is_not_kept(row: Followup) -> None:
    assert Client().post(url(row), {**WORKS, "situation": "seeking"}).status_code == 200
    made = Answer.objects.get()
    assert (made.is_target_job, made.contract, made.started) == (None, "", "")


def test_refused_for_good(row: Followup) -> None:
    assert "Nous ne vous demanderons plus" in words(Client().post(url(row), {"act": "refuse"}))
    assert Client().post(url(row), WORKS).status_code == 410
    assert Followup.objects.get().state == "refused" and not Answer.objects.exists()


def test_in_english_for_whoever_reads_english(row: Followup) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Looking for a job" in words(client.get(url(row)))


def test_unknown_links_are_not_guessed(row: Followup) -> None:
    token = token_of(row.pk)
    for hostile in (token[:-1], f"{token}x", "x" * 3000, token.upper(), f"{'0' * 32}.{token.partition('.')[2]}"):
        answer = Client().get(reverse("surveyed:answer", args=[hostile]))
        assert answer.status_code == 404 and "Votre situation" not in words(answer)
    codes = [Client().get(reverse("surveyed:answer", args=[f"essai{n}"])).status_code for n in range(UNKNOWN.most + 1)]
    assert codes[-1] == 429
    assert Client().get(url(row)).status_code == 200


def test_holders_are_written_to_once_then_reminded_once(cast: Cast) -> None:
    first, second = holders(cast, 2)
    Person.objects.filter(pk=second.candidacy.candidate_id).update(language="en")
    assert follow_holders.call(SIX_LATER.isoformat()) == 2
    assert follow_holders.call(SIX_LATER.isoformat()) == 0
    mails = {one.to[0]: one for one in mail.outbox}
    row = Followup.objects.get(candidacy=first.candidacy_id)
    told = mails[first.candidacy.candidate.email]
    assert settings.ADDRESS + url(row) in str(told.body).split() and "Que devenez-vous" in told.subject
    assert "What have you become" in mails[second.candidacy.candidate.email].subject
    Client().post(url(row), WORKS)
    with time_machine.travel(ASKED_AT.replace(month=10, day=12), tick=False):
        assert follow_holders.call("2026-10-12") == 1
        assert follow_holders.call("2026-10-12") == 0
    assert [one.subject.partition(":")[0] for one in mail.outbox[2:]] == ["Reminder"]
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 3
