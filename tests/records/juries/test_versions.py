"""A file in flight follows another version when somebody decides it; what is held counts by equivalence alone."""

from typing import Any

import pytest

from parchemin.core.deciding import decide
from parchemin.core.decision import Decision, Stage
from parchemin.core.facts import Milestone
from parchemin.core.plain import decision_to_plain
from parchemin.core.proposing import propose
from parchemin.records.candidacies.crossing import Crossing
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, VersionChange
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.journal import queries as journal
from parchemin.records.journal.models import Entry
from parchemin.records.journal.witnessing import rewritten
from parchemin.records.juries.actions import minuting
from parchemin.records.juries.actions.moving import follow_version
from parchemin.records.juries.facts import holdings_of
from parchemin.records.juries.models import Holding, Verdict
from parchemin.records.juries.queries.in_flight import crossings, heaps, in_flight
from parchemin.records.juries.queries.results import results_of
from tests.records import reform
from tests.records.juries.bench import AFTER, DAY, SIX, Bench, transmitted
from tests.records.reform import FORMER, NEXT, SAME
from tests.web.cast import CQP, Cast, accepted, opened, published

WHY: dict[str, Any] = {"reason": "Demandé par le candidat.", "source": "Décision fictive n° 7", "at": AFTER, "on": DAY}


def moved(cast: Cast, row: Candidacy, version: str = NEXT, **changes: Any) -> VersionChange | Decision:
    return follow_version(candidacy=row, version=version, by=cast.manager, **{**WHY, **changes})


def refused(cast: Cast, row: Candidacy, version: str = NEXT, **changes: Any) -> str:
    with pytest.raises(UnfitError) as error:
        moved(cast, row, version, **changes)
    assert sentence(error.value)
    assert not VersionChange.objects.filter(candidacy=row).exists()
    return error.value.code


def partly(bench: Bench, row: Candidacy, *missing: str) -> Any:
    """Minutes closed that grant this file every competence but those."""
    (hearing,) = bench.ready(row)
    bench.say(hearing, "Le jury en juge ainsi.", **dict.fromkeys(missing, False))
    bench.vote(hearing)
    bench.decide(hearing, Verdict.PARTIAL, "Le jury en juge ainsi.")
    minutes = bench.draw()
    bench.sign(minutes)
    bench.close(minutes)
    return hearing


def states(row: Candidacy) -> dict[str, tuple[str, str]]:
    judged = Judged(Candidacy.objects.get(pk=row.pk), DAY)
    parts = propose(judged.whole, judged.scheme, DAY).parts
    return {part.code: (part.ground.value, part.seen) for part in parts}


