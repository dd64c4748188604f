"""Which files a person may see, and what they may do on one: one rule for lists and for single files."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from parchemin.records.candidacies.models import Accommodation, Candidacy, FileAccess, Message, Status
from parchemin.records.people.models import Person, Role
from parchemin.records.people.permissions import GUESTS, PERMISSIONS, Action
from parchemin.records.people.standing import Standing

SENT = ~Q(status=Status.DRAFT) & ~Q(status=Status.WITHDRAWN, identity__isnull=True)
"""Handed in one day: a file in preparation, or withdrawn before it was sent, is its candidate's alone."""
BEFORE_SENT = frozenset({Action.HEAR, Action.DECIDE_ACCOMMODATION})
"""What the office may do on a file in preparation, once its candidate wrote or asked for something."""


def visible_to(standing: Standing, action: Action, on: date) -> QuerySet[Candidacy]:
    """The files on which that person may do this on that day: one's own, those of one's scope, those opened to one."""
    return Candidacy.objects.filter(_allowed(standing, action, on))


def in_scope(standing: Standing, action: Action) -> QuerySet[Candidacy]:
    """The files where that person's roles allow it, handed in or not: the caller says what of them is asked for."""
    return Candidacy.objects.filter(_scope(standing, action), ~Q(candidate_id=standing.person_id))


def may(standing: Standing, action: Action, candidacy: Candidacy, on: date) -> bool:
    """Whether the person may do this on that file that day."""
    return visible_to(standing, action, on).filter(pk=candidacy.pk).exists()


def find(standing: Standing, action: Action, id: UUID, on: date, *also: str) -> Candidacy | None:
    """The file, when it exists and the person may do this on it; None tells nothing more.

    ``also`` names further rows to read with it, in the same query.
    """
    return find_by(standing, action, on, *also, pk=id)


def find_by(standing: Standing, action: Action, on: date, *also: str, **known: UUID) -> Candidacy | None:
    """The same by the id of the file, or of one thing in it."""
    related = ("certification__awarding_body", "candidate", "organisation", "holder", *also)
    return visible_to(standing, action, on).select_related(*related).filter(**known).first()


def was_sent(row: Candidacy) -> bool:
    """Whether that file is in ``SENT``."""
    return row.status != Status.DRAFT and (row.status != Status.WITHDRAWN or row.identity is not None)


def accesses_in_force(on: date) -> QuerySet[FileAccess]:
    """What was opened to one person and holds that day: begun, not over, not closed, on a file not withdrawn.

    One that an organisation opened holds as long as the file is its own.
    """
    return FileAccess.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        Q(organisation__isnull=True) | Q(organisation=F("candidacy__organisation")),
        ~Q(candidacy__status=Status.WITHDRAWN),
        person__isnull=False,
        closed_at__isnull=True,
        from_on__lte=on,
    )


def standing_of(person: Person, on: date, withheld: frozenset[Action] = frozenset()) -> Standing:
    """Where that person stands that day, with the roles they have on files opened to them one by one; one query."""
    return Standing.of(person, on, accesses_in_force(on).filter(person=person), withheld)


def _allowed(standing: Standing, action: Action, on: date) -> Q:
    allowed = Q(pk__in=[])
    if Role.CANDIDATE in PERMISSIONS[action]:
        allowed |= Q(candidate_id=standing.person_id)
    scope = _scope(standing, action) & (SENT | _heard() if action in BEFORE_SENT else SENT)
    opened = PERMISSIONS[action] & GUESTS
    if opened and standing.person_id:
        accesses = accesses_in_force(on).filter(person_id=standing.person_id, role__in=opened)
        scope |= Q(pk__in=accesses.order_by().values("candidacy"))
    return allowed | (scope & ~Q(candidate_id=standing.person_id))  # nobody handles or follows their own file


def _scope(standing: Standing, action: Action) -> Q:
    return standing.scope_filter(
        action, organisation_field="organisation", scheme_field="certification__scheme", centre_field="centre"
    )


def _heard() -> Q:
    own = OuterRef("pk")
    needs = Accommodation.objects.filter(candidacy=own).exclude(state=Accommodation.State.WITHDRAWN)
    return Q(Exists(Message.objects.filter(candidacy=own, is_from_candidate=True))) | Q(Exists(needs))
