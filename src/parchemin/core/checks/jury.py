"""Is the jury valid for this candidate: seats, colleges, quorum, shares, links, chair, votes?

Every check looks at the members who sit for this candidate: present and not recused.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from fractions import Fraction
from math import ceil
from typing import Literal

from parchemin.core import words
from parchemin.core.case import Case
from parchemin.core.checks.assessment import unlinked
from parchemin.core.checks.base import check
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Seen, all_of, enough, truth
from parchemin.core.facts import Ballot, Link, Member
from parchemin.core.scheme import College, Seat
from parchemin.core.terms import CollegeId, Unknown, listed, title_of

NO_MEMBERS = Seen(UNKNOWN, "membres du jury non renseignés")
NO_COMPOSITION = Seen(UNKNOWN, "la source ne dit pas la composition du jury")


def _seats(case: Case) -> dict[str | None, Seat]:
    return {seat.id: seat for seat in listed(case.jury.seats)} if case.jury else {}


def _colleges(case: Case) -> Mapping[str, College]:
    return {} if case.jury is None or isinstance(case.jury.colleges, Unknown) else case.jury.colleges


def _tally(case: Case, members: Iterable[Member]) -> Counter[str | None]:
    """How many sit for each college: a member's own, or that of the seat; None for those not known."""
    return Counter(_college(case, member) for member in members)


def _college(case: Case, member: Member) -> str | None:
    seat = _seats(case).get(member.seat)
    return member.college or (seat.college if seat else None)


@check
class SeatsFilled:
    """Every seat of the route's jury is filled by the members it asks for."""

    def look(self, case: Case) -> Seen:
        """NOT_MET with the empty seats; UNKNOWN when the composition, or somebody's seat, is not known."""
        members, seats = case.sitting, _seats(case).values()
        if members is None:
            return NO_MEMBERS
        if not seats:
            return NO_COMPOSITION
        filled = Counter(member.seat for member in members)
        vacant = {seat.id: seat.min - filled[seat.id] for seat in seats if filled[seat.id] < seat.min}
        total, lacking = sum(seat.min for seat in seats), sum(vacant.values())
        told = [f"{words.plural(total - lacking, 'siège', 'pourvu')} sur {total}"]
        told += [f"vacant : {seat.title}" for seat in seats if seat.id in vacant]
        return Seen(enough(0, filled[None], lacking), " ; ".join(told), {"empty": list(vacant)})


@check
class CollegesBalanced:
    """The colleges are balanced: the same number each, or each has its least number, votes then being capped.

    ``equal`` wants the same number of members sitting in each college; ``each`` and ``capped`` want every college's
    least number (under ``capped`` the votes of each weigh as much as those of the smallest).
    """

    mode: Literal["equal", "each", "capped"] = "equal"

    def look(self, case: Case) -> Seen:
        """NOT_MET with the count of each college; UNKNOWN when a member's college is not known."""
        members, colleges = case.sitting, _colleges(case)
        if members is None:
            return NO_MEMBERS
        if not colleges:
            return NO_COMPOSITION
        tally = _tally(case, members)
        counts = {id: tally[id] for id in colleges}
        told = words.several(f"{colleges[id].title} : {count}" for id, count in counts.items())
        told += f", collège non renseigné : {tally[None]}" if tally[None] else ""
        outcome = all_of(
            UNKNOWN if isinstance(college.min, Unknown) else enough(counts[id], tally[None], college.min)
            for id, college in colleges.items()
        )
        if self.mode == "equal":
            even = UNKNOWN if tally[None] else truth(len(set(counts.values())) == 1)
            outcome = all_of((outcome, even))
        return Seen(outcome, told, {"counts": counts})


@check
class Quorum:
    """Enough members sit, one at least: in total, as a share of those named, and in each college or profile given."""

    total: int | None = None
    share: Fraction | None = None
    per_college: Mapping[CollegeId, int] = field(default_factory=dict)
    per_profile: Mapping[str, int] = field(default_factory=dict)

    def look(self, case: Case) -> Seen:
        """NOT_MET with each count that falls short."""
        members = case.sitting
        if members is None:
            return NO_MEMBERS
        named, count = len(case.members or ()), len(members)
        outcomes = [truth(count > 0)]
        told = [f"{count} siègent sur {named} nommés"]
        if self.share is not None:
            outcomes.append(truth(count >= self.share * named))
            told.append(f"il en faut {words.number(self.share * 100)} %")
        if self.total is not None:
            outcomes.append(truth(count >= self.total))
            told.append(f"il en faut {self.total}")
        tally = _tally(case, members)
        for college, least in self.per_college.items():
            outcomes.append(enough(tally[college], tally[None], least))
            told.append(f"{title_of(_colleges(case), college)} : {tally[college]} sur {least}")
        for profile, least in self.per_profile.items():
            held = [None if member.profiles is None else profile in member.profiles for member in members]
            outcomes.append(enough(held.count(True), held.count(None), least))
            told.append(f"{title_of(case.scheme.actors, profile)} : {held.count(True)} sur {least}")
        return Seen(all_of(outcomes), words.several(told))


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
        members, seats = case.sitting, _seats(case)
        if members is None:
            return NO_MEMBERS
        held = [self._is(member, seats.get(member.seat)) for member in members]
        due = self.share * len(held)
        least = max(self.least, int(due) + 1 if self.strictly else ceil(due), 1)
        names = {"external": "membres extérieurs", "qualified": "membres qualifiés"}
        name = names.get(self.of) or title_of(case.scheme.actors, self.of)
        needs = (
            [f"{'plus de' if self.strictly else 'au moins'} {words.number(self.share * 100)} %"] if self.share else []
        )
        needs += [f"au moins {self.least}"] if self.least or not self.share else []
        told = f"{name} : {held.count(True)} sur {len(held)} ({words.several(needs)})"
        return Seen(enough(held.count(True), held.count(None), least), told)

    def _is(self, member: Member, seat: Seat | None) -> bool | None:
        if self.of == "external":
            by_seat = seat.is_external if seat else None
            return by_seat if member.is_external is None and isinstance(by_seat, bool) else member.is_external
        if self.of == "qualified":
            return member.is_qualified
        return None if member.profiles is None else self.of in member.profiles


