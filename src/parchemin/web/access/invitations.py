"""The mails that carry an invitation, or tell that a file is opened."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from parchemin.records.candidacies.models import FileAccess
from parchemin.records.people.models import Invitation, Person


def send_invitation(invitation: Invitation, secret: str) -> None:
    """The invitation is sent to its address, in the language of the person if they are known, else in French."""
    known = Person.objects.filter(email__iexact=invitation.email).first()
    with override(known.language if known else "fr"):
        told = {"offered": invitation, "link": _door(secret), "known": known}
        text = render_to_string("access/email/invitation.txt", told)
        subject = gettext("Un rôle vous est proposé sur Parchemin")
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [invitation.email])


def send_opening(access: FileAccess, secret: str = "") -> None:
    """Whoever the file is opened to is told where to read it: by the invitation of that secret, or once signed in."""
    link = _door(secret) if secret else settings.ADDRESS + reverse("followed:file", args=[access.candidacy_id])
    with override(access.person.language if access.person else "fr"):
        told = {"access": access, "link": link, "is_offer": bool(secret)}
        text = render_to_string("access/email/opening.txt", told)
        number = access.candidacy.number
        subject = gettext("Un dossier vous est ouvert sur Parchemin (%(number)s)") % {"number": number}
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [access.email])


def _door(secret: str) -> str:
    return settings.ADDRESS + reverse("access:invitation", args=[secret])
