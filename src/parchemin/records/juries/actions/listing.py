"""The agenda: complete files only, in an order, with a time; and what ties members to candidates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from parchemin.core.decision import Decision
from parchemin.core.facts import Link, Milestone
from parchemin.records.assessments.models import Sitting
from parchemin.records.assessments.queries.conflicts import links_known_in
from parchemin.records.assessments.queries.sending import held_back
from parchemin.records.candidacies.actions.taking import note as note_file
from parchemin.records.candidacies.actions.taking import taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Appeal, Candidacy, Status
from parchemin.records.juries.actions.taking import BEFORE, note_jury, taken_hearing, taken_session
from parchemin.records.juries.errors import JuryError
from parchemin.records.juries.models import Conclusion, Hearing, JurySession, Member, State, Tie, Verdict
from parchemin.records.juries.queries.again import asking_again, barred
from parchemin.records.people.models import Person

SITTING = (*BEFORE, State.OPEN)


def put_on_agenda(
    *,
    session: JurySession,
    candidacy: Candidacy,
    at: datetime,
    on: date,
    by: Person,
    blocks: Sequence[str] | None = None,
    starts_at: datetime | None = None,
    prior: Hearing | None = None,
    revision: int | None = None,
) -> Hearing | Decision:
    """The file is presented to that session, the jury being asked about ``blocks`` (those aimed at unless told).

    It takes up again the last deliberation on the same, unless ``prior`` is another; an appeal upheld that waits for
    it is tied to it. The Decision that holds it back, and nothing done, when the file is not complete, or when another
    jury is to deliberate and somebody of the first sits in this one: nobody adds it by hand. JuryError
    ``full``, ``other_body``, ``other_jury``, ``not_transmitted``, ``waiting``, ``on_agenda``, ``own_file``, ``blocks``,
    ``awarded`` when a jury awarded all of it already, ``no_prior`` when ``prior`` is no deliberation on that file that
    has effect.
    """
    with taken_session(session, revision, *BEFORE) as row, taken(candidacy, None, Status.ADMISSIBLE) as file:
        _check_room(row)
        judged = Judged(file, on)
        _check_file(row, judged)
        if decision := held_back(judged):
            return decision
        asked = tuple(file.blocks if blocks is None else blocks)
        if strange := [one for one in asked if one not in judged.scheme.blocks]:
            raise JuryError("blocks", blocks=", ".join(strange))
        prior = _before(file, asked, prior)
        appeal = asking_again(file)
        if appeal and (decision := barred(appeal, row, judged)):
            return decision
        last = row.hearings.aggregate(last=Max("position"))["last"] or 0
        hearing = _hearing(row, file, last + 1, asked, starts_at, prior, appeal)
        ties = _ties([hearing], list(row.members.select_related("person")))
        details = {"hearing": hearing.pk.hex, "candidacy": file.pk.hex}
        note_jury(row, "on_agenda", at, by, details, written=(hearing, *ties))
        note_file(file, "jury_agenda", at, by, {"session": row.pk.hex}, is_change=False)
    return hearing


def take_off_agenda(*, hearing: Hearing, reason: str, at: datetime, by: Person, revision: int | None = None) -> None:
    """The file is not presented to that session; it may be to another. JuryError ``reason`` or ``decided``."""
    if not reason.strip():
        raise JuryError("reason")
    with taken_hearing(hearing, revision, *SITTING) as row:
        if row.verdict:
            raise JuryError("decided")
        row.removed_at, row.removal = at, reason.strip()
        details = {"hearing": row.pk.hex, "candidacy": row.candidacy_id.hex}
        note_jury(row.session, "off_agenda", at, by, details, written=(row,))


def order_agenda(
    *, session: JurySession, order: Sequence[Hearing], at: datetime, by: Person, revision: int | None = None
) -> None:
    """The files are heard in that order; those not named come after, as they were."""
    with taken_session(session, revision, *SITTING) as row:
        known = {one.pk: one for one in row.hearings.order_by("position", "pk")}
        wanted = [one.pk for one in order if one.pk in known]
        for position, key in enumerate(dict.fromkeys((*wanted, *known)), 1):
            known[key].position = position
        Hearing.objects.bulk_update(known.values(), ["position"])
        note_jury(row, "agenda_ordered", at, by)


def set_time(*, hearing: Hearing, starts_at: datetime | None, at: datetime, by: Person) -> None:
    """The candidate is heard at that time; to be told again when the summons said another."""
    with taken_hearing(hearing, None, *SITTING, is_change=False) as row:
        if row.starts_at != starts_at:
            row.starts_at, row.summoned_at = starts_at, None
        note_jury(row.session, "hearing_timed", at, by, {"hearing": row.pk.hex})


def declare_ties(*, member: Member, links: Mapping[Hearing, Collection[Link]], at: datetime) -> None:
    """The member says what ties them to each of these candidates, or that nothing does; until the minutes are drawn.

    What the platform knows is looked at again. JuryError ``state``, ``removed`` for a file that this session does not
    hear, ``decided`` for something else on one that the jury decided: it takes its deliberation up again first.
    """
    with taken_session(member.session, None, *SITTING) as row:
        heard = {one.pk: one for one in row.hearings.filter(removed_at__isnull=True).select_related("candidacy")}
        kept = {tie.hearing_id: tie for tie in Tie.objects.select_for_update().filter(member=member)}
        said = {hearing.pk: sorted({one.value for one in told}) for hearing, told in links.items()}
        known = _known([one for pk, one in heard.items() if pk in said], [member])
        written = []
        for pk, told in said.items():
            if pk not in heard:
                raise JuryError("removed")
            tie = kept.get(pk) or Tie(hearing=heard[pk], member=member)
            if heard[pk].verdict:
                if tie.links != told:
                    raise JuryError("decided")
                continue
            tie.links, tie.declared_at = told, at
            tie.known = known[pk][member.pk]
            tie.save()
            written.append(tie)
        if written:
            details = {"hearings": len(written)}
            note_jury(row, "ties_declared", at, member.person, details, written=tuple(written))


def recuse(
    *, hearing: Hearing, member: Member, reason: str, at: datetime, by: Person, revision: int | None = None
) -> None:
    """The member leaves the deliberation on that candidate alone; their vote on it is gone.

    JuryError ``reason``, ``decided``, ``not_a_member``.
    """
    if not reason.strip():
        raise JuryError("reason")
    with taken_hearing(hearing, revision, *SITTING) as row:
        tie = _tie_of(row, member)
        tie.is_recused, tie.reason, tie.recused_at = True, reason.strip(), at
        tie.save()
        votes = tuple(row.votes.filter(member=member))
        details = {"hearing": row.pk.hex, "person": member.person_id.hex}
        note_jury(row.session, "recused", at, by, details, written=(tie,), gone=votes)
        row.votes.filter(member=member).delete()


def take_back_recusal(
    *, hearing: Hearing, member: Member, at: datetime, by: Person, revision: int | None = None
) -> None:
    """The member deliberates on that candidate after all, what they declared standing; JuryError ``decided``."""
    with taken_hearing(hearing, revision, *SITTING) as row:
        tie = _tie_of(row, member)
        tie.is_recused, tie.reason, tie.recused_at = False, "", None
        tie.save()
        details = {"hearing": row.pk.hex, "person": member.person_id.hex}
        note_jury(row.session, "recusal_taken_back", at, by, details, written=(tie,))


def _tie_of(row: Hearing, member: Member) -> Tie:
    if row.verdict:
        raise JuryError("decided")
    if member.session_id != row.session_id:
        raise JuryError("not_a_member")
    tie, _ = Tie.objects.select_for_update().get_or_create(
        hearing=row, member=member, defaults={"known": _known([row], [member])[row.pk][member.pk]}
    )
    return tie


def _check_room(row: JurySession) -> None:
    if row.capacity and row.hearings.filter(removed_at__isnull=True).count() >= row.capacity:
        raise JuryError("full", capacity=row.capacity)


def _check_file(row: JurySession, judged: Judged) -> None:
    file = judged.candidacy
    if file.certification_id != row.certification_id or file.organisation_id != row.organisation_id:
        raise JuryError("other_body")
    route = judged.scheme.route_of(file.route)
    if route is None or route.jury != row.jury:
        raise JuryError("other_jury")
    if Milestone.TRANSMITTED not in judged.facts.dates:
        raise JuryError("not_transmitted")
    if row.members.filter(person=file.candidate_id).exists():
        raise JuryError("own_file", name=file.candidate.name)
    waiting = file.hearings.filter(conclusions__isnull=True, removed_at__isnull=True).select_related("session").first()
    if waiting:
        raise JuryError("on_agenda" if waiting.session_id == row.pk else "waiting", number=waiting.session.number)


def _before(file: Candidacy, asked: tuple[str, ...], prior: Hearing | None) -> Hearing | None:
    """The deliberation to take up again: ``prior``, which has effect, or the last on the same; something is left."""
    last: dict[object, Conclusion] = {}
    for one in Conclusion.objects.filter(hearing__candidacy=file).select_related("hearing__session").order_by("pk"):
        last[one.hearing_id] = one
    if prior is not None and prior.pk not in last:
        raise JuryError("no_prior")
    same = [one for one in last.values() if set(asked or file.blocks) == set(one.hearing.blocks or file.blocks)]
    for one in same:
        if one.verdict == Verdict.FULL:
            raise JuryError("awarded", number=one.hearing.session.number)
    return prior or max((one.hearing for one in same), key=lambda one: one.session.starts_at, default=None)


def _hearing(
    row: JurySession,
    file: Candidacy,
    position: int,
    blocks: tuple[str, ...],
    starts_at: datetime | None,
    prior: Hearing | None,
    appeal: Appeal | None,
) -> Hearing:
    """A new line of the agenda, or the one that was taken off it."""
    if former := row.hearings.filter(candidacy=file).first():
        if former.removed_at is None:
            raise JuryError("on_agenda")
        former.removed_at, former.removal, former.summoned_at, former.position = None, "", None, position
        former.blocks, former.starts_at, former.prior, former.appeal = list(blocks), starts_at, prior, appeal
        former.revision += 1
        former.save()
        return former
    return Hearing.objects.create(
        session=row,
        candidacy=file,
        position=position,
        blocks=list(blocks),
        starts_at=starts_at,
        prior=prior,
        appeal=appeal,
    )


def _ties(hearings: Sequence[Hearing], members: Sequence[Member]) -> tuple[Tie, ...]:
    """What the platform already knows of the members and the candidates; nothing for those it knows nothing of."""
    found = _known(hearings, members)
    return tuple(
        Tie.objects.update_or_create(hearing=hearing, member=member, defaults={"known": found[hearing.pk][member.pk]})[
            0
        ]
        for hearing in hearings
        for member in members
        if found[hearing.pk][member.pk]
    )


def _known(hearings: Sequence[Hearing], members: Sequence[Member]) -> dict[object, dict[object, list[str]]]:
    """The links that the platform knows, by hearing and member: who trained, accompanied, manages or assessed them."""
    people = [one.person for one in members]
    known = links_known_in([one.candidacy for one in hearings], people)
    held = Sitting.objects.filter(candidacy__hearings__in=hearings, attendance="held", evaluators__person__in=people)
    assessed = set(held.values_list("candidacy", "evaluators__person"))
    told: dict[object, dict[object, list[str]]] = {}
    for hearing in hearings:
        told[hearing.pk] = {}
        for member in members:
            links = dict.fromkeys(one.link.value for one in known[hearing.candidacy_id][member.person_id])
            if (hearing.candidacy_id, member.person_id) in assessed:
                links[Link.EVALUATOR.value] = None
            told[hearing.pk][member.pk] = list(links)
    return told


def look_again(*, session: JurySession, at: datetime) -> None:
    """What the platform knows of each member and each candidate is looked at again, before the session opens."""
    with taken_session(session, None, *BEFORE) as row:
        members = list(row.members.select_related("person"))
        hearings = list(row.hearings.filter(removed_at__isnull=True).select_related("candidacy"))
        if written := _ties(hearings, members):
            note_jury(row, "ties_looked_at", at, None, {"day": timezone.localdate(at)}, written=written)
