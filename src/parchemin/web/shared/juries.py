"""What is sent about a session of a jury: its calendar files, and the short e-mail to whoever sits."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from parchemin.records.candidacies.models import Letter, Notice
from parchemin.records.juries.actions.calling import CANCELLED, MOVED, REMOVED, SUMMONED
from parchemin.records.juries.models import Hearing, JurySession, Place, PoolMember
from parchemin.records.people.models import Person
from parchemin.web.shared.calendars import calendar_file
from parchemin.web.shared.posting import mail_of
from parchemin.web.shared.typesetting import instant

USUAL = 180
"""The minutes a calendar shows where no length is set."""
EXPECTED = 60
"""Those it shows to a candidate, who is told when to come and not for how long."""
FILE = "jury.ics"
LETTERS = ("jury_summoned", "jury_cancelled")
"""The letters that carry a calendar file, to whoever is expected at an hour."""
POOLED = "pooled"


def session_of(id: str) -> JurySession | None:
    """The session of that id; None when it is no longer there."""
    return JurySession.objects.select_related("certification", "organisation").filter(pk=id).first()


def calendar_of(session: JurySession, *, is_gone: bool = False) -> bytes:
    """The calendar file of whoever sits; once it is cancelled, or with ``is_gone``, what strikes it out."""
    return calendar_file(
        f"{session.pk}@parchemin",
        _("Jury — %(title)s (%(number)s)") % {"title": session.certification.title, "number": session.number},
        session.starts_at,
        session.minutes or USUAL,
        where(session),
        session.certification.title,
        session.revision,
        is_cancelled=is_gone or session.cancelled_at is not None,
    )


def calendar_of_letter(letter: Letter) -> bytes | None:
    """The calendar file that goes with a letter about a session; None where the candidate is not expected."""
    if letter.kind not in LETTERS or not letter.values.get("session"):
        return None
    rows = Hearing.objects.select_related("session__certification", "candidacy")
    row = rows.filter(session=letter.values["session"], candidacy=letter.candidacy_id).first()
    if row is None or row.starts_at is None:
        return None
    session = row.session
    return calendar_file(
        f"{row.pk}@parchemin",
        _("Jury — %(title)s (%(number)s)") % {"title": session.certification.title, "number": row.candidacy.number},
        row.starts_at,
        EXPECTED,
        where(session),
        session.certification.title,
        session.revision,
        is_cancelled=row.removed_at is not None or session.cancelled_at is not None,
    )


def where(session: JurySession) -> str:
    """How it is held, and its address, room or link."""
    place = "" if session.place == Place.ON_SITE and session.room else str(Place(session.place).label)
    return " — ".join(one for one in (place, session.room) if one)


def told_to_member(session: JurySession) -> tuple[str, str]:
    """The subject and the text of the e-mail that calls somebody to sit."""
    return _told(session, SUMMONED)


def send_to_member(row: Notice) -> str:
    """The e-mail to somebody who sits, or may be called to; to whom it went, nothing when it went to nobody."""
    person = row.person
    if person is None or person.erased_at or not person.email:
        return ""
    if row.values["about"] == POOLED:
        return _welcome(row, person)
    session = session_of(row.values["session"])
    if session is None:
        return ""
    about = CANCELLED if session.cancelled_at else row.values["about"]
    with override(person.language):
        subject, text = _told(session, about)
        calendar = calendar_of(session, is_gone=about == REMOVED)
    message = mail_of(row, subject, text, person.email, session.certification.contact or session.organisation.email)
    message.attach(FILE, calendar, "text/calendar")
    message.send()
    return person.email


def _welcome(row: Notice, person: Person) -> str:
    pool = PoolMember.objects.select_related("organisation")
    member = pool.filter(pk=str(row.values["pool"]), left_on__isnull=True).first()
    if member is None:
        return ""
    with override(person.language):
        values = {
            "body": member.organisation.name,
            "link": settings.ADDRESS + reverse("jury:home"),
            "password": settings.ADDRESS + reverse("account_reset_password"),
        }
        subject, text = _("Vous pouvez être appelé à siéger dans un jury") % values, _pooled() % values
    mail_of(row, subject, text, person.email, member.organisation.email).send()
    return person.email


def _told(session: JurySession, about: str) -> tuple[str, str]:
    values = {
        "number": session.number,
        "title": session.certification.title,
        "when": instant(session.starts_at),
        "where": where(session) or _("lieu à préciser"),
        "link": settings.ADDRESS + reverse("jury:session", args=[session.pk]),
        "reason": session.cancellation,
    }
    if about == CANCELLED:
        return _("Session de jury annulée (%(number)s)") % values, _cancelled() % values
    if about == REMOVED:
        return _("Vous ne siégez plus à une session de jury (%(number)s)") % values, _removed() % values
    if about == MOVED:
        return _("Session de jury modifiée (%(number)s)") % values, _expected() % values
    return _("Vous siégez dans un jury (%(number)s)") % values, _expected() % values


def _expected() -> str:
    return _(
        "Bonjour,\n\nVous siégez au jury de « %(title)s ».\n\nQuand : %(when)s\nOù : %(where)s\n\n"
        "Avant la session, dites pour chaque candidat si un lien vous rattache à lui, même si aucun ne le fait :\n"
        "%(link)s\n\nSi vous ne pouvez pas venir, répondez à ce courriel dès que vous le savez.\n\n"
        "Le fichier joint met la session à jour dans votre agenda.\n"
    )


def _cancelled() -> str:
    return _(
        "Bonjour,\n\nLa session de jury %(number)s (%(title)s), prévue le %(when)s, n’aura pas lieu.\n"
        "Motif : %(reason)s\n\nLe fichier joint l’annule dans votre agenda.\n"
    )


def _removed() -> str:
    return _(
        "Bonjour,\n\nVous n’êtes plus attendu à la session de jury %(number)s (%(title)s), %(when)s.\n\n"
        "Le fichier joint l’annule dans votre agenda.\n"
    )


def _pooled() -> str:
    return _(
        "Bonjour,\n\n%(body)s vous a inscrit parmi les personnes qui peuvent être appelées à siéger dans ses jurys.\n\n"
        "Vos sessions, et ce que chacune vous demande, sont ici :\n%(link)s\n\n"
        "Si vous n’avez pas encore de mot de passe, choisissez-en un avec cette adresse e-mail :\n%(password)s\n"
    )
