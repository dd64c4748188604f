"""What the list of evidence shows: what each competence rests on, and which pieces there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parchemin.core.scheme import Scheme
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.models import Evidence
from parchemin.web.pathway.borne import codes_of, zone_status
from parchemin.web.pathway.competences import titles_of
from parchemin.web.pathway.evidence.found import ICONS


@dataclass(frozen=True, slots=True)
class Covered:
    """A competence, and how many pieces of evidence bear on it."""

    code: str
    title: str
    count: int

    @property
    def told(self) -> str:
        """How many, in words."""
        if not self.count:
            return _("aucune preuve")
        return ngettext("%(n)s preuve", "%(n)s preuves", self.count) % {"n": self.count}


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of evidence as a line of the list."""

    row: Evidence
    codes: tuple[str, ...]
    zone: dict[str, str]
    icon: str
    told: str
    may_pick: bool


def covered_by(scheme: Scheme, row: Candidacy, counts: Mapping[str, int]) -> list[Covered]:
    """Each competence with what it rests on."""
    titles = titles_of(scheme)
    return [Covered(code, titles[code], counts.get(code, 0)) for code in codes_of(scheme, row)]


def coverage_told(covered: Sequence[Covered]) -> dict[str, Any]:
    """How many competences rest on something."""
    done, total = sum(1 for one in covered if one.count), len(covered)
    words = ngettext(
        "%(done)s compétence sur %(total)s a au moins une preuve",
        "%(done)s compétences sur %(total)s ont au moins une preuve",
        done,
    )
    return {"ratio": 100 * done // total if total else 0, "label": words % {"done": done, "total": total}}


def asked_for(rows: QuerySet[Evidence], asked: Mapping[str, str]) -> QuerySet[Evidence]:
    """Those that answer the filters, with what is told of each."""
    if code := asked.get("code"):
        rows = rows.filter(Q(codes__code=code))
    fields = {name: asked[name] for name in ("kind", "zone") if name in asked}
    vouched = Count("endorsements", filter=Q(endorsements__fingerprint=F("sha256")), distinct=True)
    counted = rows.filter(**fields).annotate(commented=Count("comments", distinct=True), vouched=vouched)
    return counted.prefetch_related("codes").order_by("-made_on", "-added_at", "pk")


def lines_of(rows: Sequence[Evidence], *, reads_comments: bool, may_change: bool = False) -> list[Line]:
    """Them as lines; whoever ``may_change`` them picks those that are not submitted."""
    return [
        Line(
            one,
            tuple(code.code for code in one.codes.all()),
            zone_status(one.zone),
            ICONS[one.kind],
            _told(one, reads_comments=reads_comments),
            may_change and one.zone != Evidence.Zone.SUBMITTED,
        )
        for one in rows
    ]


def _told(row: Evidence, *, reads_comments: bool) -> str:
    vouched, commented = row.vouched, row.commented  # type: ignore[attr-defined]
    told = []
    if vouched:
        told.append(ngettext("confirmée par %(n)s personne", "confirmée par %(n)s personnes", vouched) % {"n": vouched})
    if commented and reads_comments:
        told.append(ngettext("%(n)s commentaire", "%(n)s commentaires", commented) % {"n": commented})
    return " · ".join(told)
