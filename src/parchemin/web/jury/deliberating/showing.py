"""One line of the agenda: what was decided, who left, who is still to say what ties them, who should leave."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from parchemin.core.scheme import Scheme
from parchemin.records.juries.models import Hearing, JurySession, Member
from parchemin.records.juries.queries.tied import to_recuse
from parchemin.web.jury.deliberating.wording import listed_links, look_of_verdict, why_recused


def line_of(row: Hearing, members: Sequence[Member], scheme: Scheme, seat: Member | None) -> dict[str, Any]:
    """The candidate, the decision, and what members are to them; its ties are read already."""
    names = {one.pk: one.person.name for one in members}
    ties = {one.member_id: one for one in row.ties.all()}
    own = ties.get(seat.pk) if seat else None
    recused = [one for one in ties.values() if one.is_recused and one.member_id in names]
    silent = [
        one.person.name
        for one in members
        if one.presence in ("", "present") and ((tie := ties.get(one.pk)) is None or tie.links is None)
    ]
    return {
        "row": row,
        "state": look_of_verdict(row.verdict),
        "is_recused": own is not None and own.is_recused,
        "recused": [{"tie": one, "name": names[one.member_id]} for one in recused],
        "silent": silent if not row.verdict else [],
        "proposed": [] if row.verdict else recusals(row, members, scheme),
    }


def recusals(row: Hearing, members: Sequence[Member], scheme: Scheme) -> list[Mapping[str, Any]]:
    """Who should not deliberate on this candidate, for which links, with the reason already written."""
    names = {one.pk: one.person.name for one in members}
    return [
        {
            "member": tie.member_id,
            "name": names[tie.member_id],
            "links": listed_links(links),
            "reason": why_recused(links),
        }
        for tie, links in to_recuse(row.ties.all(), scheme)
        if tie.member_id in names
    ]


def minutes_of(session: JurySession) -> dict[str, str] | None:
    """The minutes that were drawn last, with their page; None while there are none."""
    last = session.all_minutes.filter(dropped_at__isnull=True).order_by("drawn_at").last()
    if last is None:
        return None
    return {"number": last.number, "url": reverse("jury:minutes", args=[last.pk])}
