"""What a candidate reads of a jury's decision on their own file, once it is published; nothing before."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.core.decision import Stage
from parchemin.core.durations import ONE_DAY
from parchemin.core.proposing import Ground
from parchemin.core.terms import listed
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.queries.appeals import APPEALABLE, asked_here, ladder, obstacle
from parchemin.records.candidacies.queries.visible import find
from parchemin.records.juries.models import Hearing, Verdict
from parchemin.records.juries.queries.results import line_in
from parchemin.records.juries.queries.told import CONTINUED, title_of_part
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.deliberating.wording import look_of_verdict
from parchemin.web.jury.results.trace import traced
from parchemin.web.shared.asked import stand_under, standing_of, viewer_of
from parchemin.web.shared.clock import today
from parchemin.web.shared.ladders import drawn_ladder


@needs(Action.SEE_OWN_FILE)
@require_GET
def result(request: HttpRequest, hearing: UUID) -> HttpResponse:
    """The decision part by part, why, what remains, how to go on, until when to contest; not found for others."""
    row = _published(request, hearing)
    told = row.told
    assert told is not None and row.notified_on is not None
    line, judged = line_in(told), Judged(row.candidacy, today(), row.version)
    held = [one["code"] for one in (line.get("proposed") or {}).get("parts", ())]
    granted = {one["code"] for one in line.get("parts", ()) if one["is_granted"]}
    decided = {one["code"] for one in line.get("parts", ())}
    is_continued = told.verdict in CONTINUED
    ends = _ends(judged) if told.verdict == Verdict.PARTIAL else {}
    lacked = _lacked(line)
    letters = row.candidacy.letters.exclude(written_at=None)
    context: dict[str, Any] = {
        "hearing": row,
        "row": row.candidacy,
        "told": told,
        "minutes": told.minutes,
        "look": look_of_verdict(told.verdict),
        "parts": [
            {**_part(judged, one["code"], ends), **one, "lacked": lacked.get(one["code"], "")}
            for one in line.get("parts", ())
        ],
        "held": [_part(judged, code, ends) for code in held if code not in decided],
        "is_only_opinion": told.verdict == Verdict.NONE and bool(granted),
        "remains": [title_of_part(judged.scheme, code) for code in held if is_continued and code in decided - granted],
        "lacking": line.get("lacking", ()) if is_continued else (),
        "ways": listed(judged.scheme.award.continuation) if is_continued else (),
        "letter": letters.filter(kind=f"jury_{told.verdict}", values__hearing=row.pk.hex).last(),
        "traced": traced(row, line, judged, names_raters=False),
        "is_void": told.verdict == Verdict.VOID,
        **_contesting(row, judged),
        "crumbs": _crumbs(row),
    }
    return render(request, "jury/result.html", context)


def _lacked(line: Mapping[str, Any]) -> dict[str, str]:
    """What each block that was not proposed lacked, in words; and that a part held once counts no more."""
    proposed = line.get("proposed") or {}
    parts = [one for one in proposed.get("parts", ()) if one["outcome"] != "met"]
    is_block = proposed.get("unit") == "block"
    return {one["code"]: one["seen"] for one in parts if is_block or one["ground"] == Ground.EXPIRED}


def _ends(judged: Judged) -> dict[str, date]:
    """The last day that each part counts, where the rules set one."""
    found = (one.values.get("until") for one in judged.decided(Stage.VALIDITY).findings)
    return {code: date.fromisoformat(day) for ends in found if isinstance(ends, Mapping) for code, day in ends.items()}


def _part(judged: Judged, code: str, ends: Mapping[str, date]) -> dict[str, Any]:
    """A part with its title, and the last day it counts or the day since when it does not."""
    end = ends.get(code)
    is_over = end is not None and end < judged.on
    over = end + ONE_DAY if end and is_over else None
    return {"title": title_of_part(judged.scheme, code), "until": None if is_over else end, "over_since": over}


def _published(request: HttpRequest, id: UUID) -> Hearing:
    """The hearing of a file that is whoever looks's own, and whose result was published."""
    found = Hearing.objects.select_related("session", "told__minutes", "told__award_record")
    row = found.filter(pk=id, told__isnull=False).first()
    if row is None:
        raise Http404
    standing, viewer = standing_of(request), viewer_of(request)
    file = find(standing, Action.SEE_OWN_FILE, row.candidacy_id, today())
    if file is None or file.candidate_id != viewer.pk:
        raise Http404
    row.candidacy = file
    stand_under(request, "candidate:home")
    return row


def _contesting(row: Hearing, judged: Judged) -> dict[str, Any]:
    """Whether the decision may be contested today, until when, and what was contested already."""
    record = row.told.award_record if row.told else None
    if record is None:
        return {"record": None}
    rungs = ladder(record, judged)
    here = asked_here(rungs)
    against = obstacle(record, row.candidacy, today(), here) if here else None
    is_against = record.answer in APPEALABLE
    return {
        "record": record,
        "until": here.until if here else None,
        "steps": drawn_ladder(rungs) if is_against else [],
        "may_appeal": here is not None and against is None,
        "is_late": against is not None and against.code == "appeal_late",
        "appeals": list(record.appeals.all()),
    }


def _crumbs(row: Hearing) -> list[tuple[str, str | None]]:
    file = row.candidacy
    return [
        (_("Mes candidatures"), reverse("candidate:home")),
        (file.certification.title, reverse("candidate:file", args=[file.pk])),
        (_("Résultat du jury"), None),
    ]
