"""Is the jury valid for this candidate: seats, colleges, quorum, shares, links, chair, votes?"""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from parchemin.core.checks.jury import (
    Chaired,
    CollegesBalanced,
    GenderBalance,
    NobodyLinked,
    Quorum,
    SeatsFilled,
    ShareAtLeast,
    VoteCarried,
)
from parchemin.core.facts import Ballot, Facts, Link, Member
from parchemin.core.scheme import Check, College, Scheme
from tests.core.builders import (
    SCHEME,
    SILENT,
    colleges,
    evaluator,
    facts,
    jury,
    member,
    route,
    scheme,
    seat,
    seated,
    seen,
    sitting,
    told,
)

HALF = Fraction(1, 2)
NO_MEMBERS = ("unknown", "membres du jury non renseignés")
NO_COMPOSITION = ("unknown", "la source ne dit pas la composition du jury")


def sits(*members: Member, **known: Any) -> Facts:
    return facts(members=members, route="vae", **known)


@pytest.mark.parametrize(
    "check",
    [
        SeatsFilled(),
        CollegesBalanced(),
        Quorum(total=2),
        ShareAtLeast(of="external", share=HALF),
        GenderBalance(mode="equal"),
        NobodyLinked(links=(Link.TRAINER,)),
        Chaired(),
    ],
)
def test_members_not_known(check: Check) -> None:
    assert told(check, facts(route="vae")) == NO_MEMBERS


FIVE = seated(seats=(seat("employer"), seat("expert", min=2), seat("body")))


@pytest.mark.parametrize(
    ("seats", "outcome", "words", "empty"),
    [
        (("employer", "expert", "expert", "body"), "met", "4 sièges pourvus sur 4", []),
        (("employer", "expert", "expert", "body", "body", None, "moon"), "met", "4 sièges pourvus sur 4", []),
        (("employer", "expert", "body"), "not_met", "3 sièges pourvus sur 4 ; vacant : Siège expert", ["expert"]),
        (("employer", "expert", "body", None), "unknown", "3 sièges pourvus sur 4 ; vacant : Siège expert", ["expert"]),
        (("employer", "body", None), "not_met", "2 sièges pourvus sur 4 ; vacant : Siège expert", ["expert"]),
        (("employer", "body", None, None), "unknown", "2 sièges pourvus sur 4 ; vacant : Siège expert", ["expert"]),
        (("expert", None, None), "not_met",
         "1 siège pourvu sur 4 ; vacant : Siège employer ; vacant : Siège expert ; vacant : Siège body", ["employer", "expert", "body"]),
        ((), "not_met", "0 siège pourvu sur 4 ; vacant : Siège employer ; vacant : Siège expert ; vacant : Siège body",
         ["employer", "expert", "body"]),
    ],
)  # fmt: skip
def test_seats_filled(seats: tuple[str | None, ...], outcome: str, words: str, empty: list[str]) -> None:
    found = seen(SeatsFilled(), sits(*(member(f"m{i}", seat=id) for i, id in enumerate(seats))), FIVE)
    assert (found.outcome.value, found.words, found.values) == (outcome, words, {"empty": empty})


def test_only_those_present_and_not_recused_fill_a_seat() -> None:
    under = seated(seats=(seat("employer"),))
    assert told(SeatsFilled(), sits(member("A", seat="employer", is_present=False)), under)[0] == "not_met"
    assert told(SeatsFilled(), sits(member("A", seat="employer", is_recused=True)), under)[0] == "not_met"


@pytest.mark.parametrize(
    ("known", "under"),
    [
        (facts(members=()), FIVE),
        (sits(), SCHEME),
        (sits(), seated(seats=SILENT, colleges=SILENT)),
        (sits(), seated()),
        (sits(), scheme(routes={"vae": route("VAE", jury="final")}, juries={"final": SILENT})),
    ],
)
def test_composition_not_known(known: Facts, under: Scheme) -> None:
    assert told(SeatsFilled(), known, under) == NO_COMPOSITION
    if under is not FIVE:
        assert told(CollegesBalanced(), known, under) == NO_COMPOSITION


