"""Asking a holder what they became: a letter by e-mail with a link of their own, of which nothing is kept."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from parchemin.edges import letters as edge
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.followups.actions.asking import note_asked
from parchemin.records.followups.models import Followup
from parchemin.records.followups.tokens import token_of
from parchemin.records.juries.models import Conclusion
from parchemin.web.shared.letters import composed
from parchemin.web.shared.posting import address_of_candidate, contact_of, message_id, taken_to_send

State = Followup.State
TOLD = {State.WAITING: "insertion_asked", State.ASKED: "insertion_reminded"}


def send(id: UUID, *, state: str, at: datetime, on: date) -> bool:
    """The holder is asked, or reminded when they were; once, as ``taken_to_send`` has it. False when it was done.

    ``state`` is the one in which the follow-up was found: one that was answered meanwhile is left alone.
    """
    waiting = Followup.objects.filter(pk=id, state=state, reminded_at__isnull=True, candidacy__isnull=False)
    with taken_to_send(waiting) as row:
        if row is None or row.candidacy_id is None:
            return False
        file = Candidacy.objects.select_related("candidate", "certification", "organisation").get(pk=row.candidacy_id)
        address = address_of_candidate(file)
        if address:
            _message(row, file, address, on).send()
        note_asked(followup=row, is_sent=bool(address), at=at)
    return True


def _message(row: Followup, file: Candidacy, to: str, on: date) -> EmailMessage:
    kind = TOLD[State(row.state)]
    decided = Conclusion.objects.filter(certificates__candidacy=file, certificates__kind="whole").order_by("pk").last()
    values = {
        "link": settings.ADDRESS + reverse("surveyed:answer", args=[token_of(row.pk)]),
        "decided_on": decided.concluded_on if decided else None,
        "until_on": row.closes_on,
    }
    letter = composed(file, kind, dated_on=on, values=values)
    subject = " ".join(edge.subject(letter).split())
    answers = contact_of(file)
    headers = {"Message-ID": message_id(kind, row.pk.hex)}
    return EmailMessage(subject, edge.text(letter), to=[to], reply_to=[answers] if answers else [], headers=headers)
