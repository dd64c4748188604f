"""What a deliberation would be, were these opinions told and these words attested; nothing is read again."""

from collections.abc import Collection
from dataclasses import replace

from parchemin.core.facts import Opinion
from parchemin.records.juries.queries.deliberating import Deliberation


def supposed(deliberation: Deliberation, opinions: tuple[Opinion, ...], attested: Collection[str]) -> Deliberation:
    """The same file before the same jury, these opinions in place of those told, those words alone being attested."""
    facts = deliberation.facts
    told = {code: said for code, said in facts.statements.items() if code not in deliberation.hearing.attested}
    found = Deliberation(deliberation.hearing, deliberation.on, opinions)
    known = {
        "judged": deliberation.judged,
        "members": deliberation.members,
        "known": deliberation.known,
        "votes": deliberation.votes,
        "facts": replace(facts, statements={**told, **dict.fromkeys(attested, True)}),
        "proposal": deliberation.proposal,
    }
    found.__dict__.update(known)
    return found