def test_what_minutes_grant_is_of_the_version_that_decided(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    partly(bench, row, "C6")
    assert {(one.version, one.minutes) for one in holdings_of(row)} == {(FORMER, "PV2026-0001")}


def test_a_file_moved_keeps_by_equivalence_what_it_holds_and_its_minutes_stay_as_they_are(
    cast: Cast, bench: Bench, django_assert_max_num_queries: Any
) -> None:
    row = transmitted(cast)
    hearing = partly(bench, row, "C6")
    minutes, record = hearing.conclusions.get().minutes, hearing.conclusions.get().award_record
    before = (minutes.text, minutes.digest, record.decision, list(Holding.objects.values()))
    reform.published(cast, reform.files(SAME))
    change = moved(cast, row)
    assert isinstance(change, VersionChange)
    assert (change.from_version, change.to_version, change.by) == (FORMER, NEXT, cast.manager)
    assert row.version == NEXT
    found = states(row)
    assert {code: ground for code, (ground, _seen) in found.items()} == dict.fromkeys(SIX[:5], "held") | {
        "C6": "results"
    }
    assert found["C1"][1].startswith(
        "déjà acquis, par équivalence avec C1 (PV2026-0001) de la version undated ; Mode d'emploi"
    )
    with django_assert_max_num_queries(1):
        assert {one.dates[Milestone.DELIBERATED] for one in holdings_of(row)} == {DAY}
    minutes.refresh_from_db()
    record.refresh_from_db()
    assert (minutes.text, minutes.digest, record.decision, list(Holding.objects.values())) == before
    assert journal.verify().is_whole and list(rewritten()) == []
    entry = Entry.objects.get(kind="candidacy.version_changed")
    assert entry.details["from"] == FORMER and entry.details["to"] == NEXT
    letter = row.letters.get(kind="version_changed")
    assert letter.values == {"version": NEXT, "reasons": WHY["reason"], "basis": WHY["source"]}


def test_the_same_decision_is_made_again_from_the_same_facts(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    partly(bench, row, "C6")
    reform.published(cast, reform.files(SAME))
    moved(cast, row)
    first, again = (Judged(Candidacy.objects.get(pk=row.pk), DAY) for _ in range(2))
    assert decision_to_plain(first.decided(Stage.AWARD)) == decision_to_plain(again.decided(Stage.AWARD))
    assert decide(Stage.AWARD, first.at(Stage.AWARD), again.scheme, DAY) == first.decided(Stage.AWARD)
    full = next(one for one in first.decided(Stage.AWARD).findings if one.rule == "award.full")
    assert "C1 par équivalence avec C1 (PV2026-0001) de la version undated" in full.seen


def test_minutes_are_put_right_under_the_version_that_decided_though_the_file_follows_another(
    cast: Cast, bench: Bench
) -> None:
    row = transmitted(cast)
    hearing = partly(bench, row, "C6")
    reform.published(cast, reform.files(SAME))
    moved(cast, row)
    hearing.refresh_from_db()
    other = minuting.correct_minutes(
        session=bench.session,
        corrected=[minuting.Corrected(hearing=hearing, verdict=Verdict.PARTIAL, reason="C5 cochée.", granted=SIX[:4])],
        reason="Erreur matérielle sur C5.",
        at=AFTER,
        by=cast.secretary,
    )
    (line,) = other.told["candidates"]
    assert line["award"]["scheme"]["version"] == FORMER
    bench.sign(other)
    bench.close(other)
    assert [(one.code, one.version) for one in holdings_of(row)] == [(code, FORMER) for code in SIX[:4]]
    assert [one.scheme.ref.version for one in results_of(bench.session, DAY)] == [FORMER]


def test_another_file_of_the_same_person_counts_what_the_first_one_gave(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    partly(bench, row, "C6")
    Candidacy.objects.filter(pk=row.pk).update(status="withdrawn", closed_at=AFTER)
    reform.published(cast, reform.files('[{version: undated, held: [C1, C2], gives: [C3], source: "guide, l. 1-184"}]'))
    second = opened(cast.candidate, cast.certification(CQP), on=DAY.replace(month=4, day=2))
    assert second.version == NEXT
    assert {code for code, (ground, _) in states(second).items() if ground == "held"} == {"C3"}


def test_without_a_word_of_it_nothing_held_before_counts_and_nothing_is_refused(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    partly(bench, row, "C6")
    reform.published(cast, reform.files())
    moved(cast, row)
    award = Judged(Candidacy.objects.get(pk=row.pk), DAY).decided(Stage.AWARD)
    full = next(one for one in award.findings if one.rule == "award.full")
    assert full.outcome == "unknown" and "équivalence avec la version undated à établir" in full.seen


def test_a_jury_that_has_the_file_keeps_it_under_its_version(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    reform.published(cast, reform.files(SAME))
    (hearing,) = bench.ready(row)
    assert refused(cast, row) == "before_jury"
    bench.settle(hearing)
    assert refused(cast, row) == "before_jury"
    minutes = bench.draw()
    bench.sign(minutes)
    assert refused(cast, row) == "before_jury"
    bench.close(minutes)
    assert refused(cast, row) == "awarded_whole"
    assert not in_flight(cast.certification(CQP), NEXT).exists()


def test_it_is_decided_with_a_reason_and_a_source_for_a_version_that_is_another(cast: Cast) -> None:
    row = opened(cast.candidate, cast.certification(CQP))
    assert refused(cast, row, reason=" ") == refused(cast, row, source="") == "reasons"
    assert refused(cast, row) == "no_version"
    assert refused(cast, row, FORMER) == "same_version"


def test_a_version_may_say_that_open_files_keep_theirs(cast: Cast) -> None:
    row = opened(cast.candidate, cast.certification(CQP))
    reform.published(cast, reform.files(SAME, "former_rule"))
    assert refused(cast, row) == "version_kept"


VAE = "  vae:\n"


def test_a_route_that_is_shut_there_is_refused_with_its_decision(cast: Cast) -> None:
    row = opened(cast.candidate, cast.certification(CQP), "pathway")
    reform.published(cast, shut())
    found = moved(cast, row)
    assert isinstance(found, Decision) and found.outcome == "not_met"
    row.refresh_from_db()
    assert row.version == FORMER


def shut() -> dict[str, str]:
    made = reform.files(SAME)
    head, _, tail = made["scheme.yaml"].partition("\n  pathway:\n")
    assert tail
    made["scheme.yaml"] = f"{head}\n  pathway:\n{tail.replace('is_open: true', 'is_open: false', 1)}"
    return made


def test_the_more_favourable_of_two_versions_is_never_the_one_that_gives_less(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    partly(bench, row, "C6")
    only = '[{version: undated, held: [C1], gives: [C1], source: "guide, l. 1-184"}]'
    reform.published(cast, reform.files(only, "more_favourable"))
    assert refused(cast, row) == "less_favourable"


def test_the_more_favourable_version_is_followed(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    partly(bench, row, "C6")
    reform.published(cast, reform.files(SAME, "more_favourable"))
    assert isinstance(moved(cast, row), VersionChange)


def test_what_was_assessed_is_not_taken_for_something_else(cast: Cast) -> None:
    row = transmitted(cast)
    reform.published(cast, reform.files(), ("Organiser la logistique", "Désorganiser la logistique"))
    with pytest.raises(UnfitError) as error:
        moved(cast, row)
    assert (error.value.code, error.value.values["what"]) == ("unlike", "C2")


def test_what_is_worded_otherwise_is_declared_again_and_the_regulation_accepted_again(cast: Cast) -> None:
    row = accepted(opened(cast.candidate, cast.certification(CQP)))
    scheme = Judged(row, DAY).scheme
    code, other = list(scheme.statements)[:2]
    for one in (code, other):
        row.statements.create(code=one, declared=True, declared_at=AFTER)
    reform.published(cast, reform.files(SAME, "", (scheme.statements[code], "Une autre phrase, pour l’essai")))
    moved(cast, row)
    assert {one.code: one.declared for one in row.statements.all()} == {code: None, other: True}
    assert row.regulation_accepted_at is None and not row.letters.exists()
    assert Entry.objects.get(kind="candidacy.version_changed").details["reworded"] == [code]


def test_a_file_goes_back_to_its_version_whatever_the_other_said(cast: Cast) -> None:
    row = opened(cast.candidate, cast.certification(CQP))
    reform.published(cast, reform.files(SAME, "new_rule"))
    moved(cast, row)
    assert isinstance(moved(cast, row, FORMER), VersionChange)
    assert [(one.from_version, one.to_version) for one in row.version_changes.all()] == [(FORMER, NEXT), (NEXT, FORMER)]


def test_files_in_flight_are_counted_by_version_route_and_state(cast: Cast) -> None:
    certification = cast.certification(CQP)
    opened(cast.candidate, certification)
    opened(cast.other_candidate, certification, "pathway")
    published("formateur-alternance", cast.organisation)
    found = heaps(in_flight(certification, NEXT))
    assert [tuple(one) for one in found] == [(FORMER, "pathway", "draft", 1), (FORMER, "vae", "draft", 1)]
    assert heaps(in_flight(certification, FORMER)) == []


def crossed(cast: Cast) -> list[Crossing]:
    from parchemin.records.certifications.queries import resolved

    rows = in_flight(cast.certification(CQP), NEXT)
    return crossings(rows, lambda began: resolved(CQP, version=NEXT, on=DAY, began=began), DAY)


def test_who_gains_and_who_loses_what(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    partly(bench, row, "C5", "C6")
    reform.published(cast, reform.files('[{version: undated, held: [C1, C2], gives: [C6], source: "guide, l. 1-184"}]'))
    (one,) = crossed(cast)
    assert one.before.candidacy == row and one.is_different and one.is_less_favourable
    assert [(made.code, [part.code for part in made.parts]) for made in one.carried] == [("C6", ["C1", "C2"])]
    assert [held.code for held in one.lost] == ["C3", "C4"]
    assert one.unsettled == () and one.unlike == () and one.closed is None and one.rule is None


def test_a_version_that_changes_nothing_shows_no_difference(cast: Cast) -> None:
    opened(cast.candidate, cast.certification(CQP))
    reform.published(cast, reform.files(SAME))
    (one,) = crossed(cast)
    assert not one.is_different and one.changes == ()


def test_an_outcome_that_changes_tells_the_rules_that_answer_otherwise(cast: Cast) -> None:
    opened(cast.other_candidate, cast.certification(CQP), "pathway")
    reform.published(cast, shut())
    (one,) = crossed(cast)
    assert one.closed is not None and one.is_less_favourable
    (change,) = one.changes
    assert (change.stage, change.after, change.is_better) == (Stage.ELIGIBILITY, "not_met", False)
    assert any(not reason.is_better and reason.after for reason in change.reasons)
