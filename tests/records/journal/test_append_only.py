"""What the databases themselves refuse, and the operation that makes them refuse it."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from parchemin.records.journal import actions
from parchemin.records.journal.append_only import AppendOnly, Lifted, unguarded
from parchemin.records.journal.chain import START
from parchemin.records.journal.chained import Chained
from parchemin.records.journal.models import Entry, Head
from tests.guards import lifted

AT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def two(db: None) -> tuple[Entry, Entry]:
    """Two entries."""
    return actions.append(kind="a.b", at=AT), actions.append(kind="a.b", at=AT)


def refused(statement: str, *values: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def columns(**given: Any) -> dict[str, Any]:
    """What a well-formed third entry holds, but for what is given."""
    return {
        "number": 3, "recorded_at": AT, "occurred_at": AT, "kind": "a.b", "details_text": "{}",
        "previous": Head.objects.get().hash, "hash": "a" * 64, **given,
    }  # fmt: skip


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET kind = 'a.c'",
        "UPDATE journal_entry SET kind = kind WHERE number = 2",
        "DELETE FROM journal_entry WHERE number = 2",
        "DELETE FROM journal_entry",
        "DELETE FROM journal_head",
        "UPDATE journal_head SET number = 1",
        "UPDATE journal_head SET number = 3",
        "UPDATE journal_head SET hash = previous FROM journal_entry WHERE journal_entry.number = 2",
    ],
)
def test_rows_are_never_changed(statement: str) -> None:
    refused(statement)
    assert Entry.objects.count() == 2
    assert unguarded(connection) == []


def test_a_row_is_not_replaced(two: tuple[Entry, Entry]) -> None:
    taken = "number, recorded_at, occurred_at, kind, actor, subject, details, decision, scheme_digest, previous, hash"
    same = f"SELECT {taken} FROM journal_entry WHERE number = 2"
    refused(f"INSERT INTO journal_entry ({taken}) {same} ON CONFLICT (number) DO UPDATE SET kind = 'a.c'")
    if connection.vendor == "sqlite":
        refused(f"INSERT OR REPLACE INTO journal_entry ({taken}) {same}")
        refused(
            f"REPLACE INTO journal_entry (rowid, {taken}) SELECT 1, {taken.replace('number', '3')} FROM journal_entry"
        )
        refused("UPDATE OR REPLACE journal_entry SET number = 1 WHERE number = 2")
        refused("REPLACE INTO journal_head VALUES (1, 0, %s)", START)
    else:
        refused("TRUNCATE journal_entry")
        refused("TRUNCATE journal_head")
        refused("TRUNCATE journal_entry, journal_head CASCADE")
        refused("SET LOCAL session_replication_role = replica; DELETE FROM journal_entry")
    assert list(Entry.objects.all()) == list(two)


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    "given",
    [{"number": 2}, {"number": 4}, {"number": 0}, {"number": -1}, {"previous": START}, {"previous": "b" * 64},
     {"kind": ""}, {"hash": "a"}, {"hash": ""}, {"details_text": None}, {"recorded_at": None}],
)  # fmt: skip
def test_an_entry_that_does_not_follow_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**columns(**given))
    with transaction.atomic():
        Entry.objects.create(**columns())  # this one does follow


@pytest.mark.django_db
@pytest.mark.parametrize("given", [{"id": 2}, {"number": 1}, {"number": -1}, {"hash": "a" * 64}])
def test_a_head_that_does_not_begin_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Head.objects.create(**given)
    Head.objects.create()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "name", "given"),
    [
        (Entry, "entry_number_from_one", {"number": 0}),
        (Entry, "entry_kind_given", {"kind": ""}),
        (Entry, "entry_hash_whole", {"hash": "a" * 63}),
        (Entry, "entry_previous_whole", {"previous": ""}),
        (Entry, "entry_only_first_starts", {"previous": START}),
        (Head, "head_is_alone", {"id": 2}),
        (Head, "head_number_not_negative", {"number": -1}),
    ],
)
def test_each_constraint_holds_without_the_triggers(
    model: type[models.Model], name: str, given: dict[str, Any]
) -> None:
    actions.append(kind="a.b", at=AT)
    whole = columns(number=3) if model is Entry else {}
    with lifted(connection), pytest.raises(IntegrityError, match=name), transaction.atomic():
        if model is Head:
            Head.objects.all().delete()
        model._default_manager.create(**{**whole, **given})


@pytest.mark.django_db
def test_the_journal_is_wanted_whole_by_its_own_constraints_only() -> None:
    assert {one.name for model in (Entry, Head) for one in model._meta.constraints} == {
        "entry_number_from_one", "entry_kind_given", "entry_hash_whole", "entry_previous_whole",
        "entry_only_first_starts", "head_is_alone", "head_number_not_negative",
    }  # fmt: skip


CREATE = migrations.CreateModel(
    "Sheet",
    [
        ("id", models.UUIDField(primary_key=True)),
        ("place", models.IntegerField(unique=True)),
        ("word", models.TextField()),
    ],
    {"db_table": "sheets"},
)
FREEZE = AppendOnly("sheets")


def execute(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


def put(place: int, word: str, way: str = "INSERT") -> None:
    execute(f"{way} INTO sheets (id, place, word) VALUES (%s, %s, %s)", uuid.uuid4().hex, place, word)


@pytest.mark.django_db(transaction=True)
def test_the_operation_on_any_table_forwards_again_and_backwards() -> None:
    before, after = ProjectState(), ProjectState()
    CREATE.state_forwards("journal", after)
    with connection.schema_editor() as editor:
        CREATE.database_forwards("journal", editor, before, after)
        FREEZE.database_forwards("journal", editor, after, after)
    try:
        with connection.schema_editor() as editor:
            FREEZE.database_forwards("journal", editor, after, after)
        put(1, "one")
        put(2, "two")
        refused("UPDATE sheets SET word = 'other'")
        refused("DELETE FROM sheets")
        if connection.vendor == "sqlite":
            with pytest.raises(IntegrityError, match="append only"):
                put(1, "other", "REPLACE")
        else:
            refused("TRUNCATE sheets")
        assert execute("SELECT word FROM sheets ORDER BY place") == [("one",), ("two",)]
        with connection.schema_editor() as editor:
            FREEZE.database_backwards("journal", editor, after, after)
        execute("UPDATE sheets SET word = 'other'")
        execute("DELETE FROM sheets")
    finally:
        execute("DROP TABLE sheets")


@pytest.mark.django_db(transaction=True)
def test_a_guarded_table_is_altered_by_lifting_its_guards() -> None:
    guards = [AppendOnly("journal_entry"), Chained("journal_entry"), Chained("journal_head")]
    longer = migrations.AlterField("Entry", "kind", models.CharField(max_length=90))
    lifted_first = [*(Lifted(guard) for guard in reversed(guards)), longer, *guards]
    altering = type("Altering", (migrations.Migration,), {"operations": lifted_first})("altering", "journal")
    now = MigrationLoader(connection).project_state(("journal", "0001_initial"))
    with transaction.atomic():
        actions.append(kind="a.b", at=AT)
    with connection.schema_editor() as editor:
        altering.apply(now.clone(), editor)
    assert unguarded(connection) == []
    refused("DELETE FROM journal_entry")
    with connection.schema_editor() as editor:
        altering.unapply(now.clone(), editor)
    assert unguarded(connection) == []
    refused("UPDATE journal_head SET number = 7")
    with transaction.atomic():
        assert actions.append(kind="a.b", at=AT).number == 2


@pytest.mark.django_db
def test_a_guard_that_is_lifted_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    lift = Lifted(AppendOnly("journal_entry"))
    names = sorted(lift.guard.triggers(connection))
    for name in names:
        execute(f"DROP TRIGGER {name}{' ON journal_entry' if connection.vendor == 'postgresql' else ''}")
    assert unguarded(connection) == names
    first = type(MigrationLoader(connection).disk_migrations["journal", "0001_initial"])
    monkeypatch.setattr(first, "operations", [*first.operations, lift])
    assert unguarded(connection) == []
    assert lift.describe() == "Lift: Refuse any change to the rows of journal_entry"
    assert lift.migration_name_fragment == "journal_entry_append_only_lifted"


def test_the_operation_writes_itself_and_says_what_it_does() -> None:
    written, imports = OperationWriter(FREEZE, indentation=0).serialize()
    assert "AppendOnly(" in written
    assert "'sheets'" in written
    assert any("parchemin.records.journal.append_only" in one for one in imports)
    assert FREEZE.describe() == "Refuse any change to the rows of sheets"
    assert FREEZE.migration_name_fragment == "sheets_append_only"
    assert len(AppendOnly("t" * 80).name("update")) == 63


@pytest.mark.django_db
def test_a_guard_that_was_lost_is_named() -> None:
    place = " ON journal_entry" if connection.vendor == "postgresql" else ""
    assert unguarded(connection) == []
    execute(f"DROP TRIGGER guard_journal_entry_delete{place}")
    assert unguarded(connection) == ["guard_journal_entry_delete"]
    if connection.vendor == "postgresql":
        execute("ALTER TABLE journal_entry DISABLE TRIGGER guard_journal_entry_update")
        assert unguarded(connection) == ["guard_journal_entry_delete", "guard_journal_entry_update"]


@pytest.mark.django_db(transaction=True)
def test_tables_are_emptied_between_tests_and_guarded_again() -> None:
    with transaction.atomic():
        actions.append(kind="a.b", at=AT)
    call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists()
    assert unguarded(connection) == []
    with transaction.atomic():
        assert actions.append(kind="a.b", at=AT).number == 1
    refused("DELETE FROM journal_entry")


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", "journal", check=True, dry_run=True, verbosity=0)