PARITY = seated(colleges=colleges(employers="employeurs", employees="salariés"))
DEMANDING = seated(
    colleges={"employers": College(title="employeurs", min=2), "employees": College(title="salariés", min=SILENT)}
)


def of_colleges(*ids: str | None) -> Facts:
    return sits(*(member(f"m{i}", college=id) for i, id in enumerate(ids)))


@pytest.mark.parametrize(
    ("mode", "ids", "outcome", "words"),
    [
        ("equal", ("employers", "employees"), "met", "employeurs : 1, salariés : 1"),
        ("equal", ("employers", "employees", "employees"), "not_met", "employeurs : 1, salariés : 2"),
        ("equal", ("employees",) * 3, "not_met", "employeurs : 0, salariés : 3"),
        ("equal", (), "not_met", "employeurs : 0, salariés : 0"),
        (
            "equal",
            ("employers", "employees", None),
            "unknown",
            "employeurs : 1, salariés : 1, collège non renseigné : 1",
        ),
        ("equal", ("employers", None), "unknown", "employeurs : 1, salariés : 0, collège non renseigné : 1"),
        ("equal", ("employers", "employees", "moon"), "met", "employeurs : 1, salariés : 1"),
        ("each", ("employers", "employees", "employees"), "met", "employeurs : 1, salariés : 2"),
        ("each", ("employers", "employees", None), "met", "employeurs : 1, salariés : 1, collège non renseigné : 1"),
        ("each", ("employees", None), "unknown", "employeurs : 0, salariés : 1, collège non renseigné : 1"),
        ("each", ("employees",), "not_met", "employeurs : 0, salariés : 1"),
        ("capped", ("employers", "employees", "employees"), "met", "employeurs : 1, salariés : 2"),
        ("capped", ("employers",), "not_met", "employeurs : 1, salariés : 0"),
    ],
)
def test_colleges_balanced(mode: Any, ids: tuple[str | None, ...], outcome: str, words: str) -> None:
    assert told(CollegesBalanced(mode=mode), of_colleges(*ids), PARITY) == (outcome, words)


def test_colleges_have_a_least_number() -> None:
    assert told(CollegesBalanced(mode="each"), of_colleges("employers", "employees"), DEMANDING)[0] == "not_met"
    assert told(CollegesBalanced(mode="each"), of_colleges("employers", "employers"), DEMANDING)[0] == "unknown"
    assert seen(CollegesBalanced(), of_colleges("employers"), PARITY).values == {
        "counts": {"employers": 1, "employees": 0}
    }


def test_a_seat_gives_its_college_to_who_sits_in_it() -> None:
    under = seated(
        seats=(seat("boss", college="employers"), seat("staff", college="employees")),
        colleges=colleges(employers="employeurs", employees="salariés"),
    )
    both = sits(member("A", seat="boss"), member("B", seat="staff"))
    assert told(CollegesBalanced(), both, under) == ("met", "employeurs : 1, salariés : 1")
    own = sits(member("A", seat="boss", college="employees"), member("B", seat="staff"))
    assert told(CollegesBalanced(), own, under) == ("not_met", "employeurs : 0, salariés : 2")


TRIO = (member("A", college="employers"), member("B", college="employees"), member("C"))


