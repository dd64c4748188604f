"""The contract with its dated states, the liaison book, and visits in the company."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.queries import entries_of
from parchemin.records.pathways.actions.contracting import Signed, correct_contract, kind_of, sign_contract, tell_state
from parchemin.records.pathways.actions.liaising import answer_entry, correct_entry, is_open, side_of, write_entry
from parchemin.records.pathways.actions.visiting import Planned, cancel_visit, move_visit, plan_visit, report_visit
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.models import Contract, ContractState, Liaison, Visit
from parchemin.records.pathways.wordings import sentence
from parchemin.records.people.models import Assurance
from tests.web import cast as casting
from tests.web.cast import ALTERNANCE, AT, ON, Cast

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STATE = Contract.State
PASSWORD: dict[str, Any] = {"assurance": Assurance.PASSWORD}


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file followed under a contract of apprenticeship."""
    return casting.opened(cast.candidate, cast.certification(ALTERNANCE), "apprenticeship")


def refused(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(PathwayError) as raised:
        act()
    assert raised.value.code == code
    assert sentence(raised.value)


def typed(**changes: Any) -> Signed:
    values = {"employer": "Centre fictif", "from_on": ON, "until_on": date(2027, 3, 1), "tutor": "Rose Fictive"}
    return Signed(**{**values, **changes})


def signed(cast: Cast, row: Candidacy, **changes: Any) -> Contract:
    return sign_contract(candidacy=row, signed=typed(**changes), signed_on=ON - 5 * DAY, by=cast.companion, at=AT)


def told(cast: Cast, contract: Contract, state: Contract.State, on: date = ON, words: str = "") -> ContractState:
    return tell_state(contract=contract, state=state, on=on, words=words, by=cast.secretary, at=AT)


def test_the_route_says_the_contract() -> None:
    assert kind_of("apprenticeship") is Contract.Kind.APPRENTICESHIP
    assert kind_of("professionalisation") is Contract.Kind.PROFESSIONALISATION
    assert kind_of("vae") is None


def test_a_contract_goes_through_its_dated_states(cast: Cast, row: Candidacy) -> None:
    contract = signed(cast, row)
    assert (contract.kind, contract.state, contract.is_running) == ("apprenticeship", STATE.SIGNED, True)
    told(cast, contract, STATE.STARTED, ON - 4 * DAY)
    refused("state_reason", lambda: told(cast, contract, STATE.SUSPENDED, ON - 3 * DAY, " "))
    refused("state_before", lambda: told(cast, contract, STATE.SUSPENDED, ON - 5 * DAY, "Arrêt"))
    refused("contract_to_come", lambda: told(cast, contract, STATE.ENDED, ON + DAY))
    told(cast, contract, STATE.SUSPENDED, ON - 3 * DAY, "Congé de maternité")
    refused("state_order", lambda: told(cast, contract, STATE.SUSPENDED, ON, "encore"))
    told(cast, contract, STATE.STARTED, ON - 2 * DAY)
    told(cast, contract, STATE.BROKEN, ON, "D’un commun accord")
    refused("contract_over", lambda: told(cast, contract, STATE.ENDED))
    states = [(one.state, one.on) for one in contract.states.all()]
    assert states == [
        (STATE.SIGNED, ON - 5 * DAY),
        (STATE.STARTED, ON - 4 * DAY),
        (STATE.SUSPENDED, ON - 3 * DAY),
        (STATE.STARTED, ON - 2 * DAY),
        (STATE.BROKEN, ON),
    ]
    kinds = list(entries_of(row.pk).values_list("kind", flat=True))
    assert kinds.count("candidacy.contract_state_told") == 4


def test_one_contract_runs_at_a_time_and_another_may_follow(cast: Cast, row: Candidacy) -> None:
    first = signed(cast, row)
    refused("contract_running", lambda: signed(cast, row))
    told(cast, first, STATE.BROKEN, ON, "Fermeture")
    assert signed(cast, row, employer="Un autre").is_running


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"employer": " "}, "employer"), ({"tutor": ""}, "tutor"), ({"until_on": ON - DAY}, "contract_dates")],
)
def test_a_contract_that_cannot_be_is_refused(cast: Cast, row: Candidacy, changes: dict[str, Any], code: str) -> None:
    refused(code, lambda: signed(cast, row, **changes))
    assert not Contract.objects.exists()


def test_a_route_without_contract_has_none(cast: Cast) -> None:
    row = casting.opened(cast.other_candidate, cast.certification())
    refused("no_contract", lambda: signed(cast, row))
    refused("no_contract", lambda: write_entry(candidacy=row, on=ON, words="x", by=cast.companion, at=AT, **PASSWORD))
    refused("no_contract", lambda: planned(cast, row))


def test_a_contract_to_come_is_not_signed(cast: Cast, row: Candidacy) -> None:
    refused(
        "contract_to_come",
        lambda: sign_contract(candidacy=row, signed=typed(), signed_on=ON + DAY, by=cast.companion, at=AT),
    )


