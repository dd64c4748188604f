"""A message that is handed over twice bears one name: whoever receives it may drop the second."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from parchemin.project.tasks import post_alert
from parchemin.records.candidacies.actions import lettering, talking
from parchemin.records.candidacies.models import Candidacy, Letter, Notice
from parchemin.records.people.actions.accrediting import accredit
from parchemin.web.shared import letters, notices
from parchemin.web.shared.posting import message_id
from tests.project import smtp
from tests.web import cast as casting

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@pytest.fixture
def cast(db: None) -> casting.Cast:
    return casting.cast()


@pytest.fixture
def row(cast: casting.Cast) -> Candidacy:
    return casting.deposited(casting.opened(cast.candidate, cast.certification()))


@pytest.fixture
def dying(settings: Any) -> Iterator[None]:
    """Every message is taken, and its sending is never written."""
    settings.EMAIL_BACKEND = "tests.project.smtp.DyingBackend"
    smtp.taken.clear()
    yield
    smtp.taken.clear()


def names(messages: list[Any]) -> list[str]:
    return [one.message()["Message-ID"] for one in messages]


@pytest.mark.usefixtures("dying")
def test_a_letter_handed_over_twice_is_one_message(row: Candidacy) -> None:
    letter = Letter.objects.get(candidacy=row)
    for _ in range(2):
        with pytest.raises(ConnectionResetError):
            letters.post(letter.pk, at=NOW)
        letter.refresh_from_db()
        assert letter.sent_at is None
    first, second = names(smtp.taken)
    assert first == second and letter.pk.hex in first


@pytest.mark.usefixtures("dying")
def test_a_notice_handed_over_twice_is_one_message(cast: casting.Cast, row: Candidacy) -> None:
    talking.send_message(candidacy=row, body="Bonjour", by=cast.secretary, at=NOW)
    notice = Notice.objects.get()
    for _ in range(2):
        with pytest.raises(ConnectionResetError):
            notices.post(notice.pk, at=NOW + timedelta(minutes=3))
    first, second = names(smtp.taken)
    assert first == second


@pytest.mark.usefixtures("dying")
def test_an_alert_handed_over_twice_is_one_message(cast: casting.Cast) -> None:
    granted = accredit(
        person=cast.evaluator, organisation=cast.organisation, scheme="fest", actor="evaluator", at=NOW,
        from_on=NOW.date(), until_on=NOW.date() + timedelta(days=30),
    )  # fmt: skip
    for _ in range(2):
        with pytest.raises(ConnectionResetError):
            post_alert.call(granted.pk)
    first, second = names(smtp.taken)
    assert first == second


def test_a_letter_asked_for_again_is_another_message(cast: casting.Cast, row: Candidacy) -> None:
    letter = Letter.objects.get(candidacy=row)
    letters.post(letter.pk, at=NOW)
    letter.refresh_from_db()
    again = lettering.repeat_letter(letter=letter, by=cast.secretary, at=NOW, on=NOW.date())
    letters.post(again.pk, at=NOW)
    first, second = names(mail.outbox)
    assert first != second


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://parchemin.example.org", "parchemin.example.org"), ("http://[::1]:8000", "localhost"), ("", "localhost")],
)
def test_a_name_is_of_the_site(settings: Any, address: str, host: str) -> None:
    settings.ADDRESS = address
    assert message_id("letter", "ab") == f"<letter.ab@{host}>"
