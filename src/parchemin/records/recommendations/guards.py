"""What the database itself holds of recommendations: one at a time, of what the endorsed answers for, none back."""

from parchemin.records.journal.append_only import Requires

ANSWERS_FOR_IT = (
    "(NEW.version_id IS NULL OR EXISTS (SELECT 1 FROM certifications_publishedversion v "
    "JOIN certifications_certification c ON c.id = v.certification_id "
    "WHERE v.id = NEW.version_id AND c.awarding_body_id = NEW.endorsed_id))"
)
ALONE = (
    "NOT EXISTS (SELECT 1 FROM recommendations_recommendation k WHERE k.endorser_id = NEW.endorser_id "
    "AND k.endorsed_id = NEW.endorsed_id AND COALESCE(k.version_id, 0) = COALESCE(NEW.version_id, 0) "
    "AND (k.until_on IS NULL OR k.until_on >= NEW.from_on) AND (NEW.until_on IS NULL OR NEW.until_on >= k.from_on) "
    "AND NOT EXISTS (SELECT 1 FROM recommendations_withdrawal w WHERE w.recommendation_id = k.id))"
)
"""No other of the same body about the same thing stands on one of its days."""
NOT_WITHDRAWN = (
    "NOT EXISTS (SELECT 1 FROM recommendations_withdrawal w WHERE w.recommendation_id = NEW.recommendation_id)"
)
RECOMMENDATIONS = (Requires("recommendations_recommendation", "INSERT", f"{ANSWERS_FOR_IT} AND {ALONE}"),)
REPLIES = (Requires("recommendations_reply", "INSERT", NOT_WITHDRAWN),)
