"""What the database itself holds of minutes: they are never changed, and nothing is held before they are closed."""

from parchemin.records.journal.append_only import Requires


def _same(column: str) -> str:
    return f"(NEW.{column} = OLD.{column} OR (NEW.{column} IS NULL AND OLD.{column} IS NULL))"


WRITTEN = ("session_id", "number", "corrects_id", "reason", "text", "digest", "drawn_at", "drawn_by_id")
"""What minutes are from the moment they are drawn."""
SAME = " AND ".join(map(_same, ("id", *WRITTEN)))
UNDER_WAY = "OLD.closed_at IS NULL AND OLD.dropped_at IS NULL"
SIGNED = (
    "EXISTS (SELECT 1 FROM juries_signature s JOIN juries_member m ON m.id = s.member_id "
    "WHERE s.minutes_id = NEW.id AND m.session_id = NEW.session_id AND m.is_chair)"
)
CLOSES = f"(NEW.closed_at IS NULL OR {SIGNED})"
NEW_ONE = (
    "NEW.closed_at IS NULL AND NEW.dropped_at IS NULL AND NOT EXISTS (SELECT 1 FROM juries_minutes m "
    "WHERE m.id = NEW.id OR m.number = NEW.number OR (m.dropped_at IS NULL AND (m.corrects_id = NEW.corrects_id "
    "OR (m.session_id = NEW.session_id AND m.corrects_id IS NULL AND NEW.corrects_id IS NULL))))"
)
"""Minutes begin unsigned; on SQLite, INSERT OR REPLACE would else take the place of others without a word."""
WAITING = (
    "EXISTS (SELECT 1 FROM juries_minutes d JOIN juries_member m ON m.session_id = d.session_id "
    "WHERE d.id = NEW.minutes_id AND m.id = NEW.member_id AND d.closed_at IS NULL AND d.dropped_at IS NULL)"
)
CLOSED = (
    "EXISTS (SELECT 1 FROM juries_minutes d JOIN juries_hearing h ON h.session_id = d.session_id "
    "WHERE d.id = NEW.minutes_id AND h.id = NEW.hearing_id AND d.closed_at IS NOT NULL{})"
)


MINUTES = (
    Requires("juries_minutes", "INSERT", NEW_ONE),
    Requires("juries_minutes", "UPDATE", f"{UNDER_WAY} AND {SAME} AND {CLOSES}"),
    Requires("juries_minutes", "DELETE", "1 = 0"),
)
SIGNATURES = (Requires("juries_signature", "INSERT", WAITING),)
EFFECTS = (
    Requires("juries_conclusion", "INSERT", CLOSED.format("")),
    Requires("juries_holding", "INSERT", CLOSED.format(" AND h.candidacy_id = NEW.candidacy_id")),
)
