"""A jury reads what was held under another version, and a candidate where a decision comes from."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.actions import deliberating, minuting, sitting
from parchemin.records.juries.actions.deliberating import Granted
from parchemin.records.juries.actions.moving import follow_version
from parchemin.records.juries.actions.publishing import publish_results
from parchemin.records.juries.models import Hearing, Presence, Verdict
from parchemin.records.people.models import Person
from tests.records import reform
from tests.records.juries import bench as benches
from tests.records.juries.bench import AFTER, SIX, Bench
from tests.records.juries.test_versions import WHY, partly
from tests.records.reform import NEXT
from tests.web.cast import Cast
from tests.web.secretariat.desk import words

pytestmark = pytest.mark.django_db
LATER = AFTER + timedelta(days=7)


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def found(cast: Cast) -> tuple[Bench, Hearing]:
    """A file awarded in part, then moved to a version that takes two of its parts; before the jury again."""
    bench = benches.bench(cast)
    row = benches.transmitted(cast)
    partly(bench, row, "C5", "C6")
    reform.published(
        cast, reform.files('[{version: undated, held: [C1, C2, C3], gives: same, source: "guide, l. 1-184"}]')
    )
    follow_version(candidacy=row, version=NEXT, by=cast.manager, **WHY)
    other = benches.again(bench)
    return other, other.hear(Candidacy.objects.get(pk=row.pk))


def test_the_jury_reads_what_each_part_held_before_gives(
    cast: Cast, found: tuple[Bench, Hearing], signed_in: Callable[[Person], Client]
) -> None:
    bench, hearing = found
    text = words(signed_in(cast.secretary).get(reverse("jury:hearing", args=[bench.session.pk, hearing.pk])))
    part = text.partition('id="acquis"')[2].partition("</section>")[0]
    assert "version undated" in part and "par équivalence : C1" in part
    assert "aucune équivalence dite : reste acquis dans sa version" in part


def test_the_candidate_reads_that_a_part_comes_from_another_version(
    cast: Cast, found: tuple[Bench, Hearing], signed_in: Callable[[Person], Client]
) -> None:
    bench, hearing = found
    bench.declare(hearing)
    presences = dict.fromkeys(bench.members.values(), Presence.PRESENT)
    sitting.open_session(session=bench.session, presences=presences, at=LATER, by=cast.secretary)
    told = [Granted(code=code, is_granted=True, reason="Vu en séance.") for code in SIX[3:]]
    deliberating.tell_opinions(
        hearing=hearing, opinions=told, at=LATER, by=bench.members["a"].person, attested=("conformity_verified",)
    )
    bench.vote(hearing)
    deliberating.decide_hearing(
        hearing=hearing, verdict=Verdict.FULL, at=LATER, by=bench.members["a"].person, reason="Tout est acquis."
    )
    minutes = minuting.draw_minutes(session=bench.session, at=LATER, by=cast.secretary)
    bench.sign(minutes)
    minuting.close_minutes(minutes=minutes, by=bench.members["a"].person, at=LATER, on=LATER.date())
    publish_results(session=bench.session, at=LATER, on=LATER.date(), by=cast.secretary)
    (line,) = minutes.told["candidates"]
    assert line["award"]["scheme"]["version"] == NEXT
    text = words(signed_in(cast.candidate).get(reverse("jury:result", args=[hearing.pk])))
    trace = text.partition('id="trace"')[2]
    assert "déjà acquis, par équivalence avec C1 (PV2026-0001) de la version undated" in trace
