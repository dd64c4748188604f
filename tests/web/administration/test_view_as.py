"""An administrator who looks through somebody's eyes never reads a need that was told to those who organise."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.actions import talking
from parchemin.records.candidacies.models import Accommodation, Candidacy, Letter
from parchemin.records.people.models import Person
from parchemin.web.shared.letters import post
from tests.web.administration.conftest import NOW
from tests.web.administration.scene import words
from tests.web.cast import AT, ON, Cast
from tests.web.secretariat import desk

pytestmark = pytest.mark.django_db
NEED = "Un lecteur d’écran braille"
GRANTED = "Un tiers-temps et une salle à part"


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file on which a need was told and answered, and another one told since."""
    found = desk.received(cast)
    asked = talking.ask_accommodation(candidacy=found, need=NEED, by=cast.candidate, at=AT)
    talking.decide_accommodation(
        accommodation=asked, is_granted=True, measures=GRANTED, by=cast.secretary, at=AT, on=ON
    )
    talking.ask_accommodation(candidacy=found, need=f"{NEED} de plus", by=cast.candidate, at=NOW)
    for letter in Letter.objects.filter(candidacy=found):
        post(letter.pk, at=AT)
    return found


def addresses(row: Candidacy, who: Person) -> list[str]:
    """Where that person reads needs, and what was answered to them."""
    letter = row.letters.get(kind="accommodation_granted")
    waiting = row.accommodations.get(state=Accommodation.State.ASKED)
    if who == row.candidate:
        names = ("file", "accommodation", "decisions", "take_away")
        found = [reverse(f"candidate:{name}", args=[row.pk]) for name in names]
        return [*found, reverse("candidate:letter", args=[row.pk, letter.pk])]
    found = [reverse(f"secretariat:{name}", args=[row.pk]) for name in ("file", "history")]
    found += [reverse(f"secretariat:{name}", args=[row.pk, letter.pk]) for name in ("letter", "letter_pdf")]
    return [*found, reverse("secretariat:accommodation", args=[row.pk, waiting.pk])]


def read(client: Client, address: str) -> tuple[int, str]:
    answer = client.get(address)
    if answer.streaming:
        return answer.status_code, repr(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    return answer.status_code, words(answer)


@pytest.mark.parametrize("role", ["candidate", "secretary"])
def test_a_need_is_not_read_through_the_eyes_of_another(
    cast: Cast, row: Candidacy, signed_in: Callable[[Person], Client], keeper: Client, role: str
) -> None:
    who: Person = getattr(cast, role)
    own = {address: read(signed_in(who), address) for address in addresses(row, who)}
    assert {code for code, _text in own.values()} == {200}
    assert any(NEED in text for _code, text in own.values())
    keeper.post(reverse("access:start_view_as", args=[who.pk]), {"reason": "Aide au dépôt"})
    for address in own:
        code, text = read(keeper, address)
        assert code in (200, 404), address
        assert NEED not in text and GRANTED not in text, address
        assert not text.startswith(("b'%PDF", "b'PK")), address
    shown = "".join(read(keeper, address)[1] for address in own)
    assert "par les yeux d’un autre" in shown
