"""Whose an e-mail address is: the same mailbox written otherwise, and an address that resembles somebody's."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from parchemin.records.people.models import Person
from parchemin.records.people.names import folded


def mailbox(email: str) -> str:
    """The address without case and without what follows a « + »: two that lead to one mailbox are equal."""
    local, _, domain = email.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def mailboxes_of(person: Person) -> frozenset[str]:
    """Every address known of the person: of the account, added to it confirmed or not, told by an identity provider."""
    return frozenset(mailbox(email) for email in _addresses(person) if email)


def is_own(email: str, person: Person) -> bool:
    """Whether the address is one of the person's, however it is written."""
    return mailbox(email) in mailboxes_of(person)


def resembles(email: str, person: Person, own: frozenset[str]) -> bool:
    """Whether the address may be the person's, whose mailboxes are ``own``: theirs, their name, or theirs elsewhere."""
    written = mailbox(email)
    local = written.partition("@")[0]
    names = folded(person.name).split()
    is_named = len(names) > 1 and all(one in folded(local).replace(" ", "") for one in names)
    return bool(local) and (written in own or is_named or local in {one.partition("@")[0] for one in own})


def _addresses(person: Person) -> Iterator[str]:
    yield person.email
    yield from EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    for told in SocialAccount.objects.filter(user=person).values_list("extra_data", flat=True):
        yield from _told(told)


def _told(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get("email"), str):
            yield data["email"]
        for part in data.values():
            yield from _told(part)
