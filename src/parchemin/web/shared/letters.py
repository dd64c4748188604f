"""Letters of a file: composed from its rows, shown before they are sent, then written and posted once."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import override

from parchemin.edges import letters as edge
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, Letter
from parchemin.records.candidacies.queries.appeals import further
from parchemin.records.people.models import Organisation, Person
from parchemin.web.shared import juries
from parchemin.web.shared.posting import address_of_candidate, contact_of, mail_of, taken_to_send
from parchemin.web.shared.sittings import FILE, calendar_told, sitting_of
from parchemin.web.shared.typesetting import day

Language = Literal["fr", "en"]
ABOUT, WAS = "sitting", "was"
"""Values that name the sitting a letter is about, and when it was to begin: not said, its calendar goes with it."""
UNSAID = (ABOUT, WAS, "session", "hearing", "contest_until")
CONTESTED = ("refused", "refused_by_silence", "lapsed", "jury_partial", "jury_none", "jury_void")
"""The letters that say how to contest what they tell."""
BY_JURY = ("jury_partial", "jury_none")
"""Those of them that tell what a jury decided, which may be contested at several levels."""


def composed(
    row: Candidacy,
    kind: str,
    *,
    dated_on: date,
    reference: str = "",
    record: DecisionRecord | None = None,
    values: Mapping[str, Any] | None = None,
    by: Person | None = None,
    decision: Mapping[str, Any] | None = None,
) -> edge.Letter:
    """The letter of that kind about that file, whole; ``decision`` stands for a record not taken yet."""
    language: Language = "en" if row.candidate.language == "en" else "fr"
    told = values or {}
    said = {name: value for name, value in told.items() if name not in UNSAID}
    words = edge.standard(edge.Kind(kind), language=language, values=said)
    with override(language):
        how = _("depuis la page de votre dossier, en disant ce que vous contestez et pourquoi")
        beyond = _beyond(row, dated_on) if kind in BY_JURY else ""
        appeal = edge.Appeal(how=how, until=_date(told.get("contest_until")), further=beyond)
    return edge.Letter(
        kind=edge.Kind(kind),
        reference=reference or row.number,
        dated_on=dated_on,
        place=row.organisation.town,
        sender=sender_of(row.organisation),
        recipient=_recipient(row),
        certification=row.certification.title,
        candidacy=row.number,
        decision=decision or (record.decision if record else None),
        appeal=appeal if kind in CONTESTED else None,
        signature=edge.Signature(name=by.name, quality=row.organisation.name) if by else None,
        language=language,
        **words._asdict(),
    )


def preview(
    row: Candidacy,
    kind: str,
    *,
    dated_on: date,
    decision: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
    by: Person | None = None,
) -> tuple[str, str]:
    """The subject and the text of a letter that would be sent."""
    letter = composed(row, kind, dated_on=dated_on, values=values, by=by, decision=decision)
    return edge.subject(letter), edge.text(letter)


def post(id: UUID | str, *, at: datetime) -> bool:
    """The letter is written, kept and sent; False when that was done before. Nothing is kept if writing fails.

    No lock is held while the PDF is made.
    """
    row = Letter.objects.select_related("decision", "asked_by").filter(pk=id, sent_at__isnull=True).first()
    if row is None:
        return False
    file = Candidacy.objects.select_related("candidate", "certification", "organisation").get(pk=row.candidacy_id)
    if row.written_at is None:
        _write(row, file, at)
    with taken_to_send(Letter.objects.filter(pk=row.pk, sent_at__isnull=True)) as waiting:
        if waiting is None:
            return False
        row.sent_to, row.sent_at = address_of_candidate(file), at
        row.failure = "" if row.sent_to else "no_address"
        if row.sent_to:
            _send(row, file)
        row.save(update_fields=["sent_to", "sent_at", "failure"])
    return True


def _write(row: Letter, file: Candidacy, at: datetime) -> None:
    letter = composed(
        file,
        row.kind,
        dated_on=row.dated_on,
        reference=row.reference,
        record=row.decision,
        values=row.values,
        by=row.asked_by,
    )
    written = edge.written(letter, at=row.asked_at)
    row.subject, row.text, row.written_at = written.subject[:250], written.text, at
    row.unprintable = written.unprintable[:100]
    row.pdf.save(f"{row.reference}.pdf", ContentFile(written.pdf), save=False)
    row.save(update_fields=["subject", "text", "written_at", "unprintable", "pdf"])


def _send(row: Letter, file: Candidacy) -> None:
    message = mail_of(row, row.subject, row.text, row.sent_to, contact_of(file))
    with row.pdf.open("rb") as paper:
        message.attach(f"{row.reference}.pdf", paper.read(), "application/pdf")
    sitting = sitting_of(row.values[ABOUT]) if ABOUT in row.values else None
    if sitting and (calendar := calendar_told(sitting, row.values.get(WAS, ""))):
        message.attach(FILE, calendar, "text/calendar")
    if calendar := juries.calendar_of_letter(row):
        message.attach(juries.FILE, calendar, "text/calendar")
    message.send()


def _beyond(row: Candidacy, told_on: date) -> str:
    """Where one may go beyond the first level, and until when."""
    said = []
    for level, until in further(row, told_on, told_on):
        values = {"to": level.to, "title": level.title, "until": day(until) if until else ""}
        direct = _("%(title)s : vous pouvez aussi saisir %(to)s jusqu’au %(until)s inclus.")
        anew = _("Un recours fait avant, et à temps, fait repartir ce délai de sa réponse.")
        later = _("%(title)s : si votre recours est rejeté, vous pourrez saisir %(to)s.")
        said.append(f"{direct % values} {anew}" if until else later % values)
    return "\n\n".join(said)


def sender_of(organisation: Organisation) -> edge.Sender:
    """That organisation as it writes."""
    lines = (organisation.address, f"{organisation.postcode} {organisation.town}".strip())
    return edge.Sender(name=organisation.name, address=tuple(line for line in lines if line), email=organisation.email)


def _recipient(row: Candidacy) -> edge.Recipient:
    told = row.identity or {}
    first = (told.get("first_names") or [row.candidate.given_name])[0]
    last = told.get("used_name") or told.get("birth_name") or row.candidate.family_name
    lines = (told.get("address", ""), f"{told.get('postcode', '')} {told.get('town', '')}".strip())
    name = f"{first} {last}".strip() or row.candidate.name
    return edge.Recipient(name=name, address=tuple(line for line in lines if line))


def _date(told: object) -> date | None:
    return date.fromisoformat(told) if isinstance(told, str) and told else None
