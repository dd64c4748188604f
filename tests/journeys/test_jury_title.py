"""The jury of a title of six blocks: one member too few for one candidate alone, and an interview nobody had held."""

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import expect

from parchemin.core.facts import Link
from parchemin.records.assessments.actions.transmitting import transmit_file
from parchemin.records.assessments.models import Evaluator
from parchemin.records.assessments.queries.sending import Sending
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord
from parchemin.records.juries.models import Hearing, Verdict
from parchemin.records.people.models import Person
from tests.journeys import jury
from tests.journeys import test_title_to_the_jury as before
from tests.journeys.jury import Chosen
from tests.journeys.visitor import Visitor
from tests.web.cast import TITLE, Cast, person

Visit = Callable[..., Visitor]
BLOCKS = ("B1", "B2", "B3", "B4", "B5", "B6")
TOO_FEW = "Une personne qui siège l’a évaluée : à deux, le jury ne peut pas délibérer sur ce dossier."
FAILED = "Analyse de ses pratiques : rien n’en a été tiré pendant l’entretien."


def transmitted(cast: Cast, who: Person, first: Person) -> Candidacy:
    """A file of that person's whose six blocks are acquired before that trainer and another; the jury has it today."""
    row = before.handed_in(cast, who)
    pair = ((first, "pedagogic_member"), (cast.professional, "pedagogic_member"))
    for method in before.ALONE:
        before.held(cast, row, method, pair[0])
    for method in before.TOGETHER:
        before.held(cast, row, method, *pair)
    before.held(cast, row, "paper_defence", (cast.jury_member, "jury_member"))
    for evaluator in Evaluator.objects.filter(sitting__candidacy=row).select_related("sitting__candidacy", "person"):
        before.signed(evaluator)
    row, today = Candidacy.objects.get(pk=row.pk), timezone.localdate()
    attested = tuple(Sending(Judged(row, today)).to_attest)
    found = transmit_file(candidacy=row, by=cast.secretary, at=timezone.now(), on=today, attested=attested)
    assert isinstance(found, DecisionRecord), [one.seen for one in found.findings if one.outcome != "met"]
    return row


def interviews(who: Visitor, hearing: Hearing, *missing: int, is_looking: bool = False) -> Visitor:
    """Whoever leads notes that the final interview was held, every point satisfied but those."""
    jury.comes(who, jury.address(hearing))
    form = who.page.locator("#epreuve-final_interview form")
    expect(form.locator("[name=minutes]")).to_have_value("30")
    for number in range(1, 6):
        form.locator(f"[name=point-{number}][value={'no' if number in missing else 'yes'}]").check()
    with who.page.expect_navigation():
        form.get_by_role("button", name="Enregistrer le déroulement").click()
    return who.look() if is_looking else who


def waits(hearing: Hearing) -> bool:
    """Whether nothing is decided on that candidate."""
    return not Hearing.objects.get(pk=hearing.pk).verdict


