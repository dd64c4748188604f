"""Acting on several files: each is answered for itself."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from parchemin.records.candidacies.actions import bulk, closing
from parchemin.records.candidacies.errors import StaleError
from parchemin.records.candidacies.facts import with_facts
from parchemin.records.candidacies.models import Candidacy, Message, Status
from tests.web import cast as casting
from tests.web.cast import Cast
from tests.web.secretariat import desk
from tests.web.secretariat.desk import page, words

pytestmark = pytest.mark.django_db


def ids(*rows: Candidacy) -> list[str]:
    return [str(row.pk) for row in rows]


def test_the_complete_are_accepted_and_the_others_left_with_what_they_lack(cast: Cast, browser: Client) -> None:
    whole = desk.received(cast)
    poor = desk.received(cast, cast.other_candidate, is_whole=False)
    late = desk.complete(cast, cast.outsider)
    answer = browser.post(page("several"), {"act": "complete", "file": ids(whole, poor, late), "query": ""})
    text = words(answer)
    assert "1 dossier traité" in text and "2 dossiers laissés, et pourquoi" in text
    assert "Activités : aucune n’est décrite" in text
    assert "cette action n’est plus possible" in text
    found = dict(Candidacy.objects.values_list("pk", "status"))
    assert found == {whole.pk: Status.COMPLETE, poor.pk: Status.RECEIVED, late.pk: Status.COMPLETE}


def test_files_are_taken_and_left_together(cast: Cast, browser: Client) -> None:
    rows = desk.crowd(cast, 3)
    browser.post(page("several"), {"act": "charge", "file": ids(*rows[:2])})
    assert set(Candidacy.objects.filter(holder=cast.secretary)) == set(rows[:2])
    browser.post(page("several"), {"act": "leave", "file": ids(*rows)})
    assert not Candidacy.objects.filter(holder__isnull=False).exists()


def test_files_that_a_colleague_follows_are_left_to_them(cast: Cast, browser: Client) -> None:
    rows = desk.crowd(cast, 2)
    closing.take_charge(candidacy=rows[0], holder=cast.second_secretary, by=cast.second_secretary, at=casting.AT)
    for act in ("charge", "leave"):
        told = words(browser.post(page("several"), {"act": act, "file": ids(*rows)}))
        assert "1 dossier laissé, et pourquoi" in told and "Ce dossier est suivi par Ivan Gabarit" in told
        rows[0].refresh_from_db()
        assert rows[0].holder == cast.second_secretary


def shown_with(answer: Any) -> list[str]:
    """The revisions that the page of what goes back carries."""
    return [f"{row.pk}:{row.revision}" for row, _reasons in answer.context["rows"]]


def test_each_goes_back_with_what_it_lacks_and_the_others_are_left(cast: Cast, browser: Client) -> None:
    whole = desk.received(cast)
    poor = desk.received(cast, cast.other_candidate, is_whole=False)
    late = desk.complete(cast, cast.outsider)
    asked = browser.post(page("several"), {"act": "return", "file": ids(whole, poor, late), "query": ""})
    text = words(asked)
    assert "1 dossier à renvoyer" in text and "2 dossiers laissés" in text
    assert "Activités : aucune n’est décrite" in text and "Il y a quelque chose" not in text
    assert Candidacy.objects.filter(status=Status.RETURNED).count() == 0
    sent = {"act": "return", "file": ids(whole, poor, late), "shown": shown_with(asked), "body": "Avant vendredi."}
    report = words(browser.post(page("several"), sent))
    assert "1 dossier traité" in report and "2 dossiers laissés, et pourquoi" in report
    assert "Rien n’y manque" in report and "cette action n’est plus possible" in report
    found = dict(Candidacy.objects.values_list("pk", "status"))
    assert found == {whole.pk: Status.RECEIVED, poor.pk: Status.RETURNED, late.pk: Status.COMPLETE}
    reasons = poor.decisions.get(answer="incomplete").reason.splitlines()
    assert reasons[0] == "– Activités : aucune n’est décrite" and reasons[-1] == "Avant vendredi."


def test_what_changed_since_the_page_was_shown_is_not_sent_back(cast: Cast, browser: Client) -> None:
    poor = desk.received(cast, is_whole=False)
    asked = browser.post(page("several"), {"act": "return", "file": ids(poor)})
    closing.take_charge(candidacy=poor, holder=cast.secretary, by=cast.secretary, at=casting.AT)
    for shown in (shown_with(asked), [], ["nonsense", f"{poor.pk}:x"]):
        report = words(browser.post(page("several"), {"act": "return", "file": ids(poor), "shown": shown, "body": ""}))
        assert "Quelqu’un d’autre vient de modifier ce dossier" in report
    poor.refresh_from_db()
    assert poor.status == Status.RECEIVED


def test_a_message_too_long_is_shown_back(cast: Cast, browser: Client) -> None:
    rows = desk.crowd(cast, 1)
    told = words(browser.post(page("several"), {"act": "message", "file": ids(*rows), "body": "x" * 20_001}))
    assert "Il y a quelque chose" in told and "x" * 20_001 in told
    assert not Message.objects.exists()


def test_a_message_goes_to_each(cast: Cast, browser: Client) -> None:
    rows = desk.crowd(cast, 2)
    asked = browser.post(page("several"), {"act": "message", "file": ids(*rows), "query": "status=waiting"})
    assert "2 destinataires" in words(asked)
    assert "Il y a quelque chose" not in words(asked)
    empty = browser.post(page("several"), {"act": "message", "file": ids(*rows), "body": " "})
    assert "Il y a quelque chose" in words(empty)
    browser.post(page("several"), {"act": "message", "file": ids(*rows), "body": "Fermé lundi."})
    assert Message.objects.filter(body="Fermé lundi.", is_from_candidate=False).count() == 2


def test_nothing_ticked_says_what_to_do(cast: Cast, browser: Client) -> None:
    assert "Aucun dossier n’était coché" in words(browser.post(page("several"), {"act": "charge"}))


def test_too_many_are_refused_together(cast: Cast, browser: Client) -> None:
    answer = browser.post(page("several"), {"act": "charge", "file": [str(uuid4()) for _ in range(bulk.MOST + 1)]})
    assert "201 dossiers sont cochés" in words(answer)


def test_an_unknown_act_leads_back_to_the_list(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    answer = browser.post(page("several"), {"act": "erase", "file": ids(row), "query": "status=waiting"})
    assert answer["Location"] == page("files") + "?status=waiting"


def test_files_of_others_are_left_alone(cast: Cast, browser: Client) -> None:
    own = desk.received(cast)
    other = desk.received(cast, cast.other_candidate)
    closing.transfer_candidacy(
        candidacy=other, to=cast.other_organisation, reason="x", by=cast.manager, at=casting.AT, on=casting.ON
    )
    answer = browser.post(page("several"), {"act": "charge", "file": [*ids(own, other), "nonsense"]})
    assert "1 dossier coché n’est plus dans ce que vous suivez" in words(answer)
    other.refresh_from_db()
    assert other.holder is None
    assert other.number not in words(answer)


def test_one_refusal_stops_none_of_the_others(cast: Cast) -> None:
    rows = desk.crowd(cast, 3)
    seen: list[str] = []

    def act(row: Candidacy) -> None:
        if row == rows[1]:
            raise StaleError(row)
        seen.append(row.number)

    answers = bulk.each(rows, act)
    assert [one.is_done for one in answers] == [True, False, True]
    assert "Quelqu’un d’autre" in answers[1].reasons[0]
    assert seen == [rows[0].number, rows[2].number]


def test_what_changed_since_it_was_looked_at_is_not_accepted_unseen(cast: Cast) -> None:
    row = desk.received(cast)
    looked = list(with_facts(Candidacy.objects.all()))
    closing.take_charge(candidacy=row, holder=cast.secretary, by=cast.secretary, at=casting.AT)
    answers = bulk.accept_complete(looked, by=cast.second_secretary, at=casting.AT, on=casting.ON)
    assert [one.is_done for one in answers] == [False]
    row.refresh_from_db()
    assert row.status == Status.RECEIVED
