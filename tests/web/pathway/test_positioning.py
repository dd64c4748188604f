"""The pages of positioning, for each of those who open them: what they see, what they may write, what is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.actions.closing import withdraw_candidacy
from parchemin.records.candidacies.actions.sharing import grant_access
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Draft
from parchemin.records.pathways.actions.positioning import (
    Positioned,
    close_positioning,
    conclude,
    open_positioning,
    tell_own_view,
)
from parchemin.records.pathways.asked import to_position
from parchemin.records.pathways.models import Handover, Positioning
from parchemin.records.people.actions.accrediting import accredit
from parchemin.records.people.models import Person, Role
from tests.web import cast as casting
from tests.web.cast import ALTERNANCE, AT, CQP, FEST, ON, Cast
from tests.web.secretariat.desk import words

SIX = ("C1", "C2", "C3", "C4", "C5", "C6")
SignedIn = Callable[[Person], Client]


def shared(cast: Cast, row: Candidacy, to: Person | None = None, role: Role = Role.PROFESSIONAL) -> Candidacy:
    """The file is opened to somebody, the professional if nobody is named."""
    grant_access(candidacy=row, person=to or cast.professional, role=role, by=cast.secretary, at=AT, on=ON)
    return row


def interview(cast: Cast, row: Candidacy) -> Positioning:
    """An interview that the professional opens."""
    return open_positioning(candidacy=row, leader=cast.professional, held_on=ON, by=cast.professional, at=AT)


def concluded(cast: Cast, row: Candidacy, *acquired: str) -> Positioning:
    """The same, concluded on everything."""
    found = interview(cast, row)
    codes = to_position(Judged(row, ON).scheme, row.blocks)
    lines = [Positioned(code=code, answer=code in acquired, example=f"Vue pour {code}") for code in codes]
    conclude(positioning=found, lines=lines, by=cast.professional, at=AT)
    return found


def closed(cast: Cast, row: Candidacy, *acquired: str) -> Positioning:
    """The same, over."""
    found = concluded(cast, row, *acquired)
    close_positioning(positioning=found, by=cast.professional, at=AT)
    return found


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file that follows a pathway, handed in, opened to the professional."""
    return shared(cast, casting.deposited(casting.opened(cast.candidate, cast.certification(), "pathway")))


def url(name: str, row: Candidacy, *args: object) -> str:
    return reverse(f"pathway:{name}", args=[row.pk, *args])


def sheet(revision: int, *acquired: str, **changes: str) -> dict[str, Any]:
    """The whole sheet as a leader sends it."""
    typed = {"revision": str(revision), "held_on": ON.isoformat()}
    for code in SIX:
        typed |= {f"answer-{code}": "yes" if code in acquired else "no", f"example-{code}": f"Vue pour {code}"}
    return typed | changes


