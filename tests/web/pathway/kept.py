"""Files with evidence and moments at work, opened to those who follow and to those who judge."""

from datetime import UTC, datetime, timedelta
from typing import Any

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.evidencing import comment_evidence
from parchemin.records.pathways.actions.observing import observe
from parchemin.records.pathways.actions.working import plan_cold
from parchemin.records.pathways.models import Moment, ObservationLine
from parchemin.records.people.models import Assurance, Role
from tests.records.pathways.kept import ZONE, evidence, filed, lived
from tests.web import cast as casting
from tests.web.cast import AT, FEST, ON, Cast
from tests.web.pathway.apprentices import shared

KIND, MARK = Moment.Kind, ObservationLine.Mark
DAY = timedelta(days=1)
NOW = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
SECRET = "Ce que personne d’autre ne lit"


def followed(cast: Cast) -> Candidacy:
    """A file sent, opened to Carine who trains, Denis of the trade and Esther who judges."""
    row = casting.deposited(casting.opened(cast.candidate, cast.certification(FEST), "continuing"))
    shared(row, cast.companion, Role.COMPANION)
    shared(row, cast.professional, Role.PROFESSIONAL)
    shared(row, cast.evaluator, Role.EVALUATOR, cast.secretary)
    return row


def proved(row: Candidacy) -> dict[str, Any]:
    """One piece of evidence in each zone, told apart by its title."""
    return {
        ZONE.PRIVATE: evidence(row, ZONE.PRIVATE, "A1-C1", title=SECRET),
        ZONE.SHARED: evidence(row, ZONE.SHARED, "A1-C1", "A2-C1", title="Grille d’analyse partagée"),
        ZONE.SUBMITTED: evidence(row, ZONE.SUBMITTED, "A3-C1", title="Compte rendu soumis"),
    }


def full(cast: Cast) -> Candidacy:
    """A training at work as it may be found, with a reflective sequence inside a situation."""
    row = followed(cast)
    kept = proved(row)
    filed(row, "A2-C3", "A2-C4")
    words = "Dites plutôt ce que l’apprenant a fait seul, et combien de temps cela a pris."
    comment_evidence(evidence=kept[ZONE.SHARED], words=words, by=cast.companion, at=AT)
    own: dict[str, Any] = {"codes": ["A1-C1", "A3-C1"]}
    lived(row, KIND.ANALYSIS, AT, words="Poste d’accueil : trois tâches clés retenues.", **own)
    lived(row, KIND.DESIGNATION, AT + timedelta(hours=2))
    text = "Accueil de deux stagiaires, seule, avec Denis en retrait."
    first = lived(row, KIND.SITUATION, MORNING, hours=3, words=text, **own)
    lived(row, KIND.REFLECTION, MORNING + timedelta(hours=1), words="Ce qui a surpris, ce qui se referait.", **own)
    lived(row, KIND.FEEDBACK, MORNING + DAY, words="Points d’appui et points à reprendre.", **own)
    lived(row, KIND.HOT, MORNING + 7 * DAY, **own)
    plan_cold(candidacy=row, on=NOW.date() + 30 * DAY, by=row.candidate, at=AT)
    observe(
        candidacy=row, marks={"A1-C1": MARK.SEEN, "A3-C1": MARK.NOT_YET}, words="À l’aise avec le groupe.",
        observed_on=ON, by=cast.professional, at=AT, assurance=Assurance.SECOND_FACTOR, quality="Responsable",
        moment=first,
    )  # fmt: skip
    return row
