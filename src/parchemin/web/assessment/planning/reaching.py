"""A sitting reached by whoever plans it, and trying something on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from parchemin.core.scheme import Method
from parchemin.records.assessments.errors import AssessmentError, ConflictError, StaleSittingError
from parchemin.records.assessments.facts import read_with_assessments
from parchemin.records.assessments.models import Sitting
from parchemin.records.assessments.queries.planned import places_of
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.contributing import JOINED
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.wordings import sentence as sentence_of_file
from parchemin.records.people.permissions import Action
from parchemin.web.shared.reached import Reached, reached_by
from parchemin.web.shared.typesetting import day

CONFLICT, REFUSED = 409, 422


@dataclass
class Seated:
    """One sitting of a file in front of somebody."""

    found: Reached
    sitting: Sitting

    @property
    def method(self) -> Method | None:
        """What is sat; None when the scheme no longer has it."""
        return self.found.judged.scheme.methods.get(self.sitting.method)

    @property
    def title(self) -> str:
        """What the scheme calls what is sat, and which time it is."""
        title = self.method.title if self.method else self.sitting.method
        if self.sitting.number == 1:
            return title
        return _("%(title)s — passage n° %(n)s") % {"title": title, "n": self.sitting.number}

    @property
    def day(self) -> date | None:
        """The day it is held, here."""
        return timezone.localdate(self.sitting.starts_at) if self.sitting.starts_at else None

    @property
    def when(self) -> str:
        """The day and the hour in words; nothing without a day."""
        starts_at = self.sitting.starts_at
        if starts_at is None:
            return ""
        hour = f"{timezone.localtime(starts_at):%H:%M}"
        return _("%(day)s à %(hour)s") % {"day": day(starts_at), "hour": hour}

    @property
    def place(self) -> str:
        """The kind of place."""
        return places_of(self.found.judged, self.sitting.method).get(self.sitting.place, "") if self.method else ""

    @property
    def is_planner(self) -> bool:
        """Whether whoever looks plans sittings on this file, rather than assesses one."""
        return self.found.may(Action.PLAN_SITTINGS)

    @property
    def url(self) -> str:
        """The page of the sitting, as whoever looks has it."""
        return reverse(f"assessment:{'planned' if self.is_planner else 'sitting'}", args=[self.sitting.pk])

    @property
    def plan_url(self) -> str:
        """The page that plans the sittings of the file."""
        return reverse("assessment:plan", args=[self.found.candidacy.pk])

    def crumbs(self, *titles: str) -> list[tuple[str, str | None]]:
        """Where the page stands, under the sitting; without a title the sitting itself."""
        if not self.is_planner:
            mine = (_("Mes évaluations"), reverse("assessment:mine"))
            here = f"{self.found.candidacy.candidate.name} — {self.title}"
            return [mine, (here, self.url), *((one, None) for one in titles)]
        plan: tuple[str, str] = (_("Épreuves"), self.plan_url)
        if titles:
            return self.found.crumbs(plan, (self.title, self.url), *titles)
        return self.found.crumbs(plan, self.title)

    @property
    def whose(self) -> list[str]:
        """Whose sitting it is."""
        row = self.found.candidacy
        return [row.candidate.name, row.number, row.certification.title]


@dataclass
class Attempt:
    """What came of it: done, refused by rules (``conflict``), or overtaken by somebody else (``theirs``)."""

    is_done: bool = False
    result: Any = None
    conflict: ConflictError | None = None
    theirs: Sitting | None = None

    @property
    def status(self) -> int:
        """The status of the page shown again."""
        return CONFLICT if self.theirs else REFUSED


def seated(request: HttpRequest, id: UUID, action: Action = Action.PLAN_SITTINGS, *, is_whole: bool = False) -> Seated:
    """The sitting, for somebody who may do this on its file; not found for anybody else.

    ``is_whole`` when the page asks the rules of the file: its sittings are read as they read them, with their
    evaluators, their accreditations, and its results.
    """
    found = reached_by(request, action, *(JOINED if is_whole else ()), sittings=id)
    rows = read_with_assessments(found.candidacy).sittings if is_whole else found.candidacy.sittings.filter(pk=id)
    row = next((one for one in rows.all() if one.pk == id), None)
    if row is None:
        raise Http404
    return Seated(found, row)


def attempted(form: forms.Form, do: Callable[[], Any]) -> Attempt:
    """``do`` tried; what prevents it is told by the form, whose words are kept.

    Overtaken, the form takes the revision of today, so that it can be sent again once what changed was read.
    """
    try:
        return Attempt(is_done=True, result=do())
    except StaleSittingError as stale:
        typed = QueryDict(mutable=True)
        typed.update(form.data)
        typed["revision"] = str(stale.sitting.revision)
        form.data = typed
        return Attempt(theirs=stale.sitting)
    except ConflictError as error:
        form.add_error("justification" if "justification" in form.fields else None, sentence(error))
        return Attempt(conflict=error)
    except AssessmentError as error:
        form.add_error(None, sentence(error))
    except UnfitError as error:
        form.add_error(None, sentence_of_file(error))
    return Attempt()
