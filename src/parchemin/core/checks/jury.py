"""Is the jury valid for this candidate: seats, colleges, quorum, shares, links, chair, votes?

Every check looks at the members who sit for this candidate: present and not recused.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from fractions import Fraction
from typing import Literal

from parchemin.core import words
from parchemin.core.case import Case
from parchemin.core.checks.assessment import unlinked
from parchemin.core.checks.base import check
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome, Seen, all_of, truth
from parchemin.core.facts import Ballot, Link, Member
from parchemin.core.scheme import CollegeId, Jury, Seat, Unknown, listed

NO_MEMBERS = Seen(UNKNOWN, "membres du jury non renseignés")
NO_COMPOSITION = Seen(UNKNOWN, "la source ne dit pas la composition du jury")


def _jury(case: Case) -> Jury | None:
    jury = case.jury()
    return None if jury is None or isinstance(jury, Unknown) else jury


@check
class SeatsFilled:
    """Every seat of the route's jury is filled by the members it asks for."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with the empty seats; UNKNOWN when the composition, or somebody's seat, is not known."""
        members, jury = case.sitting(), _jury(case)
        if members is None:
            return NO_MEMBERS
        if jury is None or isinstance(jury.seats, Unknown):
            return NO_COMPOSITION
        filled = Counter(member.seat for member in members)
        empty = [seat for seat in jury.seats if filled[seat.id] < seat.min]
        outcome = (
            MET
            if not empty
            else UNKNOWN
            if sum(seat.min - filled[seat.id] for seat in empty) <= filled[None]
            else NOT_MET
        )
        total = sum(seat.min for seat in jury.seats)
        told = f"{total - sum(seat.min - filled[seat.id] for seat in empty)} sièges pourvus sur {total}"
        lacking = [f"vacant : {seat.title}" for seat in empty]
        return Seen(outcome, " ; ".join([told, *lacking]), {"empty": [seat.id for seat in empty]})


@check
class CollegesBalanced:
    """The colleges are balanced: the same number each, or each has its least number, votes then being capped.

    ``equal`` wants the same number of members sitting in each college; ``each`` and ``capped`` want every college's
    least number (under ``capped`` the votes of each weigh as much as those of the smallest).
    """

    mode: Literal["equal", "each", "capped"] = "equal"

    def look(self, case: Case) -> Seen:
        """NOT_MET with the count of each college; UNKNOWN when a member's college is not known."""
        members, jury = case.sitting(), _jury(case)
        if members is None:
            return NO_MEMBERS
        if jury is None or isinstance(jury.colleges, Unknown) or not jury.colleges:
            return NO_COMPOSITION
        counts = {id: sum(member.college == id for member in members) for id in jury.colleges}
        told = words.several(f"{jury.colleges[id].title} : {count}" for id, count in counts.items())
        if any(member.college is None for member in members):
            return Seen(UNKNOWN, f"{told}, collège non renseigné : {sum(m.college is None for m in members)}")
        leasts = {id: college.min for id, college in jury.colleges.items()}
        enough = all_of(
            UNKNOWN if isinstance(least, Unknown) else truth(counts[id] >= least) for id, least in leasts.items()
        )
        even = truth(len(set(counts.values())) == 1) if self.mode == "equal" else MET
        return Seen(all_of((enough, even)), told, {"counts": counts})


@check
class Quorum:
    """Enough members sit: in total, as a share of those named, and in each college or profile given."""

    total: int | None = None
    share: Fraction | None = None
    per_college: Mapping[CollegeId, int] = field(default_factory=dict)
    per_profile: Mapping[str, int] = field(default_factory=dict)

    def look(self, case: Case) -> Seen:
        """NOT_MET with each count that falls short."""
        members = case.sitting()
        if members is None:
            return NO_MEMBERS
        named = len(case.facts.members or ())
        found = [
            (truth(self.total is None or len(members) >= self.total), f"{len(members)} siègent sur {named} nommés")
        ]
        if self.share is not None:
            found.append((truth(len(members) >= self.share * named), f"il en faut {words.number(self.share * 100)} %"))
        if self.total is not None:
            found.append((MET, f"il en faut {self.total}"))
        for college, least in self.per_college.items():
            count = sum(member.college == college for member in members)
            found.append((truth(count >= least), f"{_college(case, college)} : {count} sur {least}"))
        for profile, least in self.per_profile.items():
            outcome, count = _profiled(members, profile, least)
            found.append((outcome, f"{profile} : {count} sur {least}"))
        return Seen(all_of(outcome for outcome, _ in found), words.several(said for _, said in found))


def _college(case: Case, id: str) -> str:
    jury = _jury(case)
    known = {} if jury is None or isinstance(jury.colleges, Unknown) else jury.colleges
    return known[id].title if id in known else id


def _profiled(members: Iterable[Member], profile: str, least: int) -> tuple[Outcome, int]:
    held = [None if member.profiles is None else profile in member.profiles for member in members]
    sure, maybe = sum(one is True for one in held), sum(one is None for one in held)
    return MET if sure >= least else UNKNOWN if sure + maybe >= least else NOT_MET, sure


