"""Where each part comes from: what was decided, what was proposed and why, what was settled, on what, by which rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from parchemin.core.proposing import Ground
from parchemin.core.scheme import Scheme
from parchemin.core.terms import title_of
from parchemin.records.assessments.models import Result
from parchemin.records.assessments.queries.evidence import submitted
from parchemin.records.assessments.queries.ledger import ACQUIRED, TO_ACQUIRE, Held, Ledger, state_of
from parchemin.records.candidacies.judging import Judged
from parchemin.records.juries.models import Hearing
from parchemin.records.juries.queries.results import rule_of
from parchemin.records.juries.queries.told import title_of_part
from parchemin.web.jury.deliberating.wording import GROUNDS
from parchemin.web.shared.typesetting import day


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A result as it stood when the jury decided; ``by`` empty for whoever may not know who rated."""

    title: str
    value: str
    is_acquired: bool | None
    how: str
    by: Sequence[str]
    evidence: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """A part from the decision down to the rule; ``is_granted`` None for one that was held before."""

    title: str
    is_granted: bool | None
    reason: str
    ground: str
    proposed: str
    settled: Sequence[Settled]
    rule: Mapping[str, str] | None


def traced(hearing: Hearing, line: Mapping[str, Any], judged: Judged, *, names_raters: bool) -> list[Traced]:
    """Each part of what minutes say of that candidate, those held before included."""
    ledger, scheme = Ledger(judged), judged.scheme
    lines = [one for part in (*ledger.competences, *ledger.learnings) for one in part.lines] + list(ledger.units)
    pieces = {one.pk.hex: one.title for one in submitted(judged.candidacy)}
    decided = {one["code"]: one for one in line.get("parts", ())}
    at = hearing.decided_at
    assert at is not None
    return [
        Traced(
            title=title_of_part(scheme, one["code"]),
            is_granted=decided[one["code"]]["is_granted"] if one["code"] in decided else None,
            reason=decided.get(one["code"], {}).get("reason", ""),
            ground=str(GROUNDS[Ground(one["ground"])]),
            proposed=one["seen"],
            settled=list(_settled(_feeding(lines, one["code"]), at, scheme, pieces, names_raters=names_raters)),
            rule=_rule(scheme, one),
        )
        for one in (line.get("proposed") or {}).get("parts", ())
    ]


def _feeding(lines: Sequence[Held], code: str) -> list[Held]:
    """The lines that are that part, or that feed it."""
    return [one for one in lines if code == one.line.code or code in one.blocks]


def _settled(
    lines: Sequence[Held], at: datetime, scheme: Scheme, pieces: Mapping[str, str], *, names_raters: bool
) -> Iterator[Settled]:
    for one in lines:
        known = [row for row in (one.result, *one.earlier) if row and row.settled_at <= at]
        if not known:
            continue
        row = known[0]
        title = f"{one.line.code} {one.line.title}" if one.line.title else one.line.code
        yield Settled(
            title=title,
            value=_value(row),
            is_acquired=row.is_acquired,
            how=_how(row, scheme),
            by=_raters(row) if names_raters else (),
            evidence=[pieces[id] for id in row.evidence if id in pieces],
        )


def _value(row: Result) -> str:
    said = {ACQUIRED: _("acquis"), TO_ACQUIRE: _("à acquérir")}.get(state_of(row), "")
    mark = f"{row.mark.normalize():f}".replace(".", ",") if row.mark is not None else ""
    return ", ".join(one for one in (said, mark, row.level) if one)


def _how(row: Result, scheme: Scheme) -> str:
    """Where it was settled, and when; a correction says so."""
    where = title_of(scheme.methods, row.sitting.method) if row.sitting else _("Inscrit au registre")
    told = f"{where}, {day(timezone.localdate(row.settled_at))}"
    return _("%(told)s, corrigé : %(reason)s") % {"told": told, "reason": row.reason} if row.corrects_id else told


def _raters(row: Result) -> list[str]:
    if row.sitting is None or row.corrects_id:
        return [row.settled_by.name] if row.settled_by else []
    return [one.person.name for one in row.sitting.evaluators.all()]


def _rule(scheme: Scheme, part: Mapping[str, Any]) -> Mapping[str, str] | None:
    rule = rule_of(scheme, part["code"], part["ground"])
    if rule is None:
        return None
    return {"says": rule.says, "id": f"{scheme.ref}#{rule.id}", "source": rule.source}
