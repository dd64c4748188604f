"""What a candidate is told of a decision: what is acquired, what remains, how to go on, and until when to contest."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from parchemin.core.asking import leaves
from parchemin.core.checks.validity import DoneWithin, levels_of
from parchemin.core.decision import Stage
from parchemin.core.durations import end_of_month
from parchemin.core.facts import Milestone
from parchemin.core.proposing import Ground
from parchemin.core.scheme import Scheme
from parchemin.core.terms import listed
from parchemin.records.juries.models import Verdict

CONTINUED = (Verdict.PARTIAL, Verdict.NONE)


def result_values(line: Mapping[str, Any], scheme: Scheme, notified_on: date) -> dict[str, Any]:
    """What the letter of that result says, beside the day of the session; ``line`` is what minutes say of it."""
    parts = (line.get("proposed") or {}).get("parts", ())
    held = {part["code"] for part in parts if part["ground"] == Ground.HELD} | set(line.get("granted", ()))
    codes = [part["code"] for part in parts]
    lacking = [one["seen"] for one in line.get("lacking", ())]
    is_continued = line["verdict"] in CONTINUED
    until = contest_until(scheme, notified_on)
    told: dict[str, Any] = {
        "reasons": line["reason"],
        "granted": titled(scheme, [code for code in codes if code in held]) if line.get("granted") else "",
        "remains": " ; ".join([*titles(scheme, [code for code in codes if code not in held]), *lacking])
        if is_continued
        else "",
        "ways": " ; ".join(listed(scheme.award.continuation)) if is_continued else "",
        "contest_until": until.isoformat() if until else "",
    }
    return {name: value for name, value in told.items() if value}


def titled(scheme: Scheme, codes: Sequence[str]) -> str:
    """These parts in words, each by its code and its title."""
    return " ; ".join(titles(scheme, codes))


def titles(scheme: Scheme, codes: Sequence[str]) -> list[str]:
    """The same, one by one."""
    return [title_of_part(scheme, code) for code in codes]


def title_of_part(scheme: Scheme, code: str) -> str:
    """The code of a part with its title, alone where the source gives no title."""
    known: Mapping[str, Any] = {**scheme.competences, **scheme.blocks}
    title = getattr(known.get(code), "title", None)
    return f"{code} {title}" if isinstance(title, str) else code


def contest_until(scheme: Scheme, notified_on: date) -> date | None:
    """The last day to contest a result notified that day, at the first level if there are; None where none is set."""
    if levels := levels_of(scheme.rules.get(Stage.VALIDITY, ()), Milestone.NOTIFIED):
        return levels[0].within.after(notified_on)
    rules = (rule for rules in scheme.rules.values() for rule in rules)
    checks = (check for rule in rules for check in leaves(rule.check))
    ends = [
        end_of_month(check.within.after(notified_on)) if check.to_end_of_month else check.within.after(notified_on)
        for check in checks
        if isinstance(check, DoneWithin) and (check.since, check.until) == (Milestone.NOTIFIED, Milestone.APPEALED)
    ]
    return max(ends, default=None)
