"""What a candidate says, and the page of a file in preparation: nothing of it but that."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from parchemin.records.candidacies.models import Accommodation
from parchemin.records.people.permissions import Action
from parchemin.web.secretariat.desk import Desk
from parchemin.web.secretariat.drafts import sent
from parchemin.web.secretariat.forms import MessageForm


def conversation(desk: Desk) -> dict[str, Any]:
    """The messages, the needs told to those who organise, and the form to answer."""
    row = desk.candidacy
    asked = row.accommodations.all() if desk.may(Action.SEE_ACCOMMODATION) else ()
    thread = list(row.messages.select_related("author"))
    return {
        "accommodations": [one for one in asked if one.state != Accommodation.State.WITHDRAWN],
        "thread": thread,
        "unread": sum(1 for one in thread if one.is_from_candidate and one.read_at is None),
        "message_form": sent(desk, "message", MessageForm),
    }


def heard(desk: Desk, **also: Any) -> HttpResponse:
    """The page of a file that its candidate has not handed in: who writes, and what they write."""
    context = {
        "desk": desk,
        "row": desk.candidacy,
        "next_url": desk.following,
        "may": {action.value: desk.may(action) for action in Action},
        "crumbs": desk.crumbs(),
        **conversation(desk),
        **also,
    }
    return render(desk.request, "secretariat/heard.html", context)
