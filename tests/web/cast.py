"""The named cast of every page's tests: people and certifications, made through the records' actions."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from parchemin.core.decision import Decision
from parchemin.core.facts import ExperienceKind
from parchemin.places import CHECKOUT, library
from parchemin.records.candidacies.actions import depositing, filling, opening, talking
from parchemin.records.candidacies.actions.filling import Activity
from parchemin.records.candidacies.models import Candidacy, Experience
from parchemin.records.certifications import queries
from parchemin.records.certifications.actions import publish_ruling, publish_version, set_open
from parchemin.records.certifications.folders import files_of
from parchemin.records.certifications.models import Certification, PublishedRuling, PublishedVersion
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.actions.identifying import Identity, set_identity
from parchemin.records.people.actions.organising import create_organisation
from parchemin.records.people.models import Organisation, OrganisationKind, Person, Role

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
CQP = "cqp-assistant-formation"
ALTERNANCE = "formateur-alternance"
FEST = "accompagnement-fest"
MASTER = "master-meef-formation"
TITLE = "titre-ingenierie-formation"
SIXTH = "cqp-technicien-reemploi"
FIVE = (CQP, ALTERNANCE, FEST, MASTER, TITLE)
PASSWORD = "une phrase pour les essais"
ROLES = (
    "candidate",
    "other_candidate",
    "companion",
    "professional",
    "evaluator",
    "jury_member",
    "second_jury_member",
    "secretary",
    "second_secretary",
    "manager",
    "administrator",
    "outsider",
    "other_secretary",
)
"""The persons of the cast, as attributes of ``Cast``."""


@dataclass
class Cast:
    """Everybody, in two organisations; certifications are those of the first, open to candidacies."""

    organisation: Organisation
    other_organisation: Organisation

    @cached_property
    def candidate(self) -> Person:
        """Applies."""
        return person("odile", "Odile", "Fictive")

    @cached_property
    def other_candidate(self) -> Person:
        """Applies too, and must see nothing of the first."""
        return person("basile", "Basile", "Exemple")

    @cached_property
    def companion(self) -> Person:
        """A trainer of the first organisation."""
        return self._with("carine", "Carine", "Modèle", Role.COMPANION)

    @cached_property
    def professional(self) -> Person:
        """A sector professional of the first organisation."""
        return self._with("denis", "Denis", "Échantillon", Role.PROFESSIONAL)

    @cached_property
    def evaluator(self) -> Person:
        """An external evaluator of the first organisation."""
        return self._with("esther", "Esther", "Spécimen", Role.EVALUATOR)

    @cached_property
    def jury_member(self) -> Person:
        """A member of its juries."""
        return self._with("farid", "Farid", "Patron", Role.JURY_MEMBER)

    @cached_property
    def second_jury_member(self) -> Person:
        """Another one."""
        return self._with("gaelle", "Gaëlle", "Prototype", Role.JURY_MEMBER)

    @cached_property
    def secretary(self) -> Person:
        """Handles the files of the first organisation."""
        return self._with("helene", "Hélène", "Canevas", Role.SECRETARY)

    @cached_property
    def second_secretary(self) -> Person:
        """Her colleague."""
        return self._with("ivan", "Ivan", "Gabarit", Role.SECRETARY)

    @cached_property
    def manager(self) -> Person:
        """Answers for the first organisation as awarding body."""
        return self._with("jeanne", "Jeanne", "Maquette", Role.AWARDING_BODY)

    @cached_property
    def administrator(self) -> Person:
        """Keeps the platform."""
        made = person("karim", "Karim", "Racine")
        grant_role(person=made, role=Role.ADMINISTRATOR, at=AT, from_on=ON)
        return made

    @cached_property
    def outsider(self) -> Person:
        """Signed in, without any role or file."""
        return person("lucie", "Lucie", "Dehors")

    @cached_property
    def other_secretary(self) -> Person:
        """Handles the files of the second organisation."""
        made = person("marc", "Marc", "Ailleurs")
        grant_role(person=made, role=Role.SECRETARY, at=AT, from_on=ON, organisation=self.other_organisation)
        return made

    def people(self) -> dict[str, Person]:
        """Everybody, by role."""
        return {role: getattr(self, role) for role in ROLES}

    def certification(self, scheme: str = CQP) -> Certification:
        """One of the five (or the fictional sixth), published with its fictitious ruling, open."""
        return published(scheme, self.organisation)

    def _with(self, name: str, given: str, family: str, role: Role) -> Person:
        made = person(name, given, family)
        grant_role(person=made, role=role, at=AT, from_on=ON, organisation=self.organisation)
        return made


def cast() -> Cast:
    """A cast whose two organisations exist; each person is made when first named."""
    return Cast(organisation("Commission fictive"), organisation("Certificateur d’à côté"))


def person(name: str, given: str, family: str) -> Person:
    """Somebody with an account, whose address is confirmed."""
    from allauth.account.models import EmailAddress  # reads the settings as it loads

    made = Person.objects.create_user(f"{name}@example.org", PASSWORD, given_name=given, family_name=family)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def organisation(name: str, kind: OrganisationKind = OrganisationKind.AWARDING_BODY) -> Organisation:
    """An organisation with an address."""
    return create_organisation(
        kind=kind, name=name, at=AT, email="contact@example.org", address="1 rue Fictive", postcode="75000", town="Ici"
    )


@dataclass(frozen=True)
class Kept:
    """The rows of a certification as the actions wrote them once, to be written again in the next test."""

    certification: Certification
    version: PublishedVersion
    rulings: tuple[PublishedRuling, ...]


_kept: dict[str, Kept] = {}


def published(scheme: str, body: Organisation) -> Certification:
    """The certification published from the library with its ruling, and open; published once, then copied."""
    known = Certification.objects.filter(scheme=scheme).first()
    if known:
        return known
    if scheme not in _kept:
        return _publish(scheme, body)
    kept = _kept[scheme]
    row = copy(kept.certification)
    row.awarding_body = body
    row.save(force_insert=True)
    version = copy(kept.version)
    version.pk, version.certification = None, row
    version.save(force_insert=True)
    for ruling in kept.rulings:
        again = copy(ruling)
        again.pk, again.version = None, version
        again.save(force_insert=True)
    queries._held.clear()
    return row


def _publish(scheme: str, body: Organisation) -> Certification:
    folder, ruling = files_for(scheme)
    version = publish_version(
        scheme=scheme, name=folder.name, files=files_of(folder), awarding_body=body, by=None, at=AT
    )
    publish_ruling(version=version, name=ruling.stem, text=ruling.read_text(encoding="utf-8"), by=None, at=AT)
    set_open(certification=version.certification, is_open=True, by=None, at=AT)
    row = Certification.objects.get(scheme=scheme)
    _kept[scheme] = Kept(copy(row), version, tuple(version.rulings.all()))
    queries._held.clear()
    return row


def files_for(scheme: str) -> tuple[Path, Path]:
    """The folder of the only version of a certification, and its fictitious ruling."""
    fixtures = CHECKOUT / "tests" / "fixtures"
    schemes = fixtures / "schemes" if scheme == SIXTH else library("schemes")
    rulings = fixtures / "demo" / "rulings" if scheme == SIXTH else library("demo") / "rulings"
    return next(path for path in sorted((schemes / scheme).iterdir()) if path.is_dir()), rulings / f"{scheme}.yaml"


IDENTITY = Identity(
    birth_name="Fictive",
    first_names=["Odile", "Rose"],
    sex="F",
    born_on=date(1984, 3, 9),
    birth_commune="44109",
    address="2 rue Inventée",
    postcode="44000",
    town="Nantes",
)


def identified(one: Person, **changes: Any) -> Person:
    """The same person with a civil identity."""
    set_identity(person=one, identity=IDENTITY._replace(**changes), by=one, at=AT)
    return one


def opened(
    candidate: Person,
    certification: Certification,
    route: str = "vae",
    *,
    at: datetime = AT,
    on: date = ON,
    blocks: Sequence[str] = (),
) -> Candidacy:
    """A draft of that person's."""
    row = opening.open_candidacy(
        candidate=candidate, certification=certification, route=route, at=at, on=on, blocks=blocks
    )
    assert not isinstance(row, Decision)
    return row


