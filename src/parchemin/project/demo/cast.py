"""The people of the demonstration: all fictitious, one password for all, each with an address that cannot exist."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from parchemin.catalogue.formats import read_as
from parchemin.catalogue.loading import read_ruling
from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.problems import Problem, RefusedError
from parchemin.catalogue.reading import read_file
from parchemin.places import library
from parchemin.records.certifications.actions import publish_ruling, publish_version, set_open
from parchemin.records.certifications.folders import files_of
from parchemin.records.certifications.models import Certification
from parchemin.records.people.actions import accrediting, granting, identifying, organising
from parchemin.records.people.models import Organisation, OrganisationKind, PartnerAuthorisation, Person, Role

PASSWORD = "parchemin-fictif"
OPENED = date(2018, 1, 1)


@dataclass(frozen=True, kw_only=True)
class CastBody:
    """Who awards a certification in the demonstration, and the routes by which its candidates come."""

    scheme: str
    name: str = "Organisme fictif"
    kind: Literal["awarding_body", "committee"] = "awarding_body"
    town: str = "Bourges"
    routes: tuple[str, ...] = ()
    is_public: bool = False


@dataclass(frozen=True, kw_only=True)
class CastFile:
    """The file ``demo/cast.yaml``; the first body is the one that guests, reminders and retention are shown with."""

    format: Literal["parchemin/cast-1"]
    bodies: tuple[CastBody, ...]


def bodies() -> list[CastBody]:
    """The bodies of the certifications that are there: those told first, in their order, then the others."""
    path = library("demo") / "cast.yaml"
    told: tuple[CastBody, ...] = ()
    if path.exists():
        node, _ = read_file(path, path.name)
        problems: list[Problem] = []
        file = read_as(CastFile, node, problems)
        if problems:
            raise RefusedError(problems)
        told = file.bodies
    known = Catalogue(library("schemes")).versions
    first = [body for body in told if body.scheme in known]
    named = {body.scheme for body in first}
    return [*first, *(CastBody(scheme=scheme) for scheme in sorted(known) if scheme not in named)]


@dataclass
class Cast:
    """Everybody, by the name they are called by in the demonstration."""

    people: dict[str, Person] = field(default_factory=dict)
    bodies: dict[str, Organisation] = field(default_factory=dict)
    certifications: dict[str, Certification] = field(default_factory=dict)
    secretaries: dict[str, Person] = field(default_factory=dict)
    managers: dict[str, Person] = field(default_factory=dict)
    logins: list[tuple[str, str]] = field(default_factory=list)
    hashed: str = ""

    def person(self, called: str, given: str, family: str, said: str = "") -> Person:
        """The person of that name, made the first time; ``said`` is the role told with the login."""
        if called not in self.people:
            self.hashed = self.hashed or make_password(PASSWORD)
            email = f"{called}@parchemin.example"
            person = Person(email=email, given_name=given, family_name=family, password=self.hashed)
            person.save()
            EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
            self.people[called] = person
            if said:
                self.logins.append((said, email))
        return self.people[called]


def load(at: datetime, on: date) -> Cast:
    """The certifications with their fictitious rulings, and the cast with its roles and accreditations."""
    cast = Cast()
    administrator = cast.person("administration", "Ada", "Fictive", "Administration")
    granting.grant_role(person=administrator, role=Role.ADMINISTRATOR, at=at, from_on=OPENED)
    for told in bodies():
        scheme, name = told.scheme, told.name
        slug = scheme.split("-")[0]
        body = organising.create_organisation(
            kind=OrganisationKind(told.kind),
            name=name,
            at=at,
            by=administrator,
            email=f"secretariat.{slug}@parchemin.example",
            address="1, rue de l’Exemple",
            postcode="00000",
            town=told.town,
            is_public=told.is_public,
        )
        cast.bodies[scheme] = body
        _publish(cast, scheme, body, administrator, at)
        secretary = cast.person(
            f"secretariat.{slug}", "Sacha", f"Secrétaire-{slug.capitalize()}", f"Secrétariat, {name}"
        )
        cast.secretaries[scheme] = secretary
        granting.grant_role(
            person=secretary, role=Role.SECRETARY, organisation=body, at=at, from_on=OPENED, by=administrator
        )
        called = f"certificateur.{slug}" if cast.managers else "certificateur"
        manager = cast.person(called, "Camille", "Certificatrice", f"Certificateur, {name}")
        cast.managers[scheme] = manager
        granting.grant_role(
            person=manager, role=Role.AWARDING_BODY, organisation=body, at=at, from_on=OPENED, by=administrator
        )
    _guests(cast, next(iter(cast.bodies)), at, on, administrator)
    return cast


def _publish(cast: Cast, scheme: str, body: Organisation, by: Person, at: datetime) -> None:
    known = Catalogue(library("schemes")).versions[scheme]
    for version in known:
        published = publish_version(
            scheme=scheme, name=version.name, files=files_of(version.folder), awarding_body=body, by=by, at=at
        )
        ruling = library("demo") / "rulings" / f"{scheme}.yaml"
        if ruling.exists() and read_ruling(ruling, ruling.name)[0].file.version == version.name:
            publish_ruling(
                version=published, name="reglement-fictif", text=ruling.read_text(encoding="utf-8"), by=by, at=at
            )
        set_open(certification=published.certification, is_open=True, by=by, at=at)
        cast.certifications[scheme] = published.certification


def _guests(cast: Cast, scheme: str, at: datetime, on: date, by: Person) -> None:
    body = cast.bodies[scheme]
    manager = cast.managers[scheme]
    for called, given, family, role, actor, months in (
        ("professionnel", "Paul", "Métier", Role.PROFESSIONAL, "sector_professional", 1),
        ("evaluateur", "Éva", "Luatrice", Role.EVALUATOR, "external_evaluator", 8),
        ("jury.employeurs", "Jude", "Employeurs", Role.JURY_MEMBER, "joint_jury", 20),
        ("jury.salaries", "Judith", "Salariée", Role.JURY_MEMBER, "joint_jury", 20),
        ("formatrice", "Flora", "Tutrice", Role.COMPANION, "", 0),
    ):
        person = cast.person(called, given, family, str(role.label))
        granting.grant_role(person=person, role=role, organisation=body, at=at, from_on=OPENED, by=by)
        if actor:
            accrediting.accredit(
                person=person,
                organisation=body,
                scheme=scheme,
                actor=actor,
                from_on=date(on.year - 2, 1, 15),
                until_on=_months(on, months),
                training="Formation fictive aux outils",
                trained_on=date(on.year - 2, 1, 10),
                at=at,
                by=manager,
            )
    provider = organising.create_organisation(
        kind=OrganisationKind.PROVIDER, name="Organisme fictif d’accompagnement", at=at, by=by, town="Tours"
    )
    accrediting.authorise_partner(
        provider=provider,
        awarding_body=body,
        scheme=scheme,
        scope=PartnerAuthorisation.Scope.PREPARE,
        from_on=date(on.year - 1, 1, 1),
        until_on=_months(on, 14),
        contract="Convention fictive",
        at=at,
        by=manager,
    )
    cast.person("visiteur", "Victor", "Visiteur", "Sans rôle")


def identify(person: Person, at: datetime, *, index: int = 0) -> None:
    """A fictitious civil identity: born in Nantes in the eighties."""
    identifying.set_identity(
        person=person,
        identity=identifying.Identity(
            birth_name=person.family_name.upper(),
            first_names=[person.given_name],
            sex="F" if index % 2 == 0 else "M",
            born_on=date(1980 + index % 15, 1 + index % 12, 1 + index % 28),
            birth_commune="44109",
            address=f"{1 + index}, rue de l’Exemple",
            postcode="00000",
            town="Ville fictive",
        ),
        by=person,
        at=at,
    )


def _months(on: date, months: int) -> date:
    year, month = divmod(on.month - 1 + months, 12)
    return date(on.year + year, month + 1, min(on.day, 28))
