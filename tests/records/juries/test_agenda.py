"""What goes before a jury and when, who may sit for whom, and what is told when that changes."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parchemin.core.decision import Decision
from parchemin.core.facts import Link
from parchemin.records.assessments.actions.returning import return_from_jury
from parchemin.records.candidacies.models import Candidacy, Letter
from parchemin.records.journal.witnessing import rewritten
from parchemin.records.juries.actions import composing, listing, minuting, pooling, sitting
from parchemin.records.juries.actions.composing import Planned
from parchemin.records.juries.actions.pooling import Profile
from parchemin.records.juries.errors import JuryError, StaleSessionError
from parchemin.records.juries.models import Hearing, PoolMember, Presence, Verdict
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.people.models import Grant, Role
from parchemin.web.shared.letters import composed
from tests.records.juries.bench import (
    AFTER,
    DAY,
    EMPLOYEES,
    EMPLOYERS,
    PREPARED,
    SESSION,
    Bench,
    again,
    planned,
    pooled,
    seated,
    transmitted,
)
from tests.web.cast import Cast, person


def said(letter: Letter) -> str:
    return str(composed(letter.candidacy, letter.kind, dated_on=letter.dated_on, values=letter.values))


def refused(error: pytest.ExceptionInfo[JuryError]) -> str:
    return error.value.code


def test_a_file_waits_for_one_jury_until_its_minutes_are_closed(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    other = again(bench)
    (hearing,) = bench.ready(row)
    with pytest.raises(JuryError) as waiting:
        other.hear(row)
    assert refused(waiting) == "waiting" and waiting.value.values["number"] == bench.session.number
    bench.decide(hearing, Verdict.DEFERRED, "Une pièce à relire.")
    with pytest.raises(JuryError) as undone:
        other.hear(row)
    assert refused(undone) == "waiting"
    bench.sign(minutes := bench.draw())
    bench.close(minutes)
    later = listing.put_on_agenda(
        session=other.session, candidacy=row, at=AFTER, on=DAY, by=cast.secretary, prior=hearing
    )
    assert isinstance(later, Hearing) and later.prior == hearing


def test_what_a_jury_takes_up_again_is_a_deliberation_on_that_file_that_has_effect(cast: Cast, bench: Bench) -> None:
    row, strange = transmitted(cast), transmitted(cast, who=cast.other_candidate)
    hearing, _ = bench.closed(row, strange, verdict=Verdict.ABSENT)
    other = again(bench)
    with pytest.raises(JuryError) as wrong:
        listing.put_on_agenda(
            session=other.session, candidacy=strange, at=AFTER, on=DAY, by=cast.secretary, prior=hearing
        )
    assert refused(wrong) == "no_prior"
    assert isinstance(other.hear(strange), Hearing)


def test_what_was_awarded_is_not_presented_again(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    bench.closed(row)
    with pytest.raises(JuryError) as awarded:
        again(bench).hear(row)
    assert refused(awarded) == "awarded" and awarded.value.values["number"] == bench.session.number


def test_after_a_partial_award_only_what_is_missing_is_decided(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast, "C6")
    (hearing,) = bench.ready(row)
    bench.settle(hearing, Verdict.PARTIAL, C6=False)
    bench.sign(minutes := bench.draw())
    bench.close(minutes)
    other = again(bench)
    later = listing.put_on_agenda(
        session=other.session, candidacy=row, at=AFTER, on=DAY, by=cast.secretary, prior=hearing
    )
    assert isinstance(later, Hearing)
    proposal = Deliberation(later, DAY).proposal
    assert [part.code for part in proposal.to_decide] == ["C6"] and proposal.award == "partial"


def test_a_file_held_back_changes_nothing_of_the_session(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    row.documents.filter(kind="vae_file").delete()
    before = bench.session.revision
    found = listing.put_on_agenda(
        session=bench.session,
        candidacy=Candidacy.objects.get(pk=row.pk),
        at=PREPARED,
        on=PREPARED.date(),
        by=cast.secretary,
    )
    assert isinstance(found, Decision)
    bench.session.refresh_from_db()
    assert bench.session.revision == before
    composing.change_session(
        session=bench.session,
        planned=Planned(starts_at=SESSION),
        at=PREPARED,
        by=cast.secretary,
        revision=before,
    )
    with pytest.raises(StaleSessionError):
        composing.change_session(
            session=bench.session, planned=Planned(starts_at=SESSION), at=PREPARED, by=cast.secretary, revision=before
        )


def test_a_file_taken_off_comes_back_on_the_same_line(cast: Cast, bench: Bench) -> None:
    hearing = bench.hear(transmitted(cast))
    listing.take_off_agenda(hearing=hearing, reason="Indisponible.", at=PREPARED, by=cast.secretary)
    assert list(rewritten()) == []
    with pytest.raises(JuryError) as gone:
        listing.take_off_agenda(hearing=hearing, reason="Encore.", at=PREPARED, by=cast.secretary)
    assert refused(gone) == "removed"
    seen = hearing.revision
    kept = bench.hear(hearing.candidacy)
    assert kept.pk == hearing.pk and kept.removal == "" and kept.revision > seen
    with pytest.raises(JuryError) as twice:
        bench.hear(hearing.candidacy)
    assert refused(twice) == "on_agenda"
    assert list(rewritten()) == []


def test_the_agenda_is_ordered_in_as_many_queries_for_one_as_for_many(cast: Cast, bench: Bench) -> None:
    first, second = (bench.hear(transmitted(cast, who=who)) for who in (cast.candidate, cast.other_candidate))

    def order(*wanted: Hearing) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            listing.order_agenda(session=bench.session, order=wanted, at=PREPARED, by=cast.secretary)
        return len(caught)

    assert order(first) == order(second, first)
    assert list(bench.session.hearings.order_by("position")) == [second, first]
    order(first)
    assert list(bench.session.hearings.order_by("position").values_list("position", flat=True)) == [1, 2]


def test_candidates_are_called_once_and_again_when_day_hour_or_place_change(cast: Cast, bench: Bench) -> None:
    hearing = bench.hear(transmitted(cast))

    def call() -> int:
        sitting.summon_jury(session=bench.session, at=PREPARED, on=PREPARED.date(), by=cast.secretary)
        return Letter.objects.filter(kind="jury_summoned").count()

    assert (call(), call()) == (1, 1)
    listing.set_time(hearing=hearing, starts_at=SESSION, at=PREPARED, by=cast.secretary)
    assert (call(), call()) == (2, 2)
    assert "attendu à 10:00" in said(Letter.objects.filter(kind="jury_summoned").latest("reference"))
    there = Planned(starts_at=SESSION, minutes=180, room="Salle fictive", previous_college=EMPLOYERS)
    composing.change_session(session=bench.session, planned=there, at=PREPARED, by=cast.secretary)
    assert call() == 2
    elsewhere = Planned(starts_at=SESSION + timedelta(hours=1), room="Une autre salle")
    composing.change_session(session=bench.session, planned=elsewhere, at=PREPARED, by=cast.secretary)
    listing.set_time(hearing=hearing, starts_at=None, at=PREPARED, by=cast.secretary)
    assert call() == 3
    told = said(Letter.objects.filter(kind="jury_summoned").latest("reference"))
    assert "Une autre salle" in told and "attendu à" not in told and bench.session.number in told
    assert list(rewritten()) == []


def test_of_a_session_that_will_not_be_held_those_who_were_called_are_told_why(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    bench.hear(row)
    sitting.summon_jury(session=bench.session, at=PREPARED, on=PREPARED.date(), by=cast.secretary)
    late = bench.hear(transmitted(cast, who=cast.other_candidate))
    composing.cancel_session(session=bench.session, reason="Salle fermée.", at=PREPARED, by=cast.secretary)
    letter = Letter.objects.get(kind="jury_cancelled")
    assert letter.candidacy == row
    assert "Salle fermée." in said(letter)
    assert isinstance(again(bench).hear(late.candidacy), Hearing)
    assert list(rewritten()) == []


def test_a_member_declares_anew_what_the_platform_cannot_know(cast: Cast, bench: Bench) -> None:
    bench.members["p"] = seated(bench, cast.professional, EMPLOYERS)
    hearing = bench.hear(transmitted(cast))
    for letter, member in bench.members.items():
        if letter != "p":
            listing.declare_ties(member=member, links={hearing: ()}, at=PREPARED)
    facts = Deliberation(hearing, DAY).known[bench.members["p"].pk]
    assert facts.links is None
    listing.declare_ties(member=bench.members["p"], links={hearing: (Link.FAMILY,)}, at=PREPARED)
    hearing = Hearing.objects.get(pk=hearing.pk)
    assert Deliberation(hearing, DAY).known[bench.members["p"].pk].links == (Link.FAMILY, Link.EVALUATOR)


def test_ties_are_declared_on_files_that_this_session_hears(cast: Cast, bench: Bench) -> None:
    hearing = bench.hear(transmitted(cast))
    other = again(bench)
    with pytest.raises(JuryError) as strange:
        listing.declare_ties(member=other.members["a"], links={hearing: ()}, at=PREPARED)
    assert refused(strange) == "removed"
    listing.take_off_agenda(hearing=hearing, reason="x", at=PREPARED, by=cast.secretary)
    with pytest.raises(JuryError) as gone:
        bench.declare(hearing)
    assert refused(gone) == "removed"


def test_a_tie_found_after_the_decision_takes_the_deliberation_up_again(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    bench.settle(hearing)
    bench.declare(hearing)
    with pytest.raises(JuryError) as decided:
        bench.declare(hearing, d=(Link.FAMILY,))
    assert refused(decided) == "decided"


def test_somebody_who_stands_in_counts_only_while_the_other_does_not_sit(cast: Cast, bench: Bench) -> None:
    known = pooled(cast, person("edwige", "Edwige", "Fictive"), EMPLOYEES)
    stand_in = composing.seat_member(
        session=bench.session, pool_member=known, at=PREPARED, by=cast.secretary, substitutes=bench.members["d"]
    )
    bench.members["e"] = stand_in
    (hearing,) = bench.ready(transmitted(cast))

    def sits() -> str:
        found = Deliberation(Hearing.objects.get(pk=hearing.pk), DAY)
        assert len(found.known) == 4 and not found.faults
        return "".join(sorted(letter for letter, one in bench.members.items() if one in found.sitting))

    assert sits() == "abcd"
    bench.say(hearing)
    with pytest.raises(JuryError) as idle:
        bench.vote(hearing)
    assert refused(idle) == "not_present"
    sitting.tell_presence(
        session=bench.session, member=bench.members["d"], presence=Presence.ABSENT, at=SESSION, by=cast.secretary
    )
    assert sits() == "abce"
    sitting.tell_presence(
        session=bench.session, member=bench.members["d"], presence=Presence.PRESENT, at=SESSION, by=cast.secretary
    )
    listing.recuse(hearing=hearing, member=bench.members["d"], reason="Collègue.", at=SESSION, by=cast.secretary)
    assert sits() == "abce"


def test_who_may_stand_in_for_whom(cast: Cast, bench: Bench) -> None:
    def seat(login: str, of: object) -> str:
        known = pooled(cast, person(login, login.title(), "Fictif"), EMPLOYEES)
        try:
            composing.seat_member(
                session=bench.session,
                pool_member=known,
                at=PREPARED,
                by=cast.secretary,
                substitutes=of,  # type: ignore[arg-type]
            )
        except JuryError as error:
            return error.code
        return ""

    assert seat("edwige", bench.members["d"]) == ""
    assert seat("firmin", bench.members["d"]) == "substituted"
    assert seat("gisele", bench.session.members.get(substitutes=bench.members["d"])) == "substitute"
    assert seat("hector", again(bench).members["a"]) == "substitute"


def test_a_member_removed_takes_their_ties_along(cast: Cast, bench: Bench) -> None:
    hearing = bench.hear(transmitted(cast))
    bench.declare(hearing)
    listing.recuse(hearing=hearing, member=bench.members["d"], reason="Collègue.", at=PREPARED, by=cast.secretary)
    known = pooled(cast, person("edwige", "Edwige", "Fictive"), EMPLOYEES)
    stand_in = composing.seat_member(
        session=bench.session, pool_member=known, at=PREPARED, by=cast.secretary, substitutes=bench.members["d"]
    )
    other = again(bench)
    with pytest.raises(JuryError) as strange:
        composing.unseat_member(session=other.session, member=bench.members["d"], at=PREPARED, by=cast.secretary)
    assert refused(strange) == "not_a_member"
    composing.unseat_member(session=bench.session, member=bench.members["d"], at=PREPARED, by=cast.secretary)
    stand_in.refresh_from_db()
    assert stand_in.substitutes is None and hearing.ties.count() == 3
    assert list(rewritten()) == []


def test_nobody_sits_on_their_own_file(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    bench.hear(row)
    known = pooled(cast, row.candidate, EMPLOYEES)
    with pytest.raises(JuryError) as own:
        composing.seat_member(session=bench.session, pool_member=known, at=PREPARED, by=cast.secretary)
    assert refused(own) == "own_file"
    other = planned(cast)
    composing.seat_member(session=other, pool_member=known, at=PREPARED, by=cast.secretary)
    listing.take_off_agenda(hearing=Hearing.objects.get(), reason="x", at=PREPARED, by=cast.secretary)
    with pytest.raises(JuryError) as theirs:
        listing.put_on_agenda(session=other, candidacy=row, at=PREPARED, on=PREPARED.date(), by=cast.secretary)
    assert refused(theirs) == "own_file"


def test_two_members_of_the_same_name_are_two(cast: Cast, bench: Bench) -> None:
    for login, college in (("alix2", EMPLOYERS), ("alix3", EMPLOYEES)):
        bench.members[f"x{login}"] = seated(bench, person(login, "Alix", "Fictif"), college)
    (hearing,) = bench.ready(transmitted(cast))
    bench.say(hearing)
    bench.vote(hearing)
    found = Deliberation(hearing, DAY)
    assert len({one.name for one in found.known.values()}) == 6
    assert "pour : 6" in " ".join(one.seen for one in found.jury.findings)


def test_a_role_that_ended_is_given_again_with_the_pool(cast: Cast, bench: Bench) -> None:
    who = person("edwige", "Edwige", "Fictive")
    member = pooled(cast, who, EMPLOYEES)
    pooling.leave_pool(member=member, on=PREPARED.date(), at=PREPARED, by=cast.secretary)
    Grant.objects.filter(person=who).update(until_on=date(2026, 1, 31))
    pooled(cast, who, EMPLOYEES, on=date(2026, 2, 1))
    assert Grant.objects.filter(person=who, role=Role.JURY_MEMBER, revoked_at__isnull=True).count() == 1
    with pytest.raises(JuryError) as twice:
        pooled(cast, who, EMPLOYEES)
    assert refused(twice) == "in_pool"


def test_the_pool_keeps_what_it_was_told(cast: Cast, bench: Bench) -> None:
    member = PoolMember.objects.get(person=bench.members["a"].person)
    pooling.change_pool_member(
        member=member, profile=Profile(college=EMPLOYEES), at=PREPARED, by=cast.secretary, note=" Préfère le matin. "
    )
    bench.members["a"].refresh_from_db()
    member.refresh_from_db()
    assert (bench.members["a"].college, member.college, member.note) == (EMPLOYERS, EMPLOYEES, "Préfère le matin.")
    days = {"from_on": DAY, "until_on": DAY}
    absence = pooling.tell_absence(member=member, **days, at=PREPARED, by=cast.secretary)
    pooling.forget_absence(absence=absence, at=PREPARED, by=cast.secretary)
    assert not member.absences.exists()
    with pytest.raises(JuryError) as reversed_:
        pooling.tell_absence(member=member, from_on=DAY, until_on=PREPARED.date(), at=PREPARED, by=cast.secretary)
    assert refused(reversed_) == "dates"
    with pytest.raises(JuryError) as before:
        pooling.leave_pool(member=member, on=member.joined_on - timedelta(days=1), at=PREPARED, by=cast.secretary)
    assert refused(before) == "left_before"
    pooling.leave_pool(member=member, on=PREPARED.date(), at=PREPARED, by=cast.secretary)
    with pytest.raises(JuryError) as gone:
        composing.seat_member(session=planned(cast), pool_member=member, at=PREPARED, by=cast.secretary)
    assert refused(gone) == "not_in_pool"


def test_a_file_that_the_jury_no_longer_has_is_not_decided(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    bench.say(hearing)
    bench.vote(hearing)
    return_from_jury(candidacy=hearing.candidacy, reason="Une pièce manque.", by=bench.chair, at=SESSION)
    with pytest.raises(JuryError) as returned:
        bench.decide(Hearing.objects.get(pk=hearing.pk))
    assert refused(returned) == "not_transmitted"
    bench.decide(hearing, Verdict.DEFERRED, "Dossier renvoyé.")
    assert minuting.draw_minutes(session=bench.session, at=AFTER, by=cast.secretary).number


def test_a_file_that_was_withdrawn_is_not_decided(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    bench.say(hearing)
    bench.vote(hearing)
    Candidacy.objects.filter(pk=hearing.candidacy_id).update(status="withdrawn", closed_at=SESSION)
    with pytest.raises(JuryError) as withdrawn:
        bench.decide(hearing)
    assert refused(withdrawn) == "inactive"
    listing.take_off_agenda(hearing=hearing, reason="Retirée par le candidat.", at=SESSION, by=cast.secretary)
    assert list(rewritten()) == []