def worked(
    row: Candidacy,
    from_on: date = date(2021, 1, 1),
    until_on: date | None = None,
    *,
    at: datetime = AT,
    tags: Sequence[str] = ("related_activity",),
) -> Experience:
    """A full-time job in the file."""
    activity = Activity(
        position="Assistante de formation",
        kind=ExperienceKind.EMPLOYMENT,
        from_on=from_on,
        until_on=until_on,
        employer="Organisme fictif",
        tags=tuple(tags),
    )
    return filling.save_experience(candidacy=row, activity=activity, by=row.candidate, at=at)


def accepted(row: Candidacy, *, at: datetime = AT) -> Candidacy:
    """The regulation is accepted."""
    depositing.accept_regulation(candidacy=row, by=row.candidate, at=at)
    return row


def deposited(row: Candidacy, *, at: datetime = AT, on: date = ON) -> Candidacy:
    """The application is handed in, whatever the rules foresee; the identity is made when it is missing."""
    if not hasattr(row.candidate, "identity"):
        identified(row.candidate)
    if row.regulation_accepted_at is None:
        accepted(row, at=at)
    depositing.deposit_application(candidacy=row, by=row.candidate, at=at, on=on, is_insisting=True)
    return row


def written_to(row: Candidacy, author: Person, body: str = "Bonjour, où en est mon dossier ?") -> None:
    """A message is on the file."""
    talking.send_message(candidacy=row, body=body, by=author, at=AT)
