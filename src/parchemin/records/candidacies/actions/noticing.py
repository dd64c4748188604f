"""Short e-mails about a file, asked for by its actions and sent in the background."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from parchemin.records.candidacies.models import Candidacy, Notice
from parchemin.records.people.models import Person

PATIENCE = timedelta(minutes=3)
"""How long messages wait before they are told of: several in a row make one e-mail, one read at once makes none."""


def tell_of_message(row: Candidacy, *, is_from_candidate: bool, at: datetime) -> None:
    """The other side will be told that a message waits, by one e-mail however many messages do."""
    audience = Notice.Audience.SECRETARIAT if is_from_candidate else Notice.Audience.CANDIDATE
    Notice.objects.get_or_create(
        candidacy=row,
        audience=audience,
        kind=Notice.Kind.MESSAGE,
        sent_at=None,
        defaults={"due_at": at + PATIENCE},
    )


def remind_secretariat(row: Candidacy, values: Mapping[str, Any], at: datetime) -> None:
    """Whoever handles the file will be sent these words; nothing of them is shown to the candidate."""
    Notice.objects.create(
        candidacy=row,
        audience=Notice.Audience.SECRETARIAT,
        kind=Notice.Kind.REMINDER,
        values=dict(values),
        due_at=at,
    )


def tell_of_sitting(row: Candidacy, person: Person, values: Mapping[str, Any], at: datetime) -> None:
    """Somebody who assesses will be told of a sitting, as it stands once the e-mail goes; ``values`` say which."""
    Notice.objects.create(
        candidacy=row,
        kind=Notice.Kind.SITTING,
        audience=Notice.Audience.PERSON,
        person=person,
        values=dict(values),
        due_at=at,
    )


def tell_of_return(row: Candidacy, person: Person, at: datetime) -> None:
    """Somebody who assessed the file will be told that the jury sent it back."""
    Notice.objects.create(
        candidacy=row,
        kind=Notice.Kind.RETURNED,
        audience=Notice.Audience.PERSON,
        person=person,
        due_at=at,
    )


def tell_of_jury(person: Person, values: Mapping[str, Any], at: datetime) -> None:
    """A member of a jury will be told of a session, as it stands once the e-mail goes; ``values`` say which."""
    Notice.objects.create(
        kind=Notice.Kind.JURY,
        audience=Notice.Audience.PERSON,
        person=person,
        values=dict(values),
        due_at=at,
    )
