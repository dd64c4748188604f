"""Short e-mails about a file: a message waits, a secretariat reminds itself, somebody assesses or did."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from parchemin.records.candidacies.models import Candidacy, Message, Notice
from parchemin.web.shared.juries import send_to_member
from parchemin.web.shared.posting import address_of_candidate, contact_of, mail_of, taken_to_send
from parchemin.web.shared.sittings import FILE, sitting_of, told_to_evaluator


def post(id: int, *, at: datetime) -> bool:
    """The notice is sent, or dropped if there is no longer anything to tell; False when that was done before."""
    waiting = Notice.objects.filter(pk=id, sent_at__isnull=True)
    with taken_to_send(waiting) as row:
        if row is None:
            return False
        row.sent_at, row.sent_to = at, _send(row)
        row.save(update_fields=["sent_at", "sent_to"])
    return True


def _send(row: Notice) -> str:
    """To whom it went, nothing when it went to nobody."""
    if row.kind == Notice.Kind.SITTING:
        return _send_sitting(row)
    if row.kind == Notice.Kind.RETURNED:
        return _send_return(row)
    if row.kind == Notice.Kind.JURY or row.candidacy_id is None:
        return send_to_member(row)
    file = Candidacy.objects.select_related("candidate", "certification", "organisation").get(pk=row.candidacy_id)
    is_for_candidate = row.audience == Notice.Audience.CANDIDATE
    to = address_of_candidate(file) if is_for_candidate else contact_of(file)
    if not to or (row.kind == Notice.Kind.MESSAGE and not _is_unread(file, is_for_candidate)):
        return ""
    with override(file.candidate.language if is_for_candidate else settings.LANGUAGE_CODE):
        subject, text = _reminder(row, file) if row.kind == Notice.Kind.REMINDER else _message(file, is_for_candidate)
    mail_of(row, subject, text, to).send()
    return to


def _send_sitting(row: Notice) -> str:
    person, sitting = row.person, sitting_of(row.values["sitting"])
    if person is None or sitting is None or person.erased_at or not person.email:
        return ""
    with override(person.language):
        told = told_to_evaluator(sitting, row.values["about"], row.values.get("was", ""))
    message = mail_of(row, told.subject, told.text, person.email, contact_of(sitting.candidacy))
    if told.calendar:
        message.attach(FILE, told.calendar, "text/calendar")
    message.send()
    return person.email


def _send_return(row: Notice) -> str:
    person = row.person
    if row.candidacy_id is None or person is None or person.erased_at or not person.email:
        return ""
    file = Candidacy.objects.select_related("candidate", "certification", "organisation").get(pk=row.candidacy_id)
    with override(person.language):
        subject, text = _returned(file)
    mail_of(row, subject, text, person.email, contact_of(file)).send()
    return person.email


def _returned(file: Candidacy) -> tuple[str, str]:
    """The reason is on the page, not in the e-mail: it may say something of the candidate."""
    values = {
        "number": file.number,
        "title": file.certification.title,
        "name": file.candidate.name,
        "link": _link("assessment:file", file),
    }
    return _("Le jury renvoie un dossier que vous avez évalué (%(number)s)") % values, _(
        "Bonjour,\n\nLe jury a renvoyé le dossier de %(name)s, %(title)s : il est rouvert à l’évaluation.\n\n"
        "Le dossier vous est de nouveau ouvert. Le motif et ce qui reste à faire s’y lisent :\n%(link)s\n"
    ) % values


def _is_unread(file: Candidacy, is_for_candidate: bool) -> bool:
    return Message.objects.filter(candidacy=file, read_at__isnull=True, is_from_candidate=not is_for_candidate).exists()


def _reminder(row: Notice, file: Candidacy) -> tuple[str, str]:
    told = f"{row.values['words']}\n\n{file.number} : {_link('secretariat:file', file)}\n"
    return f"{row.values['subject']} ({file.number})", told


def _message(file: Candidacy, is_for_candidate: bool) -> tuple[str, str]:
    values = {"number": file.number, "title": file.certification.title}
    if is_for_candidate:
        values |= {"link": _link("candidate:messages", file)}
        return _("Un message vous attend (dossier %(number)s)") % values, _(
            "Bonjour,\n\nUn message vous attend dans votre dossier %(number)s, %(title)s.\n"
            "Pour le lire et y répondre, connectez-vous :\n%(link)s\n\n"
            "Ne répondez pas à ce courriel : la réponse ne serait pas dans votre dossier.\n"
        ) % values
    values |= {"link": _link("secretariat:file", file), "name": file.candidate.name}
    return _("Un message de candidat (dossier %(number)s)") % values, _(
        "%(name)s vous a écrit dans le dossier %(number)s, %(title)s.\nPour lire et répondre :\n%(link)s\n"
    ) % values


def _link(name: str, file: Candidacy) -> str:
    return settings.ADDRESS + reverse(name, args=[file.pk])
