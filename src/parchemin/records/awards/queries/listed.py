"""The certificates of a body, as lists ask for them: where they stand, when they end, whose they are."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from parchemin.core.durations import Duration
from parchemin.records.awards.models import Certificate, Change, House
from parchemin.records.awards.numbers import read
from parchemin.records.awards.queries.standing import is_renewed, revoked
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications.models import Certification
from parchemin.records.people.models import CivilIdentity, Organisation, OrganisationKind, Person
from parchemin.records.people.names import named
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing

SOON = Duration(months=6)
"""How long before its end a certificate is worth a look."""


class Shown(StrEnum):
    """Which certificates a list shows."""

    REVOKED = "revoked"
    SUSPENDED = "suspended"
    REPLACED = "replaced"
    ENDING = "ending"
    EXPIRED = "expired"


def certificates_of(standing: Standing) -> QuerySet[Certificate]:
    """Those that this person may issue, withdraw or correct, ``is_renewed`` where another follows; never their own."""
    allowed = standing.scope_filter(
        Action.ISSUE_CERTIFICATES,
        organisation_field="candidacy__organisation",
        scheme_field="candidacy__certification__scheme",
    )
    rows = Certificate.objects.filter(allowed).exclude(candidacy__candidate=standing.person_id)
    related = ("candidacy__certification", "candidacy__organisation", "candidacy__candidate", "issuer", "corrected_by")
    return rows.annotate(is_renewed=is_renewed()).select_related(*related).prefetch_related("changes")


def shown(rows: QuerySet[Certificate], which: str, on: date) -> QuerySet[Certificate]:
    """Those of that kind on that day; all of them for any other word."""
    changes = Change.objects.filter(certificate=OuterRef("pk")).order_by("-pk")
    holds = ~revoked() & Q(corrected_by__isnull=True)
    if which == Shown.SUSPENDED:
        return rows.annotate(last_act=Subquery(changes.values("act")[:1])).filter(holds, last_act=Change.Act.SUSPENDED)
    kinds: Mapping[str, Q] = {
        Shown.REVOKED: Q(revoked()),
        Shown.REPLACED: ~revoked() & Q(corrected_by__isnull=False),
        Shown.ENDING: holds & Q(valid_until__gte=on, valid_until__lte=SOON.after(on)),
        Shown.EXPIRED: holds & Q(valid_until__lt=on),
    }
    return rows.filter(kinds[which]) if which in kinds else rows


def matching(text: str) -> Q:
    """Those with that number, however it is typed, of that file, or of somebody whose names begin so.

    Names are those of the account and those of civil status, which certificates bear; each is looked for where it is
    kept, rather than on every certificate.
    """
    number, holder = read(text), Q()
    for word in text.split():
        known = Person.objects.filter(named(word)).order_by().values("pk")
        told = CivilIdentity.objects.filter(Q(birth_name__istartswith=word) | Q(used_name__istartswith=word))
        holder &= Q(candidacy__candidate__in=known) | Q(candidacy__candidate__in=told.order_by().values("person"))
    found = holder | Q(candidacy__number__iexact=text.strip())
    return found | Q(number=number) if number else found


def signed_pairs(standing: Standing) -> list[tuple[Organisation, Certification, House | None]]:
    """Each certification that this person awards, with the body that handles its files and how it signs, if it does.

    Those the body answers for, and those of others whose files it handles; four queries.
    """
    own = standing.scope_filter(Action.ISSUE_CERTIFICATES, organisation_field="awarding_body", scheme_field="scheme")
    files = standing.scope_filter(Action.ISSUE_CERTIFICATES, scheme_field="certification__scheme")
    published = Certification.objects.filter(own, versions__isnull=False).distinct()
    handled = Candidacy.objects.filter(files).order_by().values_list("organisation_id", "certification_id").distinct()
    ids: set[tuple[UUID, UUID]] = {(one.awarding_body_id, one.pk) for one in published} | set(handled)
    bodies = Organisation.objects.in_bulk({body for body, _one in ids})
    known = Certification.objects.in_bulk({one for _body, one in ids})
    rows = House.objects.filter(organisation__in=bodies, certification__in=known).select_related("issuer")
    houses = {(row.organisation_id, row.certification_id): row for row in rows}
    found = [(bodies[body], known[one], houses.get((body, one))) for body, one in ids]
    return sorted(found, key=lambda each: (each[1].title, each[0].name, str(each[0].pk)))


def issuers_for(standing: Standing, organisation: Organisation, house: House | None) -> QuerySet[Organisation]:
    """Who may issue for that body: itself, a joint committee of its own or that this person answers for."""
    held = standing.organisations(Action.ISSUE_CERTIFICATES)
    managed = Q(parent=organisation) | (Q(pk__in=held) if held is not None else ~Q(pk__in=[]))
    known = Q(pk__in=[organisation.pk, *([house.issuer_id] if house else [])])
    return Organisation.objects.filter(known | (Q(kind=OrganisationKind.COMMITTEE) & managed)).order_by("name", "pk")
