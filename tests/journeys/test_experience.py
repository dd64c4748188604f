"""The CQP by experience, refused at two years and eleven months, contested, decided again; and by its pathway."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.utils import timezone

from parchemin.records.candidacies.models import Candidacy
from tests.journeys.visitor import Visitor
from tests.web.cast import CQP, Cast

Visit = Callable[..., Visitor]
TODAY = timezone.localdate()


def months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))


def test_two_years_and_eleven_months_then_an_appeal(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    cast.certification(CQP)
    candidate = visit(cast.candidate)
    candidate.applies("CQP Assistant(e) de formation", "Validation des acquis de l")
    candidate.gives_identity().accepts_the_regulation().declares("informed")
    candidate.worked(months_before(TODAY, 35), None, tags="related_activity")
    candidate.sees("sur 3 ans")
    candidate.drops("admissibility_file", tmp_path, is_signed=True).sees("Signatures")
    candidate.page.goto(candidate.file)
    candidate.deposits().sees("Rien n'a été envoyé", "sur 3 ans", "eligibility.experience")
    assert Candidacy.objects.get().status == "draft"
    candidate.fill(is_read=True, is_insisting=True).click("Déposer ma candidature")
    number = Candidacy.objects.get().number
    candidate.sees(number, "Reçue")

    secretary = visit(cast.secretary)
    secretary.go("/secretariat/").sees("CQP Assistant(e) de formation")
    secretary.opens(number).sees("sur 3 ans").click("Déclarer complet")
    secretary.decides("unfavourable").click("Envoyer la décision")
    assert Candidacy.objects.get().status == "refused"

    candidate.go("/").click("CQP Assistant(e) de formation").sees("Non recevable")
    record = Candidacy.objects.get().decisions.get(answer="unfavourable")
    candidate.go(f"{candidate.file}decisions/{record.pk}/").sees("Les règles d'accès ne sont pas remplies", "sur 3 ans")
    candidate.click("Contester").fill(grounds="Mon stage de 2022 n'a pas été compté.").click("Déposer ma contestation")
    appeal = record.appeals.get()
    secretary.go(f"/secretariat/dossiers/{Candidacy.objects.get().pk}/recours/{appeal.pk}/")
    secretary.fill(answer="upheld", reason="Le stage compte : la demande est réexaminée.").click("Envoyer la réponse")
    assert Candidacy.objects.get().status == "complete"


def test_by_the_pathway(cast: Cast, visit: Visit) -> None:
    cast.certification(CQP)
    candidate = visit(cast.candidate)
    candidate.applies("CQP Assistant(e) de formation", "Parcours de développement")
    candidate.gives_identity().accepts_the_regulation().declares("employee_or_newcomer").deposits()
    number = Candidacy.objects.get().number
    secretary = visit(cast.secretary)
    secretary.opens(number).click("Déclarer complet").decides("favourable").click("Envoyer la décision")
    assert Candidacy.objects.get().status == "admissible"
    candidate.go("/").click("CQP Assistant(e) de formation").sees("Recevable", "Livret de repérage")
