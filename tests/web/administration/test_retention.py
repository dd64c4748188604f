"""Retention: lengths with their ground, what they would erase file by file, and erasing just that."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from parchemin.project.durable import done, try_again
from parchemin.project.tasks import enqueue_erasings
from parchemin.project.worker import called, claimed
from parchemin.records.candidacies.actions.drafts import save_draft
from parchemin.records.candidacies.models import Candidacy, RetentionRule, RetentionRun
from parchemin.records.journal.models import Entry
from parchemin.records.people.models import Organisation
from tests.web import cast as casting
from tests.web.administration.conftest import NOW
from tests.web.administration.scene import page, words
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db
RULES = {"drafts_months": "12", "drafts_basis": "Décision du bureau"}


@pytest.fixture
def old_draft(cast: Cast) -> Candidacy:
    """A draft that nobody touched for two years."""
    return casting.opened(cast.candidate, cast.certification(), at=NOW - timedelta(days=730))


def test_lengths_are_set_with_their_ground(cast: Cast, manager: Client) -> None:
    address = page("retention_rules", cast.organisation.pk)
    bare = manager.post(address, {"drafts_months": "12"})
    assert bare.status_code == 422 and "Dites sur quoi repose cette durée" in words(bare)
    assert manager.post(address, {"drafts_months": "0", "drafts_basis": "x"}).status_code == 422
    assert manager.post(address, RULES).status_code == 302
    rule = RetentionRule.objects.get()
    assert (rule.kind, rule.months, rule.basis) == ("drafts", 12, "Décision du bureau")
    manager.post(address, RULES)
    assert Entry.objects.filter(kind="retention.rule").count() == 1
    manager.post(address, {})
    assert not RetentionRule.objects.exists()
    assert Entry.objects.filter(kind="retention.rule").count() == 2


def prepared(client: Client, cast: Cast) -> str:
    """The address of what would be erased, once it was asked for."""
    client.post(page("retention_rules", cast.organisation.pk), RULES)
    answer = client.post(page("prepare_retention", cast.organisation.pk))
    return str(answer["Location"])


def worked_off(error: Exception | None = None) -> None:
    """A worker does what waits; or fails at it, until it is given up."""
    enqueue_erasings()
    while row := claimed("tests"):
        at = timezone.now()
        if error is None:
            done(row, called(row), at)
        else:
            try_again(row, error, at - timedelta(days=1))


def test_what_would_be_erased_is_named_then_erased(cast: Cast, manager: Client, old_draft: Candidacy) -> None:
    address = prepared(manager, cast)
    rules = page("retention_rules", cast.organisation.pk)
    assert "1 dossier" in words(manager.get(rules)) and address in words(manager.get(rules))
    text = words(manager.get(address))
    for told in (old_draft.number, "Brouillons et candidatures jamais envoyées", "En préparation", "16 mars 2025"):
        assert told in text, told
    assert manager.post(address, {}).status_code == 422
    assert Candidacy.objects.filter(pk=old_draft.pk).exists()
    started = words(manager.post(address, {"is_sure": "on"}, follow=True))
    assert "Effacement en cours" in started and "0 ligne sur 1" in started and old_draft.number in started
    assert "Un effacement confirmé le" in words(manager.get(rules)) and "Préparer" not in words(manager.get(rules))
    assert Candidacy.objects.filter(pk=old_draft.pk).exists(), "nothing is erased while the page waits"
    worked_off()
    refreshed = manager.get(address, headers={"HX-Request": "true"})
    assert refreshed.headers["HX-Refresh"] == "true"
    done = words(manager.get(address))
    assert "1 ligne est effacée" in done and old_draft.number in done
    assert not Candidacy.objects.filter(pk=old_draft.pk).exists()
    assert RetentionRun.objects.get().counts == {"drafts": 1}
    assert "Jeanne Maquette" in words(manager.get(rules))
    assert "déjà confirmé" in words(manager.post(address, {"is_sure": "on"}, follow=True))
    assert RetentionRun.objects.get().counts == {"drafts": 1}


def test_what_changed_since_it_was_prepared_is_told_and_left(cast: Cast, manager: Client, old_draft: Candidacy) -> None:
    address = prepared(manager, cast)
    other = casting.opened(cast.other_candidate, old_draft.certification, at=NOW - timedelta(days=730))
    save_draft(person=cast.candidate, form="x", fields={}, candidacy=old_draft, at=NOW)
    text = words(manager.get(address))
    assert "1 ligne n’est plus à effacer" in text and "1 autre a passé sa durée" in text
    manager.post(address, {"is_sure": "on"})
    worked_off()
    assert "Rien n’est effacé. 1 ligne a été laissée" in words(manager.get(address))
    assert Candidacy.objects.filter(pk__in=[old_draft.pk, other.pk]).count() == 2
    assert old_draft.number in words(manager.get(f"{address}?fate=left"))
    assert old_draft.number not in words(manager.get(f"{address}?fate=erased"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_taken_away_and_that_is_written(
    cast: Cast, manager: Client, old_draft: Candidacy, kind: str
) -> None:
    address = prepared(manager, cast)
    answer = manager.get(f"{address}export.{kind}?sort=-ended")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if kind == "csv":
        told = f"{old_draft.number};En préparation;;Brouillons et candidatures jamais envoyées;16/03/2025;à effacer"
        assert told in content.decode()
    entry = Entry.objects.get(kind="list.exported")
    assert entry.details == {"list": "effacement", "format": kind, "filters": [], "count": 1}


def test_nothing_is_prepared_when_nothing_is_due(cast: Cast, manager: Client) -> None:
    manager.post(page("retention_rules", cast.organisation.pk), RULES)
    answer = manager.post(page("prepare_retention", cast.organisation.pk), follow=True)
    assert "il n’y a rien à effacer" in words(answer)
    assert not RetentionRun.objects.exists()


def test_public_archives_need_their_approval(cast: Cast, manager: Client, old_draft: Candidacy) -> None:
    Organisation.objects.filter(pk=cast.organisation.pk).update(is_public=True)
    address = prepared(manager, cast)
    refused = manager.post(address, {"is_sure": "on", "visa": " "})
    assert refused.status_code == 422
    assert Candidacy.objects.filter(pk=old_draft.pk).exists()
    manager.post(address, {"is_sure": "on", "visa": "AD 44, 2026/12"})
    assert RetentionRun.objects.get().visa == "AD 44, 2026/12"


def test_an_erasing_that_fails_says_so_and_is_resumed(cast: Cast, manager: Client, old_draft: Candidacy) -> None:
    address = prepared(manager, cast)
    manager.post(address, {"is_sure": "on"})
    enqueue_erasings()
    row = claimed("tests")
    assert row and try_again(row, OSError("no room"), timezone.now())
    assert "Un essai a échoué" in words(manager.get(address))
    assert "déjà confirmé" in words(manager.post(address, follow=True)), "it is resumed once it was given up"
    DBTaskResult.objects.update(run_after=timezone.now())
    worked_off(OSError("no room"))
    shown = words(manager.get(address))
    assert "L’effacement s’est arrêté" in shown and 'hx-trigger="every' not in shown
    assert "reprend où il s’était arrêté" in words(manager.post(address, follow=True))
    worked_off()
    assert "1 ligne est effacée" in words(manager.get(address))
    assert Entry.objects.filter(kind="task.retried").count() == 1


def test_nothing_more_is_prepared_while_it_is_erased(cast: Cast, manager: Client, old_draft: Candidacy) -> None:
    address = prepared(manager, cast)
    manager.post(address, {"is_sure": "on"})
    answer = manager.post(page("prepare_retention", cast.organisation.pk), follow=True)
    assert "Un effacement est en cours" in words(answer)
    assert RetentionRun.objects.get().confirmed_at
