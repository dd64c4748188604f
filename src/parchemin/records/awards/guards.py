"""What the database itself holds of certificates: none without an effective decision, none that comes back."""

from parchemin.records.journal.append_only import Requires

EFFECTIVE = (
    "EXISTS (SELECT 1 FROM juries_conclusion c JOIN juries_hearing h ON h.id = c.hearing_id "
    "WHERE c.id = NEW.conclusion_id AND h.candidacy_id = NEW.candidacy_id)"
)
NEW_ONE = (
    "NOT EXISTS (SELECT 1 FROM awards_certificate k WHERE k.id = NEW.id OR k.number = NEW.number "
    "OR k.place = NEW.place OR k.corrects_id = NEW.corrects_id OR (k.conclusion_id = NEW.conclusion_id "
    "AND k.kind = NEW.kind AND k.code = NEW.code AND k.corrects_id IS NULL AND NEW.corrects_id IS NULL "
    "AND NEW.kind <> 'statement'))"
)
"""On SQLite, INSERT OR REPLACE would else take the place of another without a word."""
STANDING = (
    "NOT EXISTS (SELECT 1 FROM awards_change c WHERE c.certificate_id = NEW.certificate_id AND c.act = 'revoked') "
    "AND NOT EXISTS (SELECT 1 FROM awards_certificate k WHERE k.corrects_id = NEW.certificate_id)"
)
CERTIFICATES = (Requires("awards_certificate", "INSERT", f"{EFFECTIVE} AND {NEW_ONE}"),)
CHANGES = (Requires("awards_change", "INSERT", STANDING),)
