"""Links, voices, presence and what is proposed, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.core.decision import Outcome
from parchemin.core.facts import Ballot, Link
from parchemin.core.proposing import Ground
from parchemin.records.juries.models import Presence, Verdict

Look = Mapping[str, str]
OWN_LINKS: Mapping[Link, Any] = {
    Link.FAMILY: gettext_lazy("nous sommes de la même famille"),
    Link.PERSONAL: gettext_lazy("nous nous connaissons personnellement"),
    Link.MANAGER: gettext_lazy("je suis, ou j’étais, son responsable"),
    Link.COLLEAGUE: gettext_lazy("nous travaillons, ou travaillions, ensemble"),
    Link.TRAINER: gettext_lazy("je l’ai formé"),
    Link.ADVISER: gettext_lazy("je l’accompagne dans sa démarche"),
    Link.EVALUATOR: gettext_lazy("je l’ai déjà évalué ou positionné"),
}
"""What ties a member to a candidate, as they say it."""
LINKS: Mapping[Link, Any] = {
    Link.FAMILY: gettext_lazy("lien de famille"),
    Link.PERSONAL: gettext_lazy("lien personnel"),
    Link.MANAGER: gettext_lazy("responsable hiérarchique"),
    Link.COLLEAGUE: gettext_lazy("collègue"),
    Link.TRAINER: gettext_lazy("formateur"),
    Link.ADVISER: gettext_lazy("accompagnateur"),
    Link.EVALUATOR: gettext_lazy("évaluateur"),
}
"""The same as others read it."""
BALLOTS: Mapping[Ballot, Any] = {
    Ballot.FOR: gettext_lazy("Pour"),
    Ballot.AGAINST: gettext_lazy("Contre"),
    Ballot.ABSTAIN: gettext_lazy("Abstention"),
}
GROUNDS: Mapping[Ground, Any] = {
    Ground.HELD: gettext_lazy("Acquis avant"),
    Ground.EXPIRED: gettext_lazy("Acquis qui ne compte plus"),
    Ground.RULE: gettext_lazy("D’après la règle de ce bloc"),
    Ground.RESULTS: gettext_lazy("D’après les résultats"),
    Ground.METHODS: gettext_lazy("D’après les épreuves"),
    Ground.NOTHING: gettext_lazy("Rien ne permet de proposer"),
}


def listed_links(links: Iterable[Link]) -> str:
    """« formateur, collègue »."""
    return ", ".join(str(LINKS[one]) for one in links)


def why_recused(links: Iterable[Link]) -> str:
    """The reason proposed for a recusal: what ties them."""
    return _("Lien avec le candidat : %(links)s.") % {"links": listed_links(links)}


def look_of_verdict(verdict: str) -> Look:
    """How a decision of the jury, or its absence, is shown."""
    looks = {
        "": ("now", "hourglass", _("À décider")),
        Verdict.FULL: ("met", "circle-check", Verdict.FULL.label),
        Verdict.PARTIAL: ("met", "circle-dot", Verdict.PARTIAL.label),
        Verdict.NONE: ("not_met", "circle-x", Verdict.NONE.label),
        Verdict.VOID: ("not_met", "flag", Verdict.VOID.label),
    }
    tone, icon, label = looks.get(verdict) or ("unknown", "minus", Verdict(verdict).label)
    return {"tone": tone, "icon": icon, "label": str(label)}


def look_of_presence(presence: str) -> Look:
    """How somebody's presence is shown."""
    looks = {
        "": ("", "circle", _("Présence non notée")),
        Presence.PRESENT: ("met", "circle-check", Presence.PRESENT.label),
        Presence.ABSENT: ("not_met", "circle-x", Presence.ABSENT.label),
        Presence.EXCUSED: ("unknown", "minus", Presence.EXCUSED.label),
    }
    tone, icon, label = looks[presence]
    return {"tone": tone, "icon": icon, "label": str(label)}


def look_of_proposal(outcome: Outcome, *, is_held: bool) -> Look:
    """How what is proposed for one part is shown."""
    if is_held:
        return {"tone": "met", "icon": "archive", "label": _("Déjà acquis")}
    looks = {
        Outcome.MET: ("met", "circle-check", _("Proposé : acquis")),
        Outcome.NOT_MET: ("not_met", "circle-x", _("Proposé : non acquis")),
        Outcome.UNKNOWN: ("unknown", "circle-help", _("Sans proposition")),
    }
    tone, icon, label = looks[outcome]
    return {"tone": tone, "icon": icon, "label": label}
