"""A certificate of nobody, as a body would issue it: to be looked at, never to be taken for a real one."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from parchemin.catalogue.problems import RefusedError
from parchemin.core.case import Case
from parchemin.core.checks.validity import Validity
from parchemin.core.facts import Facts, Holding, Milestone
from parchemin.core.scheme import Scheme
from parchemin.records.awards.models import House, Kind
from parchemin.records.awards.queries.due import gives_certificate
from parchemin.records.awards.queries.written import bearing
from parchemin.records.certifications.models import Certification
from parchemin.records.certifications.queries import scheme_of, version_for
from parchemin.records.journal.canonical import plain

NUMBER = "000000000000"
"""No certificate has it: zero is not one of the signs of a number."""
HOLDER: Mapping[str, Any] = {
    "first_names": ["Modèle"],
    "birth_name": "Spécimen",
    "used_name": "",
    "born_on": date(2000, 1, 1),
    "born_at": "Exempleville",
}


def scheme_in_force(certification: Certification, on: date) -> Scheme:
    """The certification as a path begun that day follows it, else as it was last published."""
    try:
        version = version_for(certification.scheme, on)
    except RefusedError:
        version = certification.versions.order_by("pk").values_list("name", flat=True).last() or ""
    return scheme_of(certification.scheme, version=version, on=on)


def specimens(scheme: Scheme, house: House, on: date) -> Iterator[Mapping[str, Any]]:
    """The text of the certificate of the whole, then that of a block where blocks give theirs; in JSON types."""
    yield _told(scheme, house, on, kind=Kind.WHOLE, title=scheme.title, valid_until=_last_day(scheme, on))
    own = (code for code in scheme.blocks if gives_certificate(scheme, code))
    titled = ((code, scheme.blocks[code].title) for code in own)
    if block := next(((code, title) for code, title in titled if isinstance(title, str)), None):
        yield _told(scheme, house, on, kind=Kind.BLOCK, code=block[0], title=block[1])


def _told(scheme: Scheme, house: House, on: date, **said: Any) -> Mapping[str, Any]:
    told = {
        **bearing(scheme, house, on),
        "number": NUMBER,
        "code": "",
        "valid_until": None,
        "renews": "",
        "holder": HOLDER,
        "decision": {"minutes": "", "deliberated_on": on, "in_effect_on": on},
        "route": "",
        "awarded_on": on,
        "parts": [],
        **said,
    }
    found: Mapping[str, Any] = plain(told)
    return found


def _last_day(scheme: Scheme, on: date) -> date | None:
    """Its last day if everything happened that day; None without limit, or where the source does not say."""
    dates = dict.fromkeys(Milestone, on)
    end = Validity(Case(Facts(dates=dates), scheme, on), "certificate").last_day([Holding(code="", dates=dates)])
    return None if end in (None, date.max) else end
