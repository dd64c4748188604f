"""What the days do of transmissions: certificates become lines, and whoever sends is told what they have to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse

from parchemin.edges import letters as edge
from parchemin.edges.cpf import due_on
from parchemin.edges.cpf.waiting import Waiting, all_waiting
from parchemin.edges.letters.letter import Language
from parchemin.records.people.models import Organisation, Person
from parchemin.records.people.permissions import PERMISSIONS, Action
from parchemin.records.transmissions.actions.noticing import BATCH, notice
from parchemin.web.shared.letters import sender_of
from parchemin.web.shared.posting import message_id

COUNTED = ("late", "blocked", "soon", "refused", "lacking", "first_on")
"""What a letter tells of a body, besides the address of its page."""


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody to be reminded of what these bodies have to do; ``news`` are the keys of what is new in it."""

    person: Person
    bodies: list[dict[str, Any]] = field(default_factory=list)
    news: list[str] = field(default_factory=list)


def notice_all() -> int:
    """Every certificate has its line, and what was revoked since is taken note of; how many lines are new."""
    count = made = notice(due_on=due_on)
    while made == BATCH:
        made = notice(due_on=due_on)
        count += made
    return count


def to_remind(on: date) -> list[Due]:
    """Whoever sends what some body awarded and has something to do of it that day, with what, body by body."""
    found: dict[UUID, Due] = {}
    for body, waiting in all_waiting(on):
        for person in senders_of(body, on):
            due = found.setdefault(person.pk, Due(person))
            due.bodies.append(_told(body, waiting))
            due.news.extend(
                f"transmission:{body.pk}:{person.pk}:{name}:{mark}" for name, mark in waiting.newest.items()
            )
    return list(found.values())


def senders_of(organisation: Organisation, on: date) -> list[Person]:
    """Those who send what that whole body awards, that day."""
    holds = Q(grants__until_on__isnull=True) | Q(grants__until_on__gte=on)
    rows = Person.objects.filter(
        holds,
        grants__role__in=PERMISSIONS[Action.TRANSMIT_AWARDS],
        grants__organisation=organisation,
        grants__scheme="",
        grants__centre=None,
        grants__revoked_at__isnull=True,
        grants__from_on__lte=on,
        erased_at__isnull=True,
        is_active=True,
    )
    return list(rows.exclude(email="").distinct().order_by("pk"))


def write_reminder(person: Person, told: Sequence[Mapping[str, Any]], on: date) -> None:
    """One letter by e-mail, from the first of these bodies, which names no holder."""
    bodies = Organisation.objects.in_bulk([UUID(one["body"]) for one in told])
    letter = _letter(person, [(bodies[UUID(one["body"])], one) for one in told], on)
    subject = " ".join(edge.subject(letter).split())[:250]
    name = message_id("transmission", person.pk.hex, f"{on:%Y%m%d}")
    answers = [letter.sender.email] if letter.sender.email else []
    EmailMessage(subject, edge.text(letter), to=[person.email], reply_to=answers, headers={"Message-ID": name}).send()


def _letter(person: Person, told: Sequence[tuple[Organisation, Mapping[str, Any]]], on: date) -> edge.Letter:
    """The standard letter; of several bodies, each thing to do names its own."""
    language: Language = "en" if person.language == "en" else "fr"
    steps: list[str] = []
    for body, counts in told:
        values = {name: counts[name] or "" for name in COUNTED} | {"link": _link(body)}
        words = edge.standard(edge.Kind.TRANSMISSION_DUE, language=language, values=values)
        steps += [f"{body.name} — {one}" if len(told) > 1 else one for one in words.next_steps]
    first = told[0][0]
    return edge.Letter(
        kind=edge.Kind.TRANSMISSION_DUE,
        reference="",
        dated_on=on,
        place=first.town,
        sender=sender_of(first),
        recipient=edge.Recipient(name=person.name),
        certification="",
        candidacy="",
        language=language,
        **words._replace(next_steps=tuple(steps))._asdict(),
    )


def _told(body: Organisation, waiting: Waiting) -> dict[str, Any]:
    counts = {name: getattr(waiting, name) for name in COUNTED}
    first = waiting.first_on
    return {**counts, "body": str(body.pk), "first_on": first.isoformat() if first else ""}


def _link(organisation: Organisation) -> str:
    return settings.ADDRESS + reverse("transmission:home", args=[organisation.pk])