@check
class ShareAtLeast:
    """At least ``share`` of those who sit (more than it when ``strictly``), and at least ``least`` of them, are such.

    ``of`` is ``external`` to the awarding and training bodies, ``qualified`` in the certification, or a profile.
    """

    of: str
    share: Fraction = Fraction(0)
    least: int = 0
    strictly: bool = False

    def look(self, case: Case) -> Seen:
        """MET on those who surely are, NOT_MET when even the doubtful would not do, UNKNOWN between."""
        members, jury = case.sitting(), _jury(case)
        if members is None:
            return NO_MEMBERS
        seats = {seat.id: seat for seat in listed(jury.seats)} if jury else {}
        held = [self._is(member, seats.get(member.seat or "")) for member in members]
        sure, maybe = held.count(True), held.count(True) + held.count(None)
        outcome = MET if self._enough(sure, len(held)) else UNKNOWN if self._enough(maybe, len(held)) else NOT_MET
        name = {"external": "membres extérieurs", "qualified": "membres qualifiés"}.get(self.of, self.of)
        need = f"{'plus de' if self.strictly else 'au moins'} {words.number(self.share * 100)} %" if self.share else ""
        return Seen(outcome, f"{name} : {sure} sur {len(held)}" + f" ({need or f'au moins {self.least}'})")

    def _is(self, member: Member, seat: Seat | None) -> bool | None:
        if self.of == "external":
            by_seat = seat.is_external if seat else None
            return by_seat if member.is_external is None and isinstance(by_seat, bool) else member.is_external
        if self.of == "qualified":
            return member.is_qualified
        return None if member.profiles is None else self.of in member.profiles

    def _enough(self, count: int, total: int) -> bool:
        due = self.share * total
        return count >= self.least and total > 0 and (count > due if self.strictly else count >= due)


@check
class GenderBalance:
    """Women and men sit in equal number, or both do when ``mode`` is balanced."""

    mode: Literal["equal", "balanced"]

    def look(self, case: Case) -> Seen:
        """UNKNOWN when somebody's is not known; an odd number of members cannot do better than one apart."""
        members = case.sitting()
        if members is None:
            return NO_MEMBERS
        women, men = (sum(member.gender == gender for member in members) for gender in ("f", "m"))
        told = f"femmes : {women}, hommes : {men}"
        if women + men < len(members):
            return Seen(UNKNOWN, f"{told}, non renseigné : {len(members) - women - men}")
        gap = abs(women - men)
        return Seen(truth(gap <= len(members) % 2 if self.mode == "equal" else min(women, men) > 0), told)


@check
class NobodyLinked:
    """Nobody who sits has one of ``links`` with the candidate; a linked member is recused for this candidate alone."""

    links: tuple[Link, ...]

    def look(self, case: Case) -> Seen:
        """NOT_MET with each link, for a recusal; UNKNOWN when somebody has not declared."""
        members = case.sitting()
        if members is None:
            return NO_MEMBERS
        return unlinked(((member.name, member.links) for member in members), self.links)


@check
class Chaired:
    """One of those who sit chairs, from another college than last time when ``alternating``."""

    alternating: bool = False

    def look(self, case: Case) -> Seen:
        """NOT_MET with no chair or several, or when the same college chairs twice running."""
        members = case.sitting()
        if members is None:
            return NO_MEMBERS
        chairs = [member for member in members if member.is_chair]
        if len(chairs) != 1:
            return Seen(NOT_MET, "aucun président ne siège" if not chairs else f"{len(chairs)} présidents")
        chair, previous = chairs[0], case.facts.previous_chair_college
        told = f"préside : {chair.name}"
        if not self.alternating:
            return Seen(MET, told)
        if previous is None or chair.college is None:
            return Seen(UNKNOWN, f"{told}, collège ou présidence précédente non renseignés")
        return Seen(
            truth(chair.college != previous),
            f"{told} ({_college(case, chair.college)}), avant : {_college(case, previous)}",
        )


@check
class VoteCarried:
    """The vote is carried: more than half of the votes of those present, or of those cast, is for.

    A tie goes to the chair's side with ``casting``. With ``capped`` each college weighs as much as the smallest one.
    """

    of: Literal["present", "cast"] = "present"
    casting: bool = False
    capped: bool = False

    def look(self, case: Case) -> Seen:
        """Votes of members who do not sit are left out; UNKNOWN when no vote is recorded."""
        members, votes = case.sitting(), case.facts.votes
        if members is None or votes is None:
            return Seen(UNKNOWN, "votes non renseignés")
        weights = self._weights(members)
        counts = {
            side: sum((weights[m.name] for m in members if votes.get(m.name) is side), Fraction(0)) for side in Ballot
        }
        yes, no = counts[Ballot.FOR], counts[Ballot.AGAINST]
        base = sum(weights.values(), Fraction(0)) if self.of == "present" else yes + no
        told = f"pour : {words.number(yes)}, contre : {words.number(no)}, voix : {words.number(base)}"
        if self.casting and yes == no:
            chair = next((votes.get(member.name) for member in members if member.is_chair), None)
            return Seen(truth(chair is Ballot.FOR), f"{told}, partage tranché par la présidence")
        return Seen(truth(2 * yes > base), told)

    def _weights(self, members: Iterable[Member]) -> dict[str, Fraction]:
        sizes = Counter(member.college for member in members)
        least = min(sizes.values(), default=0)
        return {m.name: Fraction(least, sizes[m.college]) if self.capped else Fraction(1) for m in members}
