"""From what a body recommends to what a stranger verifies: the three answers, and why."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection

from parchemin.edges.credentials import Checked, SigningKey, verify
from parchemin.edges.credentials.integrity import sign
from parchemin.edges.credentials.keeping import drawn_pair, issuer_document
from parchemin.edges.credentials.knowing import OwnKeys, OwnStatuses
from parchemin.edges.credentials.recommending import address_of, drawn, recommendation_list, sign_recommendations
from parchemin.records.awards.actions.keys import key_in_use, replace_key
from parchemin.records.awards.models import IssuerKey
from parchemin.records.recommendations.actions import drafted, recommend, withdraw
from parchemin.records.recommendations.models import Proof, Recommendation
from tests.cli.running import runner
from tests.edges.awarding import SITE, signed
from tests.edges.credentials.cast import with_samples
from tests.edges.credentials.test_documents import errors
from tests.records.awards.bench import given, told
from tests.records.juries.bench import Bench
from tests.records.recommendations.bench import MADE_AT, MADE_ON, neighbour, recommended, said, version
from tests.web.cast import Cast, organisation

LATER = MADE_AT + timedelta(days=30)


@pytest.fixture
def row(cast: Cast) -> Recommendation:
    made = recommended(cast, until_on=MADE_ON + timedelta(days=60))
    assert (sign_recommendations(SITE, MADE_AT), sign_recommendations(SITE, MADE_AT)) == (1, 0)
    return made


def checked(row: Recommendation, content: str = "", at: Any = LATER, **known: Any) -> Checked:
    text = content or Proof.objects.get(recommendation=row).text
    return verify(text.encode(), at=at, **({"keys": OwnKeys(SITE), "statuses": OwnStatuses(SITE, at)} | known))


def answered(*given: Any, **named: Any) -> tuple[str, list[str]]:
    found = checked(*given, **named)
    return found.answer.value, [one.code for one in found.reasons]


def test_it_names_what_the_badges_of_the_certification_name(row: Recommendation, cast: Cast, bench: Bench) -> None:
    credential = json.loads(row.proof.text)
    assert credential["type"] == ["VerifiableCredential", "EndorsementCredential"]
    assert credential["issuer"]["id"] == SITE.issuer(cast.other_organisation.pk)
    assert credential["credentialSubject"]["endorsementComment"] == row.words
    (made,) = given(told(bench), cast.manager)
    signed()
    badge = json.loads(made.credential.text)
    body = recommended(cast, version=None)
    named = recommended(cast, version=version(cast, made.candidacy.certification.scheme))
    assert address_of(named, SITE) == badge["credentialSubject"]["achievement"]["id"]
    assert address_of(body, SITE) == badge["issuer"]["id"]


def test_its_name_reads_right_whatever_the_names(row: Recommendation) -> None:
    assert json.loads(row.proof.text)["name"] == f"{row.subject_name} — recommandation\u00a0: {row.endorser_name}"


@pytest.mark.parametrize("is_altered", [True, False])
def test_a_key_that_cannot_be_read_holds_back_its_body_alone(
    cast: Cast, is_altered: bool, caplog: pytest.LogCaptureFixture
) -> None:
    stuck = recommended(cast)
    key = key_in_use(cast.other_organisation, drawn_pair, MADE_AT)
    IssuerKey.objects.filter(pk=key.pk).update(seed="zz")
    if is_altered:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE awards_issuerkey SET seed = 'v1:AAAA'")
    third = organisation("Un autre encore")
    told_of = said(cast, version=None)
    fine = recommend(endorser=third, said=told_of, by=cast.manager, at=MADE_AT, on=MADE_ON)
    assert (sign_recommendations(SITE, MADE_AT), sign_recommendations(SITE, MADE_AT)) == (1, 0)
    assert Proof.objects.get().recommendation == fine and str(stuck.pk) in caplog.text


@with_samples
def test_it_follows_the_schema(row: Recommendation) -> None:
    assert errors("endorsementcredential", json.loads(row.proof.text)) == []


def test_a_draft_says_the_same_without_a_place(cast: Cast) -> None:
    draft = drawn(drafted(cast.other_organisation, said(cast), on=MADE_ON), SITE)
    sent = drawn(recommended(cast), SITE)
    assert set(sent) - set(draft) == {"credentialStatus"}
    assert {name for name in draft if draft[name] != sent[name]} == {"id"}


def test_a_stranger_verifies_it_and_what_could_not_be_looked_at_is_said(row: Recommendation) -> None:
    assert answered(row) == ("valid", [])
    assert answered(row, keys={}) == ("unchecked", ["unknown_issuer", "status_list_not_valid"])
    assert answered(row, statuses={}) == ("unchecked", ["status_list_missing"])


def test_altered_or_signed_by_another_it_is_not_valid(row: Recommendation) -> None:
    text = row.proof.text.replace("embauchent", "recrutent")
    assert text != row.proof.text and answered(row, text) == ("not_valid", ["altered"])
    bare = {name: value for name, value in json.loads(row.proof.text).items() if name != "proof"}
    other = SigningKey.from_seed(bytes(32), SITE.issuer(row.endorser_id))
    assert answered(row, json.dumps(sign(bare, other, created=MADE_AT))) == ("not_valid", ["unknown_key"])


@pytest.mark.parametrize("part", ["id", "type"])
def test_an_endorsement_of_nothing_is_none(row: Recommendation, part: str) -> None:
    bare = {name: value for name, value in json.loads(row.proof.text).items() if name != "proof"}
    del bare["credentialSubject"][part]
    assert answered(row, json.dumps(bare)) == ("not_valid", ["incomplete"])


def test_it_holds_from_its_first_day_to_its_last(row: Recommendation, cast: Cast) -> None:
    soon = recommended(cast, version=None, from_on=MADE_ON + timedelta(days=40))
    sign_recommendations(SITE, MADE_AT)
    assert answered(soon) == ("not_valid", ["not_yet_valid"])
    assert answered(row, at=MADE_AT + timedelta(days=60)) == ("valid", [])
    assert answered(row, at=MADE_AT + timedelta(days=61)) == ("not_valid", ["expired"])


def test_withdrawn_it_is_not_valid_and_no_other_is(row: Recommendation, cast: Cast) -> None:
    other = recommended(cast, version=None)
    sign_recommendations(SITE, MADE_AT)
    withdraw(recommendation=row, reason="Le référentiel a changé.", by=neighbour(cast), at=MADE_AT)
    assert answered(row) == ("not_valid", ["revoked"]) and answered(other) == ("valid", [])


def test_a_key_replaced_leaves_it_good(row: Recommendation, cast: Cast) -> None:
    replace_key(organisation=row.endorser, draw=drawn_pair, at=MADE_AT + timedelta(days=1))
    assert answered(row) == ("valid", []) and IssuerKey.objects.filter(organisation=row.endorser).count() == 2


def test_the_command_line_gives_the_same_answers(
    row: Recommendation, cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parchemin = runner(capsys)

    def written(name: str, content: Any) -> str:
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return str(path)

    file = written("recommandation.json", row.proof.text)
    keys = ("--keys", written("did.json", issuer_document(row.endorser, SITE)))
    now = MADE_AT
    lists = ("--status", written("liste.json", recommendation_list(row.endorser, SITE, now)))
    with time_machine.travel(LATER):
        assert parchemin("credential", "verify", file, *keys, *lists, "--json").json["answer"] == "valid"
        told_of = parchemin("credential", "verify", file, *lists, "--json")
        assert (told_of.code, told_of.json["answer"]) == (3, "unchecked")
        withdraw(recommendation=row, reason="x", by=neighbour(cast), at=MADE_AT)
        lists = ("--status", written("liste.json", recommendation_list(row.endorser, SITE, now)))
        told_of = parchemin("credential", "verify", file, *keys, *lists, "--json")
        assert told_of.code == 1 and [one["code"] for one in told_of.json["reasons"]] == ["revoked"]
