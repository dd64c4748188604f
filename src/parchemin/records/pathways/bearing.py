"""What bears on competences: only those that are assessed, each under its code in the framework."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.errors import PathwayError


def assessed_codes(row: Candidacy, codes: Sequence[str], at: datetime, *, none: str) -> list[str]:
    """The codes of the framework for these, each once.

    PathwayError ``no_competence``, ``not_assessed``, or ``none`` where there are none though the source gives some.
    """
    scheme = Judged(row, localdate(at)).scheme
    for code in codes:
        if code not in scheme.competences:
            raise PathwayError("no_competence", line=code)
        if scheme.code_of(code) not in scheme.assessed:
            raise PathwayError("not_assessed", line=code)
    if scheme.assessed and not codes:
        raise PathwayError(none)
    return list(dict.fromkeys(scheme.code_of(code) for code in codes))