@pytest.mark.parametrize(
    ("check", "members", "outcome", "words"),
    [
        (Quorum(total=3), TRIO, "met", "3 siègent sur 3 nommés, il en faut 3"),
        (Quorum(total=4), TRIO, "not_met", "3 siègent sur 3 nommés, il en faut 4"),
        (Quorum(total=2), (*TRIO[:2], member("C", is_recused=True)), "met", "2 siègent sur 3 nommés, il en faut 2"),
        (Quorum(share=HALF), (TRIO[0], member("B", is_present=False)), "met", "1 siègent sur 2 nommés, il en faut 50 %"),
        (Quorum(share=HALF), (TRIO[0], *(member(n, is_present=False) for n in "BC")), "not_met", "1 siègent sur 3 nommés, il en faut 50 %"),
        (Quorum(share=HALF), (), "not_met", "0 siègent sur 0 nommés, il en faut 50 %"),
        (Quorum(), (), "not_met", "0 siègent sur 0 nommés"),
        (Quorum(), TRIO[:1], "met", "1 siègent sur 1 nommés"),
        (Quorum(total=3, share=HALF), TRIO, "met", "3 siègent sur 3 nommés, il en faut 50 %, il en faut 3"),
        (Quorum(per_college={"employers": 1, "employees": 1}), TRIO, "met", "3 siègent sur 3 nommés, employeurs : 1 sur 1, salariés : 1 sur 1"),
        (Quorum(per_college={"employers": 2}), TRIO, "unknown", "3 siègent sur 3 nommés, employeurs : 1 sur 2"),
        (Quorum(per_college={"employers": 3}), TRIO, "not_met", "3 siègent sur 3 nommés, employeurs : 1 sur 3"),
        (Quorum(per_college={"moon": 1}), TRIO[:2], "not_met", "2 siègent sur 2 nommés, moon : 0 sur 1"),
        (Quorum(per_profile={"trainer": 1}), (member("A", profiles=("trainer", "boss")),), "met", "1 siègent sur 1 nommés, Formateur : 1 sur 1"),
        (Quorum(per_profile={"trainer": 1}), (member("A", profiles=()),), "not_met", "1 siègent sur 1 nommés, Formateur : 0 sur 1"),
        (Quorum(per_profile={"expert": 1}), (member("A"),), "unknown", "1 siègent sur 1 nommés, expert : 0 sur 1"),
        (Quorum(per_profile={"expert": 2}), (member("A"),), "not_met", "1 siègent sur 1 nommés, expert : 0 sur 2"),
    ],
)  # fmt: skip
def test_quorum(check: Quorum, members: tuple[Member, ...], outcome: str, words: str) -> None:
    assert told(check, sits(*members), PARITY) == (outcome, words)


OUT, IN, UNSAID = (member(str(i), is_external=value) for i, value in enumerate((True, False, None)))


