"""The page of one candidate, drawn for whoever looks: the office and the chair act, members read and vote."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.core.carrying import elsewhere
from parchemin.core.decision import Stage
from parchemin.core.facts import Milestone
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.juries.models import State, Verdict
from parchemin.records.juries.queries.told import title_of_part
from parchemin.web.jury.deliberating.facing import Facing, is_readable, leads
from parchemin.web.jury.deliberating.findings import findings, shown_jury
from parchemin.web.jury.deliberating.forms import ReopenForm
from parchemin.web.jury.deliberating.interview import methods_held
from parchemin.web.jury.deliberating.opinions import WORDS, OpinionsForm
from parchemin.web.jury.deliberating.showing import line_of
from parchemin.web.jury.deliberating.voices import voices_of
from parchemin.web.jury.deliberating.wording import look_of_verdict
from parchemin.web.jury.reaching import Attempt


def page(
    facing: Facing,
    *,
    opinions: OpinionsForm | None = None,
    reopening: ReopenForm | None = None,
    voting: Form | None = None,
    holding: Mapping[str, Form] | None = None,
    refused: Form | None = None,
    attempt: Attempt | None = None,
    conflict: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole of it; what was typed and refused takes the place of what is kept."""
    row, found = facing.hearing, facing.found
    context = {**_head(facing), "crumbs": found.crumbs((_("Séance"), _live(facing)), row.candidacy.candidate.name)}
    if facing.is_recused:
        return render(found.request, "jury/hearing_recused.html", context)
    deliberation = facing.deliberation
    members = list(facing.session.members.all())
    form = opinions or (OpinionsForm(deliberation=deliberation) if facing.may_lead and not row.verdict else None)
    context |= {
        "line": line_of(row, members, facing.scheme, found.member),
        "may_lead": facing.may_lead,
        "may_vote": facing.may_vote,
        "is_leading": leads(found),
        "is_open": facing.session.state is State.OPEN,
        "is_readable": is_readable(facing.session),
        "faults": () if row.verdict else deliberation.faults,
        "jury": row.ruled["jury"] if row.ruled else shown_jury(facing),
        "holdings": _holdings(facing),
        "parts": _parts(facing),
        "methods": methods_held(facing, holding or {}),
        "voices": voices_of(facing) if deliberation.is_voted else None,
        "voting": voting,
        "opinions": form,
        "reopening": reopening or ReopenForm(auto_id="id-reopen-%s", initial={"revision": row.revision}),
        "refused": refused,
        "attempt": attempt,
        "conflict": conflict,
        "formers": [{**one, "label": Verdict(one["verdict"]).label} for one in row.reopened],
        "attested": [facing.scheme.statements.get(code, code) for code in row.attested],
        "incidents": list(row.incidents.all()),
        "found_by": findings(facing, form) if form is not None and not row.verdict else None,
    }
    return render(found.request, "jury/hearing.html", context, status=status)


def _head(facing: Facing) -> dict[str, Any]:
    """Who it is, where they stand on the agenda, and who comes before and after."""
    row = facing.hearing
    rows = facing.session.hearings.filter(removed_at__isnull=True).order_by("position", "pk")
    order = list(rows.exclude(candidacy__candidate=facing.found.standing.person_id).values_list("pk", flat=True))
    place = order.index(row.pk)
    route = facing.scheme.route_of(row.candidacy.route)
    return {
        "facing": facing,
        "found": facing.found,
        "row": row,
        "state": look_of_verdict(row.verdict),
        "whose": [row.candidacy.number, route.title if route else row.candidacy.route, _aim(facing)],
        "place": place + 1,
        "count": len(order),
        "previous_url": _url(facing, order[place - 1]) if place else "",
        "next_url": _url(facing, order[place + 1]) if place + 1 < len(order) else "",
        "live_url": _live(facing),
    }


def _aim(facing: Facing) -> str:
    codes = facing.hearing.blocks
    return " ; ".join(title_of_part(facing.scheme, one) for one in codes) if codes else _("toute la certification")


def _url(facing: Facing, id: object) -> str:
    return reverse("jury:hearing", args=[facing.session.pk, id])


def _live(facing: Facing) -> str:
    return reverse("jury:live", args=[facing.session.pk])


def _holdings(facing: Facing) -> dict[str, Any] | None:
    """What the person held before, each part with its dates, and what the rules say of how long that counts."""
    deliberation = facing.deliberation
    held = deliberation.facts.holdings or ()
    if not held:
        return None
    proposed = {one.code: one for one in deliberation.proposal.parts}
    ref, others = facing.scheme.ref, elsewhere(held, facing.scheme, deliberation.on)
    versions = schemes_of({(ref.id, one.version or "") for one, _codes in others}, on=deliberation.on)
    rows = [
        {
            "title": title_of_part(facing.scheme, one.code),
            "decided_on": one.dates.get(Milestone.DELIBERATED),
            "told_on": one.dates.get(Milestone.NOTIFIED),
            "counts": proposed[one.code].is_held if one.code in proposed else None,
        }
        for one in held
        if one.version in (None, ref.version)
    ]
    rows += [
        {
            "title": title_of_part(versions[(ref.id, one.version or "")], one.code),
            "decided_on": one.dates.get(Milestone.DELIBERATED),
            "told_on": one.dates.get(Milestone.NOTIFIED),
            "version": one.version,
            "gives": " ; ".join(title_of_part(facing.scheme, code) for code in codes),
        }
        for one, codes in others
    ]
    return {"rows": rows, "validity": deliberation.judged.decided(Stage.VALIDITY)}


def _parts(facing: Facing) -> Sequence[dict[str, Any]]:
    """Each part as members read it: what is proposed, what is granted and why."""
    deliberation = facing.deliberation
    told = {one.code: one for one in deliberation.opinions}
    form = OpinionsForm(deliberation=deliberation)
    lines = {one.part.code: one for one in form.lines}
    rows = []
    for part in deliberation.proposal.parts:
        one = told.get(part.code)
        rows.append(
            {
                "line": lines.get(part.code),
                "title": title_of_part(facing.scheme, part.code),
                "part": part,
                "said": "" if one is None else WORDS["yes" if one.is_granted else "no"],
                "is_granted": one is not None and one.is_granted,
                "reason": one.reason if one else "",
            }
        )
    return rows
