"""Short e-mails about a file: one for messages that wait, none for those read at once, each once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from parchemin.project.tasks import enqueue_notices, prune
from parchemin.records.candidacies.actions import talking
from parchemin.records.candidacies.actions.noticing import remind_secretariat
from parchemin.records.candidacies.models import Candidacy, Notice
from parchemin.records.people.models import Organisation, Person
from parchemin.web.shared import notices
from tests.web import cast as casting

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=3)


@pytest.fixture
def cast() -> casting.Cast:
    return casting.cast()


@pytest.fixture
def row(cast: casting.Cast) -> Candidacy:
    return casting.opened(cast.candidate, cast.certification())


def test_several_messages_in_a_row_make_one_email_without_their_words(cast: casting.Cast, row: Candidacy) -> None:
    for body in ("Il manque votre diplôme.", "Et sa date."):
        talking.send_message(candidacy=row, body=body, by=cast.secretary, at=NOW)
    assert enqueue_notices(NOW) == 0
    assert (enqueue_notices(SOON), enqueue_notices(SOON)) == (1, 0)
    assert DBTaskResult.objects.filter(task_path__endswith="post_notice").count() == 1
    notice = Notice.objects.get()
    assert notices.post(notice.pk, at=SOON) and not notices.post(notice.pk, at=SOON)
    sent = mail.outbox
    assert [one.to for one in sent] == [[cast.candidate.email]]
    assert row.number in sent[0].subject
    assert f"{row.pk}/messages/" in str(sent[0].body)
    assert "diplôme" not in sent[0].subject + str(sent[0].body)


def test_in_the_language_of_the_candidate(cast: casting.Cast, row: Candidacy) -> None:
    Person.objects.filter(pk=cast.candidate.pk).update(language="en")
    talking.send_message(candidacy=row, body="Hello", by=cast.secretary, at=NOW)
    notices.post(Notice.objects.get().pk, at=SOON)
    assert "A message is waiting for you" in mail.outbox[0].subject


def test_a_message_read_in_the_meantime_is_not_told(cast: casting.Cast, row: Candidacy) -> None:
    talking.send_message(candidacy=row, body="Bonjour", by=cast.secretary, at=NOW)
    talking.mark_read(candidacy=row, is_candidate=True, at=NOW)
    notices.post(Notice.objects.get().pk, at=SOON)
    assert mail.outbox == []
    assert Notice.objects.get().sent_at == SOON


def test_the_next_message_is_told_again(cast: casting.Cast, row: Candidacy) -> None:
    for at in (NOW, NOW + timedelta(days=1)):
        talking.send_message(candidacy=row, body="Bonjour", by=cast.secretary, at=at)
        notices.post(Notice.objects.get(sent_at=None).pk, at=at)
    assert len(mail.outbox) == 2


def test_a_question_of_the_candidate_goes_to_whoever_handles_the_file(cast: casting.Cast, row: Candidacy) -> None:
    Organisation.objects.filter(pk=row.organisation_id).update(email="bureau@example.org")
    talking.send_message(candidacy=row, body="Est-ce bien reçu ?", by=cast.candidate, at=NOW)
    notices.post(Notice.objects.get().pk, at=SOON)
    assert mail.outbox[0].to == ["bureau@example.org"]
    assert f"/secretariat/dossiers/{row.pk}/" in str(mail.outbox[0].body)


def test_an_internal_reminder_says_its_words_to_the_secretariat_only(cast: casting.Cast, row: Candidacy) -> None:
    Organisation.objects.filter(pk=row.organisation_id).update(email="bureau@example.org")
    remind_secretariat(row, {"subject": "Dossier suspect", "words": "Vérifier avant jeudi."}, NOW)
    assert enqueue_notices(NOW) == 1
    notices.post(Notice.objects.get().pk, at=NOW)
    assert (mail.outbox[0].to, mail.outbox[0].subject) == (["bureau@example.org"], f"Dossier suspect ({row.number})")
    assert "Vérifier avant jeudi." in str(mail.outbox[0].body)


def test_nobody_is_written_to_without_an_address(cast: casting.Cast, row: Candidacy) -> None:
    Organisation.objects.filter(pk=row.organisation_id).update(email="")
    talking.send_message(candidacy=row, body="Bonjour", by=cast.candidate, at=NOW)
    notices.post(Notice.objects.get().pk, at=SOON)
    assert mail.outbox == []
    assert Notice.objects.get().sent_to == ""


def test_what_was_sent_long_ago_is_erased(cast: casting.Cast, row: Candidacy) -> None:
    talking.send_message(candidacy=row, body="Bonjour", by=cast.secretary, at=NOW)
    Notice.objects.update(sent_at=NOW - timedelta(days=400))
    assert prune.call("2026-11-21")["notices"] == 1
