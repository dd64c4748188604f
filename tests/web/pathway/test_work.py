"""The pages of training at work by role: logging, what the rules tell, observing, and the file it makes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.models import ColdDate, Moment, Observation
from parchemin.records.people.models import Assurance, Link, Person, Role
from tests.records.pathways.kept import ZONE, evidence, lived
from tests.web.candidate.paths import read
from tests.web.cast import CQP, Cast, deposited, opened
from tests.web.pathway import kept
from tests.web.pathway.apprentices import shared

SignedIn = Callable[[Person], Client]
READERS = ("candidate", "companion", "professional", "evaluator", "secretary", "manager")
OTHERS = ("other_candidate", "other_secretary", "outsider", "administrator", "jury_member")
LOGGERS = ("candidate", "companion", "professional", "secretary", "manager")
OBSERVERS = ("companion", "professional")


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Every page is asked for on the same day."""
    with time_machine.travel(kept.NOW, tick=True):
        yield


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file followed and judged."""
    return kept.followed(cast)


def url(name: str, *args: object) -> str:
    return reverse(f"pathway:{name}", args=args)


@pytest.mark.parametrize("role", [*READERS, *OTHERS])
def test_who_reads_and_who_does_what(cast: Cast, row: Candidacy, signed_in: SignedIn, role: str) -> None:
    client = signed_in(getattr(cast, role))

    def status(name: str, *args: object) -> int:
        return client.get(url(name, row.pk, *args)).status_code

    read_it, log, see = (200 if role in who else 404 for who in (READERS, LOGGERS, OBSERVERS))
    assert [status("work"), status("work_synthesis")] == [read_it, read_it]
    assert [status("log_moment", "situation"), status("plan_cold"), status("ask_observation")] == [log, log, log]
    assert status("observe") == see


def test_a_situation_is_logged_in_three_taps_and_taken_back(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client, address = signed_in(cast.candidate), url("log_moment", row.pk, "situation")
    form = client.get(address).context["form"]
    told = {name: str(form[name].value())[:10] for name in ("on", "from_time", "until_time")}
    assert client.post(address, {**told, "codes": ["A1-C1"]}).status_code == 302
    made = Moment.objects.get()
    assert (made.kind, made.codes) == ("situation", ["A1-C1"])
    back = url("take_back_moment", row.pk, made.pk)
    assert back in client.get(url("work", row.pk)).content.decode()
    assert back not in signed_in(cast.companion).get(url("work", row.pk)).content.decode()
    assert signed_in(cast.companion).post(back).status_code == 404
    assert client.post(back).status_code == 302
    assert Moment.objects.get().removed_at
    assert client.post(back).status_code == 404


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("situation", {"until_time": "07:00"}, "après le début"),
        ("situation", {"on": "2026-04-21"}, "pas encore eu lieu"),
        ("designation", {"trainer": " "}, "qui est désigné"),
        ("hot", {"on": "n’importe quoi"}, "Cette date n’existe pas"),
    ],
)
def test_what_cannot_be_logged_says_why(
    cast: Cast, row: Candidacy, signed_in: SignedIn, kind: str, changes: dict[str, str], words: str
) -> None:
    told = {"on": "2026-04-01", "from_time": "08:00", "until_time": "10:00", "words": "Gardez ceci.", **changes}
    response = signed_in(cast.candidate).post(url("log_moment", row.pk, kind), told)
    assert response.status_code == 422
    assert words in read(response)
    assert "Gardez ceci." in read(response)
    assert not Moment.objects.exists()


def test_every_kind_of_moment_is_logged_today(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.companion)
    told = {"on": "2026-04-20", "from_time": "08:00", "until_time": "10:00", "trainer": "Denis"}
    for kind in Moment.Kind.values:
        assert client.post(url("log_moment", row.pk, kind), told).status_code == 302
    assert set(Moment.objects.values_list("kind", flat=True)) == set(Moment.Kind.values)
    assert client.get(url("log_moment", row.pk, "nap")).status_code == 404


def test_a_reflective_sequence_within_the_work_is_told_where_it_is_logged(cast: Cast, signed_in: SignedIn) -> None:
    row = kept.full(cast)
    for name in ("work", "work_synthesis"):
        page = read(signed_in(cast.companion).get(url(name, row.pk)))
        assert "phase réflexive du 4 mars 2026" in page
        assert "de 10:00 à 11:00 pendant la situation de 09:00 à 12:00" in page
    assert "4 preuves sur 4" in read(signed_in(cast.candidate).get(url("work", row.pk)))


def test_a_certification_without_such_rules_says_so(cast: Cast, signed_in: SignedIn) -> None:
    row = deposited(opened(cast.candidate, cast.certification(CQP)))
    shared(row, cast.companion, Role.COMPANION)
    page = read(signed_in(cast.companion).get(url("work", row.pk)))
    assert "ne pose pas de règle" in page


def test_the_cold_assessment_is_planned(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client, address = signed_in(cast.candidate), url("plan_cold", row.pk)
    assert client.post(address, {"on": "2026-04-01"}).status_code == 422
    assert client.post(address, {"on": "2026-06-01"}).status_code == 302
    assert "1er juin 2026" in read(client.get(url("work", row.pk)))
    assert client.post(address, {"on": ""}).status_code == 302
    assert not ColdDate.objects.exists()
    lived(row, Moment.Kind.COLD)
    page = read(client.get(url("work", row.pk)))
    assert "Elle est faite." in page and address not in page


def test_a_companion_signs_what_they_saw(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    situation = lived(row, Moment.Kind.SITUATION, codes=["A1-C1"])
    client, address = signed_in(cast.companion), url("observe", row.pk)
    told = {"observed_on": "2026-04-20", "words": "À l’aise.", "moment": str(situation.pk)}
    nothing = client.post(address, told)
    assert nothing.status_code == 422
    assert "Répondez pour au moins une" in read(nothing)
    assert "À l’aise." in read(nothing)
    assert client.post(address, {**told, "seen-A1-C1": "seen", "seen-A2-C1": "not_yet"}).status_code == 302
    made = Observation.objects.get()
    assert (made.observer, made.moment, made.bearer) == (cast.companion, situation, cast.companion.name)
    assert made.assurance in Assurance.values
    page = read(signed_in(cast.evaluator).get(url("work", row.pk)))
    assert "À l’aise." in page


ASKED: dict[str, Any] = {
    "bearer": "Rose Tutrice", "quality": "Tutrice", "email": "rose@example.org", "codes": ["A1-C1", "A1-C2"],
}  # fmt: skip


def test_a_tutor_without_an_account_signs_by_a_link_that_serves_once(
    cast: Cast, row: Candidacy, signed_in: SignedIn, client: Client
) -> None:
    own = signed_in(cast.candidate)
    address = url("ask_observation", row.pk)
    assert own.post(address, {**ASKED, "codes": []}).status_code == 422
    assert own.post(address, ASKED).status_code == 302
    assert "Rose Tutrice" in read(own.get(url("work", row.pk)))
    secret = mail.outbox[-1].body.split("/acte/")[1].split("/")[0]
    page = read(client.get(f"/acte/{secret}/"))
    assert "A1-C2" in page
    assert "A2-C1" not in page, "only what is asked is shown"
    told = {"bearer": "Rose", "quality": "Tutrice", "observed_on": "2026-04-20", "is_sincere": "on", "words": "Bien."}
    nothing = client.post(f"/acte/{secret}/", told)
    assert nothing.status_code == 422
    assert "Bien." in read(nothing)
    assert client.get(f"/acte/{secret}/").status_code == 200, "what was refused uses no link"
    assert client.post(f"/acte/{secret}/", {**told, "seen-A1-C1": "seen"}).status_code == 200
    assert client.get(f"/acte/{secret}/").status_code == 410
    made = Observation.objects.get()
    assert {one.code: one.mark for one in made.lines.all()} == {"A1-C1": "seen", "A1-C2": "not_seen"}
    assert "Rose, Tutrice" in read(own.get(url("work", row.pk)))


def test_whoever_sent_a_link_takes_it_back(cast: Cast, row: Candidacy, signed_in: SignedIn, client: Client) -> None:
    signed_in(cast.companion).post(url("ask_observation", row.pk), ASKED)
    link = Link.objects.get()
    secret = mail.outbox[-1].body.split("/acte/")[1].split("/")[0]
    address = url("revoke_link", row.pk, link.pk)
    assert signed_in(cast.professional).post(address).status_code == 404
    assert signed_in(cast.companion).post(address).status_code == 302
    assert client.get(f"/acte/{secret}/").status_code == 410


def test_the_evidence_file_gathers_what_bears_on_each_competence_and_names_what_is_missing(
    cast: Cast, signed_in: SignedIn
) -> None:
    row = kept.full(cast)
    page = signed_in(cast.candidate).get(url("work_synthesis", row.pk))
    text = read(page)
    assert kept.SECRET not in text, "a page to be handed on holds nothing private"
    bearings = {one.code: one for one in page.context["bearings"]}
    first = bearings["A1-C1"]
    assert [len(part) for part in (first.situations, first.reflections, first.observations)] == [1, 1, 1]
    assert (first.gaps, len(first.evidence)) == ([], 1)
    assert bearings["A2-C1"].gaps == ["Situations", "Séquences réflexives", "Observations"]
    assert "2 compétences sur 19" in text
    judged = {one.code: one for one in signed_in(cast.evaluator).get(url("work_synthesis", row.pk)).context["bearings"]}
    assert judged["A1-C1"].gaps == ["Preuves"], "what is only shared is not read by who judges"


def test_a_long_log_asks_no_more_of_the_database(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.companion)

    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as context:
            assert client.get(url(name, row.pk)).status_code == 200
        return len(context)

    def more() -> None:
        lived(row, Moment.Kind.SITUATION, codes=["A1-C1"])
        evidence(row, ZONE.SUBMITTED, "A1-C1")
        client.post(url("observe", row.pk), {"observed_on": "2026-04-20", "seen-A1-C1": "seen"})

    more()
    names = ("work", "work_synthesis")
    [asked(name) for name in names]
    few = [asked(name) for name in names]
    more()
    more()
    assert [asked(name) for name in names] == few
    assert max(few) <= 25
