"""What the server keeps: messages, tasks, settings without secrets."""

import pytest
from django.conf import settings
from django.test import Client
from django_tasks_db.models import DBTaskResult

from parchemin.project.models import Attachment, Heartbeat
from parchemin.project.worker import claimed
from parchemin.records.journal.models import Entry
from tests.web.administration.conftest import NOW
from tests.web.administration.scene import addresses, page, scene, words
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db


def test_messages_are_listed_searched_read_and_their_files_saved(cast: Cast, keeper: Client) -> None:
    found = scene(cast)
    assert "Convocation" in words(keeper.get(page("outbox")))
    assert "Convocation" in words(keeper.get(page("outbox") + "?text=odile"))
    assert "Convocation" not in words(keeper.get(page("outbox") + "?text=basile"))
    assert "venez mardi" in words(keeper.get(page("mail", found.mail.pk)))
    saved = keeper.get(page("attachment", found.attachment.pk))
    assert b"".join(saved.streaming_content) == "À gauche.".encode()  # type: ignore[attr-defined]
    assert saved["Content-Disposition"].startswith("attachment")
    assert saved["X-Content-Type-Options"] == "nosniff" and "sandbox" in saved["Content-Security-Policy"]
    Attachment.objects.update(is_kept=False, content=b"")
    assert keeper.get(page("attachment", found.attachment.pk)).status_code == 404


def test_a_message_in_html_shows_no_markup_of_its_own(cast: Cast, keeper: Client) -> None:
    found = scene(cast)
    type(found.mail).objects.update(text="", html="<p>Bonjour</p><script>alert(1)</script>")
    text = words(keeper.get(page("mail", found.mail.pk)))
    assert "Bonjour" in text and "<script>alert" not in text


def test_a_task_given_up_is_done_again(cast: Cast, keeper: Client) -> None:
    found = scene(cast)
    wanted = addresses(found)
    assert "Effacer ce qui ne sert plus" in words(keeper.get(page("tasks") + "?status=FAILED"))
    assert "plus de place" in words(keeper.get(wanted["task"]))
    assert keeper.post(wanted["retry"]).status_code == 302
    row = DBTaskResult.objects.get()
    assert (row.status, row.worker_ids) == ("READY", [])
    assert Entry.objects.filter(kind="task.retried", subject=found.failed).count() == 1
    taken = claimed("essai")
    assert taken is not None and taken.pk == found.failed
    assert "n’était pas abandonnée" in words(keeper.post(wanted["retry"], follow=True))
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_a_living_worker_is_told_from_a_dead_one(keeper: Client) -> None:
    assert "Aucun service de fond n’est en marche" in words(keeper.get(page("tasks")))
    Heartbeat.objects.create(worker="mort", beat_at=NOW.replace(hour=8))
    assert "Aucun service de fond n’est en marche" in words(keeper.get(page("tasks")))
    Heartbeat.objects.create(worker="vivant", beat_at=NOW)
    assert "1 service de fond en marche" in words(keeper.get(page("tasks")))


def test_settings_show_no_secret(keeper: Client, settings_with_secrets: tuple[str, ...]) -> None:
    text = words(keeper.get(page("settings")))
    for secret in (*settings_with_secrets, settings.SECRET_KEY, settings.FIELD_KEY):
        assert secret not in text
    assert "PARCHEMIN_SMTP" in text and "la changer déconnecte tout le monde" in text
    for shown in ("smtp.example.org:587", "Identité fictive", "compartiment pieces", "présente"):
        assert shown in text


@pytest.fixture
def settings_with_secrets(settings: object) -> tuple[str, ...]:
    """A mail server, a bucket and an identity provider, each with its secret."""
    told = {
        "MAIL_URL": "smtp://moi:motdepasse1@smtp.example.org:587",
        "EMAIL_HOST": "smtp.example.org",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_PASSWORD": "motdepasse1",
        "EMAIL_USE_TLS": True,
        "EMAIL_USE_SSL": False,
    }
    for name, value in told.items():
        setattr(settings, name, value)
    apps = [{"provider_id": "essai", "name": "Identité fictive", "secret": "motdepasse2"}]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}  # type: ignore[attr-defined]
    stores = settings.STORAGES  # type: ignore[attr-defined]
    options = {"bucket_name": "pieces", "secret_key": "motdepasse3"}
    settings.STORAGES = {**stores, "default": {**stores["default"], "OPTIONS": options}}  # type: ignore[attr-defined]
    return ("motdepasse1", "motdepasse2", "motdepasse3")


def test_the_first_page_says_what_remains_to_be_set_up(cast: Cast, keeper: Client) -> None:
    assert "Pour commencer" in words(keeper.get(page("home")))
    scene(cast)
    text = words(keeper.get(page("home")))
    assert "Pour commencer" not in text and "Tâches abandonnées" in text
