"""What the rules say of what stands in the form and of the jury, as it is shown to those who sit."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from parchemin.core.decision import MET, NOT_MET, Decision, verdict
from parchemin.records.juries.actions.deliberating import sought_by
from parchemin.records.juries.models import DECIDED, Verdict
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.juries.queries.sessions import voted_by
from parchemin.records.juries.queries.supposing import supposed
from parchemin.web.jury.deliberating.facing import Facing
from parchemin.web.jury.deliberating.opinions import OpinionsForm, verdict_led_to
from parchemin.web.jury.deliberating.voices import voices_of


def findings(facing: Facing, form: OpinionsForm) -> dict[str, Any]:
    """What the opinions in the form amount to, the decision they lead to, and what the rules say of it."""
    told = form.typed()
    looked = supposed(facing.deliberation, told, form.attesting)
    chosen = verdict_led_to(looked, str(form["verdict"].value() or ""))
    decision = looked.award(sought_by(Verdict(chosen), looked.proposal)) if chosen in DECIDED else None
    return {
        "form": form,
        "chosen": chosen,
        "verdicts": _verdicts(looked),
        "award": decision,
        "undecided": looked.undecided,
        "differing": looked.differing,
        "missing": tuple(looked.to_attest.values()),
        "asks_reason": decision is not None and chosen != Verdict.NONE and decision.outcome is not MET,
        "is_untold": facing.deliberation.is_voted and told != facing.deliberation.opinions,
    }


def shown_jury(facing: Facing) -> Decision:
    """What the rules say of the jury; not of the voices before all are cast, for they are nobody's to count."""
    decision = facing.deliberation.jury
    if voices_of(facing).is_told:
        return decision
    voted = voted_by(facing.scheme)
    kept = tuple(one for one in decision.findings if one.rule not in voted)
    return replace(decision, findings=kept, outcome=verdict(kept))


def _verdicts(looked: Deliberation) -> list[dict[str, Any]]:
    """What may be decided, each with what it would mean."""
    proposal = looked.proposal
    held = {one.code for one in proposal.parts if one.is_held} | {one.code for one in looked.opinions if one.is_granted}
    remains = ", ".join(
        [*(one.code for one in proposal.parts if one.code not in held), *(one.seen for one in looked.lacking)]
    )
    granted = ", ".join(one.code for one in proposal.parts if one.code in held)
    hints = {
        Verdict.FULL: "" if not remains else _("Il resterait : %(parts)s.") % {"parts": remains},
        Verdict.PARTIAL: _("Acquis : %(granted)s. Restera : %(remains)s.")
        % {"granted": granted or "—", "remains": remains or "—"},
        Verdict.DEFERRED: _("Le dossier attend une autre session ; un motif est demandé."),
        Verdict.VOID: _("Un motif est demandé ; notez aussi l’incident."),
    }
    if proposal.may_be_partial is NOT_MET:
        hints[Verdict.PARTIAL] = _("Cette certification ne se délivre pas par parties.")
    return [{"value": one.value, "label": one.label, "hint": hints.get(one, "")} for one in Verdict]
