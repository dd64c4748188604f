"""The answers in words: what stands, why, and what to do; French first."""

from collections.abc import Mapping
from enum import Enum, auto

from django.utils.translation import gettext as _

from parchemin.records.awards.models import Kind
from parchemin.records.awards.queries.verifying import Answer, Outcome, Reason, Why
from parchemin.web.shared.typesetting import day


class Thing(Enum):
    """What an answer is about."""

    CERTIFICATE = auto()
    RECORD = auto()
    RECOMMENDATION = auto()


LOOKS = {
    Outcome.VALID: ("met", "circle-check"),
    Outcome.NOT_VALID: ("not_met", "circle-x"),
    Outcome.UNCHECKED: ("unknown", "circle-help"),
}


def look_of(answer: Answer) -> dict[str, str]:
    """The answer itself: its words, its icon, its colour."""
    if answer.outcome is Outcome.VALID and answer.told and answer.told.kind is Kind.STATEMENT:
        return {"tone": "met", "icon": "circle-check", "label": _("Relevé authentique")}
    return look_of_outcome(answer.outcome)


def look_of_outcome(outcome: Outcome, thing: Thing = Thing.CERTIFICATE) -> dict[str, str]:
    """One of the three answers, on one of these: its words, its icon, its colour."""
    tone, icon = LOOKS[outcome]
    return {"tone": tone, "icon": icon, "label": _labels()[thing, outcome]}


def _labels() -> Mapping[tuple[Thing, Outcome], str]:
    return {
        (Thing.CERTIFICATE, Outcome.VALID): _("Certificat valable"),
        (Thing.CERTIFICATE, Outcome.NOT_VALID): _("Certificat non valable"),
        (Thing.CERTIFICATE, Outcome.UNCHECKED): _("Certificat non vérifié"),
        (Thing.RECORD, Outcome.VALID): _("Relevé valable"),
        (Thing.RECORD, Outcome.NOT_VALID): _("Relevé non valable"),
        (Thing.RECORD, Outcome.UNCHECKED): _("Relevé non vérifié"),
        (Thing.RECOMMENDATION, Outcome.VALID): _("Recommandation valable"),
        (Thing.RECOMMENDATION, Outcome.NOT_VALID): _("Recommandation non valable"),
        (Thing.RECOMMENDATION, Outcome.UNCHECKED): _("Recommandation non vérifiée"),
    }


def sentences_of(answer: Answer) -> list[str]:
    """Why, one sentence for each reason; for a valid one, what that means."""
    if answer.reasons:
        renewed = [_("Il a été renouvelé : demandez au titulaire de vous présenter le certificat qui le renouvelle.")]
        return [sentence_of(one) for one in answer.reasons] + (renewed if answer.is_renewed else [])
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
