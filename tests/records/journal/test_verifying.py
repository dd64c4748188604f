"""Every change to the journal is found, and named at the right entry."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parchemin.core.decision import MET, Decision, SchemeRef, Stage
from parchemin.core.errors import Misuse
from parchemin.records.journal import actions, verifying
from parchemin.records.journal.queries import Anchor, Why, head, verify
from tests.records.journal.tampering import change, hash_by_the_book, rewrite_from, rows, run

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
TAKEN = Decision(Stage.AWARD, SchemeRef("x", "2026-01-01", "d" * 64), date(2026, 3, 1), MET, ())
SIX = 6


@pytest.fixture
def six() -> None:
    """Six entries, the third and the fourth with everything."""
    for number in range(1, SIX + 1):
        whole: dict[str, Any] = {"actor": uuid.UUID(int=number), "subject": uuid.UUID(int=7), "decision": TAKEN}
        actions.append(kind="a.b", at=AT, details={"n": number}, **(whole if number in (3, 4) else {}))


def found() -> tuple[int, Why] | None:
    fault = verify().fault
    return None if fault is None else (fault.number, fault.why)


def test_an_empty_journal_is_whole() -> None:
    assert verify() == verifying.Verdict(0, Anchor(0, "0" * 64), None)


@pytest.mark.usefixtures("six")
def test_a_journal_nobody_touched_is_whole() -> None:
    verdict = verify()
    assert verdict.is_whole
    assert (verdict.entries, verdict.head) == (SIX, head())


CHANGES = [
    ("recorded_at", AT - timedelta(days=1)),
    ("occurred_at", AT + timedelta(microseconds=1)),
    ("kind", "a.c"),
    ("actor", uuid.UUID(int=99)),
    ("actor", None),
    ("subject", uuid.UUID(int=99)),
    ("subject", None),
    ("details", '{"n": 3}'),
    ("details", ""),
    ("decision", None),
    ("decision", ""),
    ("scheme_digest", ""),
    ("previous", "1" * 64),
    ("hash", "1" * 64),
]


@pytest.mark.usefixtures("six")
@pytest.mark.parametrize("number", [3, 4])
@pytest.mark.parametrize(("column", "value"), CHANGES)
def test_each_field_that_changes_is_named_at_its_entry(number: int, column: str, value: Any) -> None:
    if isinstance(value, uuid.UUID) and connection.vendor == "sqlite":
        value = value.hex
    change(number, column, value)
    assert found() == (number, Why.HASH)


@pytest.mark.usefixtures("six")
@pytest.mark.parametrize("number", [1, SIX])
def test_the_first_and_the_last_are_watched_as_the_others(number: int) -> None:
    change(number, "details", "{}")
    assert found() == (number, Why.HASH)


@pytest.mark.usefixtures("six")
@pytest.mark.parametrize("number", range(1, SIX + 1))
def test_an_entry_rewritten_with_its_hash_breaks_the_link_after_it(number: int) -> None:
    row = rows()[number - 1] | {"details": "{}"}
    change(number, "details", "{}")
    change(number, "hash", hash_by_the_book(row))
    assert found() == ((number, Why.HEAD) if number == SIX else (number + 1, Why.LINK))


@pytest.mark.usefixtures("six")
@pytest.mark.parametrize("number", range(1, SIX + 1))
def test_an_entry_taken_away_is_missing(number: int) -> None:
    run("DELETE FROM journal_entry WHERE number = %s", number)
    assert found() == (number, Why.CUT if number == SIX else Why.MISSING)


@pytest.mark.usefixtures("six")
def test_entries_taken_away_and_renumbered_are_seen() -> None:
    run("DELETE FROM journal_entry WHERE number = 3")
    for number in range(4, SIX + 1):
        change(number, "number", number - 1)
    assert found() == (3, Why.HASH)


@pytest.mark.usefixtures("six")
@pytest.mark.parametrize("first_cut", range(1, SIX + 1))
def test_a_tail_cut_off_is_seen(first_cut: int) -> None:
    run("DELETE FROM journal_entry WHERE number >= %s", first_cut)
    assert found() == (first_cut, Why.CUT)


@pytest.mark.usefixtures("six")
def test_an_entry_beyond_the_head_is_a_stray() -> None:
    row = rows()[-1]
    run("UPDATE journal_head SET number = 5, hash = %s", row["previous"])
    assert found() == (6, Why.STRAY)


@pytest.mark.usefixtures("six")
def test_a_head_that_lies_or_is_lost_is_seen() -> None:
    run("UPDATE journal_head SET hash = %s", "1" * 64)
    assert found() == (SIX, Why.HEAD)
    run("UPDATE journal_head SET number = 7")
    assert found() == (7, Why.CUT)
    run("DELETE FROM journal_head")
    assert found() == (SIX, Why.HEAD)


STRANGE: dict[str, list[tuple[str, Any]]] = {
    "sqlite": [
        ("recorded_at", "yesterday"),
        ("recorded_at", ""),
        ("actor", "somebody"),
        ("details", b"\xff"),
        ("kind", 12),
    ],
    "postgresql": [("recorded_at", "infinity"), ("occurred_at", "-infinity")],
}
"""What each database takes in a column, and Python cannot read as its field."""


@pytest.mark.usefixtures("six")
def test_a_value_of_another_type_is_named_and_stops_nothing() -> None:
    for column, value in STRANGE[connection.vendor]:
        with transaction.atomic():
            change(4, column, value)
            assert found() in {(4, Why.UNREADABLE), (4, Why.HASH)}, column
            assert verify().entries == 3
            transaction.set_rollback(True)
    assert verify().is_whole


@pytest.mark.usefixtures("six")
def test_a_number_that_is_no_number_is_a_stray() -> None:
    if connection.vendor == "postgresql":
        run("ALTER TABLE journal_entry DROP CONSTRAINT entry_number_from_one")
        change(6, "number", -6)
        assert found() == (-6, Why.STRAY)
    else:
        change(6, "number", "six")
        assert found() == (6, Why.CUT)
        run("UPDATE journal_head SET number = 5, hash = %s", rows()[4]["hash"])
        assert found() == (6, Why.STRAY)


@pytest.mark.usefixtures("six")
def test_a_chain_rewritten_whole_is_seen_with_an_anchor_only() -> None:
    early, late = (Anchor(row["number"], row["hash"]) for row in (rows()[1], rows()[-1]))
    change(3, "details", '{"n":33}')
    rewrite_from(3)
    assert verify().is_whole
    assert verify(anchor=early).is_whole
    fault = verify(anchor=late).fault
    assert fault == verifying.Fault(SIX, Why.ANCHOR, expected=late.hash, found=head().hash)


@pytest.mark.usefixtures("six")
def test_a_tail_cut_with_its_head_is_seen_with_an_anchor_only() -> None:
    anchor = head()
    run("DELETE FROM journal_entry WHERE number > 4")
    run("UPDATE journal_head SET number = 4, hash = %s", rows()[-1]["hash"])
    assert verify().is_whole
    assert verify(anchor=anchor).fault == verifying.Fault(SIX, Why.ANCHOR, expected=anchor.hash)


@pytest.mark.usefixtures("six")
def test_everything_taken_away_is_seen_with_an_anchor_only() -> None:
    anchor = head()
    run("DELETE FROM journal_entry")
    run("DELETE FROM journal_head")
    assert verify().is_whole
    assert verify(anchor=anchor).fault == verifying.Fault(SIX, Why.ANCHOR, expected=anchor.hash)


def test_an_anchor_taken_before_anything_holds_for_ever() -> None:
    anchor = head()
    assert verify(anchor=anchor).is_whole
    actions.append(kind="a.b", at=AT)
    assert verify(anchor=anchor).is_whole
    assert verify(anchor=Anchor(0, "1" * 64)).fault is not None


@pytest.mark.usefixtures("six")
def test_from_a_number_on() -> None:
    anchor = Anchor(2, rows()[1]["hash"])
    change(3, "details", "{}")
    assert verify(3).fault is not None
    assert verify(4).is_whole
    assert verify(4).entries == 3
    assert verify(4, anchor=anchor).fault == verify().fault
    run("DELETE FROM journal_entry WHERE number = 3")
    assert verify(4).fault == verifying.Fault(3, Why.MISSING)
    assert verify(5).is_whole


@pytest.mark.usefixtures("six")
@pytest.mark.parametrize("number", [-1, 0, SIX + 1])
def test_from_a_number_that_cannot_be(number: int) -> None:
    with pytest.raises(Misuse, match="no_such_entry"):
        verify(number)


def test_reading_goes_by_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "BATCH", 4)
    for _ in range(9):
        actions.append(kind="a.b", at=AT)
    with CaptureQueriesContext(connection) as asked:
        assert verify().entries == 9
    assert len([one for one in asked if "details" in one["sql"]]) == 3
    change(9, "details", '{"n":1}')
    assert found() == (9, Why.HASH)


def test_another_program_finds_the_same_hashes() -> None:
    told = {"é": ["’", "\x00", "🎓", None, 1.5], "a": ""}
    actions.append(kind="a.b", at=AT, actor=uuid.uuid4(), subject=uuid.uuid4(), details=told, decision=TAKEN)
    actions.append(kind="a.b", at=AT.replace(microsecond=7))
    actions.append(kind="a.b", at=datetime(987, 1, 2, 3, 4, 5, tzinfo=UTC))
    previous = "0" * 64
    for row in rows():
        assert row["previous"] == previous
        assert hash_by_the_book(row) == row["hash"]
        previous = row["hash"]
    assert head() == (3, previous)


KINDS = st.sampled_from(["candidacy.deposited", "people.grant.given", "a.b"])
IDS = st.none() | st.uuids()
INSTANTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("aé’\x00🎓 1"),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text("kéy\n", max_size=4), below, max_size=3),
    max_leaves=8,
)
APPENDS = st.lists(
    st.fixed_dictionaries(
        {"kind": KINDS, "at": INSTANTS, "actor": IDS, "subject": IDS,
         "details": st.dictionaries(st.text("kéy\n", max_size=4), PLAIN, max_size=3),
         "decision": st.sampled_from([None, TAKEN])}
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(appends=APPENDS, pick=st.data())
def test_any_sequence_verifies_and_any_single_change_is_found(appends: list[dict[str, Any]], pick: Any) -> None:
    with transaction.atomic():
        for one in appends:
            actions.append(**one)
        assert verify().is_whole
        assert [hash_by_the_book(row) for row in rows()] == [row["hash"] for row in rows()]
        number = pick.draw(st.integers(1, len(appends)))
        column, value = pick.draw(st.sampled_from(CHANGES))
        if isinstance(value, uuid.UUID) and connection.vendor == "sqlite":
            value = value.hex
        before = rows()
        change(number, column, value)
        assert found() == (None if rows() == before else (number, Why.HASH))
        transaction.set_rollback(True)
