"""Where a person stands: their roles in force on a day, as an answer for one thing and as a filter for a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField, Value

from parchemin.records.people.models import Grant, Person, Role
from parchemin.records.people.permissions import GUESTS, PERMISSIONS, Action

ON_SINGLE_FILES = GUESTS | {Role.CANDIDATE}
"""Roles that give nothing by the place where they are held: only on a file of one's own, or opened to one."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role in force, and where: everywhere without an organisation, all its files without a scheme or a centre."""

    role: Role
    organisation: UUID | None = None
    scheme: str = ""
    centre: UUID | None = None

    def covers(self, organisation: UUID | None, scheme: str, centre: UUID | None) -> bool:
        """Whether the role holds there."""
        if self.organisation is None:
            return True
        return (
            self.organisation == organisation
            and self.scheme in ("", scheme)
            and (self.centre is None or self.centre == centre)
        )


@dataclass(frozen=True)
class Standing:
    """A person's roles in force on a day; nobody's when the person is not signed in.

    ``opened`` are the roles they have on files opened to them one by one: these hold on no other. ``withheld`` is
    refused whatever their roles.
    """

    person_id: UUID | None
    held: tuple[Held, ...]
    opened: frozenset[Role] = frozenset()
    withheld: frozenset[Action] = frozenset()

    @classmethod
    def of(
        cls,
        person: Person,
        on: date,
        opened: QuerySet[Any] | None = None,
        withheld: frozenset[Action] = frozenset(),
    ) -> "Standing":
        """The standing of a person that day, in one query; each row of ``opened`` has a role they have on one file."""
        grants = Grant.objects.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=on), person=person, revoked_at__isnull=True, from_on__lte=on
        )
        rows = grants.order_by().values_list("role", "organisation_id", "scheme", "centre_id", Value(False))
        if opened is not None:
            nowhere = Value(None, UUIDField())
            rows = rows.union(opened.order_by().values_list("role", nowhere, Value(""), nowhere, Value(True)))
        found = list(rows)
        held = tuple(
            Held(Role(role), body, scheme, centre) for role, body, scheme, centre, is_one in found if not is_one
        )
        return cls(person.pk, held, frozenset(Role(role) for role, *_place, is_one in found if is_one), withheld)

    @classmethod
    def nobody(cls) -> "Standing":
        """The standing of somebody who is not signed in: nothing is allowed."""
        return cls(None, ())

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held anywhere; whoever is signed in may be a candidate."""
        own = {Role.CANDIDATE} if self.person_id else frozenset()
        return frozenset(one.role for one in self.held) | self.opened | own

    def has(self, action: Action) -> bool:
        """Whether the action is allowed somewhere."""
        return action not in self.withheld and bool(PERMISSIONS[action] & self.roles)

    def may(
        self, action: Action, *, organisation: UUID | None = None, scheme: str = "", centre: UUID | None = None
    ) -> bool:
        """Whether a role held there allows the action; files of one's own or opened to one are looked at elsewhere."""
        return any(one.covers(organisation, scheme, centre) for one in self._allowing(action))

    def organisations(self, action: Action) -> frozenset[UUID] | None:
        """The organisations where the action is allowed, for some of their files at least; None for everywhere."""
        found = list(self._allowing(action))
        if any(one.organisation is None for one in found):
            return None
        return frozenset(one.organisation for one in found if one.organisation)

    def scope_filter(
        self,
        action: Action,
        *,
        organisation_field: str = "organisation",
        scheme_field: str | None = None,
        centre_field: str | None = None,
    ) -> Q:
        """The rows on which a role allows the action, by the same rule as ``may``.

        A grant narrowed to a certification or a centre gives nothing in a table that has no such column.
        """
        allowed = Q(pk__in=[])
        for one in self._allowing(action):
            if one.organisation is None:
                return ~Q(pk__in=[])
            row = Q(**{organisation_field: one.organisation})
            if one.scheme:
                row &= Q(**{scheme_field: one.scheme}) if scheme_field else Q(pk__in=[])
            if one.centre:
                row &= Q(**{centre_field: one.centre}) if centre_field else Q(pk__in=[])
            allowed |= row
        return allowed

    def _allowing(self, action: Action) -> Iterable[Held]:
        roles = frozenset() if action in self.withheld else PERMISSIONS[action] - ON_SINGLE_FILES
        return (one for one in self.held if one.role in roles)
