"""A certification that says how long before the session a jury is named and called has it looked at, as data."""

from datetime import UTC, date, datetime

import pytest

from parchemin.core.decision import MET, NOT_MET, UNKNOWN
from parchemin.records.certifications.actions import publish_ruling
from parchemin.records.juries.actions import composing, sitting
from parchemin.records.juries.queries.sessions import Composed
from parchemin.records.people.models import Person
from tests.records.juries.bench import DAY, PREPARED, Bench, bench, transmitted
from tests.web.cast import CQP, Cast

ADDED = """format: parchemin/ruling-1
scheme: cqp-assistant-formation
version: undated
by: Commission paritaire fictive
decided_on: 2026-01-05
from: 2026-01-05
fictitious: true
sources:
  notice: {title: "Règlement fictif du jury", read_on: 2026-11-21, fictitious: true}
fills: []
adds:
  jury:
    - id: jury.named_before
      says: "Le jury est nommé avant la session."
      source: "notice, art. 1"
      effect: blocking
      check: done_before
      done: nominated
      event: session
    - id: jury.called_before
      says: "Le jury est convoqué quinze jours avant la session."
      source: "notice, art. 2"
      effect: warning
      check: done_before
      done: summoned
      event: session
      by: P15D
"""


@pytest.fixture
def named(cast: Cast) -> Bench:
    made = bench(cast)
    version = cast.certification(CQP).versions.get()
    publish_ruling(version=version, name="convocation", text=ADDED, by=None, at=PREPARED)
    return made


def outcome(made: Bench, rule: str, on: date = DAY) -> tuple[object, str]:
    composed = Composed(type(made.session).objects.get(pk=made.session.pk), on)
    found = next(one for one in composed.opening.findings if one.rule == rule)
    return found.outcome, found.seen


def act_attached(made: Bench, by: Person) -> None:
    composing.nominate(
        session=made.session,
        nominated_on=date(2026, 3, 4),
        nominated_by="Commission fictive",
        act=b"%PDF",
        filename="acte.pdf",
        at=PREPARED,
        by=by,
    )


def test_the_act_that_names_a_jury_is_seen_with_its_day(named: Bench) -> None:
    assert outcome(named, "jury.named_before", date(2026, 3, 4))[0] is UNKNOWN
    assert "jury.named_before" in {one.rule for one in Composed(named.session, DAY).faults}
    act_attached(named, named.cast.secretary)
    assert outcome(named, "jury.named_before")[0] is MET
    assert "jury.named_before" not in {one.rule for one in Composed(named.session, DAY).faults}


@pytest.mark.parametrize(("called_on", "expected"), [(date(2026, 3, 5), MET), (date(2026, 3, 6), NOT_MET)])
def test_a_summons_that_left_too_late_says_by_when_it_was_due(named: Bench, called_on: date, expected: object) -> None:
    act_attached(named, named.cast.secretary)
    named.hear(transmitted(named.cast))
    at = datetime(called_on.year, called_on.month, called_on.day, 9, tzinfo=UTC)
    sitting.summon_jury(session=named.session, at=at, on=called_on, by=named.cast.secretary)
    found, seen = outcome(named, "jury.called_before")
    assert found is expected
    assert "au plus tard le 5 mars 2026" in seen.replace("\u202f", " ").replace("\xa0", " ")
