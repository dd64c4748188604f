"""Files with sittings, for the tests of the pages that plan them: made through the actions that the screens use."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from parchemin.core.facts import Attendance
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import declare_links, name_evaluator, plan_sitting
from parchemin.records.assessments.models import Sitting
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.people.actions.accrediting import accredit
from parchemin.records.people.models import Accreditation, Person
from tests.records.assessments.sheets import signed
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.cast import AT, CQP, Cast

NOW = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)
SOON = datetime(2026, 3, 24, 8, 30, tzinfo=UTC)
PAIR = (("professional", "sector_professional"), ("evaluator", "external_evaluator"))


def admissible(cast: Cast, candidate: Person | None = None) -> Candidacy:
    """A file of the CQP by experience, found admissible."""
    row = casting.opened(candidate or cast.candidate, cast.certification())
    return files.decided(cast, files.completed(cast, row))


def of_scheme(cast: Cast, scheme: str, route: str = "vae", candidate: Person | None = None) -> Candidacy:
    """A file of another certification, as if it were admissible."""
    row = casting.opened(candidate or cast.candidate, cast.certification(scheme), route)
    Candidacy.objects.filter(pk=row.pk).update(status=Status.ADMISSIBLE, identity={})
    return Candidacy.objects.get(pk=row.pk)


def accredited(
    cast: Cast, person: Person, actor: str, *, until_on: date | None = None, trained: str = "Outils de la branche"
) -> Accreditation:
    """Somebody accredited for the CQP since the start of the year."""
    return accredit(
        person=person,
        organisation=cast.organisation,
        scheme=CQP,
        actor=actor,
        from_on=date(2026, 1, 1),
        until_on=until_on,
        training=trained,
        at=AT,
        by=cast.manager,
    )


def soon(cast: Cast, row: Candidacy, **changes: Any) -> Sitting:
    """The assessment of the CQP, next week in company, in a room."""
    values = {"starts_at": SOON, "minutes": 120, "place": "company", "room": "Atelier 2", **changes}
    return plan_sitting(candidacy=row, method="assessment", by=cast.secretary, at=NOW, **values)


def with_pair(cast: Cast, row: Candidacy, **changes: Any) -> Sitting:
    """The same with its two evaluators."""
    sitting = soon(cast, row, **changes)
    for who, actor in PAIR:
        name_evaluator(sitting=sitting, person=getattr(cast, who), actor=actor, by=cast.secretary, at=NOW)
    return sitting


def settled(cast: Cast, row: Candidacy, *missing: str, is_passed: bool = True) -> Sitting:
    """The same held and rated by both, those named to acquire."""
    sitting = with_pair(cast, row, starts_at=NOW - timedelta(days=3))
    for one in sitting.evaluators.all():
        declare_links(evaluator=one, links=[], at=NOW, by=one.person)
    tell_attendance(sitting=sitting, attendance=Attendance.HELD, by=cast.secretary, at=NOW)
    for one in sitting.evaluators.all():
        signed(one, *missing, is_passed=is_passed)
    return Sitting.objects.get(pk=sitting.pk)


def page(name: str, *args: object) -> str:
    """The address of a page of the room."""
    return reverse(f"assessment:{name}", args=args)


def typed(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    """What the form of that page would send untouched, but for the ``changes``."""
    form = client.get(url).context["form"]
    found = {name: field.value() for name, field in ((one.name, one) for one in form)}
    return {name: value for name, value in (found | changes).items() if value is not None}
