"""What was typed in a long form and not sent: kept as it is typed, shown again, or given up."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from parchemin.records.candidacies.actions.drafts import draft_of, drop_draft
from parchemin.records.candidacies.models import Candidacy, Draft
from parchemin.records.people.models import Person
from parchemin.web.shared.asked import person_of, viewer_of

NAMES = ("identity", "experience", "message", "accommodation", "appeal")
LEFT_OUT = ("csrfmiddlewaretoken", "revision")


@dataclass(frozen=True)
class Keeper:
    """Where a form keeps its draft: ``name`` of the form, the file, and which one of several (``item``)."""

    name: str
    file: UUID | None = None
    item: str = ""

    @property
    def key(self) -> str:
        """How the draft is called among those of a person."""
        return ":".join(part for part in (self.name, self.file.hex if self.file else "", self.item) if part)

    @property
    def url(self) -> str:
        """Where it is saved as it is typed."""
        return reverse("candidate:draft", args=self._place)

    @property
    def drop_url(self) -> str:
        """Where it is given up."""
        return reverse("candidate:drop_draft", args=self._place)

    @property
    def _place(self) -> list[Any]:
        return [self.name, *([self.file] if self.file else []), *([self.item] if self.item else [])]


@dataclass
class Kept:
    """A form's draft for its page: where it is saved, and what was found of it."""

    keeper: Keeper
    draft: Draft | None = None

    def forget(self, person: Person) -> None:
        """What was typed is sent."""
        drop_draft(person=person, form=self.keeper.key)


def kept(request: HttpRequest, name: str, row: Candidacy | None = None, item: str = "") -> Kept:
    """The draft of that form, read only when the form is opened."""
    keeper = Keeper(name, row.pk if row else None, item)
    is_own = person_of(request).pk == viewer_of(request).pk
    draft = draft_of(person_of(request), keeper.key) if request.method == "GET" and is_own else None
    return Kept(keeper, draft)


def fill(form: forms.Form, found: Kept) -> None:
    """Show the draft in the form, if there is one and nothing was sent."""
    if found.draft is None or form.is_bound:
        return
    typed = QueryDict(mutable=True)
    for name, values in found.draft.fields.items():
        typed.setlist(name, [str(value) for value in values])
    for name, field in form.fields.items():
        if name not in LEFT_OUT and not field.widget.needs_multipart_form:
            form.initial[name] = field.widget.value_from_datadict(typed, {}, form.add_prefix(name))


def typed_in(request: HttpRequest) -> dict[str, list[str]]:
    """What the form held, by field."""
    return {name: list(values) for name, values in request.POST.lists() if name not in LEFT_OUT}
