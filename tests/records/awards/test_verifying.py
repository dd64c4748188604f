"""What anybody may learn of a certificate from its number, whatever became of it, and nothing of its holder."""

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import given as drawn_from
from hypothesis import strategies as st

from parchemin.records.awards.actions.changing import issue_duplicate, reinstate, revoke, suspend
from parchemin.records.awards.actions.issuing import correct_certificate, issue_statement
from parchemin.records.awards.models import Certificate, Change
from parchemin.records.awards.numbers import SIGNS, drawn, grouped
from parchemin.records.awards.queries import verifying
from parchemin.records.awards.queries.verifying import Answer, Outcome, Reason, Why, names_holder, verified
from parchemin.records.awards.queries.written import digest_of
from tests.guards import lifted
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, checked, decided, given, housed, told
from tests.records.juries.bench import Bench
from tests.web import cast as casting
from tests.web.cast import ALTERNANCE, FEST, Cast

LATER = ISSUED_AT + timedelta(days=30)
LATER_ON = date(2026, 4, 26)
NEXT = LATER + timedelta(days=3)
BORN = casting.IDENTITY.born_on
MOST = 4


@pytest.fixture
def issued(cast: Cast, bench: Bench) -> Certificate:
    (made,) = given(told(bench), cast.manager)
    return made


@pytest.fixture
def temporary(cast: Cast) -> Certificate:
    housed(cast, FEST)
    (made,) = given(decided(cast, FEST, "continuing", "full", ("A1-C1",)), cast.manager)
    return made


def corrected(row: Certificate, cast: Cast) -> Certificate:
    casting.identified(cast.candidate, birth_name="Fictive-Exacte")
    checked(cast, cast.candidate)
    return correct_certificate(certificate=row, reason="Nom mal écrit.", by=cast.manager, at=LATER, on=LATER_ON)


def against(row: Certificate | str, *codes: Why, on: date = LATER_ON) -> Answer:
    """The answer, which is not valid for these reasons."""
    found = verified(row if isinstance(row, str) else row.number, on)
    assert (found.outcome, found.codes) == (Outcome.NOT_VALID, codes)
    return found


def test_one_that_stands_is_valid_and_says_what_it_is(cast: Cast, issued: Certificate) -> None:
    found = verified(grouped(issued.number).lower().replace("-", " "), LATER_ON)
    assert (found.outcome, found.reasons, found.number, found.on) == (Outcome.VALID, (), issued.number, LATER_ON)
    assert found.told is not None
    assert dataclasses.asdict(found.told) == {
        "kind": "whole",
        "certification": issued.told["certification"],
        "block": "",
        "code": "",
        "body": cast.organisation.name,
        "trade_name": "",
        "scheme": issued.told["scheme"],
        "issuer": cast.organisation.pk,
        "awarded_on": ISSUED_ON,
        "valid_until": None,
    }


def test_nothing_told_is_of_the_holder_or_of_the_file(cast: Cast, issued: Certificate) -> None:
    suspend(certificate=issued, reason="Doute sur l’identité.", by=cast.manager, at=LATER)
    corrected(issued, cast)
    said = repr(dataclasses.asdict(verified(issued.number, LATER_ON)))
    successor = Certificate.objects.get(corrects=issued)
    private = ("Fictive", "Odile", "1984", "Nantes", "Doute", successor.number, successor.pk.hex, issued.pk.hex)
    assert not [one for one in private if one in said.replace(cast.organisation.name, "")]


def test_a_block_says_its_title(cast: Cast) -> None:
    housed(cast, ALTERNANCE, trade_name="Maison fictive")
    (row,) = given(decided(cast, ALTERNANCE, "apprenticeship", "partial", ("B1",), "B2"), cast.manager)
    found = verified(row.number, LATER_ON).told
    assert found and (found.kind, found.code, found.trade_name) == ("block", "B1", "Maison fictive")
    assert found.block == row.told["title"] != found.certification


