"""A member who cannot sign in signs the minutes from a link sent to their address, once, and for themselves alone."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from parchemin.records.journal.queries import entries_of
from parchemin.records.juries.actions.minuting import drop_minutes
from parchemin.records.juries.actions.signing import sign_minutes
from parchemin.records.juries.models import Minutes, Signature
from parchemin.records.people.models import Assurance, Link, Person
from tests.edges.letters.cast import read as read_pdf
from tests.edges.letters.cast import squeezed
from tests.records.juries import bench as benches
from tests.records.juries.bench import AFTER, Bench
from tests.web.cast import Cast
from tests.web.posted import typed
from tests.web.secretariat.desk import words

SignedIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def bench(cast: Cast) -> Bench:
    return benches.bench(cast)


@pytest.fixture
def minutes(bench: Bench) -> Minutes:
    [hearing] = bench.ready(benches.transmitted(bench.cast))
    bench.settle(hearing)
    return bench.draw()


def url(name: str, *args: object) -> str:
    return reverse(f"jury:{name}", args=args)


def asked(client: Client, minutes: Minutes, bench: Bench, who: str = "a") -> str:
    """The address of the link that was sent to that member."""
    answer = client.post(url("ask_signature", minutes.pk, bench.members[who].pk), follow=True)
    assert "Un lien pour signer est parti" in words(answer)
    message = mail.outbox[-1]
    assert message.to == [bench.members[who].person.email]
    assert minutes.number in message.subject
    return "/jurys/signer/" + message.body.split("/jurys/signer/")[1].split("/")[0] + "/"


def refusal(client: Client, minutes: Minutes, bench: Bench, who: str = "a") -> str:
    """What is said when the link may not be sent."""
    before = len(mail.outbox)
    told = words(client.post(url("ask_signature", minutes.pk, bench.members[who].pk), follow=True))
    assert len(mail.outbox) == before
    return told


@pytest.mark.parametrize("is_chair", [False, True])
def test_the_office_or_the_chair_asks_and_the_member_reads_and_signs_without_an_account(
    bench: Bench, minutes: Minutes, signed_in: SignedIn, is_chair: bool
) -> None:
    asking = signed_in(bench.chair if is_chair else bench.cast.secretary)
    assert "Envoyer un lien pour signer" in words(asking.get(url("minutes", minutes.pk)))
    place, guest = asked(asking, minutes, bench), Client()
    shown = guest.get(place)
    candidate = minutes.told["candidates"][0]
    assert bench.members["a"].person.name in words(shown) and candidate["called"] in words(shown)
    assert shown.headers["X-Robots-Tag"] == "noindex, nofollow" and "no-store" in shown.headers["Cache-Control"]
    paper = guest.get(place + "proces-verbal.pdf")
    assert squeezed(candidate["number"]) in squeezed(read_pdf(paper.content).text)
    done = guest.post(place, typed(shown.content.decode(), place, {"is_read": "on", "is_sincere": "on"}))
    assert "Le lien ne peut plus servir" in words(done)
    signature = Signature.objects.get()
    assert (signature.member_id, signature.assurance) == (bench.members["a"].pk, Assurance.EMAIL.value)
    told = list(entries_of(bench.session.pk))[-1]
    assert told.kind == "jury.minutes_signed" and told.details["link"] == Link.objects.get().pk.hex
    assert guest.get(place).status_code == 410 and guest.get(place + "proces-verbal.pdf").status_code == 410
    assert "adresse e-mail contrôlée" in words(asking.get(url("minutes", minutes.pk))).lower()


def test_nothing_is_signed_that_was_not_read_and_owned(bench: Bench, minutes: Minutes, signed_in: SignedIn) -> None:
    place, guest = asked(signed_in(bench.cast.secretary), minutes, bench), Client()
    body = typed(guest.get(place).content.decode(), place, {"is_read": "on"})
    answer = guest.post(place, body)
    assert answer.status_code == 422 and "Cochez la case" in words(answer)
    assert guest.get(place).status_code == 200, "the link still serves"
    other = guest.post(place, {**body, "is_sincere": "on", "digest": "0" * 64})
    assert other.status_code == 422 and "Ce n’est pas le texte que vous avez lu" in words(other)
    assert not Signature.objects.exists()


def test_a_link_dies_with_the_minutes_it_was_for(bench: Bench, minutes: Minutes, signed_in: SignedIn) -> None:
    place = asked(signed_in(bench.cast.secretary), minutes, bench)
    drop_minutes(minutes=minutes, reason="Une erreur.", at=AFTER, by=bench.chair)
    assert Client().get(place).status_code == 410
    assert Client().post(place, {"is_read": "on", "is_sincere": "on", "digest": minutes.digest}).status_code == 410
    assert not Signature.objects.exists()


def test_who_signed_meanwhile_signs_no_second_time(bench: Bench, minutes: Minutes, signed_in: SignedIn) -> None:
    place, guest = asked(signed_in(bench.cast.secretary), minutes, bench), Client()
    body = typed(guest.get(place).content.decode(), place, {"is_read": "on", "is_sincere": "on"})
    member = bench.members["a"]
    sign_minutes(minutes=minutes, member=member, assurance=Assurance.PASSWORD, at=AFTER)
    answer = guest.post(place, body)
    assert answer.status_code == 422 and "Vous avez déjà signé" in words(answer)
    assert Signature.objects.get().assurance == Assurance.PASSWORD.value
    assert Link.objects.get().used_at is None, "neither happened"


def test_a_link_is_sent_once_to_whoever_is_to_sign(bench: Bench, minutes: Minutes, signed_in: SignedIn) -> None:
    office = signed_in(bench.cast.secretary)
    asked(office, minutes, bench)
    assert "déjà" in refusal(office, minutes, bench)
    sign_minutes(minutes=minutes, member=bench.members["b"], assurance=Assurance.PASSWORD, at=AFTER)
    assert "déjà signé" in refusal(office, minutes, bench, "b")
    Person.objects.filter(pk=bench.members["c"].person_id).update(erased_at=AFTER)
    assert "Aucune adresse e-mail" in refusal(office, minutes, bench, "c")


def test_the_chair_sends_themselves_none(bench: Bench, minutes: Minutes, signed_in: SignedIn) -> None:
    client = signed_in(bench.chair)
    own = next(name for name, one in bench.members.items() if one.person_id == bench.chair.pk)
    assert words(client.get(url("minutes", minutes.pk))).count("Envoyer un lien pour signer") == len(bench.members) - 1
    refusal(client, minutes, bench, own)


def test_another_member_and_outsiders_send_none(bench: Bench, minutes: Minutes, signed_in: SignedIn) -> None:
    cast = bench.cast
    place = url("ask_signature", minutes.pk, bench.members["a"].pk)
    for who in (bench.members["b"].person, cast.candidate, cast.outsider, cast.other_secretary, cast.administrator):
        if who.pk != bench.chair.pk:
            assert signed_in(who).post(place).status_code == 404
    assert signed_in(cast.secretary).post(url("ask_signature", minutes.pk, minutes.pk)).status_code == 404
    assert mail.outbox == []


def test_a_link_that_is_over_or_of_something_else_opens_nothing(
    bench: Bench, minutes: Minutes, signed_in: SignedIn
) -> None:
    place = asked(signed_in(bench.cast.secretary), minutes, bench)
    secret = place.split("/")[-2]
    assert Client().get(reverse("companion:act", args=[secret])).status_code == 410, "it is no act of a file"
    assert Client().get(url("sign_by_link", "jamais-fait")).status_code == 404
    with time_machine.travel(AFTER + timedelta(days=22), tick=False):
        assert Client().get(place).status_code == 410
