"""A line of a grid and a value, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parchemin.core.grid import Kind, line_of
from parchemin.core.scheme import Scheme
from parchemin.records.assessments.sheets import sheet_of
from parchemin.web.assessment.rating.forms import PASSED, VALUES


def line_title(scheme: Scheme, kind: str, code: str) -> str:
    """What a line is about: its code and its title."""
    if kind == Kind.WHOLE:
        return _("L’épreuve dans son ensemble")
    for method in scheme.methods:
        lines = tuple(one for one in sheet_of(scheme, method) if one.kind == kind)
        if found := line_of(lines, scheme, code):
            title = found.title or ""
            return title if kind == Kind.POINT else " — ".join(one for one in (code, title) if one)
    return code


def value_told(kind: str, typed: Mapping[str, str]) -> str:
    """« Acquis », a mark, then what is written, as one line; nothing when nothing is."""
    titles = dict(PASSED if kind == Kind.WHOLE else VALUES)
    value = str(titles[typed["value"]]) if typed["value"] in titles else ""
    n = len([one for one in typed["evidence"].split(",") if one])
    pieces = ngettext("%(n)s preuve nommée", "%(n)s preuves nommées", n) % {"n": n} if n else ""
    words = (value, typed["mark"], typed["comment"], typed["advice"], typed["seen"], pieces)
    return " — ".join(one for one in words if one)
