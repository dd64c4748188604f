"""One action on several files: each is answered for itself, and a refusal stops none of the others."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from django.utils.translation import gettext as _

from parchemin.records.candidacies.actions.closing import take_charge
from parchemin.records.candidacies.actions.depositing import accept_application, return_application
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.candidacies.queries.missing import missing
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.models import Person

MOST = 200
"""Files that one request may act on."""


class Answered(NamedTuple):
    """What became of one file: done, or refused for the reasons told."""

    candidacy: Candidacy
    is_done: bool
    reasons: tuple[str, ...] = ()


def each(rows: Iterable[Candidacy], act: Callable[[Candidacy], object]) -> list[Answered]:
    """``act`` done on each file in its own transaction, and what became of each."""
    return [_answered(row, act) for row in rows]


def accept_complete(rows: Sequence[Candidacy], *, by: Person, at: datetime, on: date) -> list[Answered]:
    """The applications that lack nothing are complete from now on; the others are left, with what they lack."""
    found = []
    for judged in Judged.each(rows, on):
        row = judged.candidacy
        lacking = missing(judged) if row.status == Status.RECEIVED else ()
        if lacking:
            found.append(Answered(row, False, tuple(one.says for one in lacking)))
        else:
            # the revision that was looked at: what changes meanwhile is not accepted unseen
            found.append(_answered(row, lambda file: _accept(file, by, at, on)))
    return found


def give_back(rows: Iterable[tuple[Candidacy, int, str]], *, by: Person, at: datetime, on: date) -> list[Answered]:
    """Each application to be checked goes back with its own reasons; those without any are left.

    With each comes the revision it was looked at: what changed since is not sent back unseen.
    """
    nothing = _("Rien n’y manque : ouvrez-le pour le déclarer complet, ou pour dire ce qui ne convient pas.")
    found = []
    for row, revision, reasons in rows:
        if row.status == Status.RECEIVED and not reasons:
            found.append(Answered(row, False, (nothing,)))
        else:
            act = partial(_give_back, revision=revision, reasons=reasons, by=by, at=at, on=on)
            found.append(_answered(row, act))
    return found


def hold(rows: Iterable[Candidacy], *, holder: Person | None, by: Person, at: datetime) -> list[Answered]:
    """Those that nobody else follows are followed by ``holder``, or no longer by ``by``; a colleague's are left."""
    return each(rows, lambda row: take_charge(candidacy=row, holder=holder, by=by, at=at, unless_held=True))


def _accept(row: Candidacy, by: Person, at: datetime, on: date) -> None:
    accept_application(candidacy=row, by=by, at=at, on=on, revision=row.revision)


def _give_back(row: Candidacy, *, revision: int, reasons: str, by: Person, at: datetime, on: date) -> None:
    if row.status != Status.RECEIVED:
        raise UnfitError("status", status=row.get_status_display())
    return_application(candidacy=row, reasons=reasons, by=by, at=at, on=on, revision=revision)


def _answered(row: Candidacy, act: Callable[[Candidacy], object]) -> Answered:
    try:
        act(row)
    except UnfitError as error:
        return Answered(row, False, (sentence(error),))
    except StaleError as stale:
        return Answered(row, False, (stale.sentence,))
    return Answered(row, True)
