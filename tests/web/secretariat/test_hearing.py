"""A file in preparation stays with its candidate: the secretariat hears what they say, and sees nothing else."""

import pytest
from django.test import Client

from parchemin.records.candidacies.actions import closing, talking
from parchemin.records.candidacies.models import Accommodation, Candidacy, Draft, Message
from tests.web import cast as casting
from tests.web.cast import Cast
from tests.web.secretariat import desk
from tests.web.secretariat.desk import page, words

pytestmark = pytest.mark.django_db
OWN = ("Assistante de formation", "Nantes", "1984", "admissibility_file", "odile@example.org", "Validation des acquis")
"""What the candidate typed and has not handed in."""


@pytest.fixture
def draft(cast: Cast) -> Candidacy:
    row = casting.opened(casting.identified(cast.candidate), cast.certification())
    casting.worked(row)
    desk.dropped(row, "admissibility_file")
    return row


def listed(browser: Client, query: str) -> list[str]:
    return [row.file.number for row in browser.get(page("files") + query).context["rows"]]


@pytest.mark.parametrize("query", ["", "?status=draft", "?status=withdrawn", "?message=1", "?accommodation=1"])
def test_a_file_in_preparation_is_in_no_list(draft: Candidacy, browser: Client, query: str) -> None:
    assert listed(browser, query) == []
    assert browser.get(page("file", draft.pk)).status_code == 404


def test_its_state_is_not_offered_as_a_filter(draft: Candidacy, browser: Client) -> None:
    offered = browser.get(page("files")).context["form"].fields["status"].choices
    assert "draft" not in [value for value, _label in offered]


def test_a_question_asked_before_sending_is_counted_found_and_answered(
    cast: Cast, draft: Candidacy, browser: Client
) -> None:
    casting.written_to(draft, cast.candidate, "Combien de pages ?")
    figure = browser.get(page("queue")).context["figures"][0]
    assert figure["value"] == 1
    shown = browser.get(figure["url"]).context["rows"]
    assert [row.file.number for row in shown] == [draft.number]
    assert listed(browser, "") == []
    answer = browser.get(shown[0].url)
    told = words(answer)
    assert "Combien de pages ?" in told and "pas encore envoyé" in told and "Odile Fictive" in told
    assert not [one for one in OWN if one in told]
    assert "Validation des acquis" not in words(browser.get(figure["url"])).partition("<tbody>")[2]
    sent = browser.post(page("message", draft.pk), {"body": "Vingt au plus."}, follow=True)
    assert "Vingt au plus." in words(sent)
    assert Message.objects.get(is_from_candidate=False).body == "Vingt au plus."
    assert listed(browser, "?message=1") == []


def test_what_is_typed_to_answer_is_kept_too(cast: Cast, draft: Candidacy, browser: Client) -> None:
    casting.written_to(draft, cast.candidate)
    assert browser.post(page("draft", draft.pk, "message"), {"body": "Ving"}).status_code == 200
    assert "Ving</textarea>" in words(browser.get(page("file", draft.pk)))
    assert "Il y a quelque chose" in words(browser.post(page("message", draft.pk), {"body": " "}))
    browser.post(page("message", draft.pk), {"body": "Vingt."})
    assert not Draft.objects.exists()


def test_an_accommodation_asked_before_sending_is_decided(cast: Cast, draft: Candidacy, browser: Client) -> None:
    need = talking.ask_accommodation(candidacy=draft, need="Un écran agrandi.", by=cast.candidate, at=casting.AT)
    assert listed(browser, "?accommodation=1") == [draft.number]
    assert "Un écran agrandi." in words(browser.get(page("file", draft.pk)))
    url = page("accommodation", draft.pk, need.pk)
    told = words(browser.get(url))
    assert not [one for one in OWN if one in told]
    answer = browser.post(url, {"answer": "refused", "time": "1", "reason": "Aucune épreuve."}, follow=True)
    assert answer.status_code == 200
    need.refresh_from_db()
    assert need.state == Accommodation.State.REFUSED


@pytest.mark.parametrize(
    ("name", "args"),
    [("history", ()), ("return", ()), ("decide", ()), ("transfer", ()), ("place", ()), ("take_charge", ())],
)
def test_nothing_else_is_open_on_it(
    cast: Cast, draft: Candidacy, browser: Client, name: str, args: tuple[object, ...]
) -> None:
    casting.written_to(draft, cast.candidate)
    url = page(name, draft.pk, *args)
    assert browser.get(url).status_code in (404, 405)
    assert browser.post(url, {"revision": draft.revision}).status_code in (404, 405)


def test_its_documents_are_not_found(cast: Cast, draft: Candidacy, browser: Client) -> None:
    casting.written_to(draft, cast.candidate)
    version = draft.documents.get().versions.get()
    assert browser.get(page("document", draft.pk, version.pk)).status_code == 404


def test_it_goes_out_in_no_spreadsheet_and_is_not_acted_on_with_others(
    cast: Cast, draft: Candidacy, browser: Client
) -> None:
    casting.written_to(draft, cast.candidate)
    answer = browser.get(page("export", "csv") + "?message=1")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert len(text.splitlines()) == 1
    shown = browser.get(page("files") + "?message=1")
    assert f'value="{draft.pk}"' not in words(shown)
    told = words(browser.post(page("several"), {"act": "charge", "file": [str(draft.pk)]}))
    assert "1 dossier coché n’est plus dans ce que vous suivez" in told
    draft.refresh_from_db()
    assert draft.holder is None


def test_withdrawn_before_it_was_sent_it_stays_with_its_candidate(
    cast: Cast, draft: Candidacy, browser: Client
) -> None:
    closing.withdraw_candidacy(candidacy=draft, reason="", by=cast.candidate, at=desk.NOW, on=desk.TODAY)
    assert listed(browser, "?status=withdrawn") == []
    assert browser.get(page("file", draft.pk)).status_code == 404
    assert browser.get(page("statistics")).context["total"] == 0


def test_withdrawn_once_sent_it_stays_in_the_list(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    closing.withdraw_candidacy(candidacy=row, reason="", by=cast.candidate, at=desk.NOW, on=desk.TODAY)
    assert listed(browser, "?status=withdrawn") == [row.number]
    assert browser.get(page("file", row.pk)).status_code == 200
