"""A file in flight follows another version of its certification: decided one by one, with a reason and a source."""

from datetime import date, datetime

from parchemin.catalogue.folders import effect_of
from parchemin.core.decision import Decision
from parchemin.records.candidacies.actions.deciding import WITH_SECRETARIAT
from parchemin.records.candidacies.actions.taking import ask_letter, forget, note, taken
from parchemin.records.candidacies.crossing import Crossing
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ACTIVE, Candidacy, Status, VersionChange
from parchemin.records.certifications.models import PublishedVersion
from parchemin.records.juries.models import Hearing
from parchemin.records.juries.queries.in_flight import awarded_whole
from parchemin.records.people.models import Person


def follow_version(
    *,
    candidacy: Candidacy,
    version: str,
    reason: str,
    source: str,
    by: Person,
    at: datetime,
    on: date,
    revision: int | None = None,
) -> VersionChange | Decision:
    """The file follows that version from then on; what was decided stands under the one it was decided under.

    What the other version words otherwise is to be declared again, and its regulation accepted while the candidate has
    the file; they are written to, unless it is a draft. The Decision of eligibility, and nothing done, when the route
    is not open there. UnfitError ``reasons``, ``no_version``, ``same_version``; ``before_jury`` from the agenda until
    minutes are closed, ``awarded_whole`` once all is awarded; ``version_kept`` or ``less_favourable`` where it decides
    so of open files; ``unlike`` for what was assessed, planned or aimed at that is not the same there.
    """
    if not reason.strip() or not source.strip():
        raise UnfitError("reasons")
    with taken(candidacy, revision, *ACTIVE) as row:
        _check_version(row, version)
        _check_jury(row)
        before = Judged(row, on)
        crossing = Crossing(before, before.under(Judged(row, on, version).loaded))
        if crossing.closed:
            return crossing.closed
        _check_transition(crossing)
        if crossing.unlike:
            raise UnfitError("unlike", version=version, what=", ".join(crossing.unlike))
        made = VersionChange.objects.create(
            candidacy=row,
            from_version=row.version,
            to_version=version,
            reason=reason.strip(),
            source=source.strip(),
            at=at,
            by=by,
        )
        row.version = version
        if row.is_with_candidate:
            row.regulation_accepted_at = None
        reworded = _declared_again(crossing, row)
        if row.status in WITH_SECRETARIAT:
            row.due_on = Judged(row, on).due_on
        details = {"from": made.from_version, "to": version, "on": on.isoformat(), "reworded": reworded}
        note(row, "version_changed", at, by, details)
        if row.status != Status.DRAFT:
            values = {"version": version, "reasons": made.reason, "basis": made.source}
            ask_letter(row, "version_changed", at, on=on, by=by, values=values)
    return made


def _check_version(row: Candidacy, version: str) -> None:
    if row.version == version:
        raise UnfitError("same_version", version=version)
    if not PublishedVersion.objects.filter(certification=row.certification_id, name=version).exists():
        raise UnfitError("no_version", version=version)


def _check_jury(row: Candidacy) -> None:
    hearings = Hearing.objects.filter(candidacy=row, removed_at__isnull=True)
    if hearings.filter(conclusions__isnull=True).exists():
        raise UnfitError("before_jury")
    if awarded_whole().filter(hearing__in=hearings).exists():
        raise UnfitError("awarded_whole")


def _check_transition(crossing: Crossing) -> None:
    """What a later version decides of the files opened before it; going back to an earlier one is not its matter."""
    old, new = (effect_of(scheme.ref.version) for scheme in (crossing.old, crossing.new))
    if old is None or new is None or new < old:
        return
    version = crossing.new.ref.version
    if crossing.rule == "former_rule":
        raise UnfitError("version_kept", version=version)
    if crossing.rule == "more_favourable" and crossing.is_less_favourable:
        raise UnfitError("less_favourable", version=version)


def _declared_again(crossing: Crossing, row: Candidacy) -> list[str]:
    """The statements that the other version words otherwise: what was said of them no longer counts."""
    old, new = crossing.old.statements, crossing.new.statements
    said = row.statements.exclude(declared__isnull=True, verified__isnull=True)
    changed = sorted(one.code for one in said if old.get(one.code) != new.get(one.code))
    row.statements.filter(code__in=changed).update(
        declared=None, declared_at=None, verified=None, verified_at=None, verified_by=None
    )
    forget(row, "statements")
    return changed
