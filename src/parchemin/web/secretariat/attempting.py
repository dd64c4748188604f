"""Trying an action from a form: done, refused by the rules, told why it cannot be, or overtaken by somebody else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from parchemin.core.decision import Decision
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.queries.changes import changes_since
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.errors import RefusalError
from parchemin.web.secretariat.history import said
from parchemin.web.shared.forms import RevisionField


class FileForm(forms.Form):
    """Something done on a file, at the revision it was shown."""

    revision = RevisionField()


@dataclass
class Attempt:
    """What came of it; ``changes`` tell what others did in the meantime, None when nobody did anything."""

    is_done: bool = False
    result: Any = None
    refusal: Decision | None = None
    changes: list[str] | None = None


def attempted(form: forms.Form, do: Callable[[], Any]) -> Attempt:
    """``do`` tried; what prevents it is told by the form, whose words are kept.

    Overtaken, the form takes the revision of today, so that it can be sent again once what changed was read.
    """
    try:
        result = do()
    except StaleError as stale:
        changes = said(changes_since(stale.candidacy, _revision(form)))
        typed = QueryDict(mutable=True)
        typed.update(form.data)
        typed["revision"] = str(stale.candidacy.revision)
        form.data = typed
        return Attempt(changes=changes)
    except UnfitError as error:
        form.add_error(None, sentence(error))
        return Attempt()
    except RefusalError as error:
        form.add_error(None, error.sentence)
        return Attempt()
    if isinstance(result, Decision):
        return Attempt(refusal=result)
    return Attempt(is_done=True, result=result)


def _revision(form: forms.Form) -> int:
    found = form.cleaned_data.get("revision")
    return int(found) if found is not None else 0