@check
class GenderBalance:
    """Women and men sit in equal number, or both do when ``mode`` is balanced."""

    mode: Literal["equal", "balanced"]

    def look(self, case: Case) -> Seen:
        """UNKNOWN when somebody's is not known; an odd number of members cannot do better than one apart."""
        members = case.sitting
        if members is None:
            return NO_MEMBERS
        women, men = (sum(member.gender == gender for member in members) for gender in ("f", "m"))
        told = f"femmes : {women}, hommes : {men}"
        if women + men < len(members):
            return Seen(UNKNOWN, f"{told}, non renseigné : {len(members) - women - men}")
        if self.mode == "balanced":
            return Seen(truth(min(women, men) > 0), told)
        return Seen(truth(abs(women - men) <= len(members) % 2), told)


@check
class NobodyLinked:
    """Nobody who sits has one of ``links`` with the candidate; a linked member is recused for this candidate alone.

    Who took part in an assessment of the candidate is an evaluator, declared or not, unless the jury itself holds it
    (a method that has no evaluators of its own).
    """

    links: tuple[Link, ...]

    def look(self, case: Case) -> Seen:
        """NOT_MET with each link, for a recusal; UNKNOWN when somebody has not declared."""
        members = case.sitting
        if members is None:
            return NO_MEMBERS
        methods = case.scheme.methods
        sat = {
            evaluator.name
            for assessment in case.facts.assessments or ()
            if assessment.method not in methods or methods[assessment.method].evaluators is not None
            for evaluator in assessment.evaluators or ()
        }
        known = [(member.name, member.links) for member in members]
        return unlinked([*known, *((name, (Link.EVALUATOR,)) for name, _ in known if name in sat)], self.links)


@check
class Chaired:
    """One of those who sit chairs, from another college than last time when ``alternating``."""

    alternating: bool = False

    def look(self, case: Case) -> Seen:
        """NOT_MET with no chair or several, or when the same college chairs twice running."""
        members = case.sitting
        if members is None:
            return NO_MEMBERS
        chairs = [member for member in members if member.is_chair]
        if len(chairs) != 1:
            return Seen(NOT_MET, "aucun président ne siège" if not chairs else f"{len(chairs)} présidents")
        chair, previous = chairs[0], case.facts.previous_chair_college
        told = f"préside : {chair.name}"
        if not self.alternating:
            return Seen(MET, told)
        college, titles = _college(case, chair), _colleges(case)
        if previous is None or college is None:
            return Seen(UNKNOWN, f"{told}, collège ou présidence précédente non renseignés")
        told += f" ({title_of(titles, college)}), avant : {title_of(titles, previous)}"
        return Seen(truth(college != previous), told)


@check
class VoteCarried:
    """The vote is carried: more than half of the votes of those present, or of those cast, is for.

    A tie goes to the chair's side with ``casting``. With ``capped`` each college weighs as much as the smallest one.
    """

    of: Literal["present", "cast"] = "present"
    casting: bool = False
    capped: bool = False

    def look(self, case: Case) -> Seen:
        """Votes of members who do not sit are left out; who sits and has no vote recorded cast none."""
        members, votes = case.sitting, case.facts.votes
        if members is None or votes is None:
            return Seen(UNKNOWN, "votes non renseignés")
        weights = self._weights(case, members)
        if weights is None:
            return Seen(UNKNOWN, "collège d'un votant non renseigné")
        yes, no = (
            sum((w for m, w in zip(members, weights, strict=True) if votes.get(m.name) is side), Fraction(0))
            for side in (Ballot.FOR, Ballot.AGAINST)
        )
        base = sum(weights, Fraction(0)) if self.of == "present" else yes + no
        told = f"pour : {words.number(yes)}, contre : {words.number(no)}, voix : {words.number(base)}"
        if self.casting and yes == no:
            chair = next((votes.get(member.name) for member in members if member.is_chair), None)
            told += ", partage " + (
                "tranché par la présidence" if chair in (Ballot.FOR, Ballot.AGAINST) else "non tranché"
            )
            return Seen(truth(chair is Ballot.FOR), told)
        return Seen(truth(2 * yes > base), told)

    def _weights(self, case: Case, members: tuple[Member, ...]) -> list[Fraction] | None:
        if not self.capped:
            return [Fraction(1)] * len(members)
        sizes = _tally(case, members)
        if sizes[None]:
            return None
        return [Fraction(min(sizes.values()), sizes[_college(case, member)]) for member in members]
