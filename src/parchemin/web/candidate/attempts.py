"""Doing what a form asks: when it cannot be done the form says why and keeps everything that was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django import forms
from django.http import HttpRequest, QueryDict

from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.candidacies.wordings import sentence
from parchemin.web.candidate.changes import told_since
from parchemin.web.shared.forms import RevisionField

T = TypeVar("T")
REFUSED, CONFLICT = 422, 409


@dataclass(frozen=True)
class Done(Generic[T]):
    """The action took effect, and gave this."""

    value: T


class FileForm(forms.Form):
    """A form about a file at the revision it was shown at; ``changes`` tells what changed since, once it is stale."""

    revision = RevisionField()
    changes: list[str] | None = None

    @property
    def http_status(self) -> int:
        """The status of the page that shows it: 409 when the file changed meanwhile, 422 when it was refused."""
        if self.changes is not None:
            return CONFLICT
        return REFUSED if self.is_bound and self.errors else 200

    def renew(self, revision: int) -> None:
        """The form as typed, now at that revision, so that it can be sent again."""
        typed = cast(QueryDict, self.data).copy()
        typed["revision"] = str(revision)
        self.data = typed


class ConfirmForm(FileForm):
    """A form that only confirms."""


def shown(form_class: type[FileForm], request: HttpRequest, row: Candidacy, **kwargs: Any) -> Any:
    """The form as sent, or at the revision of the file when it was not."""
    if request.method == "POST":
        return form_class(request.POST, request.FILES, **kwargs)
    initial = {**kwargs.pop("initial", {}), "revision": row.revision}
    return form_class(initial=initial, **kwargs)


def attempt(form: FileForm, act: Callable[[], T]) -> Done[T] | None:
    """What the action gives; None when it did not take effect, and the form says why."""
    try:
        return Done(act())
    except StaleError as stale:
        form.changes = told_since(stale.candidacy, form.cleaned_data["revision"])
        form.renew(stale.candidacy.revision)
    except UnfitError as unfit:
        form.add_error(None, sentence(unfit))
    return None
