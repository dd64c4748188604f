"""The levels of an appeal: until when each is open, and what makes its time run anew."""

from typing import Any

import pytest

from parchemin.core.checks.validity import AppealLevel, levels_of
from parchemin.core.deciding import decide
from parchemin.core.decision import Effect, Stage
from parchemin.core.durations import Duration
from parchemin.core.facts import Appeal, Facts, Milestone
from tests.core.builders import dated, day, rule, scheme

MONTHS = Duration(months=2)
GRACIOUS = AppealLevel(
    level="gracious",
    title="Recours gracieux",
    to="l'établissement",
    since=Milestone.NOTIFIED,
    within=MONTHS,
    silence_after=MONTHS,
)
COURT = AppealLevel(
    level="court",
    title="Recours contentieux",
    to="le juge",
    since=Milestone.NOTIFIED,
    within=MONTHS,
    filed="elsewhere",
    follows="gracious",
    direct=True,
)
SECOND = AppealLevel(
    level="second", title="Commission", to="la commission", since=Milestone.NOTIFIED, within=MONTHS, follows="gracious"
)
LEVELS = (GRACIOUS, COURT, SECOND)
TOLD = day("2026-01-10")


def gracious(filed: str, answered: str = "", *, is_upheld: bool = False) -> dict[str, Appeal]:
    answer = day(answered) if answered else None
    return {
        "gracious": Appeal(level="gracious", filed_on=day(filed), answered_on=answer, is_upheld=is_upheld),
    }


@pytest.mark.parametrize(
    ("appeals", "on", "court", "second"),
    [
        pytest.param({}, "2026-02-01", "2026-03-10", None, id="nothing asked: the judge at once, the other waits"),
        pytest.param(gracious("2026-03-10"), "2026-04-01", None, None, id="asked on the last day: both wait"),
        pytest.param(gracious("2026-03-11"), "2026-04-01", "2026-03-10", None, id="asked too late: nothing runs anew"),
        pytest.param(
            gracious("2026-02-10", "2026-03-20"), "2026-04-01", "2026-05-20", "2026-05-20", id="rejected: it runs anew"
        ),
        pytest.param(gracious("2026-02-10", "2026-03-20"), "2026-03-19", None, None, id="before the answer: it waits"),
        pytest.param(
            gracious("2026-02-10", "2026-03-20", is_upheld=True), "2026-04-01", None, None, id="upheld: nothing is left"
        ),
        pytest.param(gracious("2026-02-10"), "2026-04-10", None, None, id="the last day of the silence"),
        pytest.param(gracious("2026-02-10"), "2026-04-11", "2026-06-10", "2026-06-10", id="silence rejects"),
        pytest.param(
            gracious("2026-02-10", "2026-05-04"),
            "2026-05-05",
            "2026-07-04",
            "2026-07-04",
            id="a rejection said in the time of a silence runs it again",
        ),
        pytest.param(
            gracious("2026-02-10", "2026-06-11"),
            "2026-06-12",
            "2026-06-10",
            "2026-06-10",
            id="a rejection said after it changes nothing",
        ),
    ],
)
def test_until_when(appeals: dict[str, Appeal], on: str, court: str | None, second: str | None) -> None:
    assert GRACIOUS.last_day(LEVELS, TOLD, appeals, day(on)) == day("2026-03-10")
    found = [level.last_day(LEVELS, TOLD, appeals, day(on)) for level in (COURT, SECOND)]
    assert found == [day(one) if one else None for one in (court, second)]


def test_levels_that_follow_each_other_in_a_ring_end() -> None:
    ring = (
        AppealLevel(level="a", title="A", to="a", since=Milestone.NOTIFIED, within=MONTHS, follows="b", direct=True),
        AppealLevel(level="b", title="B", to="b", since=Milestone.NOTIFIED, within=MONTHS, follows="a", direct=True),
    )
    assert [one.last_day(ring, TOLD, {}, TOLD) for one in ring] == [day("2026-03-10")] * 2


SCHEME = scheme(rules={Stage.VALIDITY: tuple(rule(one.level, one, effect=Effect.INFORMATION) for one in LEVELS)})


def test_levels_are_read_in_the_order_of_their_rules() -> None:
    rules = SCHEME.rules[Stage.VALIDITY]
    assert levels_of(rules, Milestone.NOTIFIED) == LEVELS
    assert levels_of(rules, Milestone.ANSWERED) == ()


@pytest.mark.parametrize(
    ("known", "on", "gracious_told", "court_told"),
    [
        ({}, "2026-02-01", ("met", "sans objet"), ("met", "sans objet")),
        (
            {"dates": dated(notified="2026-01-10")},
            "2026-02-01",
            ("met", "ouvert jusqu'au 10 mars 2026 (reste 37 jours)"),
            ("met", "ouvert jusqu'au 10 mars 2026"),
        ),
        (
            {"dates": dated(notified="2026-01-10")},
            "2026-03-11",
            ("met", "délai passé depuis le 11 mars 2026"),
            ("met", "délai passé"),
        ),
        (
            {"dates": dated(notified="2026-01-10"), "appeals": tuple(gracious("2026-03-11").values())},
            "2026-03-12",
            ("not_met", "le 11 mars 2026, au plus tard le 10 mars 2026"),
            ("met", "délai passé"),
        ),
        (
            {"dates": dated(notified="2026-01-10"), "appeals": tuple(gracious("2026-03-09").values())},
            "2026-03-12",
            ("met", "le 9 mars 2026"),
            ("met", "pas encore ouvert"),
        ),
        (
            {"dates": dated(notified="2026-01-10", appealed="2026-03-09")},
            "2026-03-12",
            ("unknown", "recours non renseignés"),
            ("unknown", "recours non renseignés"),
        ),
        (
            {"appeals": tuple(gracious("2026-03-09").values())},
            "2026-03-12",
            ("unknown", "notification : date non renseignée"),
            ("met", "sans objet"),
        ),
    ],
)
def test_what_is_told(
    known: dict[str, Any], on: str, gracious_told: tuple[str, str], court_told: tuple[str, str]
) -> None:
    findings = {one.rule: one for one in decide(Stage.VALIDITY, Facts(**known), SCHEME, day(on)).findings}
    for name, (outcome, words) in (("gracious", gracious_told), ("court", court_told)):
        assert (findings[name].outcome, words in findings[name].seen) == (outcome, True), findings[name].seen
