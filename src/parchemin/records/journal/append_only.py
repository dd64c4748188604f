"""Tables whose rows the database itself refuses to change: migration operations for PostgreSQL and SQLite.

A frozen table is declared in a migration, after the operation that creates it:
``operations = [..., AppendOnly("candidacies_decisionrecord")]``.

On SQLite Django alters a table by building it anew, which loses its triggers. A migration that alters a guarded table
therefore lifts the guard and puts it back: ``[Lifted(AppendOnly(table)), AlterField(...), AppendOnly(table)]``, which
also holds backwards. ``unguarded`` names the triggers that were lost where this was forgotten.
"""

from abc import abstractmethod
from itertools import chain

from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import truncate_name
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

PREFIX = "guard_"
LONGEST = 63
"""Characters of an identifier that PostgreSQL keeps."""


class Guard(Operation):
    """Triggers on one table, made going forwards and dropped going backwards."""

    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    @abstractmethod
    def triggers(self, connection: BaseDatabaseWrapper) -> dict[str, str]:
        """The SQL that makes each trigger, by its name; none on another database than these two."""

    @abstractmethod
    def functions(self) -> tuple[str, ...]:
        """The SQL of the functions that the triggers call on PostgreSQL, made or replaced."""

    def name(self, what: str) -> str:
        """The name of a trigger on this table."""
        return truncate_name(f"{PREFIX}{self.table}_{what}", LONGEST)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: a trigger is no part of a model."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the triggers, in place of those of the same names; NotSupportedError on another database."""
        connection = schema_editor.connection
        if not router.allow_migrate(connection.alias, app_label):
            return
        self._drop(schema_editor)
        is_postgresql = connection.vendor == "postgresql"
        for statement in self.functions() if is_postgresql else ():
            schema_editor.execute(statement, params=None)
        for name, statement in self.triggers(connection).items():
            schema_editor.execute(statement, params=None)
            if is_postgresql:  # ALWAYS: a session that says it replicates is refused as well
                schema_editor.execute(f'ALTER TABLE "{self.table}" ENABLE ALWAYS TRIGGER "{name}"', params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the triggers; the functions stay, for other tables call them."""
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            self._drop(schema_editor)

    def _drop(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        connection = schema_editor.connection
        place = f' ON "{self.table}"' if connection.vendor == "postgresql" else ""
        for name in self.triggers(connection):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{name}"{place}', params=None)


class AppendOnly(Guard):
    """From here on the database refuses UPDATE, DELETE and TRUNCATE on a table; IntegrityError for whoever tries.

    On SQLite, INSERT OR REPLACE deletes the row in its way without a word to the triggers of deletion: it is refused
    where the row in its way has the same rowid, primary key or unique columns. A unique index that is partial or on
    an expression cannot be watched so.
    """

    @property
    def migration_name_fragment(self) -> str:
        """The name of a migration that holds nothing else."""
        return f"{self.table}_append_only"

    def describe(self) -> str:
        """What is shown while migrating."""
        return f"Refuse any change to the rows of {self.table}"

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """How a squashed migration writes the operation."""
        return (self.__class__.__qualname__, [self.table], {})

    def functions(self) -> tuple[str, ...]:
        """One function for every frozen table."""
        return (
            "CREATE OR REPLACE FUNCTION guard_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'append only: % of % is refused', TG_OP, TG_TABLE_NAME "
            "USING ERRCODE = 'restrict_violation'; END $$",
        )

    def triggers(self, connection: BaseDatabaseWrapper) -> dict[str, str]:
        """Changed and deleted rows; truncation on PostgreSQL, replacement on SQLite."""
        events = {"update": "UPDATE", "delete": "DELETE"}
        if connection.vendor == "postgresql":
            return {
                self.name(what): f'CREATE TRIGGER "{self.name(what)}" BEFORE {event} ON "{self.table}" '
                f"FOR EACH {'STATEMENT' if what == 'truncate' else 'ROW'} EXECUTE FUNCTION guard_refuse()"
                for what, event in {**events, "truncate": "TRUNCATE"}.items()
            }
        made = {what: f'BEFORE {event} ON "{self.table}"' for what, event in events.items()}
        made["replace"] = f'BEFORE INSERT ON "{self.table}" WHEN {self._in_the_way(connection)}'
        return {
            self.name(what): f'CREATE TRIGGER "{self.name(what)}" {when} BEGIN '
            f"SELECT RAISE(ABORT, 'append only: {what} of {self.table} is refused'); END"
            for what, when in made.items()
        }

    def _in_the_way(self, connection: BaseDatabaseWrapper) -> str:
        """The SQL condition that a new row would take the place of another, on SQLite."""
        with connection.cursor() as cursor:
            cursor.execute(f'PRAGMA index_list("{self.table}")')
            indexes = [name for _, name, is_unique, _, is_partial in cursor.fetchall() if is_unique and not is_partial]
            keys = [["rowid"]]
            for index in indexes:
                cursor.execute(f'PRAGMA index_info("{index}")')
                keys.append([column for _, _, column in cursor.fetchall()])
        whole = [columns for columns in keys if None not in columns]
        same = (" AND ".join(f'"{column}" = NEW."{column}"' for column in columns) for columns in whole)
        return " OR ".join(f'EXISTS (SELECT 1 FROM "{self.table}" WHERE {condition})' for condition in same)


class Requires(Guard):
    """From here on an event on a table is refused unless a condition surely holds; IntegrityError for whoever tries."""

    def __init__(self, table: str, event: str, condition: str) -> None:
        super().__init__(table)
        self.event = event
        self.condition = condition

    @property
    def migration_name_fragment(self) -> str:
        """The name of a migration that holds nothing else."""
        return f"{self.table}_{self.event.lower()}_guarded"

    def describe(self) -> str:
        """What is shown while migrating."""
        return f"Refuse what must not be done to the rows of {self.table} ({self.event})"

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """How a squashed migration writes the operation."""
        return (self.__class__.__qualname__, [self.table, self.event, self.condition], {})

    def functions(self) -> tuple[str, ...]:
        """The function of the trigger, for its own condition may not look at tables."""
        returned = "OLD" if self.event == "DELETE" else "NEW"
        return (
            f"CREATE OR REPLACE FUNCTION {self._trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF ({self.condition}) IS NOT TRUE THEN "
            "RAISE EXCEPTION 'guarded: % of % is refused', TG_OP, TG_TABLE_NAME "
            f"USING ERRCODE = 'restrict_violation'; END IF; RETURN {returned}; END $$",
        )

    def triggers(self, connection: BaseDatabaseWrapper) -> dict[str, str]:
        """One trigger before the event, on each row."""
        opening = f'CREATE TRIGGER "{self._trigger}" BEFORE {self.event} ON "{self.table}" FOR EACH ROW'
        if connection.vendor == "postgresql":
            return {self._trigger: f"{opening} EXECUTE FUNCTION {self._trigger}()"}
        refusal = f"SELECT RAISE(ABORT, 'guarded: {self.event} of {self.table} is refused')"
        return {self._trigger: f"{opening} WHEN ({self.condition}) IS NOT TRUE BEGIN {refusal}; END"}

    @property
    def _trigger(self) -> str:
        return self.name(f"requires_{self.event.lower()}")


class Lifted(Operation):
    """A guard taken off, by its triggers dropped going forwards and made going backwards."""

    reversible = True

    def __init__(self, guard: Guard) -> None:
        self.guard = guard

    def describe(self) -> str:
        """What is shown while migrating."""
        return f"Lift: {self.guard.describe()}"

    @property
    def migration_name_fragment(self) -> str:
        """The name of a migration that holds nothing else."""
        return f"{self.guard.migration_name_fragment}_lifted"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: a trigger is no part of a model."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the triggers."""
        self.guard.database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the triggers."""
        self.guard.database_forwards(app_label, schema_editor, from_state, to_state)


def unguarded(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that applied migrations made and that the database no longer has, sorted; none when all is well."""
    loader = MigrationLoader(connection)
    applied = [
        loader.disk_migrations[key] for key in sorted(set(loader.disk_migrations) & set(loader.applied_migrations))
    ]
    wanted: dict[str, Guard] = {}
    for operation in chain.from_iterable(migration.operations for migration in applied):
        if isinstance(operation, Guard):
            wanted |= dict.fromkeys(operation.triggers(connection), operation)
        elif isinstance(operation, Lifted):
            wanted = {name: guard for name, guard in wanted.items() if name not in operation.guard.triggers(connection)}
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = 'A' AND tgname LIKE %s", [f"{PREFIX}%"])
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{PREFIX}%"])
        present = {name for (name,) in cursor.fetchall()}
    return sorted({name for name, guard in wanted.items() if guard.table in tables} - present)