def test_one_candidate_lacks_a_member_another_an_interview(cast: Cast, visit: Visit) -> None:
    odile = transmitted(cast, cast.candidate, cast.evaluator)
    basile = transmitted(cast, cast.other_candidate, cast.companion)
    zoe = transmitted(cast, person("zoe", "Zoé", "Factice"), cast.companion)
    panel = jury.planned(
        cast,
        TITLE,
        "final",
        Chosen(login="esther", given="Esther", seat="certifier", is_external=False),
        Chosen(login="alban", given="Alban", seat="professional", is_chair=True),
        Chosen(login="bruno", given="Bruno", seat="professional"),
    )
    session, live = panel.session, f"/jurys/{panel.session.pk}/seance/"
    secretary, chair = visit(cast.secretary), visit(panel.chair)
    esther, bruno = visit(cast.evaluator), visit(panel.members["bruno"].person)
    hearings = jury.enrols(secretary, session, odile, basile, zoe)
    hers, his, third = hearings
    jury.summons(secretary, session)

    esther.page.goto(f"/jurys/{session.pk}/liens/")
    esther.look().sees("Odile Fictive", "La plateforme sait déjà que vous êtes", "évaluateur", "Basile Exemple")
    jury.declares(esther, session, {hers: Link.EVALUATOR})
    jury.declares(chair, session)
    jury.declares(bruno, session)
    jury.opens(chair, session, is_looking=True).sees("La session est ouverte")

    jury.press(chair, "Retirer de cette délibération : Esther Spécimen").sees("Esther Spécimen ne délibère pas")
    expect(chair.page.get_by_text("Jury valide")).to_have_count(2)
    expect(chair.page.get_by_text("Jury non valide")).to_have_count(1)
    chair.look().sees("Odile Fictive", "Jury non valide", "2 siègent sur 3 nommés, il en faut 3")
    chair.sees("Basile Exemple", "Jury valide", "Zoé Factice", "Jury valide")
    esther.page.goto(jury.address(hers))
    esther.look().sees(
        "Vous ne délibérez pas sur ce candidat", "Lien avec le candidat : évaluateur", "Candidat suivant"
    )

    jury.concludes(chair, hers, Verdict.FULL).sees("Le jury ne peut pas délibérer sur ce dossier")
    chair.look().sees("Assez de membres du jury siègent pour ce candidat", "2 siègent sur 3 nommés, il en faut 3")
    assert waits(hers)
    jury.concludes(chair, hers, Verdict.DEFERRED).sees("Écrivez le motif")
    assert waits(hers)
    jury.concludes(chair, hers, Verdict.DEFERRED, TOO_FEW).sees("Odile Fictive : la décision est prise")

    jury.concludes(chair, his, Verdict.FULL, is_looking=True)
    chair.sees("Les conditions de délivrance ne sont pas toutes remplies", "L'entretien final", "à passer")
    assert waits(his)
    interviews(chair, his).sees("C'est noté", "Entretien final", "Réussi", "analyse ses pratiques")
    jury.concludes(chair, his, Verdict.FULL).sees("Basile Exemple : la décision est prise")

    interviews(chair, third, 5, is_looking=True).sees("Entretien final", "Non réussi", "Il resterait : Entretien final")
    jury.concludes(chair, third, Verdict.FULL).sees("Les conditions de délivrance ne sont pas toutes remplies")
    assert waits(third)
    jury.concludes(chair, third, Verdict.PARTIAL, FAILED).sees("Zoé Factice : la décision est prise")

    chair.page.goto(live)
    chair.sees("3 sur 3 décidés", "le procès-verbal peut être établi")
    minutes = jury.draws(secretary, session)
    secretary.sees("Odile Fictive", "Décision reportée", "Esther Spécimen s'est retiré", "Basile Exemple")
    for who in (esther, bruno, chair):
        jury.signs(who, minutes, is_looking=who is bruno)
    jury.closes(chair, minutes)
    chair.look().sees("Clos par Alban Fictif", "Zoé Factice", "Délivrance partielle", FAILED.replace("’", "'"))
    chair.sees("Reste, outre les parties : Entretien final : échec")
    told = jury.publishes(secretary, session)
    secretary.look().sees("Odile Fictive", "Décision reportée", "Basile Exemple", "Certification délivrée")
    assert {cast.candidate.email, cast.other_candidate.email, zoe.candidate.email} <= told.keys()

    reads(visit(cast.candidate), odile, hers).sees("Décision reportée", TOO_FEW.replace("’", "'"))
    own = reads(visit(cast.other_candidate), basile, his)
    own.sees("Certification délivrée", *(f"{block} " for block in BLOCKS))
    shown = own.words
    assert not any(words in shown for words in ("Odile", "Zoé", "Alban", "Esther", odile.number, "Analyse de ses"))
    for hearing in (hers, third):
        assert own.context.request.get(jury.result(hearing)).status == 404
    last = reads(visit(zoe.candidate), zoe, third).sees("Délivrance partielle", FAILED.replace("’", "'"), *BLOCKS)
    last.sees("Ce qui reste à acquérir", "Entretien final : échec", "Pour continuer", "repasser l'entretien final")


def reads(who: Visitor, row: Candidacy, hearing: Hearing) -> Visitor:
    """The candidate goes from their file to the result."""
    who.page.goto(f"/dossiers/{row.pk}/")
    return who.follow(jury.result(hearing))
