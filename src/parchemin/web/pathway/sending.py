"""Sending a one-use link about a pathway, or telling in the form why it may not be."""

from collections.abc import Callable

from django import forms

from parchemin.records.pathways.errors import PathwayError
from parchemin.records.pathways.wordings import sentence
from parchemin.records.people.models import Link, Person
from parchemin.web.shared.linking import has_sent


def is_sent(form: forms.Form, make: Callable[[], tuple[Link, str]], *, asked: str, by: Person) -> bool:
    """Whether the link was made and sent; when it may not be, neither happens and the form says why."""
    try:
        return has_sent(form, make, asked=asked, by=by)
    except PathwayError as error:
        form.add_error(None, sentence(error))
        return False
