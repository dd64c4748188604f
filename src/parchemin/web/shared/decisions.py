"""What the decision block shows: one view of a Decision, whether it was just taken or frozen long ago."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parchemin.core.decision import Decision, Effect, Finding, Outcome, Override, Stage
from parchemin.core.plain import decision_from_plain

ICONS = {Outcome.MET: "circle-check", Outcome.UNKNOWN: "circle-help", Outcome.NOT_MET: "circle-x"}
LIFTED, NOTED = "lifted", "noted"
"""A rule lifted by a derogation, and one that is not met but only warns or informs."""
OWN_ICONS = {LIFTED: "stamp", NOTED: "triangle-alert"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFinding:
    """One rule as it is shown: its outcome by an icon and a word, what it says, what was seen, where it is written.

    ``tone`` is the outcome, or what takes its place: ``lifted``, ``noted``.
    """

    rule: str
    outcome: str
    tone: str
    icon: str
    label: str
    says: str
    seen: str
    source: str
    effect_label: str
    parts: tuple["DrawnFinding", ...]
    override: Override | None


@dataclass(frozen=True, slots=True)
class Group:
    """Findings shown together under a title; those that are met are folded."""

    kind: str
    title: str
    is_folded: bool
    findings: tuple[DrawnFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A decision as it is shown."""

    outcome: str
    icon: str
    label: str
    verdict: str
    scheme: str
    decided_on: date
    reason: str
    rules_url: str
    groups: tuple[Group, ...]


def drawn(found: object, *, reason: str = "", verdict: str = "") -> Drawn:
    """What to show of a Decision, or of the plain values it was frozen as; both give the same.

    TypeError for anything else; Misuse ``not_a_decision`` for values that no decision was frozen as.
    """
    decision = decision_from_plain(found) if isinstance(found, Mapping) else found
    if not isinstance(decision, Decision):
        raise TypeError(type(found).__name__)
    return Drawn(
        outcome=decision.outcome.value,
        icon=ICONS[decision.outcome],
        label=_labels()[decision.outcome],
        verdict=verdict or verdict_of(decision.stage, decision.outcome),
        scheme=str(decision.scheme),
        decided_on=decision.decided_on,
        reason=reason,
        rules_url=reverse("shared:rules", args=[decision.scheme.id, decision.scheme.version]),
        groups=tuple(_groups(decision)),
    )


def drawn_findings(findings: Iterable[Finding]) -> tuple[DrawnFinding, ...]:
    """Findings that belong to no decision, about a certification itself for instance, as they are shown."""
    return tuple(_finding(one) for one in findings)


def stage_names() -> dict[Stage, str]:
    """What each stage is called on screens."""
    return {
        Stage.ELIGIBILITY: _("Accès"),
        Stage.COMPLETENESS: _("Dossier"),
        Stage.ASSESSMENT: _("Évaluation"),
        Stage.JURY: _("Jury"),
        Stage.AWARD: _("Délivrance"),
        Stage.VALIDITY: _("Validité"),
    }


def verdict_of(stage: Stage, outcome: Outcome) -> str:
    """The verdict in one sentence."""
    met, not_met, unknown = _verdicts()[stage]
    return {Outcome.MET: met, Outcome.NOT_MET: not_met, Outcome.UNKNOWN: unknown}[outcome]


def _verdicts() -> dict[Stage, tuple[str, str, str]]:
    return {
        Stage.ELIGIBILITY: (
            _("Les règles d’accès sont remplies."),
            _("Les règles d’accès ne sont pas remplies."),
            _("Il manque de quoi dire si les règles d’accès sont remplies."),
        ),
        Stage.COMPLETENESS: (
            _("Le dossier est complet."),
            _("Le dossier n’est pas complet."),
            _("Il manque de quoi dire si le dossier est complet."),
        ),
        Stage.ASSESSMENT: (
            _("L’évaluation s’est faite selon les règles."),
            _("L’évaluation ne s’est pas faite selon les règles."),
            _("Il manque de quoi dire si l’évaluation s’est faite selon les règles."),
        ),
        Stage.JURY: (
            _("Le jury peut délibérer."),
            _("Le jury ne peut pas délibérer."),
            _("Il manque de quoi dire si le jury peut délibérer."),
        ),
        Stage.AWARD: (
            _("La certification peut être délivrée."),
            _("La certification ne peut pas être délivrée."),
            _("Il manque de quoi dire si la certification peut être délivrée."),
        ),
        Stage.VALIDITY: (
            _("Le certificat est valable."),
            _("Le certificat n’est pas valable."),
            _("Il manque de quoi dire si le certificat est valable."),
        ),
    }


def _labels() -> dict[Outcome, str]:
    return {Outcome.MET: _("remplie"), Outcome.UNKNOWN: _("à établir"), Outcome.NOT_MET: _("non remplie")}


def _groups(decision: Decision) -> Iterable[Group]:
    """What stands in the way first, then what is to be found out, what is worth knowing, what was lifted, the rest."""
    kinds: dict[str, list[Finding]] = {}
    for finding in decision.findings:
        kinds.setdefault(_kind(finding), []).append(finding)
    for kind in (Outcome.NOT_MET.value, Outcome.UNKNOWN.value, NOTED, LIFTED, Outcome.MET.value):
        if found := kinds.get(kind):
            shown = tuple(_finding(one) for one in found)
            yield Group(kind, _title(kind, len(shown)), kind == Outcome.MET.value, shown)


def _kind(finding: Finding) -> str:
    if finding.override:
        return LIFTED
    if finding.outcome is not Outcome.MET and finding.effect is not Effect.BLOCKING:
        return NOTED
    return finding.outcome.value


def _title(kind: str, count: int) -> str:
    titles = {
        Outcome.NOT_MET.value: ngettext("%(n)s règle non remplie", "%(n)s règles non remplies", count),
        Outcome.UNKNOWN.value: ngettext("%(n)s règle à établir", "%(n)s règles à établir", count),
        NOTED: ngettext("%(n)s point à savoir, non bloquant", "%(n)s points à savoir, non bloquants", count),
        LIFTED: ngettext("%(n)s règle levée par dérogation", "%(n)s règles levées par dérogation", count),
        Outcome.MET.value: ngettext("%(n)s règle remplie", "%(n)s règles remplies", count),
    }
    return titles[kind] % {"n": count}


def _finding(finding: Finding) -> DrawnFinding:
    kind = _kind(finding)
    effects = {Effect.BLOCKING: "", Effect.WARNING: _("avertissement"), Effect.INFORMATION: _("information")}
    return DrawnFinding(
        rule=finding.rule,
        outcome=finding.outcome.value,
        tone=kind,
        icon=OWN_ICONS.get(kind) or ICONS[finding.outcome],
        label=_labels()[finding.outcome],
        says=finding.says,
        seen=finding.seen,
        source=finding.source,
        effect_label=effects[finding.effect],
        parts=tuple(_finding(part) for part in finding.parts),
        override=finding.override,
    )
