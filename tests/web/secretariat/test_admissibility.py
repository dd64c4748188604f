"""Completeness, then the decision: what is sent, what is refused, what is kept when two people act at once."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client

from parchemin.records.candidacies.actions import closing, deciding, depositing
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, Draft, Status
from parchemin.records.certifications.queries import scheme_of, version_for
from parchemin.records.people.models import Person
from tests.samples import FIXTURES
from tests.web import cast as casting
from tests.web.cast import Cast
from tests.web.secretariat import desk
from tests.web.secretariat.desk import page, words

pytestmark = pytest.mark.django_db
RULE = "eligibility.experience"


def status(row: Candidacy) -> str:
    row.refresh_from_db()
    return str(row.status)


def test_an_application_is_complete_in_one_click(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    browser.post(page("complete", row.pk), {"revision": row.revision})
    assert status(row) == Status.COMPLETE
    assert row.decisions.get().answer == "complete"


def test_from_the_queue_to_the_next_file_takes_four_clicks(cast: Cast, browser: Client) -> None:
    """Open, complete, « Recevable… », send and go on: the queue is read once."""
    rows = [desk.received(cast), desk.received(cast, cast.other_candidate)]
    first = browser.get(page("queue")).context["rows"][0].url  # 1: the oldest file
    way = first.partition("?")[2]
    shown = browser.get(first).context["row"]
    browser.post(f"{page('complete', rows[0].pk)}?{way}", {"revision": shown.revision})  # 2: complete
    form = browser.get(f"{page('decide', rows[0].pk)}?answer=favourable&{way}").context["form"]  # 3: « Recevable… »
    sent = {"revision": form["revision"].value(), "answer": form["answer"].value(), "reason": "", "then": "next"}
    answer = browser.post(f"{page('decide', rows[0].pk)}?{way}", sent)  # 4: send, and the next file is there
    assert status(rows[0]) == Status.ADMISSIBLE
    assert answer["Location"].startswith(page("file", rows[1].pk))


def test_what_is_missing_is_ticked_and_goes_back_in_words(cast: Cast, browser: Client) -> None:
    row = desk.received(cast, is_whole=False)
    form = browser.get(page("return", row.pk)).context["form"]
    ticked = form["items"].value()
    assert len(ticked) == 3 and not [key for key in ticked if key.startswith("rule:")]
    sent = {"revision": row.revision, "items": ticked[:2], "words": "Appelez-nous si besoin."}
    browser.post(page("return", row.pk), sent)
    assert status(row) == Status.RETURNED
    reason = row.decisions.get(answer="incomplete").reason
    assert reason.splitlines() == [
        "– Activités : aucune n’est décrite",
        "– Candidat informé de la démarche avant sa demande : sans réponse",
        "Appelez-nous si besoin.",
    ]
    assert row.letters.get(kind="incomplete").values == {"reasons": reason}


def test_sending_back_without_a_word_is_refused(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    answer = browser.post(page("return", row.pk), {"revision": row.revision, "words": " "})
    assert "le candidat doit savoir quoi faire" in words(answer)
    assert status(row) == Status.RECEIVED


def test_the_letter_is_shown_as_it_will_go(cast: Cast, browser: Client) -> None:
    row = desk.complete(cast)
    assert "Votre demande est recevable" in words(browser.get(page("decide", row.pk)))
    typed = {"revision": row.revision, "answer": "unfavourable", "reason": "Le lien manque.", "preview": "1"}
    part = words(browser.post(page("decide", row.pk), typed, headers={"HX-Request": "true"}))
    assert "Votre demande n’est pas recevable" in part and "Le lien manque." in part
    assert "<form" not in part
    whole = words(browser.post(page("decide", row.pk), typed))
    assert "Le lien manque.</textarea>" in whole and "n’est pas recevable" in whole
    assert status(row) == Status.COMPLETE
    assert not row.decisions.filter(answer="unfavourable").exists()


@pytest.mark.parametrize("name", ["return", "transfer", "decide"])
def test_a_preview_takes_whatever_is_typed(cast: Cast, browser: Client, name: str) -> None:
    row = desk.complete(cast)
    typed = {"preview": "1", "items": ["nonsense"], "to": "nobody", "answer": "maybe", "reason": "", "words": ""}
    assert browser.post(page(name, row.pk), typed).status_code == 200
    assert browser.post(page(name, row.pk), typed, headers={"HX-Request": "true"}).status_code == 200


def test_a_favourable_answer_on_rules_that_are_met_needs_no_reason(cast: Cast, browser: Client) -> None:
    row = desk.complete(cast)
    answer = browser.post(
        page("decide", row.pk), {"revision": row.revision, "answer": "favourable", "reason": ""}, follow=True
    )
    assert "la lettre part" in words(answer)
    assert status(row) == Status.ADMISSIBLE
    assert row.letters.filter(kind="admissible").exists()


def test_an_answer_the_rules_do_not_lead_to_needs_a_reason(cast: Cast, browser: Client) -> None:
    row = desk.complete(cast)
    sent = {"revision": row.revision, "answer": "unfavourable", "reason": ""}
    assert "Écrivez le motif" in words(browser.post(page("decide", row.pk), sent))
    assert status(row) == Status.COMPLETE
    browser.post(page("decide", row.pk), {**sent, "reason": "Aucun lien avec le métier."})
    assert status(row) == Status.REFUSED
    assert row.decisions.get(answer="unfavourable").reason == "Aucun lien avec le métier."


def test_rules_that_are_not_met_refuse_a_favourable_answer_and_say_why(cast: Cast, browser: Client) -> None:
    row = desk.complete(cast, is_whole=False)
    shown = browser.get(page("decide", row.pk))
    assert shown.context["form"]["answer"].value() == "unfavourable"
    answer = browser.post(
        page("decide", row.pk), {"revision": row.revision, "answer": "favourable", "reason": "Parce que."}
    )
    text = words(answer)
    assert "Les règles refusent cette réponse" in text
    assert "au moins trois ans d’activités" in text
    assert "Parce que.</textarea>" in text
    assert status(row) == Status.COMPLETE


def test_a_derogation_lifts_a_rule_with_its_reason_and_source(cast: Cast, browser: Client) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    desk.dropped(row, "admissibility_file")
    casting.deposited(row)
    depositing.accept_application(candidacy=row, by=cast.secretary, at=casting.AT, on=casting.ON)
    assert "au moins trois ans" in words(browser.get(page("override", row.pk, RULE)))
    bare = browser.post(page("override", row.pk, RULE), {"revision": row.revision, "reason": "Mérite", "source": ""})
    assert "Il y a quelque chose à corriger" in words(bare)
    sent = {"revision": row.revision, "reason": "Mérite reconnu", "source": "PV du 3 mars"}
    browser.post(page("override", row.pk, RULE), sent)
    kept = row.overrides.get()
    assert (kept.rule, kept.author, kept.source) == (RULE, cast.secretary, "PV du 3 mars")
    assert "Mérite reconnu" in words(browser.get(page("file", row.pk)))
    row.refresh_from_db()
    browser.post(page("decide", row.pk), {"revision": row.revision, "answer": "favourable", "reason": "Dérogation."})
    assert status(row) == Status.ADMISSIBLE


def test_a_rule_that_is_met_calls_for_no_derogation(cast: Cast, browser: Client) -> None:
    row = desk.complete(cast)
    answer = browser.get(page("override", row.pk, RULE), follow=True)
    assert "n’appelle pas de dérogation" in words(answer)
    forced = browser.post(
        page("override", row.pk, "eligibility.nonsense"), {"revision": row.revision, "reason": "x", "source": "y"}
    )
    assert "ne s’applique pas au dossier" in words(forced)
    assert not row.overrides.exists()


def test_two_secretaries_on_one_file_the_second_is_told_and_loses_nothing(
    cast: Cast, browser: Client, signed_in: Callable[[Person], Client]
) -> None:
    row = desk.complete(cast)
    other = signed_in(cast.second_secretary)
    shown = browser.get(page("decide", row.pk)).context["form"]["revision"].value()
    other.post(page("take_charge", row.pk), {"revision": shown})
    typed = {"revision": shown, "answer": "unfavourable", "reason": "Un motif longuement pesé."}
    answer = browser.post(page("decide", row.pk), typed)
    text = words(answer)
    assert answer.status_code == 409
    assert "Quelqu’un d’autre" in text
    assert "Suivi du dossier changé — Ivan Gabarit" in text
    assert "Un motif longuement pesé.</textarea>" in text
    assert status(row) == Status.COMPLETE
    again = {**typed, "revision": answer.context["form"]["revision"].value()}
    browser.post(page("decide", row.pk), again)
    assert status(row) == Status.REFUSED


def test_the_second_of_two_decisions_is_not_taken(
    cast: Cast, browser: Client, signed_in: Callable[[Person], Client]
) -> None:
    row = desk.complete(cast)
    first = {"revision": row.revision, "answer": "favourable", "reason": ""}
    signed_in(cast.second_secretary).post(page("decide", row.pk), first)
    answer = browser.post(page("decide", row.pk), {**first, "answer": "unfavourable", "reason": "Non."})
    assert answer.status_code == 409
    assert "Recevabilité accordée — Ivan Gabarit" in words(answer)
    again = {
        **first,
        "answer": "unfavourable",
        "reason": "Non.",
        "revision": answer.context["form"]["revision"].value(),
    }
    assert "cette action n’est plus possible" in words(browser.post(page("decide", row.pk), again))
    assert status(row) == Status.ADMISSIBLE
    assert DecisionRecord.objects.filter(answer="unfavourable").count() == 0


@pytest.mark.parametrize("name", ["decide", "return", "step", "lapse", "restore", "answer_file"])
def test_a_page_for_another_state_leads_back_to_the_file(cast: Cast, browser: Client, name: str) -> None:
    row = desk.decided(cast, is_favourable=False, reason="Non.")
    answer = browser.get(page(name, row.pk), follow=True)
    assert answer.redirect_chain[-1][0] == page("file", row.pk)
    assert "notice error" in words(answer)


def test_a_decision_typed_and_not_sent_is_found_again(cast: Cast, browser: Client) -> None:
    row = desk.complete(cast)
    browser.post(page("draft", row.pk, "decide"), {"answer": "unfavourable", "reason": "À moitié éc", "revision": "0"})
    shown = browser.get(page("decide", row.pk))
    assert "À moitié éc</textarea>" in words(shown)
    assert shown.context["form"]["revision"].value() == row.revision
    assert "repris ici" in words(shown)
    browser.post(page("decide", row.pk), {"revision": row.revision, "answer": "favourable", "reason": ""})
    assert not Draft.objects.exists()


def test_the_file_for_the_jury_is_answered(cast: Cast, browser: Client) -> None:
    row = desk.decided(cast)
    desk.dropped(row, "vae_file", signed=("candidate", "sector_professional", "external_evaluator"))
    depositing.deposit_file(candidacy=row, by=cast.candidate, at=desk.NOW, on=desk.TODAY)
    assert "Répondre au dépôt" in words(browser.get(page("file", row.pk)))
    shown = browser.get(page("answer_file", row.pk))
    assert shown.status_code == 200
    sent = {"revision": row.revision, "answer": "incomplete", "reason": ""}
    assert "Écrivez le motif" in words(browser.post(page("answer_file", row.pk), sent))
    browser.post(page("answer_file", row.pk), {**sent, "reason": "Une signature manque."})
    record = row.decisions.get(answer="incomplete")
    assert record.reason == "Une signature manque."
    assert row.letters.get(kind="file_incomplete").values == {"reasons": "Une signature manque."}


def test_what_silence_will_mean_is_said_and_what_it_did_is_kept(cast: Cast, browser: Client) -> None:
    row = desk.complete(cast)
    assert "acceptée par le silence le 3 mai 2026" in words(browser.get(page("decide", row.pk)))
    late = casting.ON.replace(month=5, day=3)
    deciding.apply_time(candidacy=row, at=desk.NOW, on=late)
    assert status(row) == Status.ADMISSIBLE
    assert "Le silence a décidé" in words(browser.get(page("history", row.pk)))


def test_after_the_last_file_one_stays_on_it(cast: Cast, browser: Client) -> None:
    row = desk.complete(cast)
    way = urlencode({"list": "status=complete", "rank": 0})
    sent = {"revision": row.revision, "answer": "favourable", "reason": "", "then": "next"}
    answer = browser.post(f"{page('decide', row.pk)}?{way}", sent)
    assert answer["Location"].startswith(page("file", row.pk))


def test_a_file_somebody_else_handles_can_still_be_decided(cast: Cast, browser: Client) -> None:
    row = desk.complete(cast)
    closing.take_charge(candidacy=row, holder=cast.second_secretary, by=cast.second_secretary, at=casting.AT)
    browser.post(page("decide", row.pk), {"revision": row.revision, "answer": "favourable", "reason": ""})
    assert status(row) == Status.ADMISSIBLE


@pytest.mark.parametrize("scheme", [*casting.FIVE, casting.SIXTH])
def test_any_certification_is_handled_by_each_of_its_open_routes(
    cast: Cast, browser: Client, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    """No page knows a certification: the sixth one is made of data alone."""
    if scheme == casting.SIXTH:
        monkeypatch.setenv("PARCHEMIN_LIBRARY", str(FIXTURES))
    certification = cast.certification(scheme)
    found = scheme_of(scheme, version=version_for(scheme, casting.ON), on=casting.ON)
    routes = [id for id, one in found.routes.items() if one.is_open is True]
    assert routes
    for number, route in enumerate(routes):
        person = casting.person(f"voie{number}", "Voie", route)
        row = casting.deposited(casting.opened(person, certification, route))
        assert browser.get(page("file", row.pk)).status_code == 200
        assert browser.get(page("return", row.pk)).status_code == 200
        browser.post(page("complete", row.pk), {"revision": row.revision})
        assert "La lettre, telle qu’elle partira" in words(browser.get(page("decide", row.pk)))
        sent = {"revision": row.revision + 1, "answer": "unfavourable", "reason": "Essai."}
        browser.post(page("decide", row.pk), sent)
        assert status(row) == Status.REFUSED
        assert browser.get(page("file", row.pk)).status_code == 200
    assert len(browser.get(page("files")).context["rows"]) == len(routes)


@pytest.mark.parametrize(("kept", "asked"), [("favourable", "unfavourable"), ("unfavourable", "favourable")])
def test_the_button_pressed_wins_over_what_was_typed_before(cast: Cast, browser: Client, kept: str, asked: str) -> None:
    row = desk.complete(cast)
    browser.post(page("draft", row.pk, "decide"), {"answer": kept, "reason": "À moitié éc"})
    shown = browser.get(page("decide", row.pk) + f"?answer={asked}")
    form = shown.context["form"]
    assert (form["answer"].value(), form["reason"].value()) == (asked, "À moitié éc")
    assert browser.get(page("decide", row.pk)).context["form"]["answer"].value() == kept


def test_a_derogation_typed_for_one_rule_is_not_prefilled_for_another(cast: Cast, browser: Client) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    desk.dropped(row, "admissibility_file")
    casting.deposited(row)
    depositing.accept_application(candidacy=row, by=cast.secretary, at=casting.AT, on=casting.ON)
    url = browser.get(page("override", row.pk, RULE)).context["form"].draft_url
    assert url == page("draft", row.pk, f"override:{RULE}")
    assert browser.post(url, {"reason": "Mérite reconnu", "source": "PV du 3 mars"}).status_code == 200
    assert "Mérite reconnu" in words(browser.get(page("override", row.pk, RULE)))
    assert RULE in Draft.objects.get().form
    for name in ("override:<script>", "override:" + "x" * 61, "nonsense:rule"):
        assert browser.post(page("draft", row.pk, name), {"reason": "x"}).status_code == 400