@pytest.mark.parametrize(
    ("check", "members", "outcome", "words"),
    [
        (ShareAtLeast(of="external", share=HALF), (OUT, IN), "met", "membres extérieurs : 1 sur 2 (au moins 50 %)"),
        (ShareAtLeast(of="external", share=HALF), (OUT, IN, IN), "not_met", "membres extérieurs : 1 sur 3 (au moins 50 %)"),
        (ShareAtLeast(of="external", share=HALF), (OUT, OUT, IN), "met", "membres extérieurs : 2 sur 3 (au moins 50 %)"),
        (ShareAtLeast(of="external", share=HALF), (IN, UNSAID), "unknown", "membres extérieurs : 0 sur 2 (au moins 50 %)"),
        (ShareAtLeast(of="external", share=HALF), (IN, IN, UNSAID), "not_met", "membres extérieurs : 0 sur 3 (au moins 50 %)"),
        (ShareAtLeast(of="external", share=HALF, strictly=True), (OUT, IN), "not_met", "membres extérieurs : 1 sur 2 (plus de 50 %)"),
        (ShareAtLeast(of="external", share=HALF, strictly=True), (OUT, OUT, IN), "met", "membres extérieurs : 2 sur 3 (plus de 50 %)"),
        (ShareAtLeast(of="external", share=HALF, strictly=True), (OUT, UNSAID), "unknown", "membres extérieurs : 1 sur 2 (plus de 50 %)"),
        (ShareAtLeast(of="external", share=HALF), (), "not_met", "membres extérieurs : 0 sur 0 (au moins 50 %)"),
        (ShareAtLeast(of="external", least=2), (OUT, IN), "not_met", "membres extérieurs : 1 sur 2 (au moins 2)"),
        (ShareAtLeast(of="external", least=2), (OUT, OUT, IN, IN, IN), "met", "membres extérieurs : 2 sur 5 (au moins 2)"),
        (ShareAtLeast(of="external", share=HALF, least=2), (OUT, IN), "not_met", "membres extérieurs : 1 sur 2 (au moins 50 %, au moins 2)"),
        (ShareAtLeast(of="external"), (IN,), "not_met", "membres extérieurs : 0 sur 1 (au moins 0)"),
        (ShareAtLeast(of="qualified", least=1), (member("A", is_qualified=True),), "met", "membres qualifiés : 1 sur 1 (au moins 1)"),
        (ShareAtLeast(of="qualified", least=1), (member("A", is_qualified=False),), "not_met", "membres qualifiés : 0 sur 1 (au moins 1)"),
        (ShareAtLeast(of="qualified", least=1), (member("A"),), "unknown", "membres qualifiés : 0 sur 1 (au moins 1)"),
        (ShareAtLeast(of="trainer", least=1), (member("A", profiles=("trainer",)),), "met", "Formateur : 1 sur 1 (au moins 1)"),
        (ShareAtLeast(of="expert", least=1), (member("A", profiles=("trainer",)),), "not_met", "expert : 0 sur 1 (au moins 1)"),
        (ShareAtLeast(of="expert", least=1), (member("A"),), "unknown", "expert : 0 sur 1 (au moins 1)"),
    ],
)  # fmt: skip
def test_share_at_least(check: ShareAtLeast, members: tuple[Member, ...], outcome: str, words: str) -> None:
    everyone = (replace(one, name=f"{one.name}{i}") for i, one in enumerate(members))
    assert told(check, sits(*everyone)) == (outcome, words)


@pytest.mark.parametrize(
    ("of_seat", "own", "outcome"),
    [
        (True, None, "met"),
        (False, None, "not_met"),
        (SILENT, None, "unknown"),
        (None, None, "unknown"),
        (True, False, "not_met"),
        (False, True, "met"),
    ],
)
def test_a_seat_says_whether_it_is_external_unless_the_member_does(
    of_seat: Any, own: bool | None, outcome: str
) -> None:
    under = seated(seats=(seat("expert", is_external=of_seat),))
    known = sits(member("A", seat="expert", is_external=own))
    assert seen(ShareAtLeast(of="external", least=1), known, under).outcome == outcome


def gendered(genders: str) -> Facts:
    return sits(*(member(f"m{i}", gender=None if g == "?" else g) for i, g in enumerate(genders)))


@pytest.mark.parametrize(
    ("mode", "genders", "outcome", "words"),
    [
        ("equal", "fm", "met", "femmes : 1, hommes : 1"),
        ("equal", "ffm", "met", "femmes : 2, hommes : 1"),
        ("equal", "fmm", "met", "femmes : 1, hommes : 2"),
        ("equal", "ff", "not_met", "femmes : 2, hommes : 0"),
        ("equal", "fff", "not_met", "femmes : 3, hommes : 0"),
        ("equal", "fffm", "not_met", "femmes : 3, hommes : 1"),
        ("equal", "fm?", "unknown", "femmes : 1, hommes : 1, non renseigné : 1"),
        ("equal", "f", "met", "femmes : 1, hommes : 0"),
        ("balanced", "fffm", "met", "femmes : 3, hommes : 1"),
        ("balanced", "fff", "not_met", "femmes : 3, hommes : 0"),
        ("balanced", "mm", "not_met", "femmes : 0, hommes : 2"),
        ("balanced", "fm??", "unknown", "femmes : 1, hommes : 1, non renseigné : 2"),
    ],
)
def test_gender_balance(mode: Any, genders: str, outcome: str, words: str) -> None:
    assert told(GenderBalance(mode=mode), gendered(genders)) == (outcome, words)


