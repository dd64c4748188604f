"""Recommendations are signed by themselves, and whoever is recommended is told once of each and of its withdrawal."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django_tasks_db.models import DBTaskResult

from parchemin.edges.credentials.keeping import drawn_pair
from parchemin.project.recommending import MADE, enqueue_recommendations, post_recommendation, prove_recommendations
from parchemin.records.awards.actions.keys import key_in_use
from parchemin.records.awards.models import IssuerKey
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import Grant, Organisation, Person, Role
from parchemin.records.recommendations.actions import withdraw
from parchemin.records.recommendations.models import Proof, Recommendation
from tests.project import smtp
from tests.records.recommendations.bench import MADE_AT, WORDS, neighbour, recommended, version
from tests.web import cast as casting
from tests.web.cast import AT, CQP, FEST, ON, Cast, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(MADE_AT, tick=True):
        yield


@pytest.fixture
def cast() -> Cast:
    made = casting.cast()
    assert made.manager
    return made


def worked() -> int:
    """How many tasks were asked for; each is done twice, as after a worker that died."""
    before = set(DBTaskResult.objects.values_list("pk", flat=True))
    count = enqueue_recommendations()
    for one in DBTaskResult.objects.exclude(pk__in=before):
        task = post_recommendation if one.task_path.endswith("post_recommendation") else prove_recommendations
        for _ in range(2):
            task.call(*one.args_kwargs["args"])
    return count


def told(row: Recommendation, kind: str) -> list[str]:
    """Whom that letter was asked to go to."""
    rows = DBTaskResult.objects.filter(task_path__endswith="post_recommendation").order_by("enqueued_at")
    return [to for id, of, to in (one.args_kwargs["args"] for one in rows) if (id, of) == (str(row.pk), kind)]


def colleague(cast: Cast, scheme: str = "") -> Person:
    """Somebody else who signs for the cast's body, or for one of its certifications."""
    made = person("colette", "Colette", "Collègue")
    told_of: dict[str, Any] = {"role": Role.AWARDING_BODY, "at": AT, "from_on": ON, "organisation": cast.organisation}
    grant_role(person=made, scheme=scheme, **told_of)
    return made


def plain(text: object) -> str:
    return str(text).replace("\u202f", " ").replace("\u00a0", " ")


def test_nothing_is_done_of_nothing(cast: Cast) -> None:
    assert worked() == 0 and not mail.outbox


def test_it_is_signed_and_told_once_to_whoever_answers(cast: Cast) -> None:
    row = recommended(cast)
    assert [worked() for _ in range(2)] == [2, 0]
    assert Proof.objects.get().recommendation == row
    (sent,) = mail.outbox
    text = " ".join(plain(sent.body).split())
    assert sent.to == [cast.manager.email] and sent.reply_to == [cast.other_organisation.email]
    assert plain(sent.subject) == "Certificateur d’à côté vous recommande"
    assert WORDS in text and "à partir du 1er avril 2026" in text and f"/recommandations/{row.pk}/" in text
    assert "Personne d’autre ne la lit tant que vous ne l’avez pas acceptée" in text


def test_its_withdrawal_is_told_with_its_reason(cast: Cast) -> None:
    row = recommended(cast)
    worked()
    withdraw(recommendation=row, reason="Le référentiel a changé.", by=neighbour(cast), at=MADE_AT)
    assert [worked() for _ in range(2)] == [1, 0]
    sent = mail.outbox[-1]
    assert "retire sa recommandation" in plain(sent.subject) and "Le référentiel a changé." in plain(sent.body)
    assert len(mail.outbox) == 2 and len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 2


def test_one_withdrawn_at_once_is_told_as_withdrawn_only(cast: Cast) -> None:
    withdraw(recommendation=recommended(cast), reason="Erreur.", by=neighbour(cast), at=MADE_AT)
    worked()
    assert ["retire" in one.subject for one in mail.outbox] == [True]


def test_in_their_language_and_to_the_body_itself_when_nobody_answers(cast: Cast) -> None:
    Person.objects.filter(pk=cast.manager.pk).update(language="en")
    recommended(cast)
    worked()
    (sent,) = mail.outbox
    assert sent.subject.endswith("recommends you") and "Nobody else reads it" in str(sent.body)
    Grant.objects.filter(person=cast.manager).update(revoked_at=MADE_AT)
    recommended(cast, version=None)
    worked()
    assert mail.outbox[1].to == [cast.organisation.email]
    Organisation.objects.filter(pk=cast.organisation.pk).update(email="")
    recommended(cast, version=version(cast, CQP))
    worked()
    assert len(mail.outbox) == 2


def test_each_reader_has_a_task_and_trying_it_again_writes_to_nobody_else(cast: Cast, settings: Any) -> None:
    other = colleague(cast)
    row = recommended(cast)
    assert enqueue_recommendations() == 3
    assert sorted(told(row, MADE)) == sorted([cast.manager.pk.hex, other.pk.hex])
    settings.EMAIL_BACKEND = "tests.project.smtp.DyingBackend"
    smtp.taken.clear()
    for _ in range(2):
        with pytest.raises(ConnectionResetError):
            post_recommendation.call(str(row.pk), MADE, other.pk.hex)
    first, second = smtp.taken
    assert first.to == second.to == [other.email]
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_who_answers_for_that_certification_alone_is_told_of_it_and_of_no_other(cast: Cast) -> None:
    narrow = colleague(cast, scheme=FEST)
    rows = [recommended(cast), recommended(cast, version=version(cast, CQP)), recommended(cast, version=None)]
    enqueue_recommendations()
    assert [narrow.pk.hex in told(row, MADE) for row in rows] == [True, False, False]
    assert all(cast.manager.pk.hex in told(row, MADE) for row in rows)


def test_an_announce_that_was_late_does_not_follow_its_withdrawal(cast: Cast) -> None:
    row = recommended(cast)
    enqueue_recommendations()
    withdraw(recommendation=row, reason="Erreur.", by=neighbour(cast), at=MADE_AT)
    (to,) = told(row, MADE)
    assert post_recommendation.call(str(row.pk), MADE, to) is False and not mail.outbox
    worked()
    assert ["retire" in one.subject for one in mail.outbox] == [True]


def test_nobody_who_was_erased_since_is_written_to(cast: Cast) -> None:
    row = recommended(cast)
    enqueue_recommendations()
    Person.objects.filter(pk=cast.manager.pk).update(erased_at=MADE_AT)
    assert post_recommendation.call(str(row.pk), MADE, cast.manager.pk.hex) is False and not mail.outbox


def test_what_could_not_be_signed_is_tried_again_within_the_hour(cast: Cast) -> None:
    row = recommended(cast)
    key = key_in_use(cast.other_organisation, drawn_pair, MADE_AT)
    IssuerKey.objects.filter(pk=key.pk).update(seed="zz")
    assert [worked() for _ in range(2)] == [2, 0] and not Proof.objects.exists()
    IssuerKey.objects.filter(pk=key.pk).update(seed=key.seed)
    with time_machine.travel(MADE_AT + timedelta(hours=1)):
        assert [worked() for _ in range(2)] == [1, 0]
    assert Proof.objects.get().recommendation == row