def test_a_statement_is_told_as_one(cast: Cast) -> None:
    housed(cast, FEST)
    hearing = decided(cast, FEST, "continuing", "none", ("A1-C1",), "A1-C2")
    row = issue_statement(hearing=hearing, by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    found = verified(row.number, LATER_ON)
    assert found.outcome is Outcome.VALID and found.told and found.told.kind == "statement" and found.told.block == ""


def test_revoked_says_since_when_and_never_why(cast: Cast, issued: Certificate) -> None:
    revoke(certificate=issued, reason="Fraude constatée.", by=cast.manager, at=LATER)
    found = against(issued, Why.REVOKED)
    assert found.reasons == (Reason(Why.REVOKED, LATER_ON),)
    assert found.told and found.told.awarded_on == ISSUED_ON and "Fraude" not in repr(found)


def test_suspended_until_it_is_reinstated(cast: Cast, issued: Certificate) -> None:
    suspend(certificate=issued, reason="Enquête.", by=cast.manager, at=LATER)
    assert against(issued, Why.SUSPENDED).reasons == (Reason(Why.SUSPENDED, LATER_ON),)
    reinstate(certificate=issued, reason="Rien.", by=cast.manager, at=NEXT)
    assert verified(issued.number, LATER_ON).outcome is Outcome.VALID


def test_replaced_does_not_say_by_which(cast: Cast, issued: Certificate) -> None:
    made = corrected(issued, cast)
    assert against(issued, Why.REPLACED).reasons == (Reason(Why.REPLACED, LATER_ON),)
    assert verified(made.number, LATER_ON).outcome is Outcome.VALID


def test_valid_to_its_last_day_and_not_the_day_after(temporary: Certificate) -> None:
    last = temporary.valid_until
    assert last is not None
    found = verified(temporary.number, last)
    assert found.outcome is Outcome.VALID and found.told and found.told.valid_until == last
    after = last + timedelta(days=1)
    assert against(temporary, Why.EXPIRED, on=after).reasons == (Reason(Why.EXPIRED, after),)


def test_every_reason_is_said_the_gravest_first(cast: Cast, temporary: Certificate) -> None:
    suspend(certificate=temporary, reason="Enquête.", by=cast.manager, at=LATER)
    against(temporary, Why.EXPIRED, Why.SUSPENDED, on=date(2040, 1, 1))
    corrected(temporary, cast)
    against(temporary, Why.REPLACED, Why.EXPIRED, Why.SUSPENDED, on=date(2040, 1, 1))


def test_the_first_reason_is_the_standing(cast: Cast, temporary: Certificate) -> None:
    def same(on: date) -> None:
        fresh = Certificate.objects.get(pk=temporary.pk)
        codes = verified(fresh.number, on).codes
        assert (codes[0].value if codes else "valid") == fresh.standing(on).value

    days = (ISSUED_ON, LATER_ON, date(2031, 3, 27), date(2031, 3, 28))
    for act in (None, suspend, reinstate, suspend, revoke):
        if act:
            act(certificate=temporary, reason="x", by=cast.manager, at=LATER)
        for day in days:
            same(day)


@pytest.mark.django_db
def test_a_number_that_nobody_was_given_is_unknown() -> None:
    found = against(drawn(), Why.UNKNOWN)
    assert found.told is None and len(found.number) == 12


@pytest.mark.parametrize("typed", ["", "-", "ABCD", "x" * 500, "é" * 12, "0000-0000-0000", "ABCD-EFGH-JKMN", "\ud800"])
def test_a_slip_is_told_without_looking_anything_up(typed: str) -> None:
    found = verified(typed, LATER_ON)  # no database in this test: looking there would fail
    assert (found.outcome, found.codes, found.number) == (Outcome.UNCHECKED, (Why.MISTYPED,), "")


@drawn_from(st.integers(0, 11), st.sampled_from(SIGNS))
def test_one_sign_mistyped_is_never_another_certificate(place: int, sign: str) -> None:
    number = drawn()
    if number[place] != sign:
        assert verified(number[:place] + sign + number[place + 1 :], LATER_ON).codes == (Why.MISTYPED,)


def spoilt(row: Certificate, **changes: Any) -> None:
    with lifted(connection):
        Certificate.objects.filter(pk=row.pk).update(**changes)


ALTERED: dict[str, Callable[[Certificate], None]] = {
    "the text": lambda row: spoilt(row, text=row.text.replace("Odile", "Odette")),
    "the text and its digest": lambda row: spoilt(row, text="{}", digest=digest_of("{}")),
    "its last day": lambda row: spoilt(row, valid_until=date(2099, 1, 1)),
    "its number": lambda row: spoilt(row, number=drawn()),
    "a change nobody made": lambda row: _written(row),
}


def _written(row: Certificate) -> None:
    with lifted(connection):
        Change.objects.create(certificate=row, act="suspended", reason="x", at=LATER, by=row.issued_by)


@pytest.mark.parametrize("what", ALTERED)
def test_what_was_altered_is_not_valid_and_tells_nothing_else(temporary: Certificate, what: str) -> None:
    assert verified(temporary.number, LATER_ON).outcome is Outcome.VALID
    ALTERED[what](temporary)
    number = Certificate.objects.get(pk=temporary.pk).number
    assert against(number, Why.ALTERED).told is None
    assert names_holder(number, "Fictive", BORN) is None


@pytest.mark.parametrize("how", ["deleted", "turned into something else"])
def test_a_revocation_that_was_taken_away_is_found(cast: Cast, issued: Certificate, how: str) -> None:
    revoke(certificate=issued, reason="Fraude.", by=cast.manager, at=LATER)
    with lifted(connection):
        rows = Change.objects.filter(certificate=issued)
        if how == "deleted":
            rows._raw_delete("default")
        else:
            rows.update(act="reinstated")
    assert against(issued, Why.ALTERED).told is None


def test_a_replacement_that_was_taken_away_is_found(cast: Cast, issued: Certificate) -> None:
    made = corrected(issued, cast)
    with lifted(connection):
        Certificate.objects.filter(pk=made.pk)._raw_delete("default")
    against(issued, Why.ALTERED)


def test_what_became_of_another_of_the_same_file_changes_nothing(cast: Cast) -> None:
    housed(cast, ALTERNANCE)
    first, second = given(decided(cast, ALTERNANCE, "apprenticeship", "partial", ("B1", "B3")), cast.manager)
    revoke(certificate=second, reason="Fraude.", by=cast.manager, at=LATER)
    spoilt(second, text="{}")
    assert verified(first.number, LATER_ON).outcome is Outcome.VALID


def test_printed_again_it_is_valid_still(cast: Cast, issued: Certificate) -> None:
    issue_duplicate(certificate=issued, reason="Perdu.", proof="Passeport", by=cast.manager, at=LATER)
    assert verified(issued.number, LATER_ON).outcome is Outcome.VALID


def test_a_form_that_is_not_read_yet_is_not_judged(issued: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "FORMAT", "parchemin/certificate-2")
    found = verified(issued.number, LATER_ON)
    assert (found.outcome, found.codes, found.told) == (Outcome.UNCHECKED, (Why.UNREADABLE,), None)
    assert names_holder(issued.number, "Fictive", BORN) is None


def test_a_register_that_does_not_answer_says_nothing_of_the_certificate(
    issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(QuerySet, "first", broken)
    found = verified(issued.number, LATER_ON)
    assert (found.outcome, found.codes, found.told) == (Outcome.UNCHECKED, (Why.UNAVAILABLE,), None)


def test_questions_do_not_grow_with_what_was_decided(cast: Cast, issued: Certificate) -> None:
    for _turn in range(3):
        with CaptureQueriesContext(connection) as questions:
            verified(issued.number, LATER_ON)
        assert len(questions) <= MOST
        suspend(certificate=issued, reason="x", by=cast.manager, at=LATER)
        reinstate(certificate=issued, reason="x", by=cast.manager, at=LATER)


@pytest.mark.parametrize(
    ("name", "born_on", "is_holder"),
    [
        ("D’Œuvre-Ébène", BORN, True),
        ("doeuvre ebene", BORN, True),
        ("  D'OEUVRE   EBENE ", BORN, True),
        ("La Marée", BORN, True),
        ("lamaree", BORN, True),
        ("La Marée", BORN + timedelta(days=1), False),
        ("D’Œuvre", BORN, False),
        ("Odile La Marée", BORN, False),
        ("D’Œuvre-Ébène La Marée", BORN, False),
        ("Fictive", BORN, False),
        ("", BORN, False),
        ("---", BORN, False),
        ("%", BORN, False),
        ("Лямаре", BORN, False),
    ],
)
def test_the_holder_is_confirmed_by_both_names_and_day(
    cast: Cast, bench: Bench, name: str, born_on: date, is_holder: bool
) -> None:
    hearing = told(bench)
    casting.identified(cast.candidate, birth_name="D’Œuvre-Ébène", used_name="La Marée")
    checked(cast, cast.candidate)
    (row,) = given(hearing, cast.manager)
    assert names_holder(row.number, name, born_on) is is_holder


def test_without_a_used_name_nothing_stands_for_it(issued: Certificate) -> None:
    assert issued.told["holder"]["used_name"] == ""
    assert names_holder(issued.number, "", BORN) is False and names_holder(issued.number, "fictive", BORN) is True
    assert names_holder(drawn(), "Fictive", BORN) is None


def test_every_comparison_is_made_whatever_the_others_say(issued: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[bytes, bytes]] = []

    def counted(one: bytes, other: bytes) -> bool:
        made.append((one, other))
        return one == other

    monkeypatch.setattr(verifying, "compare_digest", counted)
    for turn, (name, born_on) in enumerate((("Fictive", BORN), ("x", BORN), ("Fictive", LATER_ON), ("", LATER_ON)), 1):
        names_holder(issued.number, name, born_on)
        assert len(made) == 3 * turn
