"""Asking somebody without an account to do one act: a one-use link, sent by e-mail."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Link, Person
from parchemin.web.shared.forms import OneLine
from parchemin.web.shared.typesetting import day


class AskForm(forms.Form):
    """Who is asked to act by a one-use link."""

    bearer = OneLine(label=gettext_lazy("Nom de la personne"), max_length=120)
    quality = OneLine(
        label=gettext_lazy("Sa fonction"), max_length=120, help_text=gettext_lazy("Par exemple : responsable RH.")
    )
    email = forms.EmailField(label=gettext_lazy("Son adresse e-mail"), max_length=254)


def has_sent(form: forms.Form, make: Callable[[], tuple[Link, str]], *, asked: str, by: Person) -> bool:
    """Whether the link was made and sent; when it may not be, neither happens and the form says why.

    ``asked`` says in a sentence what is asked of its bearer.
    """
    try:
        send_link(make, asked=asked, by=by)
    except RefusalError as refusal:
        form.add_error("email" if refusal.code == "own_address" else None, refusal.sentence)
        return False
    except UnfitError as unfit:
        form.add_error(None, sentence(unfit))
        return False
    return True


def send_link(
    make: Callable[[], tuple[Link, str]], *, asked: str, by: Person, subject: str = "", page: str = "companion:act"
) -> None:
    """The link is made and sent, or neither: errors as ``make``.

    ``asked`` says in a sentence what is asked of its bearer, on ``page``; ``subject`` is that of the e-mail.
    """
    with transaction.atomic():
        link, secret = make()
        with override("fr"):
            words = _(
                "Bonjour,\n\n%(who)s vous demande ceci : %(asked)s\n\n"
                "Ouvrez ce lien pour répondre, sans créer de compte. Il ne sert qu’une fois, jusqu’au %(until)s :\n\n"
                "%(address)s\n\n"
                "Si vous ne connaissez pas cette personne, ne faites rien : le lien cessera de fonctionner."
            ) % {
                "who": by.name,
                "asked": asked,
                "until": day(link.expires_at),
                "address": settings.ADDRESS + reverse(page, args=[secret]),
            }
            line = subject or _("%(who)s vous demande d’intervenir sur son dossier") % {"who": by.name}
        EmailMessage(" ".join(line.split()), words, to=[link.email]).send()
