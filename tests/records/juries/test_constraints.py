"""What the database itself refuses of juries, whoever writes to it."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from parchemin.records.candidacies.models import Appeal, Candidacy
from parchemin.records.journal.append_only import unguarded
from parchemin.records.juries.models import (
    Absence,
    Conclusion,
    Hearing,
    Holding,
    Incident,
    JurySession,
    Member,
    Minutes,
    Opinion,
    PoolMember,
    SessionCounter,
    Signature,
    Tie,
    Vote,
)
from tests.guards import settle
from tests.records.candidacies import files
from tests.web.cast import AT, CQP, ON, Cast, opened

BEFORE = AT - timedelta(days=1)
DECIDED: dict[str, Any] = {"verdict": "absent", "decided_at": AT, "decided_by": ..., "sat": {}}
REFUSED: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("pool_member_leaves_after", PoolMember, {"left_on": ON - timedelta(days=1)}),
    ("pool_member_gender_known", PoolMember, {"gender": "x"}),
    ("absence_ends_after_start", Absence, {"until_on": ON - timedelta(days=1)}),
    ("session_jury_given", JurySession, {"jury": ""}),
    ("session_place_known", JurySession, {"place": "moon"}),
    ("session_nominated_by_somebody", JurySession, {"nominated_on": ON}),
    ("session_opened_on_a_decision", JurySession, {"opened_at": AT}),
    ("session_drawn_was_open", JurySession, {"drawn_at": AT}),
    ("session_published_was_closed", JurySession, {"published_at": AT}),
    ("session_cancelled_before_it_with_reason", JurySession, {"cancelled_at": AT}),
    (
        "session_cancelled_before_it_with_reason",
        JurySession,
        {"cancelled_at": AT, "cancellation": "x", "opened_at": AT, "opening": {}},
    ),
    ("session_closed_after_minutes", JurySession, {"closed_at": AT}),
    (
        "session_closed_after_minutes",
        JurySession,
        {"closed_at": BEFORE, "drawn_at": AT, "opened_at": AT, "opening": {}},
    ),
    ("member_presence_known", Member, {"presence": "late"}),
    ("member_gender_known", Member, {"gender": "x"}),
    ("member_expenses_known", Member, {"expenses": "free"}),
    ("incident_told", Incident, {"words": ""}),
    ("hearing_verdict_known", Hearing, {**DECIDED, "verdict": "maybe"}),
    ("hearing_decided_at_a_time_by_somebody", Hearing, {"verdict": "absent"}),
    ("hearing_decided_at_a_time_by_somebody", Hearing, {"decided_at": AT}),
    ("hearing_decided_at_a_time_by_somebody", Hearing, {"sat": {}}),
    ("hearing_decided_at_a_time_by_somebody", Hearing, {**DECIDED, "decided_by": None}),
    ("hearing_decided_at_a_time_by_somebody", Hearing, {**DECIDED, "sat": None}),
    ("hearing_put_off_with_reason", Hearing, {**DECIDED, "verdict": "deferred"}),
    ("hearing_removed_with_reason", Hearing, {"removed_at": AT}),
    ("hearing_removed_with_reason", Hearing, {**DECIDED, "removed_at": AT, "removal": "x"}),
    ("hearing_decided_on_a_proposal", Hearing, {**DECIDED, "verdict": "full", "proposed": {}}),
    ("hearing_decided_on_a_proposal", Hearing, {**DECIDED, "verdict": "none", "ruled": {}}),
    ("hearing_told_on_a_day", Hearing, {"notified_on": ON}),
    ("tie_declared_at_a_time", Tie, {"links": []}),
    ("tie_declared_at_a_time", Tie, {"declared_at": AT}),
    ("tie_recused_with_reason", Tie, {"is_recused": True, "recused_at": AT}),
    ("tie_recused_with_reason", Tie, {"is_recused": True, "reason": "x"}),
    ("vote_ballot_known", Vote, {"ballot": "perhaps"}),
    ("minutes_correct_with_reason", Minutes, {"corrects": ...}),
    ("minutes_digest_whole", Minutes, {"digest": "0"}),
    ("minutes_assurance_known", Signature, {"assurance": "promise"}),
    ("conclusion_verdict_known", Conclusion, {"verdict": "maybe"}),
    ("conclusion_decided_with_its_records", Conclusion, {"verdict": "full"}),
    ("holding_signed_after", Holding, {"signed_on": ON - timedelta(days=1)}),
]
TWICE: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("pool_member_once", PoolMember, {}),
    ("member_once", Member, {}),
    ("hearing_once", Hearing, {"removed_at": AT, "removal": "x"}),
    ("tie_once", Tie, {}),
    ("opinion_once", Opinion, {}),
    ("vote_once", Vote, {}),
    ("minutes_signed_once", Signature, {}),
    ("conclusion_once_a_minutes", Conclusion, {}),
    ("holding_once_a_minutes", Holding, {}),
    ("counter_once_a_year", SessionCounter, {}),
]
OTHERWISE = {
    "chair_once",
    "member_substitutes_another",
    "hearing_waits_once",
    "hearing_of_an_appeal_takes_up_another",
    "minutes_once_a_session",
    "minutes_corrected_once",
    "minutes_closed_by_somebody_after",
    "minutes_closed_or_dropped",
    "minutes_dropped_with_reason",
}
"""Those whose test stands alone."""
Model = type[models.Model]


class Rows:
    """A row of each table that stands, from which others are made."""

    def __init__(self, cast: Cast, file: Candidacy) -> None:
        self.cast, self.file = cast, file
        self.known: dict[Model, models.Model] = {}
        self.made = 0

    def first(self, model: Model) -> Any:
        """One row of that table, always the same; minutes closed when something rests on them."""
        if model not in self.known:
            self.known[model] = self.make(model)
        return self.known[model]

    def make(self, model: Model, **values: Any) -> Any:
        """Another row, on the same others."""
        return model._default_manager.create(**{**self._usual(model, values), **values})

    def number(self) -> str:
        """A number that nothing has."""
        self.made += 1
        return f"N{self.made}"

    def closed(self) -> Any:
        """Minutes signed by the chair and closed."""
        minutes = self.first(Minutes)
        if minutes.closed_at is None:
            self.first(Signature)
            minutes.closed_at, minutes.closed_by = AT, self.cast.secretary
            minutes.save()
        return minutes

    def _usual(self, model: Model, values: dict[str, Any]) -> dict[str, Any]:
        who, by = self.cast.jury_member, self.cast.secretary
        told: dict[Model, Any] = {
            PoolMember: lambda: {
                "organisation": self.cast.organisation,
                "scheme": CQP,
                "person": who,
                "joined_on": ON,
            },
            Absence: lambda: {"member": self.first(PoolMember), "from_on": ON, "until_on": ON},
            JurySession: lambda: {
                "number": self.number(),
                "organisation": self.cast.organisation,
                "certification": self.file.certification,
                "jury": "joint",
                "starts_at": AT,
                "created_at": AT,
            },
            Member: lambda: {"session": self.first(JurySession), "person": who, "is_chair": Member not in self.known},
            Incident: lambda: {"session": self.first(JurySession), "words": "x", "told_by": by, "told_at": AT},
            Hearing: lambda: {"session": self.first(JurySession), "candidacy": self.file, "position": 1},
            Tie: lambda: {"hearing": self.first(Hearing), "member": self.first(Member)},
            Opinion: lambda: {"hearing": self.first(Hearing), "code": "C1", "is_granted": True},
            Vote: lambda: {
                "hearing": self.first(Hearing),
                "member": self.first(Member),
                "ballot": "for",
                "cast_at": AT,
            },
            Minutes: lambda: {
                "session": self.first(JurySession),
                "number": self.number(),
                "text": "{}",
                "digest": sha256(b"{}").hexdigest(),
                "drawn_at": AT,
                "drawn_by": by,
            },
            Signature: lambda: {
                "minutes": self.first(Minutes),
                "member": self.first(Member),
                "assurance": "password",
                "signed_at": AT,
            },
            Conclusion: lambda: {
                "minutes": values.get("minutes") or self.closed(),
                "hearing": self.first(Hearing),
                "verdict": "absent",
                "concluded_on": ON,
            },
            Holding: lambda: {
                "candidacy": self.file,
                "hearing": self.first(Hearing),
                "minutes": values.get("minutes") or self.closed(),
                "code": "C1",
                "deliberated_on": ON,
                "signed_on": ON,
            },
            SessionCounter: lambda: {"kind": "J", "year": 2026},
        }
        found: dict[str, Any] = told[model]()
        return found


@pytest.fixture
def rows(cast: Cast) -> Rows:
    return Rows(
        cast, files.decided(cast, files.completed(cast, opened(cast.candidate, cast.certification(CQP), "vae")))
    )


def is_named(name: str, error: BaseException, model: Model) -> bool:
    constraint = next(one for one in model._meta.constraints if one.name == name)
    columns = [getattr(model._meta.get_field(one), "column", one) for one in getattr(constraint, "fields", ())]
    said = str(error)
    is_told = bool(columns) and all(f".{column}" in said for column in columns)
    return name in said or is_told or "append only" in said or "guarded: INSERT" in said


def refused(name: str, model: Model, act: Any) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        act()
    assert is_named(name, error.value, model)


@pytest.mark.parametrize(("name", "model", "values"), REFUSED, ids=[f"{n}-{i}" for i, (n, *_) in enumerate(REFUSED)])
def test_refused(rows: Rows, name: str, model: Model, values: dict[str, Any]) -> None:
    given = {key: value for key, value in values.items() if value is not ...}
    if "decided_by" in values and "decided_by" not in given:
        given["decided_by"] = rows.cast.secretary
    if "corrects" in values:
        given["corrects"] = rows.closed()
    refused(name, model, lambda: rows.make(model, **given))


@pytest.mark.parametrize(("name", "model", "values"), TWICE, ids=[name for name, *_ in TWICE])
def test_refused_twice(rows: Rows, name: str, model: Model, values: dict[str, Any]) -> None:
    rows.first(model)
    refused(name, model, lambda: rows.make(model, **values))


def test_one_member_chairs(rows: Rows) -> None:
    rows.first(Member)
    refused("chair_once", Member, lambda: rows.make(Member, person=rows.cast.second_jury_member, is_chair=True))


def test_nobody_stands_in_for_themselves(rows: Rows) -> None:
    member = rows.first(Member)
    refused(
        "member_substitutes_another",
        Member,
        lambda: Member.objects.filter(pk=member.pk).update(substitutes=member.pk),
    )


def test_a_file_waits_for_one_jury(rows: Rows) -> None:
    rows.first(Hearing)
    other = rows.make(JurySession)
    refused("hearing_waits_once", Hearing, lambda: rows.make(Hearing, session=other))
    Hearing.objects.update(removed_at=AT, removal="x")
    rows.make(Hearing, session=other)


def test_a_deliberation_asked_for_by_an_appeal_takes_up_another(rows: Rows) -> None:
    record = rows.file.decisions.latest("decided_at")
    appeal = Appeal.objects.create(decision=record, grounds="x", filed_at=AT, filed_on=ON)
    refused("hearing_of_an_appeal_takes_up_another", Hearing, lambda: rows.make(Hearing, appeal=appeal))


def changed(minutes: Minutes, **values: Any) -> None:
    Minutes.objects.filter(pk=minutes.pk).update(**values)


def test_minutes_are_closed_by_somebody_after_they_are_drawn(rows: Rows) -> None:
    rows.first(Signature)
    minutes, by = rows.first(Minutes), rows.cast.secretary
    name = "minutes_closed_by_somebody_after"
    refused(name, Minutes, lambda: changed(minutes, closed_at=AT))
    refused(name, Minutes, lambda: changed(minutes, closed_at=BEFORE, closed_by=by))
    dropped = {"closed_at": AT, "closed_by": by, "dropped_at": AT, "dropping_reason": "x"}
    refused("minutes_closed_or_dropped", Minutes, lambda: changed(minutes, **dropped))
    refused("minutes_dropped_with_reason", Minutes, lambda: changed(minutes, dropped_at=AT))


def test_a_session_has_one_set_of_minutes_and_one_correction_of_each(rows: Rows) -> None:
    first = rows.closed()
    refused("minutes_once_a_session", Minutes, lambda: rows.make(Minutes))
    correction = rows.make(Minutes, corrects=first, reason="x")
    refused("minutes_corrected_once", Minutes, lambda: rows.make(Minutes, corrects=first, reason="y"))
    changed(correction, dropped_at=AT, dropping_reason="x")
    rows.make(Minutes, corrects=first, reason="y")


WRITTEN: dict[str, Any] = {
    "text": "[]",
    "digest": "1" * 64,
    "number": "PV-1",
    "reason": "x",
    "drawn_at": BEFORE,
}


@pytest.mark.parametrize("name", [*WRITTEN, "session", "drawn_by", "corrects"])
def test_what_minutes_are_never_changes(rows: Rows, name: str) -> None:
    minutes = rows.first(Minutes)
    others: dict[str, Any] = {
        "session": rows.make(JurySession),
        "drawn_by": rows.cast.manager,
        "corrects": rows.make(Minutes, session=rows.make(JurySession)),
    }
    guarded(lambda: changed(minutes, **{name: {**WRITTEN, **others}[name]}))


def guarded(act: Any) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        act()
    assert "guarded: " in str(error.value) or "append only: " in str(error.value)


def test_minutes_are_closed_with_the_signature_of_whoever_chairs_that_session(rows: Rows) -> None:
    minutes, cast = rows.first(Minutes), rows.cast
    chair = rows.first(Member)
    closing = {"closed_at": AT, "closed_by": cast.secretary}
    guarded(lambda: changed(minutes, **closing))
    other = rows.make(Member, person=cast.second_jury_member)
    rows.make(Signature, member=other)
    guarded(lambda: changed(minutes, **closing))
    elsewhere = rows.make(Member, session=rows.make(JurySession), is_chair=True)
    guarded(lambda: rows.make(Signature, member=elsewhere))
    rows.make(Signature, member=chair)
    changed(minutes, **closing)
    guarded(lambda: changed(minutes, closed_at=AT + timedelta(days=1)))
    guarded(lambda: changed(minutes, closed_at=None))
    guarded(lambda: changed(minutes, closing_reason="x"))
    third = rows.make(Member, person=cast.evaluator)
    guarded(lambda: rows.make(Signature, member=third))


def test_minutes_put_aside_are_neither_signed_nor_changed(rows: Rows) -> None:
    minutes = rows.first(Minutes)
    changed(minutes, dropped_at=AT, dropping_reason="x")
    guarded(lambda: rows.make(Signature))
    guarded(lambda: changed(minutes, dropped_at=None))
    guarded(lambda: changed(minutes, dropping_reason="y"))


def test_minutes_do_not_begin_closed(rows: Rows) -> None:
    by = rows.cast.secretary
    guarded(lambda: rows.make(Minutes, closed_at=AT, closed_by=by))
    guarded(lambda: rows.make(Minutes, dropped_at=AT, dropping_reason="x"))


def test_nothing_has_effect_before_the_minutes_of_its_session_are_closed(rows: Rows) -> None:
    minutes = rows.first(Minutes)
    hearing = rows.first(Hearing)
    guarded(lambda: rows.make(Conclusion, minutes=minutes, hearing=hearing))
    guarded(lambda: rows.make(Holding, minutes=minutes, hearing=hearing))
    rows.closed()
    Hearing.objects.update(removed_at=AT, removal="x")
    elsewhere = rows.make(Hearing, session=rows.make(JurySession))
    guarded(lambda: rows.make(Conclusion, hearing=elsewhere))
    guarded(lambda: rows.make(Holding, hearing=elsewhere))
    stranger = opened(rows.cast.other_candidate, rows.file.certification)
    guarded(lambda: rows.make(Holding, candidacy=stranger))
    rows.make(Conclusion)
    rows.make(Holding)


FROZEN: dict[Model, dict[str, Any]] = {
    Signature: {"assurance": "code"},
    Conclusion: {"reason": "x"},
    Holding: {"is_held": False},
}


@pytest.mark.parametrize("model", FROZEN)
def test_what_has_effect_is_never_changed_nor_deleted(rows: Rows, model: Model) -> None:
    row = rows.first(model)
    found = model._default_manager.filter(pk=row.pk)
    guarded(lambda: found.update(**FROZEN[model]))
    guarded(lambda: found._raw_delete("default"))
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        guarded(lambda: execute(f"TRUNCATE {table} CASCADE"))
    else:
        guarded(lambda: execute(f"REPLACE INTO {table} SELECT * FROM {table}"))


def test_minutes_are_never_deleted_nor_replaced(rows: Rows) -> None:
    minutes = rows.first(Minutes)
    guarded(lambda: Minutes.objects.filter(pk=minutes.pk)._raw_delete("default"))
    if connection.vendor == "sqlite":
        guarded(lambda: execute("REPLACE INTO juries_minutes SELECT * FROM juries_minutes"))
    else:
        rows.first(Signature)
        guarded(lambda: execute("TRUNCATE juries_minutes CASCADE"))


def execute(statement: str) -> None:
    settle(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_guards_are_there() -> None:
    assert unguarded(connection) == []


def test_every_constraint_is_tested() -> None:
    known = {one.name for model in apps.get_app_config("juries").get_models() for one in model._meta.constraints}
    assert known == {name for name, *_ in REFUSED} | {name for name, *_ in TWICE} | OTHERWISE
