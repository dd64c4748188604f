"""The jury of training at work: eighteen competences of nineteen are no certificate, and no part of one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from parchemin.records.assessments.actions.planning import declare_links
from parchemin.records.assessments.actions.rating import Rated, rate, sign_ratings
from parchemin.records.assessments.actions.transmitting import transmit_file
from parchemin.records.assessments.queries.sending import Sending
from parchemin.records.assessments.sheets import mandatory, sheet_of_sitting
from parchemin.records.candidacies.actions import depositing, filling
from parchemin.records.candidacies.actions.filling import Measured
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord
from parchemin.records.juries.models import Hearing, Verdict
from parchemin.records.pathways.actions.working import log_moment
from parchemin.records.pathways.models import Moment
from tests.journeys import jury
from tests.journeys import test_fest_to_the_jury as before
from tests.journeys.jury import Chosen
from tests.journeys.visitor import Visitor
from tests.web.cast import FEST, Cast
from tests.web.pdf import pdf_of

Visit = Callable[..., Visitor]
MISSING = "A3-C4"
ALMOST = "Dix-huit sur dix-neuf, c’est presque tout."
REASON = "Guider en situation complexe : rien ne le montre encore."


def transmitted(cast: Cast) -> Candidacy:
    """A file whose nineteen competences were assessed this morning, eighteen acquired; the jury has it."""
    row = before.admissible(cast, "continuing")
    before.planned(cast, row)
    lived(row)
    measured = Measured("dspp.pdf", "application/pdf", 4, "0" * 64, pages=30)
    filling.drop_document(
        candidacy=row,
        kind="dspp",
        content=ContentFile(pdf_of(1)),
        measured=measured,
        by=row.candidate,
        at=timezone.now(),
    )
    today = timezone.localdate()
    own: dict[str, Any] = {"candidacy": row, "at": timezone.now(), "on": today}
    depositing.deposit_file(by=row.candidate, **own)
    depositing.answer_file(is_complete=True, reasons="", by=cast.secretary, **own)
    sitting = before.held(cast, row)
    evaluator = sitting.evaluators.get()
    at: dict[str, Any] = {"evaluator": evaluator, "by": evaluator.person, "at": timezone.now()}
    declare_links(links=[], **at)
    lines = mandatory(sheet_of_sitting(Judged(row, today).scheme, sitting))
    rate(lines=[Rated(code=line.code, kind=line.kind, is_acquired=line.code != MISSING) for line in lines], **at)
    sign_ratings(**at)
    row = Candidacy.objects.get(pk=row.pk)
    attested = tuple(Sending(Judged(row, today)).to_attest)
    found = transmit_file(candidacy=row, by=cast.secretary, at=timezone.now(), on=today, attested=attested)
    assert isinstance(found, DecisionRecord), [one.seen for one in found.findings if one.outcome != "met"]
    return Candidacy.objects.get(pk=row.pk)


def lived(row: Candidacy) -> None:
    """The work situations, the reflection apart, and what comes around them, are in the log."""
    before.around(row)
    codes = before.assessed(row)
    day = before.at(before.ago(90))
    own: dict[str, Any] = {"candidacy": row, "by": row.candidate, "at": timezone.now(), "codes": codes}
    for kind, hour in ((Moment.Kind.SITUATION, 0), (Moment.Kind.REFLECTION, 5)):
        begins = day + timedelta(hours=hour)
        log_moment(kind=kind, from_at=begins, until_at=begins + timedelta(hours=1), **own)


def test_eighteen_of_nineteen_are_no_certificate_and_no_part_of_one(cast: Cast, visit: Visit) -> None:
    row = transmitted(cast)
    panel = jury.planned(
        cast,
        FEST,
        "certification",
        Chosen(login="maud", given="Maud", seat="external_member", is_chair=True),
        Chosen(login="nabil", given="Nabil", seat="external_member", gender="m"),
    )
    session = panel.session
    [hearing] = panel.heard(row)
    panel.called()
    secretary, chair, other = visit(cast.secretary), visit(panel.chair), visit(panel.members["nabil"].person)
    jury.declares(chair, session)
    jury.declares(other, session)
    jury.opens(chair, session)
    other.page.goto(jury.address(hearing))
    other.look().sees("Avis du jury", MISSING, "Proposé : non acquis")
    jury.concludes(chair, hearing, Verdict.PARTIAL, ALMOST, is_looking=True)
    chair.sees(
        "Cette certification ne se délivre pas par parties", "1 règle non remplie", "La certification ne se délivre"
    )
    assert waits(hearing) and chair.page.locator("[name=decision_reason]").input_value() == ALMOST
    jury.concludes(chair, hearing, Verdict.FULL, ALMOST).sees("ne peut pas être délivrée en entier")
    assert waits(hearing)
    jury.concludes(chair, hearing, Verdict.NONE, REASON).sees("Odile Fictive : la décision est prise", "Non délivrée")
    chair.sees("Le certificat est délivré quand les dix-neuf compétences évaluées sont acquises", MISSING)

    minutes = jury.draws(chair, session)
    for who in (other, chair):
        jury.signs(who, minutes)
    jury.closes(chair, minutes)
    jury.publishes(secretary, session)
    secretary.page.goto(f"/jurys/{session.pk}/resultats/{hearing.pk}/")
    secretary.look().sees("Non délivrée", REASON, "dix-neuf compétences évaluées", "La lettre envoyée", MISSING)
    candidate = visit(cast.candidate)
    candidate.page.goto(f"/dossiers/{row.pk}/")
    candidate.follow(jury.result(hearing)).sees("Non délivrée", REASON, "ne vaut pas certification", MISSING)
    candidate.sees("Ce qui reste à acquérir", MISSING, "Pour continuer", "sur les seules compétences manquantes")
    candidate.sees(
        "1 règle non remplie", "Le certificat est délivré quand les dix-neuf compétences évaluées sont acquises"
    )
    assert "ne se délivre pas en partie" not in candidate.words
    assert not row.holdings.exists()


def waits(hearing: Hearing) -> bool:
    """Whether nothing is decided on that candidate."""
    return not Hearing.objects.get(pk=hearing.pk).verdict
