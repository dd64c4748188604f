"""Whoever holds what ends soon is written to, with what the certification says may follow."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from parchemin.core.scheme import Scheme
from parchemin.core.terms import listed
from parchemin.records.awards.models import Certificate
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.ending import Ending
from parchemin.records.awards.queries.renewing import ways_of
from parchemin.records.candidacies.actions.taking import ask_letter, note, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.queries.told import titled


def remind_of_certificate(*, certificate: Certificate, at: datetime, on: date) -> None:
    """A letter says when the certificate ends, and what may follow."""
    with taken(certificate.candidacy, None) as row:
        scheme = Judged(row, on, certificate.conclusion.hearing.version).scheme
        with override(row.candidate.language):
            said = {"number": grouped(certificate.number), "day": f"{certificate.valid_until:%d/%m/%Y}"}
            words = _("Votre certificat %(number)s est valable jusqu’au %(day)s inclus ; après ce jour, il est échu.")
            values = {
                "subject": _("Votre certificat se termine bientôt"),
                "words": f"{words % said}\n\n{_renewal(row, scheme)}",
            }
        ask_letter(row, "reminder", at, on=on, values=values)
        note(row, "reminded", at, None, {"certificate": certificate.pk.hex}, is_change=False)


def remind_of_parts(*, ending: Ending, at: datetime, on: date) -> None:
    """A letter says which parts stop counting and when, and what may follow."""
    with taken(ending.candidacy, None) as row:
        with override(row.candidate.language):
            said = {"parts": titled(ending.scheme, ending.codes), "day": f"{ending.until:%d/%m/%Y}"}
            words = _(
                "Ce que vous avez acquis compte jusqu’au %(day)s inclus : %(parts)s. "
                "Après ce jour, il faudra de nouveau être évalué pour obtenir la certification entière."
            )
            subject = _("Ce que vous avez acquis cesse bientôt de compter")
            values = {"subject": subject, "words": f"{words % said}\n\n{_continuation(row, ending.scheme)}"}
        ask_letter(row, "reminder", at, on=on, values=values)
        note(row, "reminded", at, None, {"parts": list(ending.codes)}, is_change=False)


def _renewal(row: Candidacy, scheme: Scheme) -> str:
    if ways := ways_of(scheme):
        return _("Pour le renouveler, la certification prévoit : %(ways)s.") % {"ways": " ; ".join(ways)}
    told = _("L’organisme n’a pas encore dit comment ce certificat se renouvelle : demandez-le à %(body)s.")
    return told % {"body": row.organisation.name}


def _continuation(row: Candidacy, scheme: Scheme) -> str:
    if ways := listed(scheme.award.continuation):
        return _("Pour la suite, la certification prévoit : %(ways)s.") % {"ways": " ; ".join(ways)}
    told = _("La certification ne dit pas comment poursuivre : demandez à %(body)s ce qui est possible.")
    return told % {"body": row.organisation.name}
