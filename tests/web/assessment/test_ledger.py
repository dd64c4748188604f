"""Where a file stands, its ledgers and its transmission, for each role, in the browser of whoever asks."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from parchemin.core.facts import Attendance
from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.entering import Entered, enter_results
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.models import Rating, Result
from parchemin.records.candidacies.actions.sharing import grant_access
from parchemin.records.candidacies.models import Candidacy, DecisionRecord
from parchemin.records.people.models import Person, Role
from tests.records.assessments import sending, sheets
from tests.records.assessments.sending import ATTESTED
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.cast import AT, ON, Cast
from tests.web.secretariat.desk import NOW

SignedIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """An admissible file of the CQP, opened to those who assess and accompany."""
    made = files.decided(cast, files.completed(cast, casting.opened(cast.candidate, cast.certification())))
    return shared(cast, made)


@pytest.fixture
def student(cast: Cast) -> Candidacy:
    """An admissible file of a certification with two ledgers."""
    return shared(cast, sending.student(cast))


def shared(cast: Cast, made: Candidacy) -> Candidacy:
    for person, role in (
        (cast.evaluator, Role.EVALUATOR),
        (cast.professional, Role.PROFESSIONAL),
        (cast.companion, Role.COMPANION),
    ):
        grant_access(candidacy=made, person=person, role=role, by=cast.secretary, at=AT, on=ON)
    return made


def page(name: str, made: Candidacy, *args: object) -> str:
    return reverse(f"assessment:{name}", args=[made.pk, *args])


def words(answer: Any) -> str:
    return str(answer.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


MOST = 25
"""Queries of a page, whatever it draws."""
READERS = ("candidate", "evaluator", "professional", "companion", "secretary", "manager")
OTHERS = ("other_candidate", "outsider", "other_secretary", "jury_member", "administrator")


@pytest.mark.parametrize("role", READERS)
def test_each_reader_sees_where_the_file_stands(cast: Cast, row: Candidacy, signed_in: SignedIn, role: str) -> None:
    sheets.signed(sheets.held(cast, row).professional)
    client = signed_in(getattr(cast, role))
    told = words(client.get(page("file", row)))
    assert "Où en est le dossier" in told and "Ce qui manque avant le jury" in told
    assert "étape non faite : Évaluation" in words(client.get(page("missing", row)))
    assert told.count("À évaluer") >= 6
    may_send = "Transmettre au jury" in told
    assert may_send == (role in ("evaluator", "secretary", "manager"))


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_finds_it(cast: Cast, student: Candidacy, signed_in: SignedIn, role: str) -> None:
    client = signed_in(getattr(cast, role))
    for name in ("file", "enter", "transmit"):
        assert client.get(page(name, student)).status_code == 404
        assert client.post(page(name, student)).status_code in (404, 405)


@pytest.mark.parametrize("role", ["candidate", "companion", "professional", "evaluator"])
def test_only_the_office_enters_results(cast: Cast, student: Candidacy, signed_in: SignedIn, role: str) -> None:
    client = signed_in(getattr(cast, role))
    assert client.get(page("file", student)).status_code == 200
    assert "Saisir" not in words(client.get(page("file", student)))
    assert client.get(page("enter", student)).status_code == 404
    assert client.post(page("bring", student)).status_code == 404
    assert client.get(page("ledger_model", student, "csv")).status_code == 404


@pytest.mark.parametrize("role", ["candidate", "companion", "professional"])
def test_only_an_evaluator_or_the_office_transmits(cast: Cast, row: Candidacy, signed_in: SignedIn, role: str) -> None:
    client = signed_in(getattr(cast, role))
    assert client.get(page("transmit", row)).status_code == 404
    assert client.post(page("transmit", row), {"revision": row.revision}).status_code == 404
    assert client.get(page("join", row, "decision_form")).status_code == 404


def test_nobody_reads_what_one_evaluator_rated_alone(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    pair = sheets.held(cast, row)
    sheets.signed(pair.professional, "C2")
    Rating.objects.update(comment="Ce mot ne se lit nulle part")
    for role in READERS:
        told = words(signed_in(getattr(cast, role)).get(page("file", row)))
        assert "Ce mot ne se lit" not in told
        assert "pas un échec" not in told
    sheets.signed(pair.outside)
    told = words(signed_in(cast.candidate).get(page("file", row)))
    assert told.count("Acquis") >= 5 and "les évaluateurs n’ont pas fini" in told


def test_an_absence_is_told_apart_from_a_failure(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    pair = sheets.planned(cast, row)
    tell_attendance(sitting=pair.sitting, attendance=Attendance.ABSENT, by=cast.secretary, at=sheets.LATER)
    told = words(signed_in(cast.candidate).get(page("file", row)))
    assert "Absent : pas un échec" in told and "Non réussie" not in told


def test_what_is_to_sit_again_is_only_what_is_missing(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    sending.ready(cast, row, "C4")
    told = words(signed_in(cast.candidate).get(page("missing", row)))
    part = told[told.index('id="repasser"') :]
    assert "C4" in part and ">C1<" not in part


def test_the_pages_ask_little_of_the_database(
    cast: Cast,
    row: Candidacy,
    student: Candidacy,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    sending.ready(cast, row)
    lines = [Entered(code=f"UE{n:02}", kind=Kind.UNIT, mark=12) for n in range(1, 20)]  # type: ignore[arg-type]
    enter_results(candidacy=student, lines=lines, by=cast.secretary, at=AT)
    client = signed_in(cast.secretary)
    client.get("/")
    for name in ("file", "enter", "transmit", "missing"):
        for made in (row, student):
            with django_assert_max_num_queries(MOST, info=name):
                assert client.get(page(name, made)).status_code in (200, 404)


def test_units_are_entered_and_changed_with_a_reason(cast: Cast, student: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.secretary)
    sent = {"revision": student.revision, "mark-UE19": "12,5", "value-BC01-AC4": "at:M1"}
    assert client.post(page("enter", student), sent).status_code == 302
    assert {(one.code, one.mark, one.is_acquired) for one in Result.objects.all()} == {
        ("UE19", 12.5, None),
        ("BC01-AC4", None, False),
    }
    told = words(client.get(page("file", student)))
    assert "12,5" in told and "Compte une fois, pour BC01, BC02, BC03, BC04" in told and "niveau atteint : M1" in told
    student.refresh_from_db()
    sent |= {"revision": student.revision, "mark-UE19": "14"}
    answer = client.post(page("enter", student), sent)
    assert answer.status_code == 422 and "écrivez pourquoi il change" in words(answer) and 'value="14"' in words(answer)
    assert client.post(page("enter", student), sent | {"reason": "Erreur de saisie."}).status_code == 302
    told = words(client.get(page("file", student)))
    assert "Erreur de saisie." in told and "1 résultat qui ne compte plus" in told


def test_a_mark_that_is_none_is_told_beside_its_line(cast: Cast, student: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.secretary)
    sent = {"revision": student.revision, "mark-UE01": "12", "mark-UE02": "douze", "mark-UE03": "140"}
    answer = client.post(page("enter", student), sent)
    told = words(answer)
    assert answer.status_code == 422 and not Result.objects.exists()
    assert "Écrivez un nombre" in told and "comprise entre 0 et 100" in told and 'value="douze"' in told


def test_somebody_overtaken_loses_nothing(cast: Cast, student: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.secretary)
    lines = [Entered(code="UE01", kind=Kind.UNIT, mark=9)]  # type: ignore[arg-type]
    enter_results(candidacy=student, lines=lines, by=cast.manager, at=AT)
    answer = client.post(page("enter", student), {"revision": 0, "mark-UE01": "11", "mark-UE02": "7"})
    told = words(answer)
    assert answer.status_code == 409 and "Quelqu’un d’autre a modifié" in told
    assert 'value="7"' in told and 'value="11"' in told and Result.objects.count() == 1
    student.refresh_from_db()
    assert f'name="revision" value="{student.revision}"' in told


def brought(client: Client, made: Candidacy, text: str | bytes) -> Any:
    content = text.encode() if isinstance(text, str) else text
    return client.post(page("bring", made), {"file": SimpleUploadedFile("notes.csv", content, "text/csv")})


def test_a_file_of_marks_fills_the_form_and_keeps_nothing_yet(
    cast: Cast, student: Candidacy, signed_in: SignedIn
) -> None:
    answer = brought(signed_in(cast.secretary), student, "code;note\nUE01;12,5\nUE02;8\nBC01-AC1;acquis\n")
    told = words(answer)
    assert answer.status_code == 200 and "3 lignes lues dans le fichier" in told
    assert 'value="12,5"' in told and '<option value="at:M1" selected>' in told
    assert not Result.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "code;note\nUE01;12\nUE99;8\nUE02;douze\nUE01;9\nUE03\n",
            ["Ligne 3 :", "Ligne 4 :", "Ligne 5 :", "Ligne 6 :"],
        ),
        ("", ["Le fichier est vide"]),
        (b"\x00\x01", ["ne se lit pas comme un texte"]),
        ("UE01;12,345", ["deux décimales au plus"]),
    ],
)
def test_a_file_with_a_fault_is_refused_line_by_line(
    cast: Cast, student: Candidacy, signed_in: SignedIn, text: str | bytes, said: list[str]
) -> None:
    answer = brought(signed_in(cast.secretary), student, text)
    told = words(answer)
    assert answer.status_code == 422 and all(one in told for one in said), told
    assert "rien n’a été porté au registre" in told and 'value="12"' not in told
    assert not Result.objects.exists()


def test_the_ledger_goes_out_and_comes_back(cast: Cast, student: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.secretary)
    lines = [
        Entered(code="UE01", kind=Kind.UNIT, mark=9, is_acquired=True),  # type: ignore[arg-type]
        Entered(code="BC01-AC4", kind=Kind.LEARNING, level="M1"),
    ]
    enter_results(candidacy=student, lines=lines, by=cast.secretary, at=AT)
    answer: Any = client.get(page("ledger_model", student, "csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    kept = "\r\n".join(line for line in text.splitlines() if line.count(";") == 2 and not line.endswith(";;"))
    told = words(brought(client, student, kept))
    assert "2 lignes lues" in told
    workbook: Any = client.get(page("ledger_model", student, "xlsx"))
    assert workbook.getvalue().startswith(b"PK")
    workbook.close()


def test_a_certification_without_ledgers_has_no_such_page(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    assert signed_in(cast.secretary).get(page("enter", row)).status_code == 404


def test_an_evaluator_transmits_a_whole_file(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    made = sending.ready(cast, row)
    client = signed_in(cast.evaluator)
    answer = client.post(page("transmit", row), {"revision": made.revision, "attested": list(ATTESTED)})
    assert answer.status_code == 302
    assert DecisionRecord.objects.filter(answer="transmitted", decided_by=cast.evaluator).count() == 2
    assert "transmis au jury depuis le" in words(client.get(page("file", row)))
    answer = client.post(page("transmit", row), {"revision": made.revision})
    assert answer.status_code in (409, 422)
    assert DecisionRecord.objects.filter(answer="transmitted").count() == 2


def test_the_pages_of_a_file_lead_there(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    pages = {"candidate": "candidate:file", "secretary": "secretariat:file", "evaluator": "followed:file"}
    for role, name in pages.items():
        told = words(signed_in(getattr(cast, role)).get(reverse(name, args=[row.pk])))
        assert f'href="{page("file", row)}"' in told, role
        assert f'href="{reverse("pathway:home", args=[row.pk])}"' in told, role


def test_a_candidate_has_nothing_more_to_hand_in_once_it_is_sent(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    made = sending.ready(cast, row)
    client = signed_in(cast.candidate)
    url = reverse("candidate:file", args=[row.pk])
    assert 'class="btn primary"' in words(client.get(url))
    sending.sent(cast, made)
    told = words(client.get(url))
    assert 'class="btn primary"' not in told and "Transmis au jury" in told


def test_what_is_missing_is_listed_and_what_was_ticked_is_kept(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.evaluator)
    answer = client.post(page("transmit", row), {"revision": row.revision, "attested": ["file_used"]})
    told = words(answer)
    assert answer.status_code == 422 and "Le dossier n’est pas parti : voici ce qui manque." in told
    assert "étape non faite : Évaluation des compétences" in told and "Fiche de décision : manque" in told
    assert 'value="file_used" checked' in told or "checked" in told[told.index("file_used") :][:200]
    assert not DecisionRecord.objects.filter(answer="transmitted").exists()


def test_a_transmission_overtaken_is_told(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    made = sending.ready(cast, row)
    answer = signed_in(cast.secretary).post(page("transmit", row), {"revision": 0, "attested": list(ATTESTED)})
    told = words(answer)
    assert answer.status_code == 409 and f'name="revision" value="{made.revision}"' in told
    assert told.count("checked") >= len(ATTESTED)


def test_a_document_of_somebody_else_is_joined(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.evaluator)
    assert "Fiche de décision" in words(client.get(page("join", row, "decision_form")))
    assert client.get(page("join", row, "vae_file")).status_code == 404
    assert client.post(page("join", row, "decision_form")).status_code == 422
    file = SimpleUploadedFile("fiche.txt", b"Fiche vierge.", "text/plain")
    assert client.post(page("join", row, "decision_form"), {"file": file}).status_code == 302
    assert row.documents.filter(kind="decision_form").exists()
    assert client.get(page("join", row, "decision_form")).status_code == 404
