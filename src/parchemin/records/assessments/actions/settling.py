"""What evaluators rated alike is settled; on the rest they take a stand with a reason until they agree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from parchemin.core.facts import Attendance
from parchemin.core.grid import Kind
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.models import Evaluator, Rating, Result, Sitting, Stand
from parchemin.records.assessments.models.ratings import Valued
from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.people.models import Person

Key = tuple[str, str]
MOST = Decimal(100)


def settle_what_agrees(row: Candidacy, sitting: Sitting, at: datetime) -> None:
    """Once every evaluator has signed: a result for each line on which they stand alike. For other actions."""
    evaluators = list(sitting.evaluators.prefetch_related("ratings", "stands"))
    if not evaluators or any(one.signed_at is None for one in evaluators):
        return
    settled = set(sitting.results.values_list("kind", "code"))
    for key, held in stands_of(evaluators).items():
        if key not in settled and len({one.value for one in held}) == 1 and len(held) == len(evaluators):
            _settle(row, sitting, key, held, evaluators, at)
    _pass(row, sitting, evaluators, at)


def take_stand(
    *,
    evaluator: Evaluator,
    kind: Kind,
    code: str,
    reason: str,
    by: Person,
    at: datetime,
    is_acquired: bool | None = None,
    mark: Decimal | None = None,
) -> None:
    """Where that evaluator stands now on a line rated differently; settled with the reasons once all stand alike.

    AssessmentError ``another``, ``not_held`` once it is void, ``no_difference`` as long as somebody has not signed too,
    ``reason``, ``value``, ``mark``.
    """
    if not reason.strip():
        raise AssessmentError("reason")
    if is_acquired is None and mark is None:
        raise AssessmentError("value")
    if mark is not None and not 0 <= mark <= MOST:
        raise AssessmentError("mark", line=code)
    with taken(evaluator.sitting.candidacy, None, Status.ADMISSIBLE) as row:
        found = Evaluator.objects.select_related("sitting").get(pk=evaluator.pk)
        if found.person_id != by.pk:
            raise AssessmentError("another")
        if found.sitting.attendance != Attendance.HELD:
            raise AssessmentError("not_held")
        if (kind.value, code) not in differences(found.sitting):
            raise AssessmentError("no_difference")
        Stand.objects.update_or_create(
            evaluator=found,
            kind=kind.value,
            code=code,
            defaults={"is_acquired": is_acquired, "mark": mark, "reason": reason.strip(), "taken_at": at},
        )
        note(row, "stand_taken", at, by, {"sitting": found.sitting_id.hex, "code": code}, is_change=False)
        settle_what_agrees(row, found.sitting, at)


def correct_result(
    *,
    result: Result,
    reason: str,
    by: Person,
    at: datetime,
    is_acquired: bool | None = None,
    mark: Decimal | None = None,
) -> Result:
    """Another result stands instead from now on, with why; the first stays as it was written.

    AssessmentError ``reason``, ``value``, ``corrected`` when another already stands instead.
    """
    if not reason.strip():
        raise AssessmentError("reason")
    if is_acquired is None and mark is None:
        raise AssessmentError("value")
    with taken(result.candidacy, None, Status.ADMISSIBLE) as row:
        if Result.objects.filter(corrects=result).exists():
            raise AssessmentError("corrected")
        made = Result.objects.create(
            candidacy=row,
            sitting_id=result.sitting_id,
            code=result.code,
            kind=result.kind,
            is_acquired=is_acquired,
            mark=mark,
            evidence=result.evidence,
            reason=reason.strip(),
            corrects=result,
            settled_at=at,
            settled_by=by,
        )
        note(row, "result_corrected", at, by, {"result": made.pk.hex, "corrects": result.pk.hex})
    return made


def differences(sitting: Sitting) -> Mapping[Key, list[Valued]]:
    """The lines on which evaluators who have all signed do not stand alike, with where each stands; else none.

    Nothing of anybody's ratings is told before everybody has signed, nor ever of the lines they rated alike.
    """
    evaluators = list(sitting.evaluators.prefetch_related("ratings", "stands"))
    if any(one.signed_at is None for one in evaluators):
        return {}
    settled = set(sitting.results.values_list("kind", "code"))
    return {
        key: held
        for key, held in stands_of(evaluators).items()
        if key not in settled and key[0] != Kind.CRITERION and len({one.value for one in held}) > 1
    }


def stands_of(evaluators: list[Evaluator]) -> Mapping[Key, list[Valued]]:
    """Where each stands on each line: the stand they took, or what they rated."""
    found: dict[Key, list[Valued]] = defaultdict(list)
    for evaluator in evaluators:
        own: dict[Key, Rating | Stand] = {(one.kind, one.code): one for one in evaluator.ratings.all() if one.has_value}
        own |= {(one.kind, one.code): one for one in evaluator.stands.all()}
        for key, one in own.items():
            found[key].append(one)
    return found


def _settle(
    row: Candidacy, sitting: Sitting, key: Key, held: list[Valued], evaluators: list[Evaluator], at: datetime
) -> None:
    """What stands is settled with the words of those whose own rating stands, and the reasons of the others.

    Nothing is kept here of what somebody wrote before they changed their mind; evidence is everybody's.
    """
    ratings = [one for one in held if isinstance(one, Rating)]
    every = (one for who in evaluators for one in who.ratings.all() if (one.kind, one.code) == key)
    made = Result.objects.create(
        candidacy=row,
        sitting=sitting,
        kind=key[0],
        code=key[1],
        is_acquired=held[0].is_acquired,
        mark=held[0].mark,
        comment=_joined(one.comment for one in ratings),
        advice=_joined(one.advice for one in ratings),
        evidence=sorted({id for one in every for id in one.evidence}),
        reason=_joined(one.reason for one in held if isinstance(one, Stand)),
        settled_at=at,
    )
    note(row, "result_settled", at, None, {"result": made.pk.hex, "code": made.code})


def _joined(words: Iterable[str]) -> str:
    """Each of these once, a line apart."""
    return "\n".join(dict.fromkeys(one for one in words if one))


def _pass(row: Candidacy, sitting: Sitting, evaluators: list[Evaluator], at: datetime) -> None:
    if sitting.settled_at or differences(sitting):
        return
    whole = sitting.results.filter(kind=Kind.WHOLE, corrects__isnull=True).first()
    sitting.is_passed, sitting.settled_at = whole.is_acquired if whole else None, at
    sitting.revision += 1
    sitting.save(update_fields=["is_passed", "settled_at", "revision"])
    note(row, "sitting_settled", at, None, {"sitting": sitting.pk.hex, "evaluators": len(evaluators)})
