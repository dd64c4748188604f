"""Programs get the same three answers, in JSON, without a session; and what is wrong as problem details."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.db.models import QuerySet
from django.test import Client

from parchemin.records.awards.actions.changing import revoke
from parchemin.records.awards.models import Certificate
from parchemin.records.awards.numbers import drawn, grouped
from parchemin.web.shared.tries import Limit
from parchemin.web.verification.files import FILES
from parchemin.web.verification.views import UNKNOWN
from tests.web.cast import Cast
from tests.web.verification.conftest import LATER
from tests.web.verification.test_files import altered, signed, token_of

__all__ = ["signed"]
HERE = "/verifier/api"
JSON, PROBLEM = "application/json", "application/problem+json"
pytestmark = pytest.mark.django_db


def asked(client: Client, sent: object, kind: str = JSON) -> Any:
    return client.post(HERE, sent if isinstance(sent, bytes) else json.dumps(sent), content_type=kind)


def told(client: Client, sent: object, answer: str, *codes: str) -> dict[str, Any]:
    found = asked(client, sent)
    assert (found.status_code, found.headers["Content-Type"]) == (200, JSON), found.content
    said: dict[str, Any] = found.json()
    assert (said["answer"], tuple(one["code"] for one in said["reasons"])) == (answer, codes)
    assert said["format"] == "parchemin/verification-1" and all(one["message"] for one in said["reasons"])
    assert not found.cookies and found.headers["Access-Control-Allow-Origin"] == "*"
    assert "no-store" in found.headers["Cache-Control"]
    return said


def test_a_number_is_answered_without_a_word_of_its_holder(cast: Cast, issued: Certificate) -> None:
    client = Client(enforce_csrf_checks=True)
    for typed in (issued.number, grouped(issued.number).lower()):
        said = told(client, {"number": typed}, "valid")
        assert said["certificate"]["title"] == issued.told["certification"]
        assert said["certificate"]["valid_until"] == "2031-03-27"
        assert said["links"]["page"] == f"{settings.ADDRESS}/verifier/{issued}/"
    assert "Odile" not in json.dumps(said) and "Fictive" not in json.dumps(said)
    revoke(certificate=issued, reason="Fraude.", by=cast.manager, at=LATER)
    said = told(client, {"number": issued.number}, "not_valid", "revoked")
    assert said["reasons"][0]["since"] == "2026-04-26" and "Fraude" not in json.dumps(said)


def test_unknown_and_mistyped_are_told_apart(client: Client) -> None:
    said = told(client, {"number": drawn()}, "not_valid", "unknown")
    assert "certificate" not in said
    told(client, {"number": "ABCD-EFGH-JKMN"}, "unchecked", "mistyped")


def test_a_credential_is_answered_as_an_object_or_a_token(client: Client, signed: Certificate) -> None:
    text = str(signed.credential.text)
    for sent in (json.loads(text), text, token_of(signed)):
        said = told(client, {"credential": sent}, "valid")
        assert said["certificate"]["number"] == str(signed)
        assert said["checks"] == {"signature": True, "standing": True, "register": True, "end_of_validity": True}
    said = told(client, {"credential": json.loads(altered(signed))}, "not_valid", "altered")
    assert said["checks"]["signature"] is False and "certificate" not in said
    told(client, {"credential": "Bonjour."}, "unchecked", "nothing_inside")


@pytest.mark.parametrize(
    ("sent", "kind", "status", "code"),
    [
        ({}, JSON, 422, "neither"),
        ({"number": 12}, JSON, 422, "neither"),
        ({"number": "x", "credential": {}}, JSON, 422, "neither"),
        ({"credential": []}, JSON, 422, "neither"),
        (b"[]", JSON, 400, "not_an_object"),
        (b"{", JSON, 400, "not_json"),
        (b"\xff", JSON, 400, "not_json"),
        (b'{"number":"a","number":"b"}', JSON, 400, "repeated_key"),
        (b'{"number":' + b"[" * 5_000 + b"]" * 5_000 + b"}", JSON, 400, "not_json"),
        (b"number=x", "application/x-www-form-urlencoded", 415, "type"),
        (b'{"number":"' + b"x" * 1_000_001 + b'"}', JSON, 413, "too_large"),
        (b'{"number":"' + b"x" * 2_000_001 + b'"}', JSON, 413, "too_large"),
    ],
)
def test_what_cannot_be_read_is_a_problem(client: Client, sent: object, kind: str, status: int, code: str) -> None:
    found = asked(client, sent, kind)
    assert (found.status_code, found.headers["Content-Type"]) == (status, PROBLEM), found.content
    said = found.json()
    assert said["status"] == status and said["detail"]
    assert said["code"] in (code, "too_deep")


def test_it_only_answers_what_is_sent_to_it(client: Client) -> None:
    for method in (client.get, client.put, client.delete, client.head):
        found = method(HERE)
        assert found.status_code == 405 and "POST" in found.headers["Allow"]
    found = client.options(HERE)
    assert found.status_code == 204 and found.headers["Access-Control-Allow-Methods"] == "POST, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in found.headers


def test_too_many_questions_are_told_when_to_come_back(client: Client) -> None:
    for _ in range(UNKNOWN.most):
        told(client, {"number": drawn()}, "not_valid", "unknown")
    for _ in range(FILES.most):
        told(client, {"credential": "Bonjour."}, "unchecked", "nothing_inside")
    for sent in ({"number": drawn()}, {"credential": "Bonjour."}):
        found = asked(client, sent)
        assert (found.status_code, found.headers["Content-Type"]) == (429, PROBLEM)
        assert 0 < int(found.headers["Retry-After"]) <= UNKNOWN.seconds


def test_a_register_that_does_not_answer_says_so(
    client: Client, issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(QuerySet, "first", broken)
    found = asked(client, {"number": issued.number})
    assert found.status_code == 503 and found.json()["answer"] == "unchecked"


def test_when_even_tries_cannot_be_counted_it_says_to_come_back(
    client: Client, issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(Limit, "_taken", broken)
    answer = asked(client, {"number": issued.number})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["Content-Type"] == "application/problem+json"