FREE = member("Alix", links=())
STRANGERS = NobodyLinked(links=(Link.TRAINER, Link.EVALUATOR))


@pytest.mark.parametrize(
    ("members", "outcome", "words"),
    [
        ((FREE,), "met", "aucun lien déclaré"),
        ((FREE, member("Paul", links=(Link.TRAINER, Link.COLLEAGUE))), "not_met", "Paul : formateur"),
        ((FREE, member("Paul", links=(Link.TRAINER,), is_recused=True)), "met", "aucun lien déclaré"),
        ((FREE, member("Paul")), "unknown", "Paul : liens non déclarés"),
        (
            (member("Paul", links=(Link.TRAINER,)), member("Zoé")),
            "not_met",
            "Paul : formateur ; Zoé : liens non déclarés",
        ),
        ((), "met", "aucun lien déclaré"),
    ],
)
def test_nobody_linked(members: tuple[Member, ...], outcome: str, words: str) -> None:
    assert told(STRANGERS, sits(*members)) == (outcome, words)


def test_who_assessed_the_candidate_is_an_evaluator_declared_or_not() -> None:
    def of(method: str, check: NobodyLinked = STRANGERS) -> tuple[str, str]:
        sat = (sitting("written"), sitting(method, evaluators=(evaluator("Alix", "professional"),)))
        return told(check, sits(FREE, assessments=sat))

    assert of("practice") == ("not_met", "Alix : évaluateur")
    assert of("silent") == ("not_met", "Alix : évaluateur")
    assert of("nowhere") == ("not_met", "Alix : évaluateur")
    assert of("oral") == ("met", "aucun lien déclaré")
    assert of("practice", NobodyLinked(links=(Link.TRAINER,))) == ("met", "aucun lien déclaré")


CHAIR = member("Alix", is_chair=True, college="employers")


@pytest.mark.parametrize(
    ("alternating", "members", "previous", "outcome", "words"),
    [
        (False, (CHAIR, member("B")), None, "met", "préside : Alix"),
        (False, (member("B"),), None, "not_met", "aucun président ne siège"),
        (False, (CHAIR, member("B", is_chair=True)), None, "not_met", "2 présidents"),
        (True, (CHAIR,), "employees", "met", "préside : Alix (employeurs), avant : salariés"),
        (True, (CHAIR,), "employers", "not_met", "préside : Alix (employeurs), avant : employeurs"),
        (True, (CHAIR,), "moon", "met", "préside : Alix (employeurs), avant : moon"),
        (True, (CHAIR,), None, "unknown", "préside : Alix, collège ou présidence précédente non renseignés"),
        (True, (member("B", is_chair=True),), "employers", "unknown", "préside : B, collège ou présidence précédente non renseignés"),
    ],
)  # fmt: skip
def test_chaired(
    alternating: bool, members: tuple[Member, ...], previous: str | None, outcome: str, words: str
) -> None:
    known = sits(*members, previous_chair_college=previous)
    assert told(Chaired(alternating=alternating), known, PARITY) == (outcome, words)


def voted(votes: str, *, chair: int | None = None, colleges: str | None = None) -> Facts:
    """One letter a member: f(or), a(gainst), b(lank), - did not vote."""
    sides = {"f": Ballot.FOR, "a": Ballot.AGAINST, "b": Ballot.ABSTAIN}
    members = [
        member(f"m{i}", is_chair=i == chair, college=None if not colleges or colleges[i] == "?" else colleges[i])
        for i in range(len(votes))
    ]
    return sits(*members, votes={f"m{i}": sides[letter] for i, letter in enumerate(votes) if letter != "-"})