def test_an_interview_is_opened_concluded_and_closed_by_the_professional(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    client = signed_in(cast.professional)
    page = words(client.get(url("open_positioning", row)))
    assert "n’a pas d’habilitation « Professionnel du secteur » en cours" in page
    answer = client.post(url("open_positioning", row), {"held_on": ON.isoformat()})
    one = row.positionings.get()
    assert answer.headers["Location"] == url("positioning", row, one.pk)
    assert one.leader == cast.professional
    partly = {"revision": "0", "held_on": ON.isoformat(), "answer-C1": "yes", "example-C1": "Vue", "close": "1"}
    answer = client.post(url("positioning", row, one.pk), partly)
    assert answer.headers["Location"] == url("close_positioning", row, one.pk)
    page = words(client.get(answer.headers["Location"]))
    assert "Il manque la conclusion sur ces compétences" in page and "C6 ·" in page
    refused = client.post(url("close_positioning", row, one.pk))
    assert refused.status_code == 422
    assert "Il reste à conclure sur : C2, C3, C4, C5, C6." in words(refused)
    client.post(url("positioning", row, one.pk), sheet(1, "C1", "C3"))
    answer = client.post(url("close_positioning", row, one.pk), follow=True)
    assert "2 compétences acquises, 4 à acquérir" in words(answer)
    assert url("plan", row) in words(answer)
    assert row.steps_done.get().step == "positioning"


def test_the_list_tells_what_is_asked_and_compares_interviews(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    page = words(signed_in(cast.candidate).get(url("positionings", row)))
    assert "Repérage des acquis</strong> · demandé" in page
    first, second = closed(cast, row, "C1"), closed(cast, row, "C1", "C2")
    page = words(signed_in(cast.secretary).get(url("positionings", row)))
    assert f"N° {first.number}" in page and f"N° {second.number}" in page
    assert "1 compétence acquise, 5 à acquérir" in page and "2 compétences acquises, 4 à acquérir" in page
    assert "Gardé par : Candidat" in page


def test_it_is_advised_where_the_scheme_advises_it(cast: Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification(FEST), "continuing")
    page = words(signed_in(cast.candidate).get(url("positionings", row)))
    assert "Co-positionnement</strong> · demandé" in page
    assert "Évaluation de positionnement</strong> · conseillé" in page
    other = casting.opened(cast.candidate, cast.certification(ALTERNANCE), "continuing")
    page = words(signed_in(cast.candidate).get(url("positionings", other)))
    assert "Cette voie ne prévoit pas de repérage" in page and "il n’y a rien à repérer" in page


def test_an_accredited_leader_is_told_so(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    accredit(
        person=cast.professional, organisation=cast.organisation, scheme=CQP, actor="sector_professional",
        from_on=ON - timedelta(days=9), at=AT,
    )  # fmt: skip
    page = words(signed_in(cast.professional).get(url("open_positioning", row)))
    assert "Denis Échantillon a une habilitation « Professionnel du secteur » en cours" in page
    one = closed(cast, row)
    page = words(signed_in(cast.candidate).get(url("positioning", row, one.pk)))
    assert "a une habilitation « Professionnel du secteur » en cours au 2 mars 2026" in page


def test_an_answer_without_an_example_is_refused_and_everything_typed_stays(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    one = interview(cast, row)
    answer = signed_in(cast.professional).post(url("positioning", row, one.pk), sheet(0, "C1", **{"example-C4": " "}))
    assert answer.status_code == 422
    assert "C4 : donnez un exemple" in words(answer) and "Vue pour C6" in words(answer)
    assert not one.lines.exists()


def test_two_windows_of_the_leader_one_is_told_and_nothing_is_lost(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    one, client = interview(cast, row), signed_in(cast.professional)
    client.post(url("positioning", row, one.pk), sheet(0, "C1"))
    late = client.post(url("positioning", row, one.pk), sheet(0, "C1", "C2", **{"example-C2": "Typé ailleurs"}))
    assert late.status_code == 409
    page = words(late)
    assert "Acquise. Typé ailleurs" in page and "À acquérir. Vue pour C2" in page
    assert 'name="revision" value="1"' in page
    assert one.lines.get(code="C2").is_acquired is False
    client.post(url("positioning", row, one.pk), sheet(1, "C1", "C2", **{"example-C2": "Typé ailleurs"}))
    assert one.lines.get(code="C2").is_acquired is True


def test_what_is_typed_is_kept_for_whoever_types_it(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    one, client = interview(cast, row), signed_in(cast.professional)
    kept = client.post(url("positioning_draft", row, one.pk), {"revision": "0", "answer-C1": "yes"})
    assert kept.status_code == 204
    page = words(client.get(url("positioning", row, one.pk)))
    assert "est repris ici" in page and 'value="yes" id="id_answer-C1_0" checked' in page
    own = words(signed_in(cast.candidate).get(url("positioning", row, one.pk)))
    assert "est repris ici" not in own
    client.post(url("positioning_draft", row, one.pk), {"give_up": "1"})
    assert not Draft.objects.exists()
    assert client.post(url("positioning_draft", row, one.pk), {"x": "y" * 200_001}).status_code == 413
    client.post(url("positioning_draft", row, one.pk), {"answer-C1": "yes"})
    client.post(url("positioning", row, one.pk), sheet(0))
    assert not Draft.objects.exists()


def test_the_candidate_tells_their_view_and_reads_the_conclusions_at_the_end(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    one, client = concluded(cast, row, "C1"), signed_in(cast.candidate)
    page = words(client.get(url("positioning", row, one.pk)))
    assert "Votre avis" in page and "Vue pour C1" not in page
    typed = {"revision": "0", "answer-C1": "no", "example-C1": "Jamais seule"}
    assert client.post(url("positioning", row, one.pk), typed).status_code == 302
    assert one.lines.get(code="C1").own_view is False
    assert one.lines.get(code="C1").is_acquired is True
    late = client.post(url("positioning", row, one.pk), {**typed, "example-C1": "Typé ailleurs"})
    assert late.status_code == 409 and "Typé ailleurs" in words(late)
    assert "Jamais seule" in words(signed_in(cast.professional).get(url("positioning", row, one.pk)))
    close_positioning(positioning=one, by=cast.professional, at=AT)
    page = words(client.get(url("positioning", row, one.pk)))
    assert "Vue pour C1" in page and "Enregistrer" not in page
    over = client.post(url("positioning", row, one.pk), typed)
    assert over.status_code == 422
    assert "Ce repérage est terminé" in words(over) and "Jamais seule" in words(over)


def test_others_read_and_write_nothing(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    one = concluded(cast, row, "C1")
    shared(cast, row, cast.evaluator, Role.EVALUATOR)
    for reader in (cast.secretary, cast.evaluator):
        client = signed_in(reader)
        assert "Vue pour C1" in words(client.get(url("positioning", row, one.pk)))
        told = client.post(url("positioning", row, one.pk), sheet(1, "C1", "C2"), follow=True)
        assert "Cette partie se remplit par quelqu’un d’autre." in words(told)
        assert client.get(url("open_positioning", row)).status_code == 404
        assert client.get(url("close_positioning", row, one.pk)).status_code == 404
    assert one.lines.get(code="C2").is_acquired is False
    for stranger in (cast.outsider, cast.other_candidate, cast.other_secretary, cast.companion):
        client = signed_in(stranger)
        for name in ("positionings", "positioning", "positioning_draft", "close_positioning"):
            args = () if name == "positionings" else (one.pk,)
            assert client.get(url(name, row, *args)).status_code in (404, 405), name


def test_a_companion_takes_an_interview_over(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    one = concluded(cast, row, "C1")
    shared(cast, row, cast.companion, Role.COMPANION)
    client = signed_in(cast.companion)
    assert "Reprendre cet entretien" in words(client.get(url("positioning", row, one.pk)))
    answer = client.get(url("close_positioning", row, one.pk), follow=True)
    assert "Cette partie se remplit par quelqu’un d’autre." in words(answer)
    assert "Denis Échantillon ne pourra plus y écrire" in words(client.get(url("lead_positioning", row, one.pk)))
    client.post(url("lead_positioning", row, one.pk))
    one.refresh_from_db()
    assert one.leader == cast.companion
    assert "Enregistrer et terminer" in words(client.get(url("positioning", row, one.pk)))
    assert "Reprendre cet entretien" in words(signed_in(cast.professional).get(url("positioning", row, one.pk)))


def test_the_booklet_is_handed_on(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    closed(cast, row)
    client, address = signed_in(cast.candidate), url("hand_on", row, "positioning_booklet")
    page = words(client.get(address))
    assert "Livret de repérage" in page and "Jury paritaire de la CPEF" in page
    typed = {"actor": "external_evaluator", "name": "Esther Spécimen", "handed_on": ON.isoformat()}
    assert client.post(address, {**typed, "handed_on": "2999-01-01"}).status_code == 422
    listed = words(client.post(address, typed, follow=True))
    assert "Remis à : Évaluateur externe (Esther Spécimen), le 2 mars 2026" in listed
    assert Handover.objects.get().noted_by == cast.candidate
    assert signed_in(cast.candidate).get(url("hand_on", row, "vae_file")).status_code == 404
    shared(cast, row, cast.evaluator, Role.EVALUATOR)
    assert signed_in(cast.evaluator).get(address).status_code == 404


def test_nothing_is_written_once_the_file_is_closed(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    one = concluded(cast, row)
    withdraw_candidacy(candidacy=row, reason="", by=cast.candidate, at=AT, on=ON)
    client = signed_in(cast.candidate)
    assert "Enregistrer" not in words(client.get(url("positioning", row, one.pk)))
    answer = client.post(url("positioning", row, one.pk), {"revision": "0"})
    assert answer.status_code == 422


def test_the_pages_ask_the_database_as_much_however_much_there_is(
    cast: Cast, row: Candidacy, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    for _number in range(6):
        one = closed(cast, row, "C1")
        tell = [Positioned(code=code, answer=True) for code in SIX]
        assert one.closed_at and tell
    last = concluded(cast, row)
    tell_own_view(positioning=last, lines=tell, by=cast.candidate, at=AT)
    client = signed_in(cast.professional)
    for address in (url("positionings", row), url("positioning", row, last.pk), url("home", row)):
        with django_assert_max_num_queries(25):
            assert client.get(address).status_code == 200
