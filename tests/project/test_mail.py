"""Without a mail server, messages are kept whole and printed in a line, if and only if they were sent."""

from email.mime.text import MIMEText

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parchemin.project import mail
from parchemin.project.models import Mail

OUTBOX = "parchemin.project.mail.OutboxBackend"


def sent(message: EmailMessage) -> Mail:
    assert get_connection(OUTBOX).send_messages([message]) == 1
    return Mail.objects.get()


@pytest.mark.django_db
def test_a_message_is_kept_whole() -> None:
    message = EmailMultiAlternatives("Votre dossier", "Bonjour", to=["a@example.org"], cc=["b@example.org"])
    message.attach_alternative("<p>Bonjour</p>", "text/html")
    message.attach("lettre.pdf", b"%PDF-1.7", "application/pdf")
    message.attach("note.txt", "à lire", "text/plain")
    message.attach(MIMEText("jointe", "plain", "utf-8"))
    message.attach("autre.eml", EmailMessage("Autre", "Corps", to=["c@example.org"]), "message/rfc822")
    kept = sent(message)
    assert (kept.to, kept.subject, kept.text) == ("a@example.org, b@example.org", "Votre dossier", "Bonjour")
    assert kept.html == "<p>Bonjour</p>"
    found = [(one.name, one.media_type, bytes(one.content)) for one in kept.attachments.all()]
    assert found[:3] == [
        ("lettre.pdf", "application/pdf", b"%PDF-1.7"),
        ("note.txt", "text/plain", "à lire".encode()),
        ("", "text/plain", b"jointe"),
    ]
    assert b"Subject: Autre" in found[3][2]
    assert all(one.is_kept and one.size == len(one.content) for one in kept.attachments.all())


@pytest.mark.django_db
def test_of_what_is_too_large_only_the_name_and_the_size_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LARGEST", 10)
    monkeypatch.setattr(mail, "IN_ALL", 25)
    message = EmailMessage("Pièces", "", to=["a@example.org"])
    for size in (10, 11, 10, 10, 5):
        message.attach(f"{size}.pdf", b"x" * size, "application/pdf")
    found = [(one.size, one.is_kept, len(one.content)) for one in sent(message).attachments.all()]
    assert found == [(10, True, 10), (11, False, 0), (10, True, 10), (10, False, 0), (5, True, 5)]


@pytest.mark.django_db
def test_a_message_in_html_alone_and_one_to_nobody() -> None:
    message = EmailMessage("Page", "<p>Bonjour</p>", to=["a@example.org"])
    message.content_subtype = "html"
    kept = sent(message)
    assert (kept.text, kept.html) == ("", "<p>Bonjour</p>")
    assert get_connection(OUTBOX).send_messages([EmailMessage("À personne", "")]) == 0
    assert Mail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_is_told_on_one_line_once_it_is_sent(capsys: pytest.CaptureFixture[str]) -> None:
    message = EmailMessage("Deux\nlignes", "secret", to=["a@example.org"])
    with transaction.atomic():
        sent(message)
        assert capsys.readouterr() == ("", "")
    assert capsys.readouterr().err == "courriel pour a@example.org : Deux lignes\n"


@pytest.mark.django_db(transaction=True)
def test_a_message_of_a_transaction_that_is_undone_was_not_sent(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(OSError), transaction.atomic():
        sent(EmailMessage("Rien", "", to=["a@example.org"]))
        raise OSError
    assert not Mail.objects.exists()
    assert capsys.readouterr() == ("", "")


@pytest.mark.django_db
def test_the_outbox_is_searched_and_listed_without_reading_the_files() -> None:
    for number in range(5):
        message = EmailMessage(f"Dossier {number}", "texte", to=[f"personne{number % 2}@example.org"])
        message.attach("lettre.pdf", b"%PDF", "application/pdf")
        get_connection(OUTBOX).send_messages([message])
    found = Mail.objects.matching("dossier PERSONNE1").listed()
    assert [one.subject for one in found] == ["Dossier 3", "Dossier 1"]
    with CaptureQueriesContext(connection) as queries:
        listed = list(Mail.objects.matching("").listed())
        assert [(a.name, a.size) for one in listed for a in one.attachments.all()] == [("lettre.pdf", 4)] * 5
    assert len(queries) == 2
    assert not [one for one in queries if '"content"' in one["sql"] or '"html"' in one["sql"]]


@pytest.mark.django_db
def test_health_is_told() -> None:
    assert Client().get("/sante/").json() == {"database": True}
