"""Training at work as it is lived: moments logged by two people, a reflection too close told, a tutor on a link."""

from collections.abc import Callable
from datetime import timedelta

from django.core import mail
from django.utils import timezone

from parchemin.records.pathways.models import Observation
from tests.journeys.visitor import Visitor
from tests.web.cast import Cast
from tests.web.pathway import kept

Visit = Callable[..., Visitor]


def test_moments_told_and_observed_by_link(cast: Cast, visit: Visit) -> None:
    row = kept.followed(cast)
    yesterday = timezone.localdate() - timedelta(days=1)
    log = f"/parcours/{row.pk}/situations/noter"
    candidate, companion, tutor = visit(cast.candidate), visit(cast.companion), visit()
    candidate.page.goto(f"{log}/situation/")
    candidate.fill(on=yesterday, from_time="09:00", until_time="12:00", words="À l’établi, un assemblage.")
    candidate.page.locator("label:has([name=codes][value='A1-C1'])").click()
    with candidate.page.expect_navigation():
        candidate.page.get_by_role("main").locator("form .btn.primary").click()
    companion.page.goto(f"{log}/reflection/")
    companion.fill(on=yesterday, from_time="10:00", until_time="10:30", words="On en parle, encore à l’établi.")
    with companion.page.expect_navigation():
        companion.page.get_by_role("main").locator("form .btn.primary").click()
    companion.look().sees("de 10:00 à 10:30 pendant la situation de 09:00 à 12:00", "À l'établi, un assemblage.")
    assert sorted(row.moments.values_list("kind", flat=True)) == ["reflection", "situation"]

    candidate.page.goto(f"/parcours/{row.pk}/situations/observer/demander/")
    candidate.fill(bearer="Rose Tutrice", quality="Tutrice", email="rose@example.org")
    candidate.page.locator("label:has([name=codes][value='A1-C1'])").click()
    with candidate.page.expect_navigation():
        candidate.page.get_by_role("main").locator("form .btn.primary").click()
    secret = str(mail.outbox[-1].body).split("/acte/")[1].split("/")[0]
    tutor.go(f"/acte/{secret}/")
    tutor.page.locator("label:has([name='seen-A1-C1'][value=seen])").click()
    tutor.page.locator("label:has([name=is_sincere])").click()
    tutor.page.locator("main button.primary").click()
    tutor.page.wait_for_selector("text=c’est enregistré")
    assert [one.mark for one in Observation.objects.get().lines.all()] == ["seen"]
    candidate.go(f"/parcours/{row.pk}/situations/").sees("Rose Tutrice")
