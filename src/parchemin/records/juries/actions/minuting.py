"""Minutes: drawn from what was decided, signed by those who sat, closed by the chair; then decisions have effect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from parchemin.core import facts as core
from parchemin.core.decision import MET
from parchemin.core.facts import Milestone
from parchemin.core.plain import decision_from_plain, decision_to_plain
from parchemin.core.terms import listed
from parchemin.records.candidacies.actions.freezing import freeze
from parchemin.records.candidacies.actions.taking import forget, reach, taken
from parchemin.records.candidacies.actions.taking import note as note_file
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, CandidacyDate, DecisionRecord, Statement, StepDone
from parchemin.records.juries.actions.again import carry_out
from parchemin.records.juries.actions.deliberating import (
    PUT_OFF,
    check_decision,
    check_parts,
    plain_lacking,
    sought_by,
)
from parchemin.records.juries.actions.signing import still_open
from parchemin.records.juries.actions.taking import WRITTEN, hold_files, note_jury, numbered, taken_session
from parchemin.records.juries.errors import JuryError, RuledOutError
from parchemin.records.juries.models import (
    DECIDED,
    Conclusion,
    Hearing,
    Holding,
    JurySession,
    Minutes,
    State,
    Verdict,
)
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.juries.queries.results import notify_until
from parchemin.records.juries.queries.sessions import members_of, signers
from parchemin.records.juries.queries.written import Ruled, day_of, digest_of, heard, is_still, line_of, ruled, text_of
from parchemin.records.people.models import Person

STEP = "deliberation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What minutes that correct others say of one file, in place of what they said."""

    hearing: Hearing
    verdict: Verdict
    reason: str
    granted: Sequence[str] = ()


def draw_minutes(*, session: JurySession, at: datetime, by: Person, revision: int | None = None) -> Minutes:
    """The minutes are written down and numbered, to be signed; nothing is decided any more until they are dropped.

    JuryError ``unsettled`` with the files without a decision, ``no_agenda``. RuledOutError ``invalid`` when the jury
    was not valid for one of them.
    """
    with taken_session(session, revision, State.OPEN) as row:
        hearings = heard(row)
        if not hearings:
            raise JuryError("no_agenda")
        if waiting := [one.candidacy.number for one in hearings if not one.verdict]:
            raise JuryError("unsettled", numbers=", ".join(waiting))
        lines = ruled(hearings)
        for one in lines:
            if one.jury and one.jury["outcome"] != MET:
                raise RuledOutError("invalid", decision_from_plain(one.jury))
        row.drawn_at = at
        return _written(row, lines, at, by, None, "")


def drop_minutes(*, minutes: Minutes, reason: str, at: datetime, by: Person) -> None:
    """Minutes that are not closed are put aside, under their number and with that reason; the jury deliberates again.

    JuryError ``reason``, ``closed``, ``dropped``.
    """
    if not reason.strip():
        raise JuryError("reason")
    with taken_session(minutes.session, None, *WRITTEN) as row:
        kept = still_open(minutes)
        kept.dropped_at, kept.dropping_reason = at, reason.strip()
        kept.save(update_fields=["dropped_at", "dropping_reason"])
        if kept.corrects_id is None:
            row.drawn_at = None
        note_jury(row, "minutes_dropped", at, by, {"minutes": kept.number}, written=(kept,))


def close_minutes(*, minutes: Minutes, by: Person, at: datetime, on: date, reason: str = "") -> None:
    """The chair closes the minutes: from then on what they say has effect, and they are never changed.

    JuryError ``not_chair``, ``closed``, ``dropped``, ``changed``; ``unsigned`` with who has not signed, unless the
    chair says why a signature is missing; the chair's own never may be.
    """
    with taken_session(minutes.session, None, *WRITTEN) as row:
        kept = still_open(minutes)
        _check_signed(row, kept, by, reason)
        if not is_still(kept, row):
            raise JuryError("changed")
        hearings = {str(one.pk): one for one in heard(row)}
        lines = kept.told["candidates"]
        hold_files(hearings[line["hearing"]] for line in lines)
        kept.closed_at, kept.closed_by, kept.closing_reason = at, by, reason.strip()
        kept.save(update_fields=["closed_at", "closed_by", "closing_reason"])
        written = [one for line in lines for one in _concluded(row, kept, hearings[line["hearing"]], line, by, at, on)]
        if kept.corrects_id is None:
            row.closed_at = at
        details = {"minutes": kept.number, "digest": kept.digest}
        note_jury(row, "minutes_closed", at, by, details, written=(kept, *written))


