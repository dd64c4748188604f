"""Formateur de l'alternance before its juries: five seats after training, six by experience."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.mail import EmailMessage
from django.utils import timezone

from parchemin.core.facts import Ballot, ExperienceKind
from parchemin.records.assessments.actions.transmitting import transmit_file
from parchemin.records.candidacies.actions import deciding, depositing, filling
from parchemin.records.candidacies.actions.filling import Activity, Measured
from parchemin.records.candidacies.models import Candidacy, DecisionRecord
from parchemin.records.juries.models import Hearing, Verdict
from parchemin.records.people.models import Person
from tests.journeys import jury
from tests.journeys.jury import Chosen, Panel
from tests.journeys.test_alternance_to_the_jury import LENGTHS, PAIRED, SINGLE, assessors, at, held, sign
from tests.journeys.visitor import Visitor
from tests.web.cast import ALTERNANCE, Cast, deposited, opened

Visit = Callable[..., Visitor]
WHY = "Le projet a été soutenu ; rien ne montre son suivi."
VACANT = "vacant : Représentant des salariés de la branche"
DAY = timedelta(days=1)
FIVE = (
    Chosen(login="maud", given="Maud", seat="cnam", is_external=False, is_chair=True),
    Chosen(login="denys", given="Denys", seat="director", gender="m"),
    Chosen(login="ines", given="Inès", seat="alternance_expert"),
    Chosen(login="paul", given="Paul", seat="employer", gender="m"),
    Chosen(login="reine", given="Reine", seat="professionalisation"),
)
SIX = (
    Chosen(login="maud", given="Maud", seat="administrator", is_external=False, is_chair=True),
    Chosen(login="luc", given="Luc", seat="title_lead", is_external=False, gender="m"),
    *(one for one in FIVE if one.seat in ("director", "employer", "professionalisation")),
    Chosen(login="sami", given="Sami", seat="employees", gender="m"),
)
INSTEAD = Chosen(login="lina", given="Lina", seat="employees", substitutes="sami")


def test_after_training_five_seats_from_the_pool_to_the_result(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    pair = assessors(cast)
    first, second = (
        transmitted(cast, "apprenticeship", pair, who=who) for who in (cast.candidate, cast.other_candidate)
    )
    office, candidate, outsider = visit(cast.secretary), visit(cast.candidate), visit(cast.outsider)
    people = {one.login: one.made() for one in FIVE}
    session = jury.plans(office, ALTERNANCE, "training", is_looking=True)
    for one in FIVE:
        jury.pools(office, ALTERNANCE, one, is_looking=one is FIVE[0])
    members = {one.login: jury.names(office, session, one, is_looking=one is FIVE[0]) for one in FIVE}
    jury.comes(office, f"/jurys/{session.pk}/").sees("Joindre l'acte qui nomme", "Préside", "Le jury peut délibérer")
    jury.nominates(office, session, tmp_path, is_looking=True).sees("Nommés le", "par Autorité fictive")
    told, other = jury.enrols(office, session, first, second, is_looking=True)
    jury.spreads(office, session, 30, is_looking=True)
    sent = jury.summons(office, session, is_looking=True)
    assert set(sent) == {one.email for one in (*people.values(), cast.candidate, cast.other_candidate)}
    assert all("BEGIN:VCALENDAR" in calendar(sent[one.email]) for one in (*people.values(), cast.candidate))
    office.sees("Convoquée")

    sits = {login: visit(one) for login, one in people.items()}
    for login, who in sits.items():
        jury.declares(who, session, is_looking=login == "maud")
    chair = jury.opens(sits["maud"], session, is_looking=True).sees("La session est ouverte", "Odile Fictive")
    chair.page.get_by_text("Jury valide").nth(1).wait_for()
    chair.look()
    panel = Panel(cast, session, members)
    panel.said(other).voted(other).decided(other)
    tells_the_third_block(chair, told)
    for login, who in sits.items():
        jury.votes(who, told, Ballot.AGAINST if login == "paul" else Ballot.FOR, is_looking=login == "ines")
    jury.comes(chair, jury.address(told)).sees("Voix données : 5 sur 5", "pour : 4, contre : 1, voix : 5")
    jury.concludes(chair, told, Verdict.PARTIAL, is_looking=True).sees("la décision est prise", "Délivrance partielle")

    minutes = jury.draws(chair, session, is_looking=True)
    jury.finds_nothing(candidate, jury.result(told), f"/jurys/{session.pk}/", jury.sheet(minutes))
    jury.finds_nothing(outsider, jury.result(told), f"/jurys/{session.pk}/", jury.address(told), jury.sheet(minutes))
    for login, who in sits.items():
        jury.signs(who, minutes, is_looking=login == "ines")
    jury.comes(chair, jury.sheet(minutes)).sees(
        "B3", "non acquis", WHY, "Voix", "4 pour", "Inès Fictif", "mot de passe"
    )
    jury.closes(chair, minutes, is_looking=True).sees("les décisions ont effet")
    jury.comes(candidate, f"/dossiers/{first.pk}/")
    assert "Délivrance partielle" not in candidate.words
    jury.finds_nothing(candidate, jury.result(told))

    posted = jury.publishes(office, session, is_looking=True)
    assert set(posted) == {cast.candidate.email, cast.other_candidate.email}
    candidate.go(f"/dossiers/{first.pk}/").sees("Délivrance partielle")
    candidate.go(jury.result(told)).sees("Délivrance partielle", WHY, "Ce qui reste à acquérir", "B3", "Pour continuer")
    candidate.sees("Quand le jury s'écarte des résultats, il dit pourquoi.", "1 écart motivé avec les résultats")
    visit(cast.other_candidate).go(jury.result(other)).sees("Certification délivrée")
    jury.finds_nothing(candidate, jury.result(other))
    jury.finds_nothing(outsider, jury.result(told), jury.result(other))


def test_by_experience_nothing_is_decided_until_the_employees_are_there(cast: Cast, visit: Visit) -> None:
    row = transmitted(cast, "vae", assessors(cast))
    panel = jury.planned(cast, ALTERNANCE, "vae", *SIX, INSTEAD).nominated()
    [hearing] = panel.heard(row)
    panel.called().declared(hearing)
    chair, office = visit(panel.chair), visit(cast.secretary)
    away = [panel.members[one] for one in ("sami", "lina")]

    refused = jury.opens(chair, panel.session, away).look()
    refused.sees(
        "Le jury n'est pas composé comme la certification le demande : dites pourquoi",
        VACANT,
        "5 siègent sur 6 nommés, il en faut 5",
    )
    assert panel.fresh.opened_at is None
    jury.opens(chair, panel.session, away, "Le représentant des salariés est retenu.").sees("La session est ouverte")
    chair.page.get_by_text("Jury non valide").wait_for()
    chair.look().sees("Jury non valide", VACANT)
    jury.tells(chair, hearing)
    jury.concludes(chair, hearing, Verdict.FULL, is_looking=True)
    chair.sees("Le jury ne peut pas délibérer sur ce dossier", VACANT)
    assert not Hearing.objects.get().verdict
    jury.comes(visit(away[1].person), jury.address(hearing)).sees("Le jury n'est pas valide pour ce candidat")

    jury.comes(chair, f"/jurys/{panel.session.pk}/seance/")
    jury.press(chair, "Est arrivé : Lina Fictif").sees("la composition est revue pour chaque candidat")
    chair.page.get_by_text("Jury valide").wait_for()
    panel.voted(hearing, but=("sami",))
    jury.concludes(chair, hearing, Verdict.FULL).sees("la décision est prise", "Certification délivrée")
    minutes = jury.draws(office, panel.session)
    panel.signed(minutes, but=("sami",))
    jury.comes(visit(away[0].person), jury.sheet(minutes))
    jury.closes(chair, minutes).sees("Le jury siège malgré sa composition", "Sami Fictif", "Absent", "Lina Fictif")
    chair.sees("6 pour", "Signatures")
    assert "Sami Fictif" not in chair.words.partition("Signatures")[2]
    told = jury.paper(chair, minutes)
    assert "supplée Sami Fictif" in told and "Présent, préside" in told
    assert "– avertissement : Sur France VAE, le jury se tient avant la fin du troisième mois" in told
    jury.publishes(office, panel.session)
    visit(cast.candidate).go(jury.result(hearing)).sees("Certification délivrée")


# What is done more than once.


def calendar(message: EmailMessage) -> str:
    """The calendar file that goes with it."""
    return next(str(one[1]) for one in message.attachments if "calendar" in str(one[2]))


def tells_the_third_block(chair: Visitor, hearing: Hearing) -> None:
    """The third block is proposed, and the jury does not grant it: the page asks why, and says what it comes to."""
    jury.comes(chair, jury.address(hearing), is_looking=True)
    chair.sees("Le jury est valide pour ce candidat", "Proposé : acquis", "Chaque partie a son avis")
    chair.page.locator("label:has([name='value-B3'][value=no])").click()
    chair.page.get_by_text("L’avis s’écarte de ce qui est proposé").wait_for()
    assert chair.page.locator("[name=verdict]:checked").get_attribute("value") == Verdict.PARTIAL
    chair.look()
    jury.tells(chair, hearing, {"B3": False})
    jury.concludes(chair, hearing, Verdict.PARTIAL, is_looking=True).sees("Le jury s'écarte des résultats sur B3")
    jury.tells(chair, hearing, {"B3": False}, {"B3": WHY}, is_looking=True)


# What stands already when a journey begins.


def transmitted(cast: Cast, route: str, pair: tuple[Person, Person], *, who: Person | None = None) -> Candidacy:
    """A file that the jury has: everything passed, an internship of six months proved."""
    began = timezone.localdate() - 30 * DAY
    told: dict[str, Any] = {"at": at(began), "on": began}
    row = opened(who or cast.candidate, cast.certification(ALTERNANCE), route, **told)
    interned(cast, row)
    deposited(row, **told)
    depositing.accept_application(candidacy=row, by=cast.secretary, **told)
    deciding.decide_admissibility(candidacy=row, is_favourable=True, reason="", by=cast.secretary, **told)
    for kind, pages in LENGTHS.items():
        measured = Measured(f"{kind}.pdf", "application/pdf", 4, "0" * 64, pages=pages)
        filling.drop_document(
            candidacy=row,
            content=ContentFile(b"%PDF"),
            measured=measured,
            by=row.candidate,
            at=timezone.now(),
            kind=kind,
        )
    for method in ("session_b1", *SINGLE, *PAIRED):
        sign(held(cast, Candidacy.objects.get(pk=row.pk), method, *pair))
    row = Candidacy.objects.get(pk=row.pk)
    sent = transmit_file(
        candidacy=row, by=cast.secretary, at=timezone.now(), on=timezone.localdate(), attested=["real_situation"]
    )
    assert isinstance(sent, DecisionRecord), [one.seen for one in sent.findings if one.outcome != "met"]
    return Candidacy.objects.get(pk=row.pk)


def interned(cast: Cast, row: Candidacy) -> None:
    """Six months with whoever trains by alternation, proved."""
    until = timezone.localdate() - 60 * DAY
    activity = Activity(
        position="Stagiaire formatrice",
        kind=ExperienceKind.INTERNSHIP,
        from_on=until - 190 * DAY,
        until_on=until,
        employer="Centre fictif",
        tags=("alternance_host",),
    )
    kept = filling.save_experience(candidacy=row, activity=activity, by=row.candidate, at=timezone.now())
    deciding.verify_experience(candidacy=row, experience=kept, is_proved=True, by=cast.secretary, at=timezone.now())