def test_a_contract_is_corrected_as_it_was_shown(cast: Cast, row: Candidacy) -> None:
    contract = signed(cast, row)

    def correct(revision: int, **changes: Any) -> Contract:
        return correct_contract(contract=contract, signed=typed(**changes), by=cast.companion, at=AT, revision=revision)

    assert correct(0, tutor="Paul Fictif", tutor_person=cast.professional).tutor_person == cast.professional
    with pytest.raises(StalePathwayError):
        correct(0, tutor="Un troisième")
    told(cast, contract, STATE.BROKEN, ON, "Fermeture")
    refused("contract_over", lambda: correct(2))


def wrote(cast: Cast, row: Candidacy, by: Any = None, **changes: Any) -> Liaison:
    values: dict[str, Any] = {"on": ON, "words": " A préparé une séance. ", "about": ("B1",)}
    return write_entry(candidacy=row, by=by or cast.candidate, at=AT, **PASSWORD, **{**values, **changes})


def test_each_side_writes_and_signs(cast: Cast, row: Candidacy) -> None:
    signed(cast, row, tutor_person=cast.professional)
    entry = wrote(cast, row)
    assert (entry.side, entry.author, entry.words, entry.about) == (
        Liaison.Side.APPRENTICE,
        cast.candidate,
        "A préparé une séance.",
        ["B1"],
    )
    assert side_of(row, cast.professional) is Liaison.Side.TUTOR
    assert side_of(row, cast.companion) is Liaison.Side.CENTRE
    first = answer_entry(entry=entry, words="Vu sur place.", by=cast.professional, at=AT + HOUR, **PASSWORD)
    second = answer_entry(entry=first, words="Merci.", by=cast.companion, at=AT + 2 * HOUR, **PASSWORD)
    assert [one.side for one in entry.answers.all()] == [Liaison.Side.TUTOR, Liaison.Side.CENTRE]
    assert second.answered == entry


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"words": " "}, "liaison_words"),
        ({"on": ON + DAY}, "liaison_to_come"),
        ({"about": ("B9",)}, "no_part"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(cast: Cast, row: Candidacy, changes: dict[str, Any], code: str) -> None:
    refused(code, lambda: wrote(cast, row, **changes))
    assert not Liaison.objects.exists()


def test_an_entry_is_corrected_for_a_day_by_its_author(cast: Cast, row: Candidacy) -> None:
    entry = wrote(cast, row)

    def correct(after: timedelta, by: Any = None) -> Liaison:
        told: dict[str, Any] = {"on": ON - DAY, "words": "A animé une séance.", "about": ("B2",), "at": AT + after}
        return correct_entry(entry=entry, by=by or cast.candidate, assurance=Assurance.FEDERATED, **told)

    refused("another", lambda: correct(HOUR, cast.companion))
    corrected = correct(DAY)
    assert (corrected.words, corrected.about, corrected.corrected_at) == ("A animé une séance.", ["B2"], AT + DAY)
    assert (corrected.written_at, corrected.assurance) == (AT, Assurance.FEDERATED)
    assert not is_open(corrected, AT + DAY + timedelta(microseconds=1))
    refused("liaison_settled", lambda: correct(DAY + timedelta(microseconds=1)))


def test_an_entry_answered_is_never_corrected_again(cast: Cast, row: Candidacy) -> None:
    entry = wrote(cast, row)
    answer = answer_entry(entry=entry, words="Bien.", by=cast.companion, at=AT, **PASSWORD)
    for one, author in ((entry, cast.candidate), (answer, cast.companion)):
        code = "liaison_answered" if one is entry else "liaison_settled"
        with pytest.raises(PathwayError) as raised:
            correct_entry(entry=one, on=ON, words="Autre", by=author, at=AT, **PASSWORD)
        assert raised.value.code == code
    refused("liaison_words", lambda: answer_entry(entry=entry, words=" ", by=cast.companion, at=AT, **PASSWORD))


def planned(cast: Cast, row: Candidacy, **changes: Any) -> Visit:
    values: dict[str, Any] = {"planned_at": AT + DAY, "place": "Atelier", "purpose": "Point à mi-parcours"}
    return plan_visit(candidacy=row, planned=Planned(**{**values, **changes}), by=cast.companion, at=AT)


def report(cast: Cast, visit: Visit, **changes: Any) -> Visit:
    values: dict[str, Any] = {"held_on": ON + DAY, "present": "Rose, Odile", "report": "Tout va bien.", "at": AT + DAY}
    return report_visit(visit=visit, **{"by": cast.companion, **PASSWORD, **values, **changes})


def test_a_visit_is_planned_moved_then_held_with_its_report(cast: Cast, row: Candidacy) -> None:
    visit = planned(cast, row)
    moved = move_visit(
        visit=visit, planned=Planned(planned_at=AT + 2 * DAY, place="Bureau", minutes=30), by=cast.companion, at=AT
    )
    assert (moved.sequence, moved.place, moved.minutes) == (1, "Bureau", 30)
    refused("visit_to_come", lambda: report(cast, visit, held_on=ON + 2 * DAY))
    refused("visit_present", lambda: report(cast, visit, present=" "))
    refused("visit_report", lambda: report(cast, visit, report=""))
    held = report(cast, visit)
    assert (held.held_on, held.reported_by, held.assurance) == (ON + DAY, cast.companion, Assurance.PASSWORD)
    assert report(cast, visit, report="Corrigé.", at=AT + 2 * DAY).report == "Corrigé."
    refused("visit_reported", lambda: report(cast, visit, at=AT + 2 * DAY + HOUR))
    refused("visit_reported", lambda: report(cast, visit, by=cast.professional))
    refused("visit_over", lambda: cancel_visit(visit=visit, by=cast.companion, at=AT))


def test_a_visit_cancelled_is_neither_moved_nor_reported(cast: Cast, row: Candidacy) -> None:
    visit = planned(cast, row)
    cancel_visit(visit=visit, by=cast.companion, at=AT)
    refused("visit_cancelled", lambda: report(cast, visit))
    again = Planned(planned_at=AT, place="Bureau")
    refused("visit_over", lambda: move_visit(visit=visit, planned=again, by=cast.companion, at=AT))


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"place": " "}, "visit_place"), ({"minutes": 0}, "visit_minutes"), ({"minutes": 721}, "visit_minutes")],
)
def test_a_visit_that_cannot_be_is_refused(cast: Cast, row: Candidacy, changes: dict[str, Any], code: str) -> None:
    refused(code, lambda: planned(cast, row, **changes))


