"""Trying an action of the pathway from a form: done, refused with its reason, or overtaken; nothing typed is lost."""

from collections.abc import Callable

from django import forms
from django.http import QueryDict

from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.wordings import sentence as unfit_sentence
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.wordings import sentence

DONE, REFUSED, CONFLICT = 200, 422, 409


def tried(form: forms.Form, act: Callable[[], object], revision: Callable[[], int] = int) -> int:
    """DONE, or the status of the page that shows the form again with why: REFUSED, or CONFLICT once overtaken.

    Overtaken, the form takes the ``revision`` of now, so that it can be sent again once what changed was read.
    """
    try:
        act()
    except (PathwayError, UnfitError) as error:
        form.add_error(None, said(error))
        return REFUSED
    except StalePathwayError:
        typed = QueryDict(mutable=True)
        typed.update(form.data)
        typed["revision"] = str(revision())
        form.data = typed
        return CONFLICT
    return DONE


def said(error: PathwayError | UnfitError) -> str:
    """Why it could not be done, in one sentence."""
    return sentence(error) if isinstance(error, PathwayError) else unfit_sentence(error)
