"""Whoever holds the keys of the database changes a row: verifying the journal names the session and the row."""

import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.db.models import QuerySet

from parchemin.core.facts import Link
from parchemin.records.candidacies.models import DecisionRecord
from parchemin.records.journal.models import Entry
from parchemin.records.journal.witnessing import Rewritten, rewritten
from parchemin.records.juries.actions import listing, sitting
from parchemin.records.juries.models import (
    Conclusion,
    Hearing,
    Holding,
    Incident,
    JurySession,
    Member,
    Minutes,
    Opinion,
    Signature,
    Tie,
    Vote,
)
from parchemin.records.juries.sealing import SEALED
from tests.cli.running import Run, runner
from tests.guards import lifted
from tests.records.juries.bench import PREPARED, SESSION, Bench, transmitted
from tests.web.cast import Cast

Model = type[models.Model]


@pytest.fixture
def parchemin(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture
def whole(cast: Cast, bench: Bench) -> Iterator[Bench]:
    """A session to its end, with a tie, an incident and a recusal taken back."""
    row = transmitted(cast)
    hearing = bench.hear(row)
    listing.recuse(hearing=hearing, member=bench.members["a"], reason="x", at=PREPARED, by=cast.secretary)
    listing.take_back_recusal(hearing=hearing, member=bench.members["a"], at=PREPARED, by=cast.secretary)
    bench.declare(hearing, a=(Link.FAMILY,))
    bench.declare(hearing)
    bench.open()
    sitting.tell_incident(session=bench.session, words="Une coupure.", at=SESSION, by=bench.chair)
    bench.settle(hearing)
    bench.sign(minutes := bench.draw())
    bench.close(minutes)
    yield bench


CHANGED: list[tuple[Model, dict[str, Any]]] = [
    (Vote, {"ballot": "against"}),
    (Opinion, {"is_granted": False}),
    (Opinion, {"reason": "x"}),
    (Hearing, {"verdict": "partial"}),
    (Hearing, {"reason": "x"}),
    (Hearing, {"ruled": {}}),
    (Hearing, {"sat": {}}),
    (Hearing, {"attested": []}),
    (Signature, {"signed_at": PREPARED}),
    (Minutes, {"closing_reason": "x"}),
    (Member, {"presence": "absent"}),
    (Member, {"is_external": False}),
    (Tie, {"links": ["family"]}),
    (Incident, {"words": "Rien."}),
    (Conclusion, {"reason": "x"}),
    (Holding, {"is_held": False}),
    (DecisionRecord, {"outcome": "not_met"}),
    (JurySession, {"nominated_by": "x"}),
    (JurySession, {"opening_reason": "x"}),
]


def rows(model: Model, bench: Bench) -> "QuerySet[Any]":
    if model is DecisionRecord:
        return DecisionRecord.objects.filter(stage="award")
    return model._default_manager.all()


@pytest.mark.parametrize(("model", "values"), CHANGED, ids=[f"{m.__name__}-{'-'.join(v)}" for m, v in CHANGED])
def test_a_row_changed_is_found(whole: Bench, parchemin: Run, model: Model, values: dict[str, Any]) -> None:
    assert parchemin("journal", "verify").code == 0
    row = rows(model, whole).order_by("pk").last()
    assert row is not None
    with lifted(connection):
        model._default_manager.filter(pk=row.pk).update(**values)
    name = f"{model._meta.model_name}:{row.pk}"
    answer = parchemin("journal", "verify")
    assert answer.code == 1
    assert whole.session.number in answer.words and name in answer.words.replace(" ", "")
    told = parchemin("journal", "verify", "--json")
    assert (told.code, told.json["is_whole"]) == (1, True)
    (found,) = told.json["rewritten"]
    assert (found["where"], found["row"]) == (whole.session.number, name)
    kept = Entry.objects.get(number=found["entry"])
    assert kept.subject == whole.session.pk and name in kept.details["seals"]


def test_a_line_of_minutes_changed_by_sql_is_found(whole: Bench, parchemin: Run) -> None:
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE juries_minutes SET text = replace(text, '\"full\"', '\"none\"')")
    answer = parchemin("journal", "verify", "--lang", "en")
    assert answer.code == 1
    assert f"{whole.session.number}, minutes:{Minutes.objects.get().pk}" in answer.words
    assert "the database no longer says what entry" in answer.words
    assert "1 row was changed in the database, outside Parchemin." in answer.words


@pytest.mark.parametrize("model", [Vote, Signature, Tie, Opinion, Holding])
def test_a_row_removed_is_found(whole: Bench, model: Model) -> None:
    row = model._default_manager.order_by("pk").last()
    assert row is not None
    with lifted(connection):
        model._default_manager.filter(pk=row.pk)._raw_delete("default")
    assert [(one.where, one.row) for one in rewritten()] == [
        (whole.session.number, f"{model._meta.model_name}:{row.pk}")
    ]


def test_a_row_put_in_is_found(whole: Bench, parchemin: Run) -> None:
    hearing = Hearing.objects.get()
    put = Opinion.objects.create(hearing=hearing, code="Z9", is_granted=True)
    assert list(rewritten()) == [Rewritten(whole.session.number, f"opinion:{put.pk}", 0)]
    told = parchemin("journal", "verify")
    assert told.code == 1 and "aucune inscription n'en dit rien" in told.words
    assert parchemin("journal", "verify", "--json").json["rewritten"][0]["entry"] is None


def test_a_row_moved_to_another_session_is_found_in_both(cast: Cast, whole: Bench) -> None:
    other = JurySession.objects.get(pk=whole.session.pk)
    other.pk, other.number = None, "J2026-0009"
    other._state.adding = True
    other.save()
    incident = Incident.objects.get()
    Incident.objects.update(session=other)
    assert {(one.where, one.row) for one in rewritten()} == {
        (whole.session.number, f"incident:{incident.pk}"),
        ("J2026-0009", f"incident:{incident.pk}"),
        ("J2026-0009", f"jurysession:{other.pk}"),
    }


def test_a_session_that_vanished_is_found(cast: Cast, bench: Bench, parchemin: Run) -> None:
    id = bench.session.pk
    JurySession.objects.filter(pk=id).delete()
    entry = Entry.objects.get(kind="jury.session_planned").number
    assert list(rewritten()) == [Rewritten("", f"jurysession:{id}", entry)]
    told = parchemin("journal", "verify")
    assert told.code == 1 and f"jurysession:{id}" in told.words.replace(" :", ":")
    assert "la base ne l'a plus" in told.words


def test_everything_that_a_jury_writes_is_sealed(whole: Bench) -> None:
    sealed = {name for entry in Entry.objects.all() for name in entry.details.get("seals", {})}
    for model in SEALED:
        found = rows(model, whole)
        assert found, model
        stages = ("jury", "award")
        names = {f"{model._meta.model_name}:{row.pk}" for row in found if getattr(row, "stage", "jury") in stages}
        assert names <= sealed, model


UNSEALED: dict[Model, set[str]] = {
    JurySession: {
        "id", "minutes", "room", "capacity", "nomination", "summoned_at", "created_by_id", "created_at", "revision",
    },
    Member: {"id", "employer", "told_at", "expenses"},
    Incident: {"id"},
    Hearing: {"id", "position", "starts_at", "summoned_at", "revision"},
    Tie: {"id", "declared_at", "recused_at"},
    Opinion: {"id"},
    Vote: {"id", "cast_at"},
    Minutes: {"id"},
    Signature: {"id"},
    Conclusion: {"id"},
    Holding: {"id"},
    DecisionRecord: {"id"},
}  # fmt: skip
"""What decides nothing: when and where, who pays, what is counted."""


@pytest.mark.parametrize("model", SEALED, ids=lambda one: one.__name__)
def test_what_is_not_sealed_is_said(model: Model) -> None:
    columns = {field.attname for field in model._meta.concrete_fields}
    assert columns - set(SEALED[model]) == UNSEALED[model]


def test_reading_one_session_after_the_other_holds_one_session(
    cast: Cast, whole: Bench, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    copies = 40
    entries = list(Entry.objects.filter(subject=whole.session.pk).order_by("number"))

    def peak() -> int:
        tracemalloc.start()
        for _ in rewritten():
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak()
    alone = peak()
    with lifted(connection):
        for index in range(copies):
            kept = JurySession.objects.get(pk=whole.session.pk)
            kept.pk, kept.number = None, f"C{index}"
            kept._state.adding = True
            kept.save()
            number = Entry.objects.order_by("-number").values_list("number", flat=True)[0]
            for step, entry in enumerate(entries, 1):
                entry.number, entry.subject = number + step, kept.pk
                entry.hash = f"{entry.number:064}"
                entry._state.adding = True
                entry.save(force_insert=True)
    assert peak() < copies / 8 * alone