REFUSED: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("contract_kind_known", Contract, {"kind": "vae"}),
    ("contract_state_known", Contract, {"state": "lost"}),
    ("contract_has_employer", Contract, {"employer": ""}),
    ("contract_has_tutor", Contract, {"tutor": ""}),
    ("contract_ends_after_start", Contract, {"until_on": ON - DAY}),
    ("state_of_contract_known", ContractState, {"state": "lost"}),
    ("stop_of_contract_has_reason", ContractState, {"state": "broken"}),
    ("liaison_side_known", Liaison, {"side": "family"}),
    ("liaison_says_something", Liaison, {"words": ""}),
    ("liaison_corrected_after", Liaison, {"corrected_at": AT - DAY}),
    ("liaison_by_somebody", Liaison, {"author": None}),
    ("liaison_by_somebody", Liaison, {"bearer": "Rose"}),
    ("liaison_assurance_known", Liaison, {"assurance": "sworn"}),
    ("visit_lasts_a_while", Visit, {"minutes": 0}),
    ("visit_has_place", Visit, {"place": ""}),
    ("visit_held_is_reported", Visit, {"held_on": ON, "present": "x", "reported_at": AT, "assurance": "password"}),
    ("visit_held_is_reported", Visit, {"held_on": ON, "present": "x", "reported_at": AT, "report": "x"}),
    (
        "visit_cancelled_or_held",
        Visit,
        {
            "held_on": ON,
            "present": "x",
            "report": "x",
            "reported_at": AT,
            "assurance": "password",
            "cancelled_at": AT,
        },
    ),
]


@pytest.fixture
def make(cast: Cast, row: Candidacy) -> Callable[..., models.Model]:
    """Rows that stand, changed as asked."""
    kept: dict[str, Any] = {
        "candidacy": row,
        "kind": "apprenticeship",
        "employer": "x",
        "tutor": "x",
        "from_on": ON,
        "state": "ended",
    }
    contract = Contract.objects.create(**kept)
    usual: dict[type[models.Model], dict[str, Any]] = {
        Contract: kept,
        ContractState: {"contract": contract, "state": "signed", "on": ON, "told_at": AT},
        Liaison: {
            "candidacy": row,
            "side": "centre",
            "author": cast.companion,
            "assurance": "password",
            "on": ON,
            "words": "x",
            "written_at": AT,
        },
        Visit: {"candidacy": row, "planned_at": AT, "place": "x"},
    }
    return lambda model, **values: model._default_manager.create(**{**usual[model], **values})


@pytest.mark.parametrize(("name", "model", "values"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_refused_by_the_database(
    make: Callable[..., models.Model], name: str, model: type[models.Model], values: dict[str, Any]
) -> None:
    make(model)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(model, **values)


def test_two_running_contracts_are_refused_by_the_database(make: Callable[..., models.Model]) -> None:
    assert Contract._meta.constraints[-1].name == "contract_running_once"
    make(Contract, state="signed")
    with pytest.raises(IntegrityError), transaction.atomic():
        make(Contract, state="suspended")
