"""What a decision gives right to: the certificate of the whole, one for each block, or a statement of results."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from parchemin.core.case import Case
from parchemin.core.checks.validity import Validity
from parchemin.core.facts import Holding as Held
from parchemin.core.facts import Milestone
from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate, Change, Kind
from parchemin.records.awards.queries.standing import revoked
from parchemin.records.candidacies.judging import Judged
from parchemin.records.juries.models import Conclusion, Hearing, Holding, JurySession, Verdict

NO_PART = "none"
"""What a scheme says of a partial award that it forbids."""
CERTIFICATE = "certificat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A certificate to issue on a decision that has effect, under the scheme it was decided under.

    ``renews`` is the earlier certificate of the same holder that it follows, if there is one.
    """

    kind: Kind
    conclusion: Conclusion
    judged: Judged
    code: str = ""
    renews: Certificate | None = None

    @property
    def scheme(self) -> Scheme:
        """The certification as it was decided."""
        return self.judged.scheme

    @property
    def title(self) -> str | None:
        """The exact title it bears; None where the source gives none."""
        if self.kind is not Kind.BLOCK:
            return self.scheme.title
        block = self.scheme.blocks.get(self.code)
        return block.title if block and isinstance(block.title, str) else None


def due_of(hearing: Hearing, on: date) -> list[Due]:
    """The certificates that what was decided of that file gives right to, and that were not issued; in their order.

    AwardError ``no_effect`` while its minutes are not closed, ``untold`` while its candidate does not know.
    """
    conclusion = standing_one(hearing, hearing.conclusions.order_by("pk").last())
    given = Certificate.objects.filter(candidacy=hearing.candidacy).defer("text").prefetch_related("changes")
    judged = Judged(hearing.candidacy, on, hearing.version)
    return lacking(conclusion, judged, hearing.holdings.order_by("pk"), given)


def standing_one(hearing: Hearing, conclusion: Conclusion | None) -> Conclusion:
    """The last conclusion of that file, once it has effect and its candidate knows; AwardError as ``due_of``."""
    number = hearing.candidacy.number
    if conclusion is None:
        raise AwardError("no_effect", number=number)
    if hearing.told_id != conclusion.pk:
        raise AwardError("untold", number=number)
    return conclusion


def lacking(
    conclusion: Conclusion, judged: Judged, holdings: Iterable[Holding], given: Iterable[Certificate]
) -> list[Due]:
    """What that conclusion gives right to, but for what its file was ``given``; ``holdings`` in their order.

    What was revoked counts no more, nor what it had replaced, unless on that very conclusion: another decision is
    needed.
    """
    rows = list(given)
    replaced = {one.corrects_id for one in rows}
    standing = [one for one in rows if one.pk not in replaced and not _is_revoked(one)]
    known = {(one.kind, one.code) for one in rows if one.conclusion_id == conclusion.pk or one in standing}
    return [
        Due(kind=kind, code=code, conclusion=conclusion, judged=judged)
        for kind, code in _wanted(conclusion, holdings, judged.scheme)
        if (kind.value, code) not in known
    ]


def statement_of(hearing: Hearing, on: date) -> Due:
    """The statement of results of a file where nothing is acquired by parts and all was not.

    AwardError as ``due_of``, or ``statement`` where none is given.
    """
    conclusion = standing_one(hearing, hearing.conclusions.order_by("pk").last())
    judged = Judged(hearing.candidacy, on, hearing.version)
    if judged.scheme.award.partial != NO_PART or conclusion.verdict != Verdict.NONE:
        raise AwardError("statement")
    return Due(kind=Kind.STATEMENT, conclusion=conclusion, judged=judged)


def statement_given(hearing: Hearing) -> Certificate | None:
    """The statement of what was last decided of that file, where one stands."""
    last = hearing.conclusions.order_by("-pk").values("pk")[:1]
    rows = Certificate.objects.filter(~revoked(), kind=Kind.STATEMENT, conclusion__in=last)
    return rows.filter(corrected_by__isnull=True).order_by("issued_at").last()


def _is_revoked(certificate: Certificate) -> bool:
    return any(one.act == Change.Act.REVOKED for one in certificate.changes.all())


def gives_certificate(scheme: Scheme, code: str) -> bool:
    """Whether that block, once held, gives its own certificate; never where parts are not awarded."""
    block = scheme.blocks.get(code)
    if block is None or scheme.award.partial == NO_PART:
        return False
    own = block.certificate
    return own if not isinstance(own, Unknown) else scheme.award.block_certificates is True


def last_day(judged: Judged, awarded_on: date) -> date | None:
    """The last day a certificate issued that day is valid; None without limit.

    AwardError ``validity`` where it is temporary and the source does not say from which day it counts.
    """
    dates = {**judged.facts.dates, Milestone.AWARDED: awarded_on, Milestone.ISSUED: awarded_on}
    case = Case(replace(judged.facts, dates=dates), judged.scheme, awarded_on)
    end = Validity(case, "certificate").last_day([Held(code=CERTIFICATE, dates=dates)])
    if end is None:
        raise AwardError("validity")
    return None if end == date.max else end


def hearings_to_award(session: JurySession) -> Sequence[Hearing]:
    """The files of a session that were decided, in their order, with what their certificates read."""
    rows = session.hearings.filter(removed_at__isnull=True, verdict__in=[Verdict.FULL, Verdict.PARTIAL])
    related = ("session", "candidacy__certification", "candidacy__candidate__identity", "candidacy__organisation")
    return list(rows.select_related(*related).prefetch_related("conclusions", "holdings").order_by("position", "pk"))


def _wanted(conclusion: Conclusion, holdings: Iterable[Holding], scheme: Scheme) -> Iterator[tuple[Kind, str]]:
    if conclusion.verdict == Verdict.FULL:
        yield Kind.WHOLE, ""
    if conclusion.verdict not in (Verdict.FULL, Verdict.PARTIAL):
        return
    held = {row.code: row.is_held for row in holdings}
    for code in scheme.blocks:
        if held.get(code) and gives_certificate(scheme, code):
            yield Kind.BLOCK, code
