"""Figures counted by hand on small casts: what juries decided, how long it took, what everybody may read of it."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.followups.actions.publishing import publish_figures
from parchemin.records.followups.errors import FollowupError
from parchemin.records.followups.models import PublishedFigures
from parchemin.records.followups.queries.decided import Tally, certified_by_year, decided_in, years_of
from parchemin.records.followups.queries.delays import Lap, delays_of, median
from parchemin.records.followups.queries.yearly import published, told_to_all, yearly
from parchemin.records.followups.wordings import sentence
from parchemin.records.journal.models import Entry
from parchemin.records.juries.models import Conclusion, Hearing, Minutes, Signature
from parchemin.records.people.actions.organising import create_organisation
from parchemin.records.people.models import Assurance, OrganisationKind
from tests.records.awards.bench import given, housed
from tests.records.followups.bench import NEXT_YEAR, PUBLISHED_AT, dated, judged, of_sex
from tests.records.juries.bench import AFTER, DAY
from tests.web.cast import ALTERNANCE, CQP, Cast


def test_decisions_are_counted_whole_and_in_parts(cast: Cast) -> None:
    first, second, *_others, put_off = judged(cast, ["full", "full", "partial", "none", "absent"])
    (by_vae,) = judged(cast, ["full"], "vae", "vae")
    provider = create_organisation(kind=OrganisationKind.PROVIDER, name="Centre fictif", at=AFTER)
    Candidacy.objects.filter(pk__in=[first.candidacy_id, by_vae.candidacy_id]).update(provider=provider)
    of_sex(second, "M")
    assert put_off.conclusions.get().verdict == "absent"

    found = decided_in(cast.certification(ALTERNANCE), DAY.year, DAY)
    assert found.whole == Tally(3, 1, 1) and found.whole.candidates == 5
    assert {one.key: one.tally for one in found.routes} == {"apprenticeship": Tally(2, 1, 1), "vae": Tally(1, 0, 0)}
    assert {one.title for one in found.routes} != {"apprenticeship", "vae"}
    assert found.vae == Tally(1, 0, 0)
    assert {one.key: one.tally for one in found.sexes} == {"F": Tally(2, 1, 1), "M": Tally(1, 0, 0)}
    assert [(one.title, one.tally) for one in found.centres] == [
        ("Centre fictif", Tally(2, 0, 0)),
        ("", Tally(1, 1, 1)),
    ]
    assert years_of(cast.certification(ALTERNANCE)) == [DAY.year]
    assert certified_by_year(cast.certification(ALTERNANCE)) == {DAY.year: (3, 1)}
    assert decided_in(cast.certification(ALTERNANCE), DAY.year - 1, DAY).whole == Tally()
    assert decided_in(cast.certification(CQP), DAY.year, DAY).whole == Tally()


def test_only_the_last_decision_of_a_file_counts_in_a_year(cast: Cast) -> None:
    (hearing,) = judged(cast, ["none"])
    old = hearing.conclusions.get()
    again = Hearing.objects.get(pk=hearing.pk)
    minutes = Minutes.objects.create(
        session=old.minutes.session,
        number="PV2026-9999",
        corrects=old.minutes,
        reason="Fraude reconnue.",
        text=old.minutes.text,
        digest=old.minutes.digest,
        drawn_at=AFTER,
        drawn_by=cast.secretary,
    )
    Signature.objects.create(
        minutes=minutes, member=again.session.members.get(), assurance=Assurance.PASSWORD, signed_at=AFTER
    )
    Minutes.objects.filter(pk=minutes.pk).update(closed_at=AFTER, closed_by=cast.secretary)
    Conclusion.objects.create(minutes=minutes, hearing=again, verdict="void", concluded_on=DAY)
    assert decided_in(cast.certification(ALTERNANCE), DAY.year, DAY).whole == Tally()


def test_delays_are_medians_of_days(cast: Cast) -> None:
    housed(cast, ALTERNANCE)
    hearings = judged(cast, ["full", "full", "none"])
    for hearing, days in zip(hearings, (10, 20, 90), strict=True):
        answered = DAY - timedelta(days=30)
        dated(hearing.candidacy, requested=answered - timedelta(days=days), answered=answered)
    Hearing.objects.filter(pk=hearings[0].pk).update(notified_on=DAY + timedelta(days=4))
    given(hearings[0], cast.manager)
    found = {one.lap: (one.median, one.count) for one in delays_of(cast.certification(ALTERNANCE), DAY.year)}
    assert found == {Lap.ADMITTED: (20, 3), Lap.HEARD: (30, 3), Lap.TOLD: (0, 3), Lap.ISSUED: (3, 1)}


@pytest.mark.parametrize(
    ("spread", "middle"),
    [({}, None), ({7: 1}, 7), ({1: 1, 4: 1}, 2.5), ({1: 2, 4: 1}, 1), ({1: 2, 4: 2}, 2.5), ({1: 1, 2: 3, 9: 1}, 2)],
)
def test_a_median_is_the_middle(spread: dict[int, int], middle: float | None) -> None:
    assert median(Counter(spread)) == middle


def test_queries_do_not_grow_with_files(cast: Cast) -> None:
    counts = []
    for name in ("un", "deux"):
        judged(cast, ["full", "partial", "none"], name=name)
        yearly(cast.certification(ALTERNANCE), DAY.year, DAY)
        with CaptureQueriesContext(connection) as queries:
            yearly(cast.certification(ALTERNANCE), DAY.year, DAY)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 9


def test_small_groups_are_not_told_to_everybody(cast: Cast) -> None:
    hearings = judged(cast, ["full"] * 9 + ["none"])
    certification = cast.certification(ALTERNANCE)
    for hearing in hearings[:4]:
        of_sex(hearing, "M")
    told = told_to_all(yearly(certification, DAY.year, DAY))
    assert told["sexes"] is None and told["whole"] == {"candidates": 10, "full": 9, "partial": 0, "none": 1}
    assert [one["key"] for one in told["routes"]] == ["apprenticeship"]
    of_sex(hearings[4], "M")
    told = told_to_all(yearly(certification, DAY.year, DAY))
    assert {one["key"]: (one["candidates"], one["none"]) for one in told["sexes"]} == {"F": (5, 1), "M": (5, 0)}
    assert "centres" not in told and "Fictif" not in str(told)
    assert told["delays"][-1] == {"lap": "issued", "median": None, "files": 0}


def test_figures_are_published_once_a_change_and_journaled(cast: Cast) -> None:
    certification = cast.certification(ALTERNANCE)
    signed: dict[str, Any] = {"certification": certification, "by": cast.manager, "at": PUBLISHED_AT, "on": NEXT_YEAR}

    def refused(year: int) -> str:
        with pytest.raises(FollowupError) as raised:
            publish_figures(year=year, **signed)
        assert sentence(raised.value)
        return raised.value.code

    assert refused(DAY.year) == "nothing" and refused(NEXT_YEAR.year) == "running"
    judged(cast, ["full"])
    first = publish_figures(year=DAY.year, **signed)
    assert refused(DAY.year) == "same"
    judged(cast, ["none"], name="encore")
    second = publish_figures(year=DAY.year, **signed)
    assert list(published(certification)) == [second] and first.digest != second.digest
    entries = Entry.objects.filter(kind="figures.published")
    assert [one.subject for one in entries] == [certification.pk] * 2 and PublishedFigures.objects.count() == 2
