"""What the database itself holds of certificates: none without an effective decision, none that comes back, none that
renews what it may not."""

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
GONE = "EXISTS (SELECT 1 FROM awards_change c WHERE c.certificate_id = {0}.id AND c.act = 'revoked')"
REPLACED = "EXISTS (SELECT 1 FROM awards_certificate w WHERE w.corrects_id = {0}.id AND w.id <> NEW.id)"
RENEWABLE = (
    "EXISTS (SELECT 1 FROM awards_certificate e JOIN candidacies_candidacy f ON f.id = e.candidacy_id "
    "JOIN candidacies_candidacy n ON n.id = NEW.candidacy_id WHERE e.id = NEW.renews_id AND e.kind = 'whole' "
    "AND e.valid_until IS NOT NULL AND f.id <> n.id AND f.candidate_id = n.candidate_id "
    "AND f.certification_id = n.certification_id "
    f"AND (NEW.corrects_id IS NOT NULL OR NOT ({GONE.format('e')} OR {REPLACED.format('e')})))"
)
"""The earlier one is of the same person and certification, ends, and stands; a correction keeps what was renewed."""
UNDONE = (
    "EXISTS (SELECT 1 FROM awards_change u JOIN awards_certificate r ON r.id = u.certificate_id "
    "WHERE u.act = 'revoked' AND r.kind = 'whole' AND r.candidacy_id = e.candidacy_id AND r.issued_at >= e.issued_at)"
)
"""What was renewed was revoked since, itself or what corrected it: whatever that file is awarded next is another."""
RENEWED = (
    "EXISTS (SELECT 1 FROM awards_certificate k JOIN awards_certificate e ON e.id = k.renews_id "
    "JOIN awards_certificate mine ON mine.id = NEW.renews_id WHERE e.candidacy_id = mine.candidacy_id "
    "AND k.id <> NEW.id AND (NEW.corrects_id IS NULL OR k.id <> NEW.corrects_id) "
    f"AND NOT ({GONE.format('k')} OR {REPLACED.format('k')}) AND NOT {UNDONE})"
)
"""What that file was awarded is renewed already, by one that stands."""
KEPT = (
    "(NEW.corrects_id IS NULL OR EXISTS (SELECT 1 FROM awards_certificate o WHERE o.id = NEW.corrects_id "
    "AND (o.renews_id = NEW.renews_id OR (o.renews_id IS NULL AND NEW.renews_id IS NULL))))"
)
RENEWS = f"(NEW.renews_id IS NULL OR ({RENEWABLE} AND NOT {RENEWED})) AND {KEPT}"
CERTIFICATES = (Requires("awards_certificate", "INSERT", f"{EFFECTIVE} AND {NEW_ONE} AND {RENEWS}"),)
CHANGES = (Requires("awards_change", "INSERT", STANDING),)
