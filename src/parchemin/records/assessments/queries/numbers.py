"""Figures over many files: how alike evaluators rate, what each has to do, how long each step takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from parchemin.core.facts import Attendance, Milestone
from parchemin.core.grid import Kind
from parchemin.core.scheme import Scheme
from parchemin.core.terms import listed
from parchemin.records.assessments.models import Evaluator, Rating
from parchemin.records.candidacies.models import Candidacy, CandidacyDate, StepDone
from parchemin.records.candidacies.queries.visible import SENT, in_scope
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing

LEAST = 20
"""Lines under which a coefficient of agreement tells nothing."""
APPLICATION = (Milestone.REQUESTED, Milestone.RECEIVED, Milestone.ANSWERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How alike evaluators of a method rated: lines rated by several, those rated alike, Cohen's kappa.

    ``kappa`` is None where it means nothing: few lines, or everybody always rated the same value.
    """

    method: str
    kind: str = ""
    code: str = ""
    lines: int = 0
    alike: int = 0
    kappa: float | None = None

    @property
    def share(self) -> int:
        """Out of a hundred lines, those rated alike."""
        return round(100 * self.alike / self.lines) if self.lines else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one evaluator has before them and behind them."""

    name: str
    to_come: int
    to_sign: int
    signed: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How long files take to come to a step from what came before: the median of the days, over so many files."""

    route: str
    step: str
    files: int
    days: float


def counted_files(standing: Standing, scheme: str, year: int | None) -> QuerySet[Candidacy]:
    """The files of a certification whose figures that person sees, of those begun in a year if one is given."""
    found = in_scope(standing, Action.SEE_NUMBERS).filter(SENT, certification__scheme=scheme)
    return found.filter(began_on__year=year) if year else found


def agreements(files: QuerySet[Candidacy]) -> tuple[list[Agreement], list[Agreement]]:
    """By method, then by line, over the sittings settled only: nothing is told of a sheet before; one query."""
    rows = (
        Rating.objects.filter(evaluator__sitting__candidacy__in=files.order_by().values("pk"))
        .filter(evaluator__sitting__settled_at__isnull=False, evaluator__sitting__attendance=Attendance.HELD)
        .exclude(kind=Kind.CRITERION.value)
        .order_by("evaluator__sitting_id", "evaluator__actor", "evaluator_id")
    )
    seen: dict[tuple[object, str, str, str], list[tuple[bool | None, object]]] = {}
    named = ("evaluator__sitting_id", "evaluator__sitting__method", "kind", "code", "is_acquired", "mark")
    for sitting, method, kind, code, is_acquired, mark in rows.values_list(*named).iterator():
        seen.setdefault((sitting, method, kind, code), []).append((is_acquired, mark))
    methods: dict[tuple[str, ...], list[list[tuple[bool | None, object]]]] = {}
    lines: dict[tuple[str, ...], list[list[tuple[bool | None, object]]]] = {}
    for (_sitting, method, kind, code), held in seen.items():
        if len(held) > 1:
            methods.setdefault((method,), []).append(held)
            lines.setdefault((method, kind, code), []).append(held)
    return (
        [_agreement(held, method=method) for (method,), held in methods.items()],
        [_agreement(held, method=method, kind=kind, code=code) for (method, kind, code), held in lines.items()],
    )


def loads(files: QuerySet[Candidacy]) -> list[Load]:
    """Whoever assesses one of these files, by name; two queries."""
    mine = Evaluator.objects.filter(
        sitting__candidacy__in=files.order_by().values("pk"), sitting__cancelled_at__isnull=True
    )
    rated = mine.values_list("person_id").annotate(n=Count("ratings")).order_by()
    lines = dict(rated)
    is_held = Q(sitting__attendance=Attendance.HELD)
    rows = (
        mine.order_by("person__family_key", "person__given_name")
        .values_list("person_id", "person__given_name", "person__family_name")
        .annotate(
            to_come=Count("pk", filter=Q(sitting__attendance="")),
            to_sign=Count("pk", filter=is_held & Q(signed_at__isnull=True)),
            signed=Count("pk", filter=Q(signed_at__isnull=False)),
        )
    )
    return [
        Load(
            name=f"{given} {family}".strip(),
            to_come=to_come,
            to_sign=to_sign,
            signed=signed,
            lines=lines.get(person, 0),
        )
        for person, given, family, to_come, to_sign, signed in rows
    ]


def spans(files: QuerySet[Candidacy], scheme: Scheme) -> list[Span]:
    """The median of the days to each milestone and step, from the one before it in the order of the route."""
    ids = files.order_by().values("pk")
    days: dict[UUID, dict[str, date]] = {}
    routes = dict(files.order_by().values_list("pk", "route"))
    for pk, name, on in CandidacyDate.objects.filter(candidacy__in=ids).values_list("candidacy_id", "milestone", "on"):
        days.setdefault(pk, {})[name] = on
    for pk, name, on in StepDone.objects.filter(candidacy__in=ids).values_list("candidacy_id", "step", "done_on"):
        days.setdefault(pk, {})[_step(name)] = on
    orders = {route: _order(scheme, route) for route in set(routes.values())}
    found: dict[tuple[str, str], list[int]] = {}
    for pk, known in days.items():
        route = routes[pk]
        passed = [(name, known[name]) for name in orders[route] if name in known]
        for (_before, start), (name, end) in pairwise(passed):
            found.setdefault((route, name), []).append((end - start).days)
    return [
        Span(route=route, step=name, files=len(found[route, name]), days=median(found[route, name]))
        for route in sorted(orders)
        for name in orders[route]
        if (route, name) in found
    ]


def kappa(pairs: Iterable[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa of two raters over these lines; None where it means nothing."""
    known = list(pairs)
    if len(known) < LEAST:
        return None
    first, second = (sum(pair[rank] for pair in known) / len(known) for rank in (0, 1))
    by_chance = first * second + (1 - first) * (1 - second)
    if by_chance == 1:
        return None
    alike = sum(one == other for one, other in known) / len(known)
    return (alike - by_chance) / (1 - by_chance)


def _agreement(held: list[list[tuple[bool | None, object]]], **about: str) -> Agreement:
    pairs = [(one[0][0], one[1][0]) for one in held if len(one) == 2]
    return Agreement(
        lines=len(held),
        alike=sum(len(set(one)) == 1 for one in held),
        kappa=kappa((bool(a), bool(b)) for a, b in pairs if a is not None and b is not None),
        **about,
    )


def _order(scheme: Scheme, route: str) -> list[str]:
    """The milestones of the application, the steps of the route, then what follows, in the order of a life."""
    known = scheme.route_of(route)
    steps = [_step(step.id) for step in (listed(known.steps) if known else ())]
    return [*(one.value for one in APPLICATION), *steps, Milestone.TRANSMITTED.value]


def _step(id: str) -> str:
    return f"step:{id}"


def step_titles(scheme: Scheme) -> Mapping[str, str]:
    """What each step is called, as ``spans`` names it."""
    return {
        _step(step.id): step.title
        for id in scheme.routes
        if (route := scheme.route_of(id))
        for step in listed(route.steps)
    }
