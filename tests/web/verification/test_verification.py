"""Whoever holds a certificate in their hands learns whether it is valid, and nothing that they do not hold already."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parchemin.records.awards.actions.changing import reinstate, revoke, suspend
from parchemin.records.awards.actions.issuing import correct_certificate, issue_statement
from parchemin.records.awards.models import Certificate
from parchemin.records.awards.numbers import drawn, grouped
from parchemin.records.awards.queries.verifying import Outcome, Why
from parchemin.records.people.models import Person
from parchemin.web.shared.tries import Limit
from parchemin.web.verification import views
from parchemin.web.verification.views import BY_ADDRESS, BY_NUMBER
from parchemin.web.verification.wording import _sentences
from tests.guards import lifted
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, checked, decided, housed
from tests.web import cast as casting
from tests.web.cast import FEST, Cast
from tests.web.verification.conftest import LATER

MOST = 5
HOLDER = {"name": "fictive", "born_on": "1984-03-09"}
ASK = "/verifier/"
PRIVATE = ("Fictive", "Odile", "9 mars 1984", "1984-03-09", "Nantes", "Rose")


def page(number: str) -> str:
    return reverse("verification:answer", args=[grouped(number)])


def text_of(answer: Any) -> str:
    """The words of the page, without its head and its foot."""
    inside = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", f"<{inside}")).replace("\u202f", " ").replace("\xa0", " ").split())


def looked(client: Client, number: str, label: str, status: int = 200) -> str:
    """The words of the answer, which says that."""
    found = client.get(page(number))
    words = text_of(found)
    assert found.status_code == status and f'<h1 id="answer">{label}</h1>' in found.content.decode(), words
    assert found.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in found.headers["Cache-Control"]
    assert settings.SESSION_COOKIE_NAME not in found.cookies
    return words


def compared(client: Client, number: str, **typed: str) -> Any:
    return client.post(page(number), {**HOLDER, **typed})


@pytest.mark.parametrize("write", [str, str.lower, lambda one: one.replace("-", " "), lambda one: one.replace("-", "")])
def test_the_number_leads_to_the_answer_however_it_is_typed(
    client: Client, issued: Certificate, write: Callable[[str], str]
) -> None:
    number = grouped(issued.number)
    for typed in (write(number), f" {write(number)} ", f"https://parchemin.example/verifier/{write(number)}/"):
        found = client.get(ASK, {"numero": typed})
        assert (found.status_code, found.headers["Location"]) == (302, page(issued.number))
    found = client.get(reverse("verification:answer", args=[write(number)]), follow=True)
    assert found.redirect_chain == ([] if write is str else [(page(issued.number), 302)]) and found.status_code == 200


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Recopiez le numéro"),
        ("ABCD-EFGH", "celui-ci en compte 8"),
        ("ABCD-EFGH-JKM0", "ni 0, ni 1"),
        ("ABCD-EFGH-JKMN", "Un signe au moins est mal recopié"),
        ("\0" * 12, ""),
        ("x" * 500, ""),
    ],
)
def test_a_slip_is_said_on_the_field_and_looked_up_nowhere(client: Client, typed: str, told: str) -> None:
    with CaptureQueriesContext(connection) as questions:
        found = client.get(ASK, {"numero": typed}) if "\0" not in typed else client.get(ASK, {"numero": "\x07"})
    assert found.status_code == 422 and told in text_of(found) and len(questions) == 0


def test_what_was_typed_is_never_markup(client: Client) -> None:
    for url in (f"{ASK}?numero=<script>alert(1)</script>", f"{ASK}<b>appelez%20le%2008<b>/"):
        found = client.get(url)
        assert b"<script>alert" not in found.content and b"<b>" not in found.content
    assert "appelez le" not in text_of(client.get(f"{ASK}appelez%20le%2008/")).lower()


def test_the_valid_one_says_what_is_on_the_paper_and_no_more(client: Client, issued: Certificate) -> None:
    words = looked(client, issued.number, "Certificat valable")
    said = (grouped(issued.number), issued.told["certification"], "Commission fictive", "27 mars 2026", "27 mars 2031")
    for one in (*said, "Certification entière", "Vérifié le 26 avril 2026 à"):
        assert one in words.replace("’", "'") or one in words, one
    assert settings.ADDRESS + page(issued.number) in words
    assert not [one for one in PRIVATE if one in words.replace("Commission fictive", "")]


def test_without_end_it_says_so(client: Client, cast: Cast) -> None:
    housed(cast, FEST)
    hearing = decided(cast, FEST, "continuing", "none", ("A1-C1",), "A1-C2")
    row = issue_statement(hearing=hearing, by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    words = looked(client, row.number, "Relevé authentique")
    assert "sans limite de durée" in words and "ne certifie aucune compétence" in words


def test_the_revoked_one_says_since_when_and_not_why(client: Client, cast: Cast, issued: Certificate) -> None:
    revoke(certificate=issued, reason="Fraude constatée.", by=cast.manager, at=LATER)
    words = looked(client, issued.number, "Certificat non valable")
    assert "retiré : il n’est plus valable depuis le 26 avril 2026" in words and "Fraude" not in words
    assert issued.told["certification"] in words


def test_the_suspended_one_is_valid_again_once_reinstated(client: Client, cast: Cast, issued: Certificate) -> None:
    suspend(certificate=issued, reason="Enquête.", by=cast.manager, at=LATER)
    words = looked(client, issued.number, "Certificat non valable")
    assert "suspendu : il n’est pas valable depuis le 26 avril 2026" in words and "Enquête" not in words
    reinstate(certificate=issued, reason="Rien.", by=cast.manager, at=LATER)
    looked(client, issued.number, "Certificat valable")


def test_the_replaced_one_never_says_by_which(client: Client, cast: Cast, issued: Certificate) -> None:
    casting.identified(cast.candidate, birth_name="Fictive-Exacte")
    checked(cast, cast.candidate)
    made = correct_certificate(certificate=issued, reason="Nom.", by=cast.manager, at=LATER, on=ISSUED_ON)
    words = looked(client, issued.number, "Certificat non valable")
    assert "remplacé le 26 avril 2026" in words
    held = client.get(page(issued.number)).content.decode()
    assert made.number not in held and grouped(made.number) not in held
    assert "Oui" in text_of(compared(client, issued.number))
    assert "Non" in text_of(compared(client, made.number))


def test_the_expired_one_says_since_when(client: Client, issued: Certificate) -> None:
    with time_machine.travel(datetime(2031, 3, 27, 20, tzinfo=UTC), tick=True):
        looked(client, issued.number, "Certificat valable")
    with time_machine.travel(datetime(2031, 3, 28, 8, tzinfo=UTC), tick=True):
        words = looked(client, issued.number, "Certificat non valable")
    assert "plus valable depuis le 28 mars 2031" in words


def test_the_altered_one_tells_nothing_and_compares_nothing(client: Client, issued: Certificate) -> None:
    with lifted(connection):
        Certificate.objects.filter(pk=issued.pk).update(text=issued.text.replace("Odile", "Odette"))
    words = looked(client, issued.number, "Certificat non valable")
    assert "n’est plus ce qui a été délivré" in words
    assert issued.told["certification"] not in words and "Comparer" not in words
    assert "Oui" not in text_of(compared(client, issued.number))


def test_unknown_and_mistyped_are_told_apart(client: Client) -> None:
    assert "ne porte ce numéro" in looked(client, drawn(), "Certificat non valable", 404)
    found = client.get(reverse("verification:answer", args=["ABCD-EFGH-JKMN"]))
    assert found.status_code == 404 and "Certificat non vérifié" in text_of(found)
    assert (
        "faute de frappe" in text_of(found)
        and "mal recopié" in text_of(found)
        and 'value="ABCD-EFGH-JKMN"' in found.content.decode()
    )


def test_a_register_that_does_not_answer_is_no_word_against_the_certificate(
    client: Client, issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(QuerySet, "first", broken)
    monkeypatch.setattr(Limit, "_taken", broken)
    words = looked(client, issued.number, "Certificat non vérifié", 503)
    assert "Cela ne dit rien du certificat" in words


def test_everybody_sees_the_same(
    client: Client, cast: Cast, issued: Certificate, signed_in: Callable[[Person], Client]
) -> None:
    def shown(one: Client, number: str) -> str:
        body = one.get(page(number)).content.decode().partition("<body")[2].partition(">")[2]
        return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"|\d\d:\d\d', r"\1", body)

    unknown = drawn()
    people = (cast.outsider, cast.candidate, cast.secretary, cast.manager, cast.administrator)
    for number in (issued.number, unknown):
        assert {shown(signed_in(one), number) for one in people} == {shown(client, number)}


def test_questions_are_few_whatever_became_of_it(client: Client, cast: Cast, issued: Certificate) -> None:
    counts = set()
    for _turn in range(3):
        with CaptureQueriesContext(connection) as questions:
            client.get(page(issued.number))
        counts.add(len(questions))
        suspend(certificate=issued, reason="x", by=cast.manager, at=LATER)
        reinstate(certificate=issued, reason="x", by=cast.manager, at=LATER)
    assert len(counts) == 1 and max(counts) <= MOST


@pytest.mark.parametrize(
    ("typed", "is_holder"),
    [
        ({}, True),
        ({"name": "FICTIVE", "born_on": "09/03/1984"}, True),
        ({"name": "Fîctivé"}, True),
        ({"born_on": "1984-03-10"}, False),
        ({"name": "Exemple"}, False),
        ({"name": "Odile Fictive"}, False),
    ],
)
def test_the_holder_is_answered_by_yes_or_no_and_nothing_is_said_back(
    client: Client, issued: Certificate, typed: dict[str, str], is_holder: bool
) -> None:
    found = compared(client, issued.number, **typed)
    words = text_of(found)
    assert found.status_code == 200 and "Certificat valable" in words
    assert ("Oui Ce nom" in words, "Non Ce nom" in words) == (is_holder, not is_holder)
    held = found.content.decode()
    assert not [one for one in PRIVATE if one in held.replace("Commission fictive", "")]
    assert 'value="fictive"' not in held.lower()


def test_yes_on_a_revoked_certificate_is_not_read_as_valid(client: Client, cast: Cast, issued: Certificate) -> None:
    revoke(certificate=issued, reason="Fraude.", by=cast.manager, at=LATER)
    words = text_of(compared(client, issued.number))
    assert "Certificat non valable" in words and "mais le certificat n’est pas valable" in words


def test_what_is_not_filled_is_asked_again_and_counts_for_nothing(client: Client, issued: Certificate) -> None:
    for _turn in range(10):
        assert compared(client, issued.number, name="", born_on="31/02/1984").status_code == 422
    assert "Oui" in text_of(compared(client, issued.number))


def test_a_certificate_is_compared_a_few_times_a_day_from_anywhere(client: Client, issued: Certificate) -> None:
    for turn in range(6):
        found = client.post(page(issued.number), HOLDER, REMOTE_ADDR=f"192.0.2.{turn}")
        assert found.status_code == 200
    found = client.post(page(issued.number), HOLDER, REMOTE_ADDR="192.0.2.99")
    words = text_of(found)
    assert found.status_code == 429 and "Réessayez demain" in words and "Oui" not in words
    assert 0 < int(found.headers["Retry-After"]) <= 24 * 3600
    assert "Certificat valable" in words and client.get(page(issued.number)).status_code == 200
    with time_machine.travel(LATER.replace(day=LATER.day + 1), tick=True):
        assert "Oui" in text_of(compared(client, issued.number))


def test_an_address_compares_a_few_certificates_an_hour(client: Client, issued: Certificate) -> None:
    for _turn in range(BY_ADDRESS.most):
        assert BY_ADDRESS.take("127.0.0.1")
    found = compared(client, issued.number)
    assert found.status_code == 429 and "Réessayez dans une heure" in text_of(found)
    assert client.post(page(issued.number), HOLDER, REMOTE_ADDR="192.0.2.1").status_code == 200
    left = [BY_NUMBER.take(issued.number) for _turn in range(BY_NUMBER.most)]
    assert left == [True] * (BY_NUMBER.most - 1) + [False]  # the one refused took nothing from the certificate


@pytest.mark.parametrize("is_broken", [True, False], ids=["the register does not answer", "it is gone meanwhile"])
def test_a_comparison_that_cannot_be_made_is_neither_yes_nor_no(
    client: Client, issued: Certificate, monkeypatch: pytest.MonkeyPatch, is_broken: bool
) -> None:
    def asked(*_args: object) -> None:
        if is_broken:
            raise OperationalError("database is locked")

    monkeypatch.setattr(views, "names_holder", asked)
    found = compared(client, issued.number)
    words = text_of(found)
    assert found.status_code == 503 and "n’a pas pu être faite" in words and "Certificat valable" in words
    assert "Oui" not in words and "Non Ce nom" not in words


def test_a_comparison_from_another_site_is_refused(issued: Certificate) -> None:
    outside = Client(enforce_csrf_checks=True)
    assert compared(outside, issued.number).status_code == 403
    shown = outside.get(page(issued.number)).content.decode()
    token = re.findall(r'csrfmiddlewaretoken" value="([^"]+)"', shown)[0]
    assert "Oui" in text_of(compared(outside, issued.number, csrfmiddlewaretoken=token))


def test_nobody_finds_numbers_by_trying(client: Client, issued: Certificate) -> None:
    for _turn in range(20):
        assert client.get(page(drawn())).status_code == 404
    for number in (drawn(), issued.number):
        found = client.get(page(number))
        assert found.status_code == 429 and int(found.headers["Retry-After"]) == 300
        assert found.headers["X-Robots-Tag"] == "noindex, nofollow" and "no-store" in found.headers["Cache-Control"]
    assert client.post(page(issued.number), HOLDER).status_code == 429
    assert client.get(page(issued.number), REMOTE_ADDR="192.0.2.1").status_code == 200
    assert client.get(reverse("verification:answer", args=["ABCD-EFGH-JKMN"])).status_code == 404
    cache.clear()
    for _turn in range(40):
        assert client.get(page(issued.number)).status_code == 200


def test_every_reason_has_its_words_and_every_outcome_is_met() -> None:
    assert set(_sentences()) == set(Why) and len(Outcome) == 3


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_said_in_both_languages(client: Client, issued: Certificate, language: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    found = client.get(page(issued.number))
    assert ("Certificate valid" in text_of(found)) == (language == "en")
    assert '<dd lang="fr">' in found.content.decode()
