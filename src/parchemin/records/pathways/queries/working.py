"""What the rules of a scheme say of training at work, and what was lived and observed."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Prefetch, prefetch_related_objects

from parchemin.core.asking import uses, uses_only
from parchemin.core.deciding import decide
from parchemin.core.decision import Finding, Stage
from parchemin.core.scheme import Rule, Scheme
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.facts import OF_WORK, work_training
from parchemin.records.pathways.models import ColdDate, Moment, Observation


def work_rules(scheme: Scheme) -> tuple[Rule, ...]:
    """The rules of the scheme that look at training at work."""
    rules = scheme.rules.get(Stage.COMPLETENESS, ())
    return tuple(rule for rule in rules if uses((rule,), *OF_WORK))


def work_findings(judged: Judged) -> tuple[Finding, ...]:
    """What they say of the file as it is; what none of them looks at is left unread."""
    rules = work_rules(judged.scheme)
    if uses_only(rules, *OF_WORK):
        facts = replace(judged.bare, **judged.known(work_training))
        decision = decide(Stage.COMPLETENESS, facts, judged.scheme, judged.on)
    else:
        decision = judged.decided(Stage.COMPLETENESS)
    ids = {rule.id for rule in rules}
    return tuple(one for one in decision.findings if one.rule in ids)


def moments_of(candidacy: Candidacy) -> list[Moment]:
    """The moments logged that nobody took back, in the order they were lived; one query, that facts need no more."""
    rows = Moment.objects.select_related("logged_by").order_by("from_at", "logged_at")
    prefetch_related_objects([candidacy], Prefetch("moments", queryset=rows))
    return [one for one in candidacy.moments.all() if one.removed_at is None]


def situations_in(moments: Iterable[Moment]) -> list[Moment]:
    """The work situations among them, the last first."""
    return [one for one in moments if one.kind == Moment.Kind.SITUATION][::-1]


def observations_of(candidacy: Candidacy) -> list[Observation]:
    """The observations signed, in order; two queries."""
    rows = Observation.objects.filter(candidacy=candidacy, signed_at__isnull=False)
    return list(rows.select_related("moment").prefetch_related("lines").order_by("observed_on", "signed_at"))


def cold_date_of(candidacy: Candidacy) -> ColdDate | None:
    """The day the cold assessment is planned for, if any is."""
    try:
        return candidacy.cold_date
    except ColdDate.DoesNotExist:
        return None
