"""The kinds of page that are measured: their addresses, and whoever asks for each."""

import random
from datetime import timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from parchemin.core.facts import Attendance
from parchemin.core.grid import Kind
from parchemin.records.assessments.actions import holding, planning
from parchemin.records.assessments.models import Evaluator, Result
from parchemin.records.assessments.sheets import sheet_of
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.pathways.models import Evidence, EvidenceCode
from parchemin.records.people.models import Grant, Organisation, Person

SAMPLE = 200
"""Pages of each kind that are asked for in turn."""
COHORT = 200
"""Candidates of the matrix whose every competence has a result."""
GRIDS = 50
"""Grids that one evaluator has to rate."""
EVIDENCE = 500
"""Pieces of evidence of the file whose list is drawn."""


class Page(NamedTuple):
    """A kind of page: its addresses, and the cookie of whoever asks for each; ``sent`` in turn when it is a form."""

    name: str
    asked: list[tuple[str, str]]
    sent: tuple[str, ...] = ()


def cookie_of(person: Any) -> str:
    """The cookie of somebody signed in."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def rated() -> tuple[str, Any]:
    """Two hundred admissible files of the certification with the most competences have a result on each.

    Its id, and the organisation that handles the most of them.
    """
    admissible = Candidacy.objects.filter(status="admissible").order_by("pk")
    versions = admissible.order_by().values_list("certification__scheme", "version").distinct()
    schemes = schemes_of(list(versions), on=timezone.localdate())
    (scheme, _version), found = max(schemes.items(), key=lambda one: len(one[1].assessed))
    files = admissible.filter(certification__scheme=scheme)
    body = files.order_by().values_list("organisation").annotate(many=Count("pk")).order_by("-many")[0][0]
    rows = list(files.filter(organisation=body).values_list("pk", "candidate_id")[:COHORT])
    if not Result.objects.filter(candidacy__in=[pk for pk, _ in rows]).exists():
        at, chance = timezone.now(), random.Random(2026)
        Result.objects.bulk_create(
            [
                Result(
                    candidacy_id=pk,
                    code=code,
                    kind="competence",
                    is_acquired=chance.random() < 0.8,
                    settled_at=at,
                    settled_by_id=who,
                )
                for pk, who in rows
                for code in found.assessed
            ],
            batch_size=5_000,
        )
    return scheme, body


def graded(scheme: str, files: Any) -> Page:
    """The save of one line of a grid, by an evaluator who has many of them; the line changes each time."""
    at = timezone.now()
    who, _is_made = Person.objects.get_or_create(
        email="banc@example.org", defaults={"given_name": "Banc", "family_name": "Mesure", "password": "!"}
    )
    rows = list(files.filter(status="admissible", certification__scheme=scheme).order_by("pk")[:GRIDS])
    known = Judged(rows[0], timezone.localdate()).scheme
    method = next(id for id in known.methods if sheet_of(known, id)[0].kind is Kind.COMPETENCE)
    line = sheet_of(known, method)[0].code
    actor = next(id for id in known.actors if id != "candidate")
    named = Evaluator.objects.filter(
        person=who, sitting__method=method, sitting__candidacy__certification__scheme=scheme
    )
    if not named.exists():
        for row in rows:
            by = {"by": row.candidate, "at": at}
            sitting = planning.plan_sitting(candidacy=row, method=method, starts_at=at - timedelta(hours=1), **by)
            one = planning.name_evaluator(sitting=sitting, person=who, actor=actor, **by)
            planning.declare_links(evaluator=one, links=[], by=who, at=at)
            holding.tell_attendance(sitting=sitting, attendance=Attendance.HELD, **by)
    cookie = cookie_of(who)
    asked = [(reverse("assessment:grid", args=[id]), cookie) for id in named.values_list("sitting", flat=True)]
    forms = tuple(f"revision=999999999&value-competence-{line}={value}" for value in ("yes", "no"))
    return Page("grid save", asked, forms)


def proved(scheme: str, files: Any) -> Page:
    """The list of evidence of a file that has five hundred pieces of it, each on two competences, for its candidate."""
    row = files.filter(status="admissible", certification__scheme=scheme).order_by("pk")[0]
    if not row.evidences.exists():
        at, codes = timezone.now(), Judged(row, timezone.localdate()).scheme.assessed
        zones = (Evidence.Zone.PRIVATE, Evidence.Zone.SHARED)
        made = Evidence.objects.bulk_create(
            Evidence(
                candidacy=row,
                title=f"Preuve {number}",
                kind=Evidence.Kind.ACCOUNT,
                author=row.candidate.name,
                made_on=timezone.localdate() - timedelta(days=number),
                words="Ce que cette preuve montre.",
                sha256=sha256(str(number).encode()).hexdigest(),
                zone=zones[number % 2],
                added_at=at,
            )
            for number in range(EVIDENCE)
        )
        EvidenceCode.objects.bulk_create(
            EvidenceCode(evidence=one, code=codes[(number + part) % len(codes)])
            for number, one in enumerate(made)
            for part in (0, 1)
        )
    cookie, address = cookie_of(row.candidate), reverse("pathway:evidence", args=[row.pk])
    return Page("evidence", [(address + query, cookie) for query in ("", "?page=2", "?zone=shared", "?page=10")])


def pages() -> list[Page]:
    """The pages of a secretary, of an evaluator and of candidates that are measured."""
    busiest = Organisation.objects.annotate(many=Count("candidacies")).order_by("-many")[0]
    secretary = Grant.objects.filter(role="secretary", organisation=busiest).select_related("person")[0].person
    own = Candidacy.objects.filter(organisation=busiest).exclude(status="draft")
    shown = list(
        own.filter(candidate__email__startswith="copie").order_by("id").values_list("pk", "candidate_id")[:SAMPLE]
    )
    desk = cookie_of(secretary)
    scheme, body = rated()
    files = Candidacy.objects.filter(organisation=body)
    cohort = (
        Result.objects.filter(candidacy__in=files).order_by().values_list("candidacy", flat=True).distinct()[:GRIDS]
    )
    office = Grant.objects.filter(role="secretary", organisation=body).select_related("person")[0].person
    handler = cookie_of(office)
    people = Person.objects.in_bulk([candidate for _, candidate in shown[:50]])
    cookies = {id: cookie_of(person) for id, person in people.items()}
    lists = reverse("secretariat:files")
    queries = ("", "?page=2", "?status=received", "?status=complete&sort=due", "?page=40", "?sort=name")
    return [
        Page("queue", [(reverse("secretariat:queue"), desk)]),
        Page("list", [(lists + query, desk) for query in queries]),
        Page("search", [(f"{lists}?text={word}", desk) for word in ("Abeille", "Muguet+12", "2026-10", "Katell")]),
        Page("file", [(reverse("secretariat:file", args=[pk]), desk) for pk, _ in shown]),
        Page("cohort", [(f"{reverse('assessment:cohort')}?scheme={scheme}", handler)]),
        Page("missing", [(reverse("assessment:missing", args=[pk]), handler) for pk in cohort]),
        graded(scheme, files),
        proved(scheme, files),
        Page("home", [(reverse("candidate:home"), one) for one in cookies.values()]),
        Page("own file", [(reverse("candidate:file", args=[pk]), cookies[who]) for pk, who in shown if who in cookies]),
    ]
