"""Opening a file, aiming at blocks, changing route, naming who prepares."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from parchemin.core.deciding import decide
from parchemin.core.decision import Decision, Stage
from parchemin.core.facts import Facts, Milestone
from parchemin.core.scheme import Scheme
from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import ACTIVE, Candidacy, Counter, RouteChange, Status
from parchemin.records.candidacies.queries.providers import authorised_for
from parchemin.records.certifications.models import Certification
from parchemin.records.certifications.queries import scheme_of, version_for
from parchemin.records.people.models import Organisation, Person


def open_candidacy(
    *,
    candidate: Person,
    certification: Certification,
    route: str,
    at: datetime,
    on: date,
    blocks: Sequence[str] = (),
    began_on: date | None = None,
    provider: Organisation | None = None,
    by: Person | None = None,
) -> Candidacy | Decision:
    """A draft of the candidate's, under the version in force the day the path begins (``on`` unless given).

    The Decision of eligibility when the route is not open, or not known to be. UnfitError ``closed`` when the
    certification takes no candidacy, ``already_open`` when one of this person's is under way, ``blocks`` for unknown
    ones. RefusedError when no version was in force.
    """
    began = began_on or on
    version = version_for(certification.scheme, began)
    scheme = scheme_of(certification.scheme, version=version, on=on, began=began)
    refusal = closed_route(scheme, route, on, began)
    if refusal:
        return refusal
    _check_blocks(scheme, blocks)
    with transaction.atomic():
        if not Certification.objects.filter(pk=certification.pk, is_open=True).exists():
            raise UnfitError("closed", title=certification.title)
        Person.objects.select_for_update().get(pk=candidate.pk)
        known = Candidacy.objects.filter(candidate=candidate, certification=certification, status__in=ACTIVE).first()
        if known:
            raise UnfitError("already_open", number=known.number)
        row = Candidacy.objects.create(
            number=_number(on.year),
            candidate=candidate,
            certification=certification,
            version=version,
            route=route,
            blocks=list(blocks),
            began_on=began,
            organisation=certification.awarding_body,
            provider=provider,
            created_at=at,
            waiting_since=at,
        )
        RouteChange.objects.create(candidacy=row, route=route, from_on=began, by=by or candidate)
        details = {"scheme": certification.scheme, "version": version, "route": route, "blocks": list(blocks)}
        note(row, "opened", at, by or candidate, details, is_change=False)
    return row


def change_route(
    *, candidacy: Candidacy, route: str, reason: str, by: Person, at: datetime, on: date, revision: int | None = None
) -> Decision | None:
    """The file goes on by another route from ``on``; what was decided stands as it was decided.

    The Decision of eligibility when that route is not open. An application sent must be sent again: it is asked for
    other things. UnfitError ``same_route``, or ``status`` once the file is closed.
    """
    with taken(candidacy, revision, *ACTIVE) as row:
        if row.route == route:
            raise UnfitError("same_route", route=route)
        scheme = scheme_of(row.certification.scheme, version=row.version, on=on, began=row.began_on)
        refusal = closed_route(scheme, route, on, row.began_on)
        if refusal:
            return refusal
        if row.status in (Status.RECEIVED, Status.COMPLETE, Status.ADMISSIBLE):
            # what was accepted is unlocked too: this route may ask for other documents
            held = row.deposits.exclude(answer="returned")
            held.update(answer="returned", answered_at=at, reasons=reason or "voie")
            row.status, row.waiting_since, row.due_on = Status.RETURNED, at, None
        before, row.route = row.route, route
        RouteChange.objects.update_or_create(
            candidacy=row, route=route, from_on=on, defaults={"reason": reason, "by": by}
        )
        note(row, "route_changed", at, by, {"from": before, "to": route, "on": on.isoformat()})
    return None


def aim_at_blocks(
    *, candidacy: Candidacy, blocks: Sequence[str], by: Person, at: datetime, on: date, revision: int | None = None
) -> None:
    """The file aims at these blocks only for now, or at the whole certification when there are none."""
    with taken(candidacy, revision, Status.DRAFT, Status.RETURNED, Status.ADMISSIBLE) as row:
        _check_blocks(scheme_of(row.certification.scheme, version=row.version, on=on, began=row.began_on), blocks)
        row.blocks = list(blocks)
        note(row, "aimed", at, by, {"blocks": list(blocks)})


def name_provider(
    *,
    candidacy: Candidacy,
    provider: Organisation | None,
    by: Person,
    at: datetime,
    on: date,
    revision: int | None = None,
) -> None:
    """That provider prepares the candidate from now on, or nobody in particular; it is given no access to the file.

    UnfitError ``provider`` unless it is authorised to prepare for the certification that day.
    """
    with taken(candidacy, revision, *ACTIVE) as row:
        if provider and provider.pk not in authorised_for(row, on):
            raise UnfitError("provider", name=provider.name)
        row.provider = provider
        note(row, "provider_named", at, by, {"provider": provider.pk.hex if provider else None})


def closed_route(scheme: Scheme, route: str, on: date, began: date) -> Decision | None:
    """Why a route cannot be taken, as the Decision of eligibility on it; None when it is open."""
    found = scheme.route_of(route)
    if found and found.is_open is True:
        return None
    return decide(Stage.ELIGIBILITY, Facts(route=route, dates={Milestone.BEGAN: began}), scheme, on)


def _check_blocks(scheme: Scheme, blocks: Sequence[str]) -> None:
    unknown = [block for block in blocks if block not in scheme.blocks]
    if unknown or (blocks and scheme.award.partial not in ("block", "competence")):
        raise UnfitError("blocks", blocks=", ".join(unknown or blocks))


def _number(year: int) -> str:
    Counter.objects.get_or_create(year=year)
    counter = Counter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save()
    return f"{year}-{counter.last:05d}"
