"""What keeps a candidate from everything though parts are awarded is frozen with the decision, and told."""

from typing import Any

import pytest

from parchemin.core.facts import Attendance, Milestone
from parchemin.records.candidacies.models import Candidacy, CandidacyDate
from parchemin.records.journal.witnessing import rewritten
from parchemin.records.juries.actions import composing, deliberating, minuting, publishing, sitting
from parchemin.records.juries.actions.composing import Planned
from parchemin.records.juries.actions.deliberating import Granted
from parchemin.records.juries.actions.minuting import Corrected
from parchemin.records.juries.actions.pooling import Profile, add_to_pool
from parchemin.records.juries.errors import RuledOutError
from parchemin.records.juries.models import Hearing, Verdict
from parchemin.records.juries.queries.deliberating import Deliberation
from tests.records.juries.bench import AFTER, DAY, PREPARED, SESSION, Bench
from tests.records.juries.test_sitting import titled
from tests.web.cast import FEST, Cast, opened, person

BLOCKS = ("B1", "B2", "B3", "B4", "B5", "B6")
RULE = "award.final_interview"


def interviewed(bench: Bench, hearing: Hearing, *, is_passed: bool) -> None:
    """The final interview was held."""
    points = {number: is_passed or number < 5 for number in range(1, 6)}
    told: dict[str, Any] = {"attendance": Attendance.HELD, "points": points, "at": SESSION, "by": bench.chair}
    sitting.hold_method(hearing=hearing, method="final_interview", **told)


def granted(bench: Bench, hearing: Hearing, verdict: Verdict, reason: str = "") -> None:
    """Every block is granted, and that decision taken."""
    CandidacyDate.objects.get_or_create(
        candidacy=hearing.candidacy, milestone=Milestone.TRANSMITTED.value, defaults={"on": DAY}
    )
    told = [Granted(code=code, is_granted=True, reason="Vu au dossier.") for code in BLOCKS]
    deliberating.tell_opinions(hearing=hearing, opinions=told, at=SESSION, by=bench.chair)
    bench.decide(hearing, verdict, reason)


def test_the_interview_failed_is_what_remains_when_every_block_is_acquired(cast: Cast) -> None:
    bench, hearing = titled(cast)
    interviewed(bench, hearing, is_passed=False)
    granted(bench, hearing, Verdict.PARTIAL)
    [told] = Hearing.objects.get(pk=hearing.pk).ruled["lacking"]  # type: ignore[index]
    assert told["rule"] == RULE and told["seen"].startswith("Entretien final : échec")
    minutes = bench.draw()
    assert minutes.told["candidates"][0]["lacking"] == [told]
    bench.sign(minutes)
    bench.close(minutes)
    publishing.publish_results(session=bench.session, at=AFTER, on=DAY, by=cast.secretary)
    letter = hearing.candidacy.letters.get(kind="jury_partial")
    assert letter.values["remains"].startswith("Entretien final : échec")
    assert list(rewritten()) == []


def test_nothing_is_lacking_where_everything_is_awarded(cast: Cast) -> None:
    bench, hearing = titled(cast)
    interviewed(bench, hearing, is_passed=False)
    granted(bench, hearing, Verdict.FULL, "Le jury tient l’entretien pour réussi.")
    assert Hearing.objects.get(pk=hearing.pk).ruled["lacking"] == []  # type: ignore[index]


def test_minutes_that_correct_others_say_what_is_lacking_too(cast: Cast) -> None:
    bench, hearing = titled(cast)
    interviewed(bench, hearing, is_passed=False)
    granted(bench, hearing, Verdict.FULL, "Lu trop vite.")
    minutes = bench.draw()
    bench.sign(minutes)
    bench.close(minutes)
    told = Corrected(hearing=hearing, verdict=Verdict.PARTIAL, reason="L’entretien est un échec.", granted=BLOCKS)
    other = minuting.correct_minutes(
        session=bench.session, corrected=[told], reason="L’entretien est un échec.", at=AFTER, by=cast.secretary
    )
    assert [one["rule"] for one in other.told["candidates"][0]["lacking"]] == [RULE]


def test_refusing_a_certificate_never_given_in_part_says_which_rule_it_lacks(cast: Cast) -> None:
    certification = cast.certification(FEST)
    planned: dict[str, Any] = {"organisation": cast.organisation, "certification": certification, "at": PREPARED}
    session = composing.plan_session(
        jury="certification", planned=Planned(starts_at=SESSION), by=cast.secretary, **planned
    )
    bench = Bench(cast, session)
    for letter in "ac":
        one = add_to_pool(
            organisation=cast.organisation,
            scheme=FEST,
            person=person(f"{letter}.fest", letter.upper(), "Fictif"),
            profile=Profile(is_external=True),
            on=DAY,
            at=PREPARED,
            by=cast.secretary,
        )
        bench.members[letter] = composing.seat_member(
            session=session,
            pool_member=one,
            seat="external_member",
            at=PREPARED,
            by=cast.secretary,
            is_chair=letter == "c",
        )
    file = opened(cast.candidate, certification, "continuing")
    Candidacy.objects.filter(pk=file.pk).update(status="admissible", identity={})
    CandidacyDate.objects.create(candidacy=file, milestone=Milestone.TRANSMITTED.value, on=DAY)
    hearing = Hearing.objects.create(session=session, candidacy=file, position=1)
    bench.declare(hearing)
    bench.open()
    codes = [one.code for one in Deliberation(hearing, DAY).proposal.to_decide]
    told = [Granted(code=code, is_granted=code != codes[-1], reason="Vu au dossier.") for code in codes]
    deliberating.tell_opinions(hearing=hearing, opinions=told, at=SESSION, by=bench.chair)
    with pytest.raises(RuledOutError) as never:
        bench.decide(hearing, Verdict.PARTIAL, "Presque tout.")
    assert never.value.code == "partial"
    bench.decide(hearing, Verdict.NONE, "Une compétence manque.")
    ruled = Hearing.objects.get(pk=hearing.pk).ruled
    assert ruled is not None and ruled["lacking"] == []
    against = [one["rule"] for one in ruled["award"]["findings"] if one["outcome"] != "met"]
    assert "award.all_acquired" in against and "award.partial" not in against