def correct_minutes(
    *, session: JurySession, corrected: Sequence[Corrected], reason: str, at: datetime, by: Person
) -> Minutes:
    """Minutes that complete the last closed ones, to be signed and closed as they were; those stay as they are.

    JuryError ``reason``, ``not_closed``, ``nothing_to_correct`` when they would say the same again, ``removed`` for a
    file that was not heard, ``drawn`` while others wait to be signed, and what ``decide_hearing`` says of a decision.
    """
    if not reason.strip():
        raise JuryError("reason")
    with taken_session(session, None, State.CLOSED, State.PUBLISHED) as row:
        if row.all_minutes.filter(closed_at__isnull=True, dropped_at__isnull=True).exists():
            raise JuryError("drawn")
        closed = list(row.all_minutes.filter(closed_at__isnull=False).order_by("closed_at", "number"))
        if not closed:
            raise JuryError("not_closed")
        asked = {one.hearing.pk: one for one in corrected}
        known = {one.pk: one for one in heard(row)}
        if not asked.keys() <= known.keys():
            raise JuryError("removed")
        lines = [_put_right(known[pk], one) for pk, one in asked.items()]
        stands = {line["hearing"]: _said(line) for minutes in closed for line in minutes.told["candidates"]}
        if all(_said(line_of(one)) == stands[str(one.hearing.pk)] for one in lines):
            raise JuryError("nothing_to_correct")
        return _written(row, lines, at, by, closed[-1], reason.strip())


def _written(
    row: JurySession, lines: Sequence[Ruled], at: datetime, by: Person, corrects: Minutes | None, reason: str
) -> Minutes:
    text = text_of(row, lines, at, corrects, reason)
    minutes = Minutes.objects.create(
        session=row,
        number=numbered("PV", timezone.localdate(at).year),
        corrects=corrects,
        reason=reason,
        text=text,
        digest=digest_of(text),
        drawn_at=at,
        drawn_by=by,
    )
    note_jury(row, "minutes_drawn", at, by, {"minutes": minutes.number, "digest": minutes.digest}, written=(minutes,))
    return minutes


def _put_right(row: Hearing, one: Corrected) -> Ruled:
    """What is said of that file instead; the jury that deliberated is the one that did, as the rules saw it then."""
    reason, said = one.reason.strip(), row.ruled or {}
    if one.verdict not in DECIDED:
        if one.verdict in PUT_OFF and not reason:
            raise JuryError("reason")
        return Ruled(hearing=row, verdict=one.verdict, reason=reason, on=day_of(row))
    first = Deliberation(row, day_of(row))
    opinions = tuple(
        core.Opinion(code=part.code, is_granted=part.code in one.granted, reason=reason or None)
        for part in first.proposal.to_decide
    )
    deliberation = replace(first, told=opinions)
    (check_parts if said else check_decision)(deliberation, one.verdict, reason)
    return Ruled(
        hearing=row,
        verdict=one.verdict,
        reason=reason,
        on=first.on,
        opinions=opinions,
        jury=said.get("jury") or decision_to_plain(deliberation.jury),
        award=decision_to_plain(deliberation.award(sought_by(one.verdict, deliberation.proposal))),
        lacking=plain_lacking(deliberation, one.verdict),
    )


def _said(line: Mapping[str, Any]) -> tuple[str, str, dict[str, bool]]:
    """What minutes say of a candidate that others may put right."""
    granted = {part["code"]: part["is_granted"] for part in line.get("parts", ())}
    return line["verdict"], line["reason"], granted


