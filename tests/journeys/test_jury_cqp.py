"""The joint jury of the sector certification: a college that is late, a part awarded, the rest five years later."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from parchemin.core.facts import Attendance, Ballot
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import declare_links, name_evaluator, plan_sitting
from parchemin.records.assessments.actions.rating import Rated, rate, sign_ratings
from parchemin.records.assessments.actions.transmitting import transmit_file
from parchemin.records.assessments.queries.sending import Sending
from parchemin.records.assessments.sheets import mandatory, sheet_of_sitting
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord
from parchemin.records.juries.models import Hearing, Verdict
from parchemin.records.people.actions.accrediting import accredit
from tests.journeys import jury
from tests.journeys.jury import Chosen, Panel
from tests.journeys.visitor import Visitor
from tests.records.juries import bench
from tests.web.cast import CQP, Cast

Visit = Callable[..., Visitor]
FIRST = datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
TO_THE_DAY, A_DAY_LATE = datetime(2031, 3, 20, 8, 0, tzinfo=UTC), datetime(2031, 3, 21, 8, 0, tzinfo=UTC)
LACKING = ("C5", "C6")
KEPT = ("C1", "C2", "C3", "C4")
ACTORS = ("sector_professional", "external_evaluator")


def joint(cast: Cast, chair: str, previous_college: str = "") -> Panel:
    """A session of the joint jury today, two members of each college; that one chairs."""
    people = (
        ("alix", "Alix", "employers", "f"),
        ("beranger", "Béranger", "employers", "m"),
        ("cyriane", "Cyriane", "employees", "f"),
        ("doran", "Doran", "employees", "m"),
    )
    chosen = [
        Chosen(login=login, given=given, college=college, gender=gender, is_chair=login == chair)
        for login, given, college, gender in people
    ]
    return jury.planned(cast, CQP, "joint", *chosen, previous_college=previous_college)


def assessed_again(cast: Cast, row: Candidacy, at: datetime) -> Candidacy:
    """What was missing is assessed again that day by two people accredited then; the jury has the file."""
    people = (cast.professional, cast.evaluator)
    since = at.date() - timedelta(days=400)
    for person, actor in zip(people, ACTORS, strict=True):
        accredit(
            person=person, organisation=cast.organisation, scheme=CQP, actor=actor, from_on=since, granted_on=since,
            training="Formation fictive", trained_on=since, at=at,
        )  # fmt: skip
    sitting = plan_sitting(
        candidacy=row, method="assessment", by=cast.secretary, at=at, starts_at=at, minutes=180, place="company"
    )
    pair = [
        name_evaluator(sitting=sitting, person=person, actor=actor, by=cast.secretary, at=at)
        for person, actor in zip(people, ACTORS, strict=True)
    ]
    for one in pair:
        declare_links(evaluator=one, links=[], at=at, by=one.person)
    tell_attendance(sitting=sitting, attendance=Attendance.HELD, by=cast.secretary, at=at)
    for one in pair:
        lines = mandatory(sheet_of_sitting(Judged(row, at.date()).scheme, sitting))
        told = [Rated(code=line.code, kind=line.kind, is_acquired=True) for line in lines]
        rate(evaluator=one, lines=told, by=one.person, at=at)
        sign_ratings(evaluator=one, by=one.person, at=at)
    row = Candidacy.objects.get(pk=row.pk)
    attested = tuple(Sending(Judged(row, at.date())).to_attest)
    found = transmit_file(candidacy=row, by=cast.evaluator, at=at, on=at.date(), attested=attested)
    assert isinstance(found, DecisionRecord), [one.seen for one in found.findings if one.outcome != "met"]
    return Candidacy.objects.get(pk=row.pk)


def reads(who: Visitor, row: Candidacy, hearing: Hearing) -> Visitor:
    """The candidate goes from their file to the result."""
    who.page.goto(f"/dossiers/{row.pk}/")
    return who.follow(jury.result(hearing))


def waits(hearing: Hearing) -> bool:
    """Whether nothing is decided on that candidate."""
    return not Hearing.objects.get(pk=hearing.pk).verdict


@time_machine.travel(FIRST, tick=True)
def test_without_the_employers_nothing_is_decided_then_four_competences_are_kept(cast: Cast, visit: Visit) -> None:
    row = bench.transmitted(cast, *LACKING)
    panel = joint(cast, "cyriane", "employers")
    session, live = panel.session, f"/jurys/{panel.session.pk}/seance/"
    [hearing] = panel.heard(row)
    panel.called().declared(hearing)
    chair, late = visit(panel.chair), [panel.members["alix"], panel.members["beranger"]]
    jury.opens(chair, session, late, is_looking=True).sees("dites pourquoi il siège", "employeurs : 0, salariés : 2")
    session.refresh_from_db()
    assert session.opened_at is None
    jury.opens(chair, session, late, "Les employeurs sont en route.").sees("La session est ouverte")
    expect(chair.page.get_by_text("Jury non valide")).to_have_count(1)
    chair.look().sees("Jury non valide", "le jury est paritaire", "employeurs : 0 sur 2, salariés : 2 sur 2")
    jury.concludes(chair, hearing, Verdict.PARTIAL).sees("Le jury ne peut pas délibérer sur ce dossier")
    chair.sees("3 règles non remplies", "Les deux collèges pèsent autant", "2 siègent sur 4 nommés, il en faut 4")
    assert waits(hearing)

    chair.page.goto(live)
    jury.press(chair, "Est arrivé : Alix")
    jury.press(chair, "Est arrivé : Béranger").sees("la composition est revue pour chaque candidat")
    expect(chair.page.get_by_text("Jury valide", exact=True)).to_have_count(1)
    jury.tells(chair, hearing)
    jury.concludes(chair, hearing, Verdict.PARTIAL).sees("il faut d'abord la voter")
    for login in ("alix", "beranger", "doran"):
        voter = visit(panel.members[login].person)
        jury.votes(voter, hearing, Ballot.AGAINST if login == "doran" else Ballot.FOR, is_looking=login == "doran")
        assert "Contre" not in voter.words.partition("Vous pouvez encore en changer")[2].partition("Abstention")[2]
    jury.votes(chair, hearing).sees("Voix données : 4 sur 4", "Contre")
    jury.concludes(chair, hearing, Verdict.PARTIAL, is_looking=True).sees("Odile Fictive : la décision est prise")

    secretary, minutes = visit(cast.secretary), jury.draws(chair, session)
    chair.look().sees("Les employeurs sont en route", "Délivrance partielle", "Voix : 3 pour, 1 contre")
    panel.signed(minutes)
    jury.closes(chair, minutes)
    jury.publishes(secretary, session)
    candidate = reads(visit(cast.candidate), row, hearing)
    candidate.sees("Délivrance partielle", *KEPT, "Ce qui reste à acquérir", *LACKING, "Pour continuer")
    candidate.sees("se former aux compétences manquantes", "compléter son expérience en entreprise")
    told = candidate.words
    assert told.count("compte jusqu'au 20 mars 2031 inclus") == len(KEPT)
    assert not any(words in told for words in ("pour, 1 contre", "Doran", "Esther"))


def remaining(cast: Cast) -> tuple[Candidacy, Hearing]:
    """Four competences of six were granted on the first day; its candidate knows."""
    with time_machine.travel(FIRST, tick=True):
        row = bench.transmitted(cast, *LACKING)
        panel = joint(cast, "cyriane", "employers")
        [hearing] = panel.heard(row)
        panel.called().declared(hearing).opened()
        panel.said(hearing, dict.fromkeys(LACKING, False)).voted(hearing).decided(hearing, Verdict.PARTIAL)
        minutes = panel.drawn()
        panel.signed(minutes).finished(minutes).published()
    return row, hearing


def taken_up(cast: Cast, secretary: Visitor, row: Candidacy, before: Hearing) -> tuple[Panel, Hearing]:
    """The same file, assessed again, is presented to a session of today, which is open."""
    assessed_again(cast, row, timezone.now() - timedelta(hours=3))
    panel = joint(cast, "alix")
    secretary.page.goto(f"/jurys/{before.session_id}/resultats/{before.pk}/representer/")
    secretary.fill(session=panel.session.pk)
    jury.press(secretary, "Inscrire à l’ordre du jour").sees("inscrit à l'ordre du jour")
    hearing = panel.session.hearings.get()
    assert hearing.prior == before
    panel.called().declared(hearing).opened()
    return panel, hearing


def test_five_years_later_to_the_day_the_four_still_count(cast: Cast, visit: Visit) -> None:
    row, before = remaining(cast)
    with time_machine.travel(TO_THE_DAY, tick=True):
        panel, hearing = taken_up(cast, visit(cast.secretary), row, before)
        chair = visit(panel.chair)
        chair.page.goto(jury.address(hearing))
        chair.look().sees("Acquis avant cette session", "C1", "20 mars 2026", "oui", "C4", "20 mars 2026", "oui")
        assert chair.page.locator("[data-line]").count() == len(LACKING)
        chair.sees("C5", "Proposé : acquis", "C6", "Proposé : acquis", "déjà acquis, rien à décider")
        panel.said(hearing).voted(hearing)
        jury.concludes(chair, hearing, Verdict.FULL).sees("Odile Fictive : la décision est prise", "6 acquis sur 6")
        finished(panel)
        candidate = reads(visit(cast.candidate), row, hearing)
        candidate.sees("Certification délivrée", "C1", "acquis avant", "C4", "acquis avant", "C5", "acquis", "C6")
        assert "Ce qui reste à acquérir" not in candidate.words


def test_one_day_later_the_four_are_to_decide_again(cast: Cast, visit: Visit) -> None:
    row, before = remaining(cast)
    with time_machine.travel(A_DAY_LATE, tick=True):
        panel, hearing = taken_up(cast, visit(cast.secretary), row, before)
        chair = visit(panel.chair)
        chair.page.goto(jury.address(hearing))
        chair.look().sees("Acquis avant cette session", "C1", "20 mars 2026", "non : à décider de nouveau")
        expired = "expiré depuis le 21 mars 2031, non acquis depuis"
        chair.sees(
            "C1", "Proposé : non acquis", expired, "C4", "Proposé : non acquis", expired, "C5", "Proposé : acquis"
        )
        assert chair.page.locator("[data-line]").count() == len((*KEPT, *LACKING))
        panel.said(hearing, dict.fromkeys(KEPT, False)).voted(hearing)
        jury.concludes(chair, hearing, Verdict.FULL).sees("Tout n'est pas accordé")
        assert waits(hearing)
        jury.concludes(chair, hearing, Verdict.PARTIAL).sees("Odile Fictive : la décision est prise")
        finished(panel)
        candidate = reads(visit(cast.candidate), row, hearing).look()
        candidate.sees("Délivrance partielle", "C1", "non acquis", expired, "C5", "acquis", "C6", "acquis")
        candidate.sees("Ce qui reste à acquérir", *KEPT, "Pour continuer", "se former aux compétences manquantes")
        assert "écart sans motif" not in candidate.words
        former = reads(candidate, row, before)
        assert former.words.count("ne compte plus depuis le 21 mars 2031") == len(KEPT)


def finished(panel: Panel) -> None:
    """The minutes are drawn, signed by everybody and closed, and the candidate told."""
    minutes = panel.drawn()
    panel.signed(minutes).finished(minutes).published()
    jury.posted()
