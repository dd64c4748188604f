"""From an effective decision to a stranger who verifies it on a phone, in each of the five certifications."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from parchemin.edges.credentials import carried
from parchemin.project.proving import prove
from parchemin.records.awards.models import Certificate
from parchemin.records.juries.models import Hearing
from tests.journeys.visitor import Visitor
from tests.records.awards.bench import decided, housed
from tests.web.award.bench import published
from tests.web.cast import ALTERNANCE, CQP, FEST, MASTER, TITLE, Cast
from tests.web.looking import PHONE

Visit = Callable[..., Visitor]
FIVE = {
    ALTERNANCE: ("apprenticeship", ("B1", "B2", "B3", "B4"), 5),
    FEST: ("continuing", ("A1-C1", "A1-C2"), 1),
    TITLE: ("continuing", ("B1", "B2", "B3", "B4", "B5", "B6"), 7),
    MASTER: ("student", ("BC01", "BC02", "BC03", "BC04"), 5),
    CQP: ("vae", ("C1", "C2", "C3", "C4", "C5", "C6"), 1),
}
"""By certification: a route, what its jury granted, and how many certificates that gives."""


def issued(manager: Visitor, hearing: Hearing, count: int) -> Certificate:
    """The body gives what the decision gives right to; the background makes it checkable."""
    manager.go(f"/certificats/sessions/{hearing.session_id}/").sees("Odile Fictive", "Prêt")
    manager.click("Délivrer").sees(f"{count} certificat")
    prove(timezone.now())
    assert Certificate.objects.count() == count
    return Certificate.objects.get(kind="whole")


def taken(candidate: Visitor, form: str) -> bytes:
    """What the holder downloads."""
    with candidate.page.expect_download() as waited:
        candidate.page.get_by_role("main").get_by_role("link", name=form).first.click()
    content: bytes = waited.value.path().read_bytes()
    return content


def on_a_phone(stranger: Visitor, number: str) -> Visitor:
    """The number is typed as it is read aloud."""
    stranger.page.set_viewport_size(PHONE)
    stranger.page.goto("/verifier/")
    stranger.page.get_by_role("main").locator("input[type=text], input[type=search]").first.fill(number.lower())
    with stranger.page.expect_navigation():
        stranger.page.get_by_role("main").get_by_role("button").first.click()
    return stranger.look()


@pytest.mark.parametrize("scheme", FIVE)
def test_awarded_shown_verified_then_revoked(cast: Cast, visit: Visit, scheme: str) -> None:
    route, held, count = FIVE[scheme]
    housed(cast, scheme)
    hearing = decided(cast, scheme, route, "full", held)
    published(hearing.session)
    manager, candidate, stranger = visit(cast.manager), visit(cast.candidate), visit()
    row = issued(manager, hearing, count)

    candidate.go("/mes-certificats/").sees(row.told["title"].replace("’", "'"), "Valable")
    candidate.go(f"/mes-certificats/{row.pk}/").sees("Emporter", str(row))
    paper, badge = taken(candidate, "PDF"), taken(candidate, "SVG")
    assert paper.startswith(b"%PDF") and carried(paper) == carried(badge) == row.credential.text

    on_a_phone(stranger, str(row)).sees("Certificat valable", "Délivré par", cast.organisation.name)
    assert "Odile" not in stranger.words and row.candidacy.number not in stranger.words

    manager.go(f"/certificats/{row.pk}/retirer/").fill(reason="Fraude fictive.")
    if manager.page.locator("main input[type=checkbox]").count():
        manager.page.locator("main input[type=checkbox]").first.check()
    manager.click("Retirer pour de bon").sees("Retiré")
    on_a_phone(stranger, str(row)).sees("Certificat non valable")
    assert "Fraude fictive" not in stranger.words
    candidate.go(f"/mes-certificats/{row.pk}/").sees("ne vaut plus")
