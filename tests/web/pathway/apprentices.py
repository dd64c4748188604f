"""A file followed under a contract of apprenticeship, opened to a trainer and to a tutor."""

from datetime import date, timedelta
from typing import Any

from parchemin.records.candidacies.actions.sharing import grant_access
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.contracting import Signed, sign_contract, tell_state
from parchemin.records.pathways.actions.liaising import answer_entry, write_entry
from parchemin.records.pathways.actions.visiting import Planned, plan_visit, report_visit
from parchemin.records.pathways.models import Contract, Liaison, Visit
from parchemin.records.people.models import Assurance, Person, Role
from tests.web import cast as casting
from tests.web.cast import ALTERNANCE, AT, ON, Cast

DAY = timedelta(days=1)
SIGNED: dict[str, Any] = {"assurance": Assurance.PASSWORD, "at": AT}


def shared(row: Candidacy, person: Person, role: Role, by: Person | None = None) -> None:
    """The file is opened to that person, by its candidate unless somebody else is named."""
    grant_access(candidacy=row, person=person, role=role, by=by or row.candidate, at=AT, on=ON)


def apprenticed(cast: Cast) -> Candidacy:
    """The file, sent, read by Carine of the centre and by Denis of the company."""
    row = casting.deposited(casting.opened(cast.candidate, cast.certification(ALTERNANCE), "apprenticeship"))
    shared(row, cast.companion, Role.COMPANION)
    shared(row, cast.professional, Role.PROFESSIONAL)
    return row


def signed(cast: Cast, row: Candidacy, **changes: Any) -> Contract:
    """Its contract, signed the week before, whose tutor is Denis."""
    values: dict[str, Any] = {
        "employer": "Centre de formation fictif",
        "from_on": ON - 5 * DAY,
        "until_on": date(2027, 9, 30),
        "tutor": "Denis Échantillon",
        "tutor_post": "Responsable pédagogique",
        "tutor_person": cast.professional,
    }
    told = Signed(**{**values, **changes})
    return sign_contract(candidacy=row, signed=told, signed_on=ON - 7 * DAY, by=cast.companion, at=AT)


def wrote(row: Candidacy, by: Person, words: str = "A préparé une séance.", *about: str) -> Liaison:
    """An entry of the book."""
    return write_entry(candidacy=row, on=ON, words=words, about=about, by=by, **SIGNED)


def planned(cast: Cast, row: Candidacy, in_days: int = 7) -> Visit:
    """A visit planned in so many days."""
    told = Planned(planned_at=AT + in_days * DAY, place="Atelier, 3 rue Fictive", minutes=90, purpose="Point d’étape")
    return plan_visit(candidacy=row, planned=told, by=cast.companion, at=AT)


def full(cast: Cast) -> Candidacy:
    """A file in the middle of its life: a contract stopped and started again, a book, visits held and to come."""
    row = apprenticed(cast)
    contract = signed(cast, row)
    for state, days, words in (
        (Contract.State.STARTED, 5, ""),
        (Contract.State.SUSPENDED, 3, "Congé"),
        (Contract.State.STARTED, 1, ""),
    ):
        tell_state(contract=contract, state=state, on=ON - days * DAY, words=words, by=cast.companion, at=AT)
    text = "Odile a animé une séance devant douze alternants.\nElle a su relier l’exercice au travail en atelier."
    entry = wrote(row, cast.professional, text, "B1", "B2")
    answer_entry(
        entry=entry, words="Au centre, nous reprendrons l’évaluation de la séance.", by=cast.companion, **SIGNED
    )
    answer_entry(entry=entry, words="Merci, je prépare la grille.", by=cast.candidate, **SIGNED)
    wrote(row, cast.candidate, "J’ai visité une entreprise d’accueil avec le référent.", "B2")
    held = planned(cast, row, -2)
    report_visit(
        visit=held,
        held_on=ON - 2 * DAY,
        present="Odile Fictive, Denis Échantillon, Carine Modèle",
        report="L’atelier permet de voir tout le cycle. Convenu : une séance seule avant l’été.",
        by=cast.companion,
        **SIGNED,
    )
    planned(cast, row, -1)
    planned(cast, row)
    return row
