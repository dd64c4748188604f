"""Results that wait to be told, by the day that the rules of the certification give."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Min, OuterRef, QuerySet

from parchemin.records.juries.models import Conclusion, JurySession
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing


@dataclass(frozen=True, slots=True)
class ToTell:
    """A session of which some candidates were not told what stands; ``until`` the first last day among them."""

    session: JurySession
    count: int
    until: date


def untold() -> QuerySet[Conclusion]:
    """What stands of each hearing, is to be told by a day, and was not told to its candidate."""
    later = Conclusion.objects.filter(hearing=OuterRef("hearing"), pk__gt=OuterRef("pk"))
    rows = Conclusion.objects.filter(notify_until__isnull=False).exclude(Exists(later))
    return rows.exclude(hearing__told=F("pk"))


def sessions_to_tell(standing: Standing) -> list[ToTell]:
    """The sessions whose results that person publishes and which wait, the most pressing first; two queries."""
    allowed = standing.scope_filter(Action.PUBLISH_RESULTS, scheme_field="certification__scheme")
    return pressing(untold().filter(hearing__session__in=JurySession.objects.filter(allowed)))


def pressing(rows: QuerySet[Conclusion]) -> list[ToTell]:
    """The sessions of these, the most pressing first; two queries."""
    counted = rows.order_by().values("hearing__session").annotate(n=Count("pk"), until=Min("notify_until"))
    found = {one["hearing__session"]: one for one in counted}
    sessions = JurySession.objects.filter(pk__in=found).select_related("certification", "organisation")
    told = [ToTell(one, found[one.pk]["n"], found[one.pk]["until"]) for one in sessions]
    return sorted(told, key=lambda one: (one.until, one.session.number))


def due_by(on: date) -> list[ToTell]:
    """The sessions of which some results are to be told by that day, whoever publishes them; two queries."""
    return pressing(untold().filter(notify_until__lte=on))