@pytest.mark.parametrize(
    ("check", "known", "outcome", "words"),
    [
        (VoteCarried(), voted("ffa"), "met", "pour : 2, contre : 1, voix : 3"),
        (VoteCarried(), voted("fa"), "not_met", "pour : 1, contre : 1, voix : 2"),
        (VoteCarried(), voted("ffab"), "not_met", "pour : 2, contre : 1, voix : 4"),
        (VoteCarried(), voted("ff--"), "not_met", "pour : 2, contre : 0, voix : 4"),
        (VoteCarried(), voted(""), "not_met", "pour : 0, contre : 0, voix : 0"),
        (VoteCarried(of="cast"), voted("ffab"), "met", "pour : 2, contre : 1, voix : 3"),
        (VoteCarried(of="cast"), voted("fab"), "not_met", "pour : 1, contre : 1, voix : 2"),
        (VoteCarried(of="cast"), voted("bb"), "not_met", "pour : 0, contre : 0, voix : 0"),
        (VoteCarried(casting=True), voted("fa", chair=0), "met", "pour : 1, contre : 1, voix : 2, partage tranché par la présidence"),
        (VoteCarried(casting=True), voted("fa", chair=1), "not_met", "pour : 1, contre : 1, voix : 2, partage tranché par la présidence"),
        (VoteCarried(casting=True), voted("fab", chair=2), "not_met", "pour : 1, contre : 1, voix : 3, partage non tranché"),
        (VoteCarried(casting=True), voted("fa-", chair=2), "not_met", "pour : 1, contre : 1, voix : 3, partage non tranché"),
        (VoteCarried(casting=True), voted("fa"), "not_met", "pour : 1, contre : 1, voix : 2, partage non tranché"),
        (VoteCarried(casting=True), voted("fab", chair=0), "met", "pour : 1, contre : 1, voix : 3, partage tranché par la présidence"),
        (VoteCarried(casting=True), voted("ffa", chair=2), "met", "pour : 2, contre : 1, voix : 3"),
        (VoteCarried(capped=True), voted("fffa", colleges="xxxy"), "not_met", "pour : 1, contre : 1, voix : 2"),
        (VoteCarried(), voted("fffa", colleges="xxxy"), "met", "pour : 3, contre : 1, voix : 4"),
        (VoteCarried(capped=True), voted("ffaf", colleges="xxxy"), "met", "pour : 1,66, contre : 0,33, voix : 2"),
        (VoteCarried(capped=True), voted("ffff", colleges="xxyy"), "met", "pour : 4, contre : 0, voix : 4"),
        (VoteCarried(capped=True), voted("ff", colleges="x?"), "unknown", "collège d'un votant non renseigné"),
        (VoteCarried(capped=True), voted(""), "not_met", "pour : 0, contre : 0, voix : 0"),
    ],
)  # fmt: skip
def test_vote_carried(check: VoteCarried, known: Facts, outcome: str, words: str) -> None:
    assert told(check, known) == (outcome, words)


def test_votes_of_who_does_not_sit_are_left_out() -> None:
    members = (member("A"), member("B", is_present=False), member("C", is_recused=True))
    known = sits(*members, votes=dict.fromkeys("BCD", Ballot.FOR) | {"A": Ballot.AGAINST})
    assert told(VoteCarried(), known) == ("not_met", "pour : 0, contre : 1, voix : 1")


def test_nobody_counts_twice() -> None:
    twice = sits(member("A"), member("A"), votes={"A": Ballot.FOR})
    assert told(Quorum(total=2), twice) == ("not_met", "1 siègent sur 1 nommés, il en faut 2")
    assert told(VoteCarried(), twice) == ("met", "pour : 1, contre : 0, voix : 1")


def test_votes_not_known() -> None:
    assert told(VoteCarried(), sits()) == ("unknown", "votes non renseignés")
    assert told(VoteCarried(), facts(votes={})) == ("unknown", "votes non renseignés")


def test_the_jury_of_the_sample_sits_on_both_routes() -> None:
    assert seated(title="Autre").juries["final"] == jury(title="Autre")
