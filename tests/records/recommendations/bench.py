"""A neighbour of the cast's body, which recommends its certification or the body itself."""

from datetime import UTC, date, datetime
from typing import Any

from parchemin.records.certifications.models import PublishedVersion
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import Person, Role
from parchemin.records.recommendations.actions import Said, recommend
from parchemin.records.recommendations.models import Recommendation
from tests.web.cast import AT, FEST, ON, Cast, person

MADE_AT = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
MADE_ON = date(2026, 4, 1)
WORDS = "Nos entreprises embauchent avec elle : les gestes évalués sont ceux du métier."


def neighbour(cast: Cast) -> Person:
    """Answers for the other organisation, as awarding body."""
    known = Person.objects.filter(email="norbert@example.org").first()
    if known:
        return known
    made = person("norbert", "Norbert", "Voisin")
    grant_role(person=made, role=Role.AWARDING_BODY, at=AT, from_on=ON, organisation=cast.other_organisation)
    return made


def version(cast: Cast, scheme: str = FEST) -> PublishedVersion:
    """The only version of a certification of the cast's body."""
    return PublishedVersion.objects.select_related("certification").get(certification=cast.certification(scheme))


def said(cast: Cast, **changes: Any) -> Said:
    """What the neighbour says of a certification, or of the body with ``version=None``."""
    told = {"endorsed": cast.organisation, "words": WORDS, "from_on": MADE_ON, **changes}
    return Said(**({"version": version(cast)} | told))


def recommended(cast: Cast, **changes: Any) -> Recommendation:
    """The neighbour says it, that day."""
    return recommend(
        endorser=cast.other_organisation, said=said(cast, **changes), by=neighbour(cast), at=MADE_AT, on=MADE_ON
    )
