"""The answers in words: what stands, why, and what to do; French first."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from parchemin.records.awards.models import Kind
from parchemin.records.awards.queries.verifying import Answer, Outcome, Reason, Why
from parchemin.web.shared.typesetting import day


def look_of(answer: Answer) -> dict[str, str]:
    """The answer itself: its words, its icon, its colour."""
    if answer.outcome is Outcome.VALID and answer.told and answer.told.kind is Kind.STATEMENT:
        return {"tone": "met", "icon": "circle-check", "label": _("Relevé authentique")}
    return look_of_outcome(answer.outcome)


def look_of_outcome(outcome: Outcome, *, is_record: bool = False) -> dict[str, str]:
    """One of the three answers, on a certificate or on a record of several: its words, its icon, its colour."""
    if outcome is Outcome.UNCHECKED:
        label = _("Relevé non vérifié") if is_record else _("Certificat non vérifié")
        return {"tone": "unknown", "icon": "circle-help", "label": label}
    if outcome is Outcome.NOT_VALID:
        label = _("Relevé non valable") if is_record else _("Certificat non valable")
        return {"tone": "not_met", "icon": "circle-x", "label": label}
    label = _("Relevé valable") if is_record else _("Certificat valable")
    return {"tone": "met", "icon": "circle-check", "label": label}


def sentences_of(answer: Answer) -> list[str]:
    """Why, one sentence for each reason; for a valid one, what that means."""
    if answer.reasons:
        return [sentence_of(one) for one in answer.reasons]
    if answer.told and answer.told.kind is Kind.STATEMENT:
        return [_("Ce relevé a bien été délivré. Il dit des résultats et ne certifie aucune compétence.")]
    return [_("Il a bien été délivré et il est valable aujourd’hui.")]


def sentence_of(reason: Reason) -> str:
    """One reason, with the day it holds from."""
    return _sentences()[reason.code] % {"day": day(reason.since)}


def _sentences() -> Mapping[Why, str]:
    return {
        Why.UNKNOWN: _("Aucun certificat délivré ici ne porte ce numéro. Comparez-le avec celui qui est imprimé."),
        Why.ALTERED: _(
            "Ce qui est enregistré sous ce numéro n’est plus ce qui a été délivré : ne vous y fiez pas "
            "et prévenez l’organisme."
        ),
        Why.REVOKED: _("L’organisme l’a retiré : il n’est plus valable depuis le %(day)s."),
        Why.REPLACED: _(
            "Un autre certificat l’a remplacé le %(day)s : demandez au titulaire de vous présenter le nouveau."
        ),
        Why.EXPIRED: _("Sa durée de validité est écoulée : il n’est plus valable depuis le %(day)s."),
        Why.SUSPENDED: _("L’organisme l’a suspendu : il n’est pas valable depuis le %(day)s, jusqu’à nouvel ordre."),
        Why.MISTYPED: _("Ce numéro contient une faute de frappe : aucun certificat ne peut le porter."),
        Why.UNREADABLE: _(
            "Ce certificat est écrit dans une forme que ce service ne lit pas encore : demandez à l’organisme."
        ),
        Why.UNAVAILABLE: _("Le registre ne répond pas en ce moment. Cela ne dit rien du certificat : réessayez."),
    }
