"""Certificates become lines: each has one, that goes or says why it never does; what is revoked since is taken note of.

Worked out from the certificates alone, as often as wanted: nothing here is anybody's act, so the journal has none.
"""

import re
from collections.abc import Callable
from datetime import date

from django.db import transaction

from parchemin.core.scheme import Register
from parchemin.records.awards.models import Certificate, Kind
from parchemin.records.transmissions.models import Bar, Line, State
from parchemin.records.transmissions.queries.lines import OPEN, firsts, over

BATCH = 500
CODE = re.compile("(?:RNCP|RS)[0-9]{1,6}")
NATIONAL = (Register.RNCP.value, Register.RS.value)


@transaction.atomic
def notice(*, due_on: Callable[[date], date], most: int = BATCH) -> int:
    """Certificates without a line are given one, ``due_on`` telling until when; how many were, a batch at a time.

    With the last batch, those revoked or replaced since are no longer to send, or are to withdraw once accepted.
    """
    fresh = Certificate.objects.filter(line=None).select_related("candidacy__certification")
    made = [_line(row, due_on(row.awarded_on)) for row in firsts(fresh.order_by("issued_at", "pk"), most)]
    Line.objects.bulk_create(made)
    if len(made) < most:
        _take_note_of_over()
    return len(made)


def _take_note_of_over() -> None:
    for before, after in ((OPEN, State.CLOSED), ((State.ACCEPTED,), State.TO_WITHDRAW)):
        rows = over().filter(state__in=before).order_by().values("pk")
        Line.objects.filter(pk__in=rows, state__in=before).update(state=after, reason="")


def _line(row: Certificate, due_on: date) -> Line:
    code = code_of(row)
    bar = _bar(row) or ("" if code else Bar.CODE.value)
    return Line(
        certificate=row,
        organisation_id=row.candidacy.certification.awarding_body_id,
        code="" if bar else code,
        bar=bar,
        state=State.BARRED if bar else State.READY,
        due_on=due_on,
    )


def code_of(row: Certificate) -> str:
    """The code of the national register under which it was awarded; nothing when it says none."""
    codes = (one.get("code") for one in row.told["registrations"])
    return next((one for one in codes if one and CODE.fullmatch(one)), "")


def _bar(row: Certificate) -> str:
    """Why it never goes, whatever its code."""
    if row.kind != Kind.WHOLE:
        return (Bar.BLOCK if row.kind == Kind.BLOCK else Bar.STATEMENT).value
    return "" if row.told["register"] in NATIONAL else Bar.REGISTER.value
