"""Messages and accommodation."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from parchemin.records.candidacies.actions.noticing import tell_of_message
from parchemin.records.candidacies.actions.taking import ask_letter, forget, note, taken
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import ACTIVE, Accommodation, Candidacy, Message
from parchemin.records.people.models import Person


def send_message(*, candidacy: Candidacy, body: str, by: Person, at: datetime) -> Message:
    """The message is on the file, and the other side is told by e-mail that one waits; UnfitError ``empty``."""
    if not body.strip():
        raise UnfitError("empty")
    with taken(candidacy, None) as row:
        message = Message.objects.create(
            candidacy=row, author=by, is_from_candidate=by.pk == row.candidate_id, body=body.strip(), sent_at=at
        )
        tell_of_message(row, is_from_candidate=message.is_from_candidate, at=at)
        note(row, "message_sent", at, by, {"message": message.pk.hex}, is_change=False)
    return message


def mark_read(*, candidacy: Candidacy, is_candidate: bool, at: datetime) -> int:
    """What the other side wrote is read; how many messages were not yet."""
    unread = Message.objects.filter(candidacy=candidacy, read_at__isnull=True, is_from_candidate=not is_candidate)
    return unread.update(read_at=at)


def ask_accommodation(*, candidacy: Candidacy, need: str, by: Person, at: datetime) -> Accommodation:
    """The need is told, encrypted; UnfitError ``empty``, or ``accommodation_asked`` while one waits for an answer."""
    if not need.strip():
        raise UnfitError("empty")
    with taken(candidacy, None, *ACTIVE) as row:
        if row.accommodations.filter(state=Accommodation.State.ASKED).exists():
            raise UnfitError("accommodation_asked")
        asked = Accommodation.objects.create(candidacy=row, need=need.strip(), asked_at=at)
        note(row, "accommodation_asked", at, by, {"accommodation": asked.pk.hex})
    return asked


def decide_accommodation(
    *,
    accommodation: Accommodation,
    is_granted: bool,
    by: Person,
    at: datetime,
    on: date,
    measures: str = "",
    methods: Sequence[str] = (),
    time: Fraction = Fraction(1),
    reason: str = "",
) -> None:
    """The need is answered: measures on time and means, never on what is assessed; a refusal has its reason."""
    if time < 1 or (is_granted and not measures.strip()) or (not is_granted and not reason.strip()):
        raise UnfitError("reasons")
    with taken(accommodation.candidacy, None, *ACTIVE) as row:
        kept = row.accommodations.get(pk=accommodation.pk)
        if kept.state != Accommodation.State.ASKED:
            raise UnfitError("answered")
        kept.state = Accommodation.State.GRANTED if is_granted else Accommodation.State.REFUSED
        kept.measures, kept.methods, kept.reason = measures.strip(), list(methods), reason.strip()
        kept.numerator, kept.denominator = time.numerator, time.denominator
        kept.decided_on, kept.decided_by = on, by
        kept.save()
        forget(row, "accommodations")
        note(row, "accommodation_decided", at, by, {"accommodation": kept.pk.hex, "is_granted": is_granted})
        kind = "accommodation_granted" if is_granted else "accommodation_refused"
        ask_letter(row, kind, at, on=on, by=by, values={"measures": kept.measures, "reasons": kept.reason})


def withdraw_accommodation(*, accommodation: Accommodation, by: Person, at: datetime) -> None:
    """The candidate no longer asks; what was told is erased. UnfitError ``answered`` once it was."""
    with taken(accommodation.candidacy, None) as row:
        waiting = row.accommodations.filter(pk=accommodation.pk, state=Accommodation.State.ASKED)
        if not waiting.update(state=Accommodation.State.WITHDRAWN, need=""):
            raise UnfitError("answered")
        note(row, "accommodation_withdrawn", at, by, {"accommodation": accommodation.pk.hex})
