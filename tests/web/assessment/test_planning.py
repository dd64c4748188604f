"""Pages that plan sittings: by whom, with what they say, and nothing of what anybody rated alone."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from parchemin.core.facts import Attendance
from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import cancel_sitting, declare_links, move_sitting, plan_sitting
from parchemin.records.assessments.actions.rating import rate
from parchemin.records.assessments.models import Evaluator, Result, Sitting
from parchemin.records.candidacies.actions.sharing import grant_access
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Person, Role
from tests.records.assessments.sheets import sheet, signed
from tests.web import cast as casting
from tests.web.assessment import planned as scene
from tests.web.assessment.planned import NOW, SOON, page, typed
from tests.web.cast import FEST, Cast
from tests.web.secretariat.desk import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    return scene.admissible(cast)


@pytest.fixture
def browser(cast: Cast, signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(cast.secretary)


def held(cast: Cast, row: Candidacy) -> Sitting:
    """Held this morning, nobody has rated."""
    sitting = scene.with_pair(cast, row, starts_at=NOW - timedelta(hours=3))
    for one in sitting.evaluators.all():
        declare_links(evaluator=one, links=[], at=NOW, by=one.person)
    tell_attendance(sitting=sitting, attendance=Attendance.HELD, by=cast.secretary, at=NOW)
    return sitting


def test_a_sitting_is_planned_at_the_time_of_here(cast: Cast, row: Candidacy, browser: Client) -> None:
    url = page("plan", row.pk)
    told = words(browser.get(url))
    assert "Prévoir « Évaluation des compétences »" in told and "180 minutes prévues" in told
    sent = typed(browser, url, on="2026-03-30", hour="09:30", place="company", room="Atelier 2")
    answer = browser.post(url, sent)
    sitting = Sitting.objects.get()
    assert answer["Location"] == page("planned", sitting.pk)
    assert timezone.localtime(sitting.starts_at).isoformat() == "2026-03-30T09:30:00+02:00"
    assert (sitting.minutes, sitting.place, sitting.room) == (180, "company", "Atelier 2")
    told = words(browser.get(answer["Location"]))
    assert "30 mars 2026 à 09:30" in told and "3 h" in told
    assert "évaluateur à nommer" in told and "convocation à envoyer" in told


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"on": "2026-03-30"}, "Donnez le jour et l’heure"),
        ({"hour": "09:30"}, "Donnez le jour et l’heure"),
        ({"on": "30 mars"}, "Cette date n’existe pas"),
        ({"hour": "matin"}, "Cette heure ne se lit pas"),
        ({"minutes": "0"}, "au moins une minute"),
        ({"minutes": "9999"}, "ne dépasse pas une journée"),
    ],
)
def test_what_is_typed_wrong_is_told_and_kept(row: Candidacy, browser: Client, changes: Any, said: str) -> None:
    url = page("plan", row.pk)
    answer = browser.post(url, {"room": "Atelier 2", **changes})
    assert answer.status_code == 422
    assert said in words(answer) and "Atelier 2" in words(answer)
    assert not Sitting.objects.exists()


def test_only_what_is_missing_is_offered(cast: Cast, row: Candidacy, browser: Client) -> None:
    scene.settled(cast, row, "C3")
    told = words(browser.get(page("plan", row.pk)))
    assert "Une seule ligne reste à acquérir" in told and "C3" in told
    other = scene.admissible(cast, cast.other_candidate)
    scene.settled(cast, other)
    answer = browser.get(page("plan", other.pk))
    assert answer.context["form"] is None and "Prévoir «" not in words(answer)


def test_two_secretaries_move_the_same_sitting(
    cast: Cast, row: Candidacy, browser: Client, signed_in: Callable[[Person], Client]
) -> None:
    sitting = scene.soon(cast, row)
    url = page("move_sitting", sitting.pk)
    other = signed_in(cast.second_secretary)
    first, second = typed(browser, url, place="provider"), typed(other, url, room="Salle 9")
    assert browser.post(url, first).status_code == 302
    answer = other.post(url, second)
    assert answer.status_code == 409
    told = words(answer)
    assert "Quelqu’un d’autre a modifié" in told and "Salle 9" in told and "Organisme de formation" in told
    assert Sitting.objects.get().room == "Atelier 2"
    again = {**second, "revision": answer.context["form"]["revision"].value()}
    assert other.post(url, again).status_code == 302
    assert Sitting.objects.get().room == "Salle 9"


def test_a_sitting_cancelled_meanwhile_is_not_moved(cast: Cast, row: Candidacy, browser: Client) -> None:
    sitting = scene.soon(cast, row)
    url = page("move_sitting", sitting.pk)
    sent = typed(browser, url)
    cancel_sitting(sitting=sitting, reason="Fermé.", by=cast.manager, at=NOW)
    answer = browser.post(url, sent, follow=True)
    assert "ne se change plus" in words(answer) and "Fermé." in words(answer)


def test_cancelling_asks_why(cast: Cast, row: Candidacy, browser: Client) -> None:
    sitting = scene.soon(cast, row)
    url = page("cancel_sitting", sitting.pk)
    assert browser.post(url, typed(browser, url, reason="")).status_code == 422
    move_sitting(sitting=sitting, by=cast.manager, at=NOW, starts_at=SOON, place="provider")
    overtaken = browser.post(url, {"reason": "Fermé.", "revision": 0})
    assert overtaken.status_code == 409 and "Organisme de formation" in words(overtaken)
    assert browser.post(url, typed(browser, url, reason="Entreprise fermée.")).status_code == 302
    assert Sitting.objects.get().cancellation == "Entreprise fermée."


def test_choices_tell_accreditation_and_links(cast: Cast, row: Candidacy, browser: Client) -> None:
    scene.accredited(cast, cast.evaluator, "external_evaluator", until_on=date(2026, 3, 17))
    scene.accredited(cast, cast.companion, "external_evaluator")
    grant_access(
        candidacy=row, person=cast.companion, role=Role.COMPANION, by=cast.candidate, at=NOW, on=date(2026, 3, 16)
    )
    sitting = scene.soon(cast, row)
    url = page("evaluators", sitting.pk) + "?role=external_evaluator"
    told = words(browser.get(url))
    assert "Non habilité le 24 mars 2026, habilitation finie le 17 mars 2026" in told
    assert "accompagne le candidat" in told.lower() and "à justifier" in told
    named = {"person": cast.companion.pk, "actor": "external_evaluator"}
    asked = browser.post(url, named)
    assert asked.status_code == 422 and "Qui accompagne le candidat ne l’évalue pas" in words(asked)
    assert not Evaluator.objects.exists()
    done = browser.post(url, named | {"justification": "Seule évaluatrice du bassin."}, follow=True)
    assert "Seule évaluatrice du bassin." in words(done)
    assert "Esther" not in words(browser.get(url + "&nom=modele"))
    stranger = browser.post(url, {"person": cast.outsider.pk, "actor": "external_evaluator"})
    assert stranger.status_code == 422 and "choisissez-la dans la liste" in words(stranger)
    assert browser.get(page("evaluators", sitting.pk) + "?role=unknown").status_code == 404
    evaluator = Evaluator.objects.get()
    browser.post(page("remove_evaluator", sitting.pk, evaluator.pk))
    assert not Evaluator.objects.exists()


def test_everybody_is_summoned_from_the_page(cast: Cast, row: Candidacy, browser: Client) -> None:
    sitting = scene.with_pair(cast, row)
    assert "part au candidat" in words(browser.post(page("summon", sitting.pk), follow=True))
    assert row.letters.filter(kind="summoned").count() == 1
    assert "déjà prévenues" in words(browser.post(page("summon", sitting.pk), follow=True))


def test_nobody_is_summoned_to_what_is_past(cast: Cast, row: Candidacy, browser: Client) -> None:
    sitting = scene.with_pair(cast, row, starts_at=NOW - timedelta(hours=3))
    assert "Convoquer" not in words(browser.get(page("planned", sitting.pk)))
    assert "est passée" in words(browser.post(page("summon", sitting.pk), follow=True))
    assert not row.letters.filter(kind="summoned").exists()


def test_the_calendar_file_is_for_those_concerned(
    cast: Cast, row: Candidacy, signed_in: Callable[[Person], Client]
) -> None:
    sitting = scene.with_pair(cast, row)
    grant_access(
        candidacy=row, person=cast.companion, role=Role.COMPANION, by=cast.candidate, at=NOW, on=date(2026, 3, 16)
    )
    url = page("sitting_calendar", sitting.pk)
    for who in (cast.candidate, cast.evaluator, cast.professional, cast.secretary, cast.manager):
        answer = signed_in(who).get(url)
        assert answer.status_code == 200 and b"DTSTART:20260324T083000Z" in answer.content
        assert answer["Content-Type"].startswith("text/calendar")
    for who in (cast.companion, cast.other_candidate, cast.outsider, cast.other_secretary):
        assert signed_in(who).get(url).status_code == 404
    move_sitting(sitting=sitting, by=cast.secretary, at=NOW, starts_at=None)
    assert signed_in(cast.secretary).get(url).status_code == 404


def test_how_it_went_is_told_once_with_its_safeguards(cast: Cast, browser: Client) -> None:
    row = scene.of_scheme(cast, FEST)
    sitting = plan_sitting(
        candidacy=row, method="tests", by=cast.secretary, at=NOW, starts_at=NOW - timedelta(hours=2), place="remote"
    )
    assert "journal des incidents" in words(browser.get(page("planned", sitting.pk)))
    url = page("tell_sitting", sitting.pk)
    assert browser.post(url, typed(browser, url)).status_code == 422
    fraud = browser.post(url, typed(browser, url, attendance="fraud"))
    assert fraud.status_code == 422 and "Écrivez le motif" in words(fraud)
    sent = typed(
        browser, url, attendance="held", safeguards=["en direct", "surveillance"], incidents="Coupure de 5 min."
    )
    told = words(browser.post(url, sent, follow=True))
    assert "Coupure de 5 min." in told and "en direct, surveillance" in told
    kept = Sitting.objects.get()
    assert (kept.attendance, kept.safeguards) == ("held", ["en direct", "surveillance"])
    assert "manque identité vérifiée" in told
    assert "ne se note pas maintenant" in words(browser.get(url, follow=True))


def test_an_evaluator_who_was_away_is_unticked(cast: Cast, row: Candidacy, browser: Client) -> None:
    sitting = scene.with_pair(cast, row, starts_at=NOW - timedelta(hours=3))
    url = page("tell_sitting", sitting.pk)
    here = [str(sitting.evaluators.get(person=cast.professional).pk)]
    told = words(browser.post(url, typed(browser, url, attendance="held", present=here), follow=True))
    assert "Évaluateur externe 0 sur 1" in told
    assert "Quelqu’un manquait pour évaluer" in told and "invalidez-la, puis prévoyez un autre passage" in told
    assert [one.person for one in Evaluator.objects.all()] == [cast.professional]


def test_nothing_of_what_one_rated_is_shown_before_all_signed(
    cast: Cast, row: Candidacy, browser: Client, signed_in: Callable[[Person], Client]
) -> None:
    sitting = held(cast, row)
    first, second = sitting.evaluators.order_by("actor")
    signed(first, "C4")
    rate(evaluator=second, lines=sheet("C5"), by=second.person, at=NOW)
    for url in (page("planned", sitting.pk), page("plan", row.pk), page("calendar"), page("evaluators", sitting.pk)):
        told = words(browser.get(url, follow=True))
        assert "Vu : C" not in told and "À acquérir" not in told
    answer = browser.get(page("planned", sitting.pk))
    assert answer.context["results"] == []
    assert "Rien n’est montré avant que tous les évaluateurs aient signé" in words(answer)
    for name in ("planned", "correct_telling", "move_sitting", "evaluators"):
        for who in (cast.candidate, cast.evaluator, cast.professional):
            assert signed_in(who).get(page(name, sitting.pk)).status_code == 404


def test_a_result_is_corrected_by_another_that_says_why(cast: Cast, row: Candidacy, browser: Client) -> None:
    sitting = scene.settled(cast, row)
    result = Result.objects.get(code="C2")
    url = page("correct", result.pk)
    assert url in words(browser.get(page("planned", sitting.pk)))
    assert browser.post(url, {"value": "no"}).status_code == 422
    same = browser.post(url, {"value": "yes", "reason": "x"})
    assert same.status_code == 422 and "il n’y a rien à corriger" in words(same)
    done = browser.post(url, {"value": "no", "reason": "Erreur de saisie."}, follow=True)
    told = words(done)
    assert "Erreur de saisie." in told and "fait foi" in told and "arrêté par les évaluateurs" in told
    assert [one["value"] for one in done.context["chain"]] == ["À acquérir", "Acquis"]
    assert [one["value"] for one in browser.get(url).context["chain"]] == ["À acquérir", "Acquis"]
    again = browser.get(page("planned", sitting.pk)).context["results"]
    assert [one["value"] for one in again if one["row"].code == "C2"] == ["À acquérir"]


def test_a_mark_is_corrected_by_a_mark(cast: Cast, row: Candidacy, browser: Client) -> None:
    line = {"candidacy": row, "kind": Kind.UNIT, "code": "UE1", "settled_at": NOW, "settled_by": cast.secretary}
    result = Result.objects.create(mark="11.50", **line)
    url = page("correct", result.pk)
    assert "value" not in browser.get(url).context["form"].fields
    assert browser.post(url, {"mark": "101", "reason": "x"}).status_code == 422
    assert browser.post(url, {"mark": "12,5", "reason": "Copie relue."}).status_code == 302
    assert [str(one.mark) for one in Result.objects.filter(corrects=result)] == ["12.50"]


def test_a_sitting_held_is_voided_with_why(cast: Cast, row: Candidacy, browser: Client) -> None:
    sitting = scene.settled(cast, row)
    url = page("void_sitting", sitting.pk)
    assert browser.post(url, typed(browser, url, reason=" ")).status_code == 422
    told = words(browser.post(url, typed(browser, url, reason="Habilitation finie la veille."), follow=True))
    assert "Habilitation finie la veille." in told and "Prévoir un autre passage" in told
    assert "Seule une épreuve tenue" in words(browser.get(url, follow=True))


LACKS = ("date", "evaluator", "accreditation", "summons", "told", "settled")


@pytest.fixture
def crowd(cast: Cast) -> dict[str, Sitting]:
    """A sitting that lacks each thing, each of its own candidate."""
    people = [casting.person(f"c{number}", f"Prénom{number}", f"Nom{number}") for number in range(len(LACKS))]
    rows = {lack: scene.admissible(cast, one) for lack, one in zip(LACKS, people, strict=True)}
    scene.accredited(cast, cast.professional, "sector_professional")
    scene.accredited(cast, cast.evaluator, "external_evaluator", until_on=date(2026, 3, 24))
    past = NOW - timedelta(hours=2)
    found = {
        "date": scene.with_pair(cast, rows["date"], starts_at=None),
        "evaluator": scene.soon(cast, rows["evaluator"]),
        "accreditation": scene.with_pair(cast, rows["accreditation"], starts_at=SOON + timedelta(days=1)),
        "summons": scene.with_pair(cast, rows["summons"]),
        "told": scene.with_pair(cast, rows["told"], starts_at=past),
        "settled": scene.with_pair(cast, rows["settled"], starts_at=past),
    }
    tell_attendance(sitting=found["settled"], attendance=Attendance.HELD, by=cast.secretary, at=NOW)
    for name in ("evaluator", "accreditation"):
        Sitting.objects.filter(pk=found[name].pk).update(summoned_at=NOW)
    return found


def test_the_calendar_finds_what_each_lacks(cast: Cast, crowd: dict[str, Sitting], browser: Client) -> None:
    for lack in LACKS:
        answer = browser.get(page("calendar"), {"lack": lack})
        assert [one.row.pk for one in answer.context["rows"]] == [crowd[lack].pk], lack
        (shown,) = answer.context["rows"]
        assert len(shown.lacks) == 1, lack
    everything = browser.get(page("calendar"))
    assert len(everything.context["rows"]) == 6 and len(everything.context["lacks"]) == 6
    assert everything.context["rows"][-1].row.pk == crowd["date"].pk
    by_name = browser.get(page("calendar"), {"text": "nom3"}).context["rows"]
    assert [one.row.pk for one in by_name] == [crowd["summons"].pk]
    later = browser.get(page("calendar"), {"from": "2026-03-25", "until": "2026-03-25"}).context["rows"]
    assert [one.row.pk for one in later] == [crowd["accreditation"].pk]
    assert browser.get(page("calendar"), {"method": "other"}).context["rows"] == []
    assert browser.get(page("calendar"), {"from": "x", "lack": "x", "which": "x"}).status_code == 200


def test_the_calendar_asks_as_much_for_one_as_for_many(
    crowd: dict[str, Sitting], browser: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(25):
        browser.get(page("calendar"))


def test_cancelled_sittings_are_apart_and_lists_leave(cast: Cast, row: Candidacy, browser: Client) -> None:
    sitting = scene.with_pair(cast, row)
    csv = b"".join(browser.get(page("export_calendar", "csv")).streaming_content).decode()  # type: ignore[attr-defined]
    assert "Évaluation des compétences" in csv and "Esther Spécimen" in csv and "24/03/2026 09:30" in csv
    assert b"".join(browser.get(page("export_calendar", "xlsx")).streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    cancel_sitting(sitting=sitting, reason="Fermé.", by=cast.secretary, at=NOW)
    assert browser.get(page("calendar")).context["rows"] == []
    cancelled = browser.get(page("calendar"), {"which": "cancelled"}).context["rows"]
    assert [one.state["label"] for one in cancelled] == ["Annulée"]


def test_another_organisation_sees_nothing(cast: Cast, row: Candidacy, signed_in: Callable[[Person], Client]) -> None:
    sitting = scene.with_pair(cast, row)
    other = signed_in(cast.other_secretary)
    assert other.get(page("calendar")).context["rows"] == []
    for url in (page("plan", row.pk), page("planned", sitting.pk), page("move_sitting", sitting.pk)):
        assert other.get(url).status_code == 404
