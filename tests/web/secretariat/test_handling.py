"""Passing on, steps, lapse and its lifting, appeals and accommodation requests."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test import Client

from parchemin.records.candidacies.actions import closing, deciding, talking
from parchemin.records.candidacies.models import Accommodation, Appeal, Candidacy, Status
from parchemin.records.people.actions import accrediting
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.actions.organising import create_organisation
from parchemin.records.people.models import Organisation, OrganisationKind, PartnerAuthorisation, Person, Role
from tests.web import cast as casting
from tests.web.cast import Cast
from tests.web.secretariat import desk
from tests.web.secretariat.desk import page, words

pytestmark = pytest.mark.django_db


def status(row: Candidacy) -> str:
    row.refresh_from_db()
    return str(row.status)


def test_a_file_goes_to_another_organisation_with_its_reason(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    sent = {"revision": row.revision, "to": cast.other_organisation.pk, "reason": ""}
    assert "Il y a quelque chose à corriger" in words(browser.post(page("transfer", row.pk), sent))
    answer = browser.post(page("transfer", row.pk), {**sent, "reason": "Le candidat a déménagé."}, follow=True)
    assert answer.redirect_chain == [(page("files"), 302)]
    assert f"Le dossier {row.number} est transféré." in words(answer)
    row.refresh_from_db()
    assert row.organisation == cast.other_organisation
    assert row.letters.get(kind="transferred").values["reasons"] == "Le candidat a déménagé."
    assert browser.get(page("file", row.pk)).status_code == 404


def test_a_file_goes_only_to_who_may_take_it(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    stranger = casting.organisation("Organisme sans convention", OrganisationKind.PROVIDER)
    partner = casting.organisation("Organisme partenaire", OrganisationKind.PROVIDER)
    accrediting.authorise_partner(
        provider=partner,
        awarding_body=cast.organisation,
        scheme=casting.CQP,
        scope=PartnerAuthorisation.Scope.BOTH,
        from_on=date(2026, 1, 1),
        at=casting.AT,
    )
    offered = set(browser.get(page("transfer", row.pk)).context["form"].fields["to"].queryset)
    assert offered == {cast.other_organisation, partner}
    browser.post(page("transfer", row.pk), {"revision": row.revision, "to": stranger.pk, "reason": "x"})
    row.refresh_from_db()
    assert row.organisation == cast.organisation


def test_the_history_tells_transfers(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    for to in (cast.other_organisation, cast.organisation):
        closing.transfer_candidacy(
            candidacy=row, to=to, reason="Aller et retour.", by=cast.secretary, at=casting.AT, on=casting.ON
        )
    assert words(browser.get(page("history", row.pk))).count("Aller et retour.") == 2


def test_a_step_is_noted_with_its_day(cast: Cast, browser: Client) -> None:
    row = desk.decided(cast)
    form = browser.get(page("step", row.pk)).context["form"]
    step = form["step"].value()
    tomorrow = desk.TODAY + timedelta(days=1)
    sent = {"revision": row.revision, "step": step, "done_on": tomorrow.isoformat()}
    assert "pas encore passée" in words(browser.post(page("step", row.pk), sent))
    browser.post(page("step", row.pk), {**sent, "done_on": desk.TODAY.isoformat()})
    assert row.steps_done.get().step == step
    assert row.steps_done.get().done_on == desk.TODAY


def test_admissibility_lapses_and_is_restored_with_reasons(cast: Cast, browser: Client) -> None:
    row = desk.decided(cast)
    assert "Il y a quelque chose" in words(browser.post(page("lapse", row.pk), {"revision": row.revision}))
    browser.post(page("lapse", row.pk), {"revision": row.revision, "reason": "Aucune nouvelle."})
    assert status(row) == Status.LAPSED
    assert "Lever la caducité" in words(browser.get(page("file", row.pk)))
    browser.post(page("restore", row.pk), {"revision": row.revision, "reason": "Hospitalisation finie."})
    assert status(row) == Status.ADMISSIBLE
    assert set(row.letters.values_list("kind", flat=True)) >= {"lapsed", "restored"}


def test_a_file_whose_confirmation_did_not_come_may_go_on(cast: Cast, browser: Client) -> None:
    row = casting.deposited(casting.opened(cast.candidate, cast.certification(casting.ALTERNANCE)))
    assert row.due_on is not None
    deciding.apply_time(candidacy=row, at=desk.NOW, on=row.due_on + timedelta(days=1))
    row.refresh_from_db()
    assert status(row) == Status.ADMISSIBLE
    with time_machine.travel(datetime.combine(row.due_on, time(12), UTC)):
        browser.force_login(cast.secretary)
        assert "n’est pas venue" not in words(browser.get(page("file", row.pk)))
    with time_machine.travel(datetime.combine(row.due_on, time(12), UTC) + timedelta(days=1)):
        browser.force_login(cast.secretary)
        assert "La confirmation n’est pas venue" in words(browser.get(page("file", row.pk)))
        assert "Laisser continuer le dossier" in words(browser.get(page("restore", row.pk)))
        browser.post(page("restore", row.pk), {"revision": row.revision, "reason": "Elle était souffrante."})
        assert status(row) == Status.ADMISSIBLE
        assert "n’est pas venue" not in words(browser.get(page("file", row.pk)))
    assert row.letters.filter(kind="restored").count() == 1


def appealed(cast: Cast) -> Appeal:
    row = desk.decided(cast, is_favourable=False, reason="Non.")
    record = row.decisions.get(answer="unfavourable")
    return closing.file_appeal(
        record=record, grounds="Trois ans attestés.", by=cast.candidate, at=desk.NOW, on=desk.TODAY
    )


def test_an_appeal_upheld_brings_the_file_back(cast: Cast, browser: Client) -> None:
    appeal = appealed(cast)
    row = appeal.decision.candidacy
    text = words(browser.get(page("appeal", row.pk, appeal.pk)))
    assert "Trois ans attestés." in text and "La décision contestée" in text
    assert "Il y a quelque chose" in words(browser.post(page("appeal", row.pk, appeal.pk), {"answer": "upheld"}))
    browser.post(page("appeal", row.pk, appeal.pk), {"answer": "upheld", "reason": "L’attestation suffit."})
    assert status(row) == Status.COMPLETE
    appeal.refresh_from_db()
    assert (appeal.state, appeal.answered_by) == ("upheld", cast.secretary)
    again = browser.get(page("appeal", row.pk, appeal.pk), follow=True)
    assert "Une réponse a déjà été donnée." in words(again)
    forced = browser.post(page("appeal", row.pk, appeal.pk), {"answer": "rejected", "reason": "Si."})
    assert "Une réponse a déjà été donnée." in words(forced)


def test_an_appeal_rejected_keeps_the_decision(cast: Cast, browser: Client) -> None:
    appeal = appealed(cast)
    row = appeal.decision.candidacy
    browser.post(page("appeal", row.pk, appeal.pk), {"answer": "rejected", "reason": "Rien de nouveau."})
    assert status(row) == Status.REFUSED
    told = {"answer": "Rien de nouveau.", "decided_on": appeal.decision.decided_on.isoformat()}
    assert row.letters.get(kind="appeal_rejected").values == told


def test_another_file_s_appeal_is_not_found(cast: Cast, browser: Client) -> None:
    appeal = appealed(cast)
    other = desk.received(cast, cast.other_candidate)
    assert browser.get(page("appeal", other.pk, appeal.pk)).status_code == 404


def asked(cast: Cast) -> Accommodation:
    row = desk.received(cast)
    return talking.ask_accommodation(candidacy=row, need="Plus de temps pour écrire.", by=cast.candidate, at=casting.AT)


def test_an_accommodation_is_granted_on_time_and_means(cast: Cast, browser: Client) -> None:
    need = asked(cast)
    url = page("accommodation", need.candidacy.pk, need.pk)
    shown = browser.get(url)
    assert "Plus de temps pour écrire." in words(shown)
    method = shown.context["form"].fields["methods"].choices[0][0]
    bare = words(browser.post(url, {"answer": "granted", "time": "4/3"}))
    assert "Dites ce qui est accordé." in bare and "Cochez les épreuves" in bare
    browser.post(url, {"answer": "granted", "time": "4/3", "measures": "Un tiers-temps.", "methods": [method]})
    need.refresh_from_db()
    assert (need.state, need.decided_by, need.methods) == ("granted", cast.secretary, [method])
    assert Fraction(need.numerator, need.denominator) == Fraction(4, 3)
    assert "Une réponse a déjà été donnée." in words(browser.get(url, follow=True))


def test_an_answer_to_a_need_typed_and_not_sent_is_found_again(cast: Cast, browser: Client) -> None:
    need = asked(cast)
    url = page("accommodation", need.candidacy.pk, need.pk)
    typed = {"answer": "granted", "time": "4/3", "measures": "Une salle au cal", "methods": ["work_observation"]}
    kept = browser.post(page("draft", need.candidacy.pk, f"accommodation:{need.pk}"), typed)
    assert kept.status_code == 200
    assert "Une salle au cal</textarea>" in words(browser.get(url))
    with connection.cursor() as cursor:
        cursor.execute("SELECT fields FROM candidacies_draft")
        assert "salle" not in str(cursor.fetchall())


def test_an_accommodation_is_refused_with_its_reason(cast: Cast, browser: Client) -> None:
    need = asked(cast)
    url = page("accommodation", need.candidacy.pk, need.pk)
    assert "Dites pourquoi" in words(browser.post(url, {"answer": "refused", "time": "1"}))
    browser.post(url, {"answer": "refused", "time": "1", "reason": "L’épreuve n’a pas de durée."})
    need.refresh_from_db()
    assert (need.state, need.reason) == ("refused", "L’épreuve n’a pas de durée.")
    other = desk.received(cast, cast.other_candidate)
    assert browser.get(page("accommodation", other.pk, need.pk)).status_code == 404


def test_a_transfer_is_not_overtaken(cast: Cast, browser: Client) -> None:
    row = desk.decided(cast)
    shown = row.revision
    deciding.confirm_going_on(candidacy=row, by=cast.candidate, at=desk.NOW, on=desk.TODAY)
    sent = {"revision": shown, "to": cast.other_organisation.pk, "reason": "Un motif."}
    answer = browser.post(page("transfer", row.pk), sent)
    assert answer.status_code == 409
    assert "Poursuite confirmée — Odile Fictive" in words(answer)
    assert "Un motif.</textarea>" in words(answer)
    row.refresh_from_db()
    assert row.organisation == cast.organisation


def test_once_given_away_the_next_file_of_the_list_follows(cast: Cast, browser: Client) -> None:
    rows = [desk.received(cast), desk.received(cast, cast.other_candidate)]
    way = urlencode({"list": "status=waiting", "rank": 0})
    sent = {"revision": rows[0].revision, "to": cast.other_organisation.pk, "reason": "Un déménagement."}
    answer = browser.post(f"{page('transfer', rows[0].pk)}?{way}", sent, follow=True)
    assert answer.status_code == 200
    assert answer.context["row"] == rows[1]


def centre_of(body: Organisation, name: str) -> Organisation:
    return create_organisation(kind=OrganisationKind.CENTRE, name=name, parent=body, at=casting.AT)


def test_a_file_is_followed_in_a_centre_by_those_who_have_a_role_there(
    cast: Cast, browser: Client, signed_in: Callable[[Person], Client]
) -> None:
    row, other = desk.received(cast), desk.received(cast, cast.other_candidate)
    here, there = centre_of(cast.organisation, "Centre de Nantes"), centre_of(cast.organisation, "Centre de Brest")
    local = casting.person("nadia", "Nadia", "Locale")
    grant_role(
        person=local,
        role=Role.SECRETARY,
        organisation=cast.organisation,
        centre=here,
        at=casting.AT,
        from_on=casting.ON,
    )
    desk_there = signed_in(local)
    assert desk_there.get(page("files")).context["rows"] == []
    browser.post(page("place", row.pk), {"revision": row.revision, "centre": here.pk})
    assert [one.file for one in desk_there.get(page("files")).context["rows"]] == [row]
    shown = words(desk_there.get(page("file", row.pk)))
    assert "Centre de Nantes" in shown
    assert "Centre du dossier changé" in words(desk_there.get(page("history", row.pk)))
    assert desk_there.get(page("file", other.pk)).status_code == 404
    filtered = browser.get(page("files") + f"?centre={here.pk}").context["rows"]
    assert [one.file for one in filtered] == [row]
    assert [one.file for one in browser.get(page("files") + "?centre=none").context["rows"]] == [other]
    assert len(browser.get(page("files") + "?centre=nonsense").context["rows"]) == 2
    assert "vous ne verrez plus ce dossier" in words(desk_there.get(page("place", row.pk)))
    assert "vous ne verrez plus ce dossier" not in words(browser.get(page("place", row.pk)))
    row.refresh_from_db()
    gone = desk_there.post(page("place", row.pk), {"revision": row.revision, "centre": there.pk}, follow=True)
    assert gone.redirect_chain == [(page("files"), 302)]
    assert desk_there.get(page("file", row.pk)).status_code == 404


def test_a_centre_of_another_organisation_is_not_offered_and_a_transfer_leaves_the_centre(
    cast: Cast, browser: Client
) -> None:
    row = desk.received(cast)
    here, stranger = centre_of(cast.organisation, "Ici"), centre_of(cast.other_organisation, "Là-bas")
    refused = browser.post(page("place", row.pk), {"revision": row.revision, "centre": stranger.pk})
    assert "Il y a quelque chose" in words(refused)
    browser.post(page("place", row.pk), {"revision": row.revision, "centre": here.pk})
    row.refresh_from_db()
    assert row.centre == here
    sent = {"revision": row.revision, "to": cast.other_organisation.pk, "reason": "Un motif."}
    browser.post(page("transfer", row.pk), sent)
    row.refresh_from_db()
    assert row.centre is None


def test_the_provider_who_prepares_is_named_among_those_authorised(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    partner = casting.organisation("Organisme partenaire", OrganisationKind.PROVIDER)
    casting.organisation("Organisme inconnu", OrganisationKind.PROVIDER)
    accrediting.authorise_partner(
        provider=partner,
        awarding_body=cast.organisation,
        scheme=casting.CQP,
        scope=PartnerAuthorisation.Scope.PREPARE,
        from_on=date(2026, 1, 1),
        at=casting.AT,
    )
    offered = browser.get(page("place", row.pk)).context["form"].fields["provider"].queryset
    assert list(offered) == [partner]
    shown = row.revision
    browser.post(page("place", row.pk), {"revision": shown, "provider": partner.pk})
    row.refresh_from_db()
    assert row.provider == partner
    assert "préparé par Organisme partenaire" in words(browser.get(page("file", row.pk)))
    overtaken = browser.post(page("place", row.pk), {"revision": shown})
    assert overtaken.status_code == 409
    row.refresh_from_db()
    assert row.provider == partner
