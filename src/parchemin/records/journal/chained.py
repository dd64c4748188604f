"""The database keeps the journal without holes: an entry follows the head, and the head moves to an entry."""

from django.db.backends.base.base import BaseDatabaseWrapper

from parchemin.records.journal.append_only import Guard
from parchemin.records.journal.chain import START

ENTRY, HEAD = "journal_entry", "journal_head"
FOLLOWS = f"EXISTS (SELECT 1 FROM {HEAD} WHERE number = NEW.number - 1 AND hash = NEW.previous)"
BEGINS = f"NEW.number = 0 AND NEW.hash = '{START}' AND NOT EXISTS (SELECT 1 FROM {ENTRY})"
MOVES = (
    "NEW.id = OLD.id AND NEW.number = OLD.number + 1 "
    f"AND EXISTS (SELECT 1 FROM {ENTRY} WHERE number = NEW.number AND hash = NEW.hash)"
)


class Chained(Guard):
    """From here on an entry or the head that breaks the chain raises IntegrityError; the head is never deleted.

    ``table`` is the table of entries, or that of the head. The triggers of each look at the other table: a migration
    that alters one of them lifts the guards of both, and puts them back.
    """

    def describe(self) -> str:
        """What is shown while migrating."""
        return f"Refuse what would break the chain in {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        """The name of a migration that holds nothing else."""
        return f"{self.table}_chained"

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """How a squashed migration writes the operation."""
        return (self.__class__.__qualname__, [self.table], {})

    def _conditions(self) -> dict[str, tuple[str, str]]:
        """By the name of a trigger, its event and what must be true."""
        if self.table == ENTRY:
            return {"follow": ("INSERT", FOLLOWS)}
        return {"begin": ("INSERT", BEGINS), "move": ("UPDATE", MOVES), "delete": ("DELETE", "1 = 0")}

    def functions(self) -> tuple[str, ...]:
        """One function for each trigger, for a trigger's own condition may not look at tables."""
        return tuple(
            f"CREATE OR REPLACE FUNCTION {self.name(what)}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NOT ({condition}) THEN RAISE EXCEPTION 'chain: % of % is refused', TG_OP, TG_TABLE_NAME "
            "USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$"
            for what, (_, condition) in self._conditions().items()
        )

    def triggers(self, connection: BaseDatabaseWrapper) -> dict[str, str]:
        """What each condition watches; truncation of the head on PostgreSQL as well."""
        made: dict[str, str] = {}
        for what, (event, condition) in self._conditions().items():
            name = self.name(what)
            opening = f'CREATE TRIGGER "{name}" BEFORE {event} ON "{self.table}" FOR EACH ROW'
            if connection.vendor == "postgresql":
                made[name] = f"{opening} EXECUTE FUNCTION {name}()"
            else:
                refusal = f"SELECT RAISE(ABORT, 'chain: {event} of {self.table} is refused')"
                made[name] = f"{opening} WHEN NOT ({condition}) BEGIN {refusal}; END"
        if connection.vendor == "postgresql" and self.table == HEAD:
            name = self.name("truncate")
            made[name] = (
                f'CREATE TRIGGER "{name}" BEFORE TRUNCATE ON "{self.table}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION guard_refuse()"
            )
        return made
