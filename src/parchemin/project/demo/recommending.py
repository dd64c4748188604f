"""What a body of the demonstration says of the certification of another, which lets everybody read it."""

from datetime import date, datetime

from parchemin.project.demo.cast import Cast
from parchemin.records.recommendations.actions import Said, accept, recommend
from parchemin.records.recommendations.models import Recommendation
from parchemin.records.recommendations.queries import versions_to_recommend

WORDS = (
    "Nos entreprises fictives recrutent ses titulaires : ce que les épreuves demandent est ce qui se fait au travail."
)


def recommend_one(cast: Cast, at: datetime, on: date) -> Recommendation | None:
    """The first body recommends the certification of the second, which accepts it; None where there is no second."""
    if len(cast.bodies) < 2:
        return None
    (first, endorser), (second, endorsed) = list(cast.bodies.items())[:2]
    version = versions_to_recommend(endorser).filter(certification=cast.certifications[second]).first()
    said = Said(endorsed=endorsed, version=version, words=WORDS, from_on=on)
    row = recommend(endorser=endorser, said=said, by=cast.managers[first], at=at, on=on)
    accept(recommendation=row, by=cast.managers[second], at=at, on=on)
    return row