def _check_signed(row: JurySession, minutes: Minutes, by: Person, reason: str) -> None:
    chair = next((one for one in members_of(row) if one.is_chair), None)
    if chair is None or chair.person_id != by.pk:
        raise JuryError("not_chair")
    signed = set(minutes.signatures.values_list("member_id", flat=True))
    missing = [one for one in dict.fromkeys((chair, *signers(row))) if one.pk not in signed]
    if chair.pk not in signed or (missing and not reason.strip()):
        raise JuryError("unsigned", names=", ".join(one.person.name for one in missing))


def _concluded(
    row: JurySession, minutes: Minutes, hearing: Hearing, line: Mapping[str, Any], by: Person, at: datetime, on: date
) -> list[Conclusion | Holding | DecisionRecord]:
    """What the minutes say has effect on its file: records frozen, parts held, milestones reached."""
    day = date.fromisoformat(line["deliberated_on"])
    with taken(hearing.candidacy, None) as file:
        records = _frozen(file, line, by, at, day)
        conclusion = Conclusion.objects.create(
            minutes=minutes,
            hearing=hearing,
            verdict=line["verdict"],
            reason=line["reason"],
            concluded_on=on,
            notify_until=notify_until(Judged(file, on, hearing.version).scheme, hearing, day) if records else None,
            **records,
        )
        dates = {"assessed_on": _assessed_on(file), "deliberated_on": day, "signed_on": on}
        holdings = Holding.objects.bulk_create(
            Holding(candidacy=file, hearing=hearing, minutes=minutes, code=code, is_held=is_held, **dates)
            for code, is_held in _held(hearing, line, minutes).items()
        )
        if records:
            reach(file, Milestone.DELIBERATED, day)
            reach(file, Milestone.SIGNED, on)
            _steps(file, hearing, line, by, at, day)
        carry_out(conclusion, at)
        details = {"session": row.pk.hex, "minutes": minutes.number, "verdict": line["verdict"]}
        note_file(file, "deliberated", at, by, details)
    return [conclusion, *records.values(), *holdings]


def _frozen(file: Candidacy, line: Mapping[str, Any], by: Person, at: datetime, day: date) -> dict[str, DecisionRecord]:
    if line["verdict"] not in DECIDED:
        return {}
    records = {
        f"{name}_record": freeze(
            file, decision_from_plain(line[name]), line["verdict"], at=at, on=day, by=by, reason=line["reason"]
        )
        for name in ("jury", "award")
    }
    forget(file, "decisions")
    return records


def _assessed_on(file: Candidacy) -> date | None:
    found = CandidacyDate.objects.filter(candidacy=file, milestone=Milestone.ASSESSED.value)
    return found.values_list("on", flat=True).first()


def _held(hearing: Hearing, line: Mapping[str, Any], minutes: Minutes) -> Mapping[str, bool]:
    """The parts newly held; where the minutes correct others, those that are no longer held too."""
    granted = line.get("granted", ())
    if minutes.corrects_id is None:
        return dict.fromkeys(granted, True)
    before = {row.code: row.is_held for row in hearing.holdings.order_by("pk")}
    lost = {code: False for code, was in before.items() if was and code not in granted}
    return {code: True for code in granted if not before.get(code)} | lost


def _steps(file: Candidacy, hearing: Hearing, line: Mapping[str, Any], by: Person, at: datetime, day: date) -> None:
    for code in line["attested"]:
        verified = {"verified": True, "verified_at": at, "verified_by": by}
        Statement.objects.update_or_create(candidacy=file, code=code, defaults=verified)
    route = Judged(file, day, hearing.version).scheme.route_of(file.route)
    if route and any(step.id == STEP for step in listed(route.steps)):
        StepDone.objects.update_or_create(candidacy=file, step=STEP, defaults={"done_on": day, "by": by})
    forget(file, "statements", "steps_done")
