"""What the database itself holds of what is sent: whole certifications only, and no technical id twice."""

from parchemin.records.journal.append_only import Requires

GOES = (
    "EXISTS (SELECT 1 FROM transmissions_line l JOIN awards_certificate c ON c.id = l.certificate_id "
    "WHERE l.certificate_id = NEW.line_id AND l.bar = '' AND c.kind = 'whole')"
)
NEW_ONE = (
    "(NEW.is_withdrawal OR NOT EXISTS (SELECT 1 FROM transmissions_sending s "
    "WHERE s.technical_id = NEW.technical_id AND NOT s.is_withdrawal))"
)
"""On SQLite, INSERT OR REPLACE would else take the place of another without a word.

The index of ids that are never used again serves it; one of a withdrawal is always one of these.
"""
ITS_OWN = (
    "(NOT NEW.is_withdrawal OR EXISTS (SELECT 1 FROM transmissions_sending s "
    "JOIN transmissions_answer a ON a.sending_id = s.id WHERE s.technical_id = NEW.technical_id "
    "AND s.line_id = NEW.line_id AND NOT s.is_withdrawal AND a.is_accepted))"
)
SENDINGS = (Requires("transmissions_sending", "INSERT", f"{GOES} AND {NEW_ONE} AND {ITS_OWN}"),)
