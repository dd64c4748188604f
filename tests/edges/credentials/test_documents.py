"""The forms of an award: each by its own standard, each saying the same."""

import base64
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from PIL import Image
from pyld import jsonld

from parchemin.edges.credentials.awarded import Award, derived_id, hashed_identifier
from parchemin.edges.credentials.badges import award_badge, block_badges, endorsement
from parchemin.edges.credentials.canonical import canonical_rdf
from parchemin.edges.credentials.european import uploadable
from parchemin.edges.credentials.integrity import sign
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.transcripts import transcript
from parchemin.edges.credentials.verifying import Answer, verify
from tests.edges.credentials.awards import HOSTILE, STATUS, award, block
from tests.edges.credentials.cast import AT, KEY, STANDARDS, Json, bare, by_pyld, sample, with_samples, words

SCHEMAS = STANDARDS / "openbadges" / "schema" / "derived"
AWARDS = {
    "whole": award(),
    "hostile": award(
        certification=replace(award().certification, title=HOSTILE, criteria=HOSTILE * 20),
        holder=replace(award().holder, given_name=HOSTILE),
    ),
    "bare": award(0, evidence=(), valid_until=None, status_list=None, status_index=None),
    "register": award(1, certification=replace(award().certification, code="RS6789", level=None)),
    "many": award(blocks=tuple(block(number, 9) for number in range(1, 8))),
}
every_award = pytest.mark.parametrize("made", AWARDS.values(), ids=AWARDS)


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (4, 3), "white").save(content, "PNG")
    return content.getvalue()


def signed(document: Json) -> Json:
    return sign(document, KEY, created=AT)


def whole(made: Award) -> Json:
    return transcript(made, [signed(one) for one in (award_badge(made), *block_badges(made))])


def errors(schema: str, document: Json) -> list[str]:
    validator = Draft202012Validator(sample(SCHEMAS / f"ob_v3p0_{schema}.derived.schema.json"))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


@with_samples
@every_award
def test_badges_follow_the_schema(made: Award) -> None:
    for document in (award_badge(made), *block_badges(made)):
        assert errors("achievementcredential", signed(document)) == []


@with_samples
def test_the_schema_refuses_what_lacks_a_required_field() -> None:
    document = signed(award_badge(award()))
    for field in ("issuer", "validFrom", "credentialSubject", "id"):
        assert errors("achievementcredential", {k: v for k, v in document.items() if k != field})
    del document["credentialSubject"]["achievement"]["criteria"]
    assert errors("achievementcredential", document)


@every_award
def test_each_form_is_signed_alike_by_another_implementation(made: Award) -> None:
    for document in (award_badge(made), *block_badges(made), whole(made)):
        assert canonical_rdf(document) == by_pyld(document)


def test_a_badge_says_what_was_awarded() -> None:
    made = award()
    badge = award_badge(made)
    subject = badge["credentialSubject"]
    assert badge["id"] == made.id and badge["issuer"]["id"] == made.issuer.id
    assert badge["validFrom"] == "2026-06-15T10:30:00Z" and badge["validUntil"] == "2031-06-15T10:30:00Z"
    assert badge["awardedDate"] == "2026-06-15T00:00:00Z"
    assert badge["credentialStatus"]["statusListCredential"] == STATUS
    assert badge["credentialStatus"]["statusListIndex"] == "7"
    assert badge["evidence"][0]["name"] == "Dossier"
    assert subject["licenseNumber"] == "2026-000123"
    assert [one["identityHash"] for one in subject["identifier"] if not one["hashed"]] == ["Chloé Noël-Ôzgür"]
    assert subject["achievement"]["humanCode"] == "RNCP12345"
    assert subject["achievement"]["achievementType"] == "Certification"
    items = [one for one in subject["achievement"]["alignment"] if one.get("targetType") == "CFItem"]
    assert [one["targetCode"] for one in items] == [one.code for part in made.blocks for one in part.competences]
    described = [one["id"] for one in subject["achievement"]["resultDescription"]]
    assert [one["resultDescription"] for one in subject["result"]] == described and len(set(described)) == 3
    assert [one.get("value") for one in subject["result"]] == ["Acquis, 14,5/20", None, "Acquis, 14,5/20"]


def test_each_block_has_its_own_badge_tied_to_the_certification() -> None:
    made = award()
    badges = block_badges(made)
    assert len({made.id, *(badge["id"] for badge in badges)}) == 4
    for part, badge in zip(made.blocks, badges, strict=True):
        achievement = badge["credentialSubject"]["achievement"]
        assert (achievement["id"], achievement["humanCode"]) == (part.id, part.code)
        assert [one["id"] for one in achievement["related"]] == [made.certification.id]
        assert badge["credentialStatus"]["statusListIndex"] == str(part.status_index)
    related = award_badge(made)["credentialSubject"]["achievement"]["related"]
    assert [one["id"] for one in related] == [part.id for part in made.blocks]


def test_what_is_absent_is_not_written() -> None:
    badge = award_badge(AWARDS["bare"])
    assert not {"validUntil", "credentialStatus", "evidence"} & set(badge)
    assert "null" not in json.dumps([badge, whole(AWARDS["bare"])])


@with_samples
def test_an_endorsement_follows_the_schema() -> None:
    made = award()
    document = endorsement(
        id="urn:uuid:1",
        name=HOSTILE,
        endorser=made.issuer,
        endorsed=made.certification.id,
        comment=HOSTILE * 9,
        valid_from=AT,
        valid_until=AT,
    )
    assert errors("endorsementcredential", signed(document)) == []
    assert document["credentialSubject"]["id"] == made.certification.id
    assert canonical_rdf(document) == by_pyld(document)


def as_first_version(document: Any) -> Any:
    """The document as the saved schema knows it, which is of the first data model.

    It lacks the identity type ``name``, added since, and forbids ``type`` in ``related``, which its own model requires.
    """
    if isinstance(document, list):
        return [as_first_version(one) for one in document]
    if not isinstance(document, dict):
        return document
    renamed = {"validFrom": "issuanceDate", "validUntil": "expirationDate"}
    dropped = ("credentialStatus", "awardedDate", "proof", "related")
    found = {renamed.get(key, key): as_first_version(one) for key, one in document.items() if key not in dropped}
    if found.get("identityType") == "name":
        found["identityType"] = "ext:name"
    contexts = [
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/clr/v2p0/context.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
    ]
    return found | ({"@context": contexts} if "@context" in found else {})


@with_samples
@every_award
def test_the_record_follows_the_schema_where_it_applies(made: Award) -> None:
    validator = Draft4Validator(sample(STANDARDS / "clr" / "schema" / "clr_v2p0_clrcredential_schema_draft4.json"))
    found = [error.message[:300] for error in validator.iter_errors(as_first_version(signed(whole(made))))]
    assert found == []
    assert not validator.is_valid(as_first_version({k: v for k, v in whole(made).items() if k != "name"}))


def test_the_record_ties_blocks_to_the_certification() -> None:
    made = award()
    document = whole(made)
    subject = document["credentialSubject"]
    assert [(one["associationType"], one["sourceId"], one["targetId"]) for one in subject["association"]] == [
        ("isPartOf", part.id, made.certification.id) for part in made.blocks
    ]
    assert [one["id"] for one in subject["achievement"]] == [made.certification.id, *(part.id for part in made.blocks)]
    assert len(subject["verifiableCredential"]) == 4 and document["partial"] is False
    assert document["credentialStatus"]["statusListIndex"] == "7"


@pytest.mark.parametrize(("badges", "code"), [([], "incomplete"), ([award_badge(award())], "not_signed")])
def test_a_record_holds_signed_badges(badges: list[Json], code: str) -> None:
    with pytest.raises(CredentialError) as caught:
        transcript(award(), badges)
    assert caught.value.code == code


def european_loader(url: str, options: object) -> Json:
    files = {
        "http://data.europa.eu/snb/model/context/edc-ap": STANDARDS / "elm" / "edc-ap-context.jsonld",
        "https://www.w3.org/2018/credentials/v1": STANDARDS
        / "contexts"
        / "validator-bundle"
        / "2018-credentials-v1.jsonld",
    }
    return {"contextUrl": None, "documentUrl": url, "document": sample(files[url])}


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from keys(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in ("@context", "fr", "en"):
                yield key
                yield from keys(one)


@every_award
def test_nothing_can_be_checked_of_the_european_file(made: Award) -> None:
    document = uploadable(made, [picture()])
    found = verify(json.dumps(document).encode(), keys={}, statuses={}, at=AT)
    assert (found.answer, [one.code for one in found.reasons]) == (Answer.UNCHECKED, ["for_europass"])
    claimed = json.dumps(document | {"@context": "https://www.w3.org/ns/credentials/v2"}).encode()
    assert verify(claimed, keys={}, statuses={}, at=AT).answer is Answer.NOT_VALID


@with_samples
@every_award
def test_every_term_of_the_european_file_is_of_its_vocabulary(made: Award) -> None:
    document = uploadable(made, [picture()])["credential"]
    terms = dict[str, Any]()
    for url in document["@context"]:
        terms |= european_loader(url, None)["document"]["@context"]
    assert set(keys(document)) <= {
        *terms,
        "issuer",
        "validFrom",
        "credentialSubject",
        "credentialSchema",
        "expirationDate",
    }
    nodes = jsonld.flatten(document, options={"documentLoader": european_loader})
    kinds = {kind for node in nodes for kind in node.get("@type", [])}
    assert "http://data.europa.eu/snb/model/elm/EuropeanDigitalCredential" in kinds
    assert all(":" in kind for kind in kinds)
    ids = [node["@id"] for node in nodes]
    assert len(ids) == len(set(ids))


def test_the_european_file_says_what_was_awarded() -> None:
    made = award()
    document = uploadable(made, [picture(), picture()])["credential"]
    claim = document["credentialSubject"]["hasClaim"]
    assert document["credentialSubject"]["fullName"] == {"fr": "Chloé Noël-Ôzgür"}
    assert claim["specifiedBy"]["eqfLevel"]["id"] == "http://data.europa.eu/snb/eqf/5"
    assert claim["specifiedBy"]["eqfLevel"]["inScheme"]["id"] == "http://data.europa.eu/snb/eqf/25831c2"
    assert claim["awardedBy"]["awardingDate"] == "2026-06-15T00:00:00Z"
    assert [one["title"]["fr"] for one in claim["hasPart"]] == [part.title for part in made.blocks]
    assert len(claim["specifiedBy"]["learningOutcome"]) == 9
    assert document["expirationDate"] == "2031-06-15T10:30:00Z"
    pages = document["displayParameter"]["individualDisplay"]["displayDetail"]
    assert [one["page"] for one in pages] == [1, 2]
    assert base64.b64decode(pages[0]["image"]["content"]) == picture()
    assert "eqfLevel" not in json.dumps(uploadable(AWARDS["register"], [picture()]))


@pytest.mark.parametrize(
    ("made", "pages", "part"),
    [
        (award(), [b"%PDF"], "pages[1]"),
        (award(certification=replace(award().certification, language="xx")), [], "language"),
        (award(issuer=replace(award().issuer, country="ZZZ")), [], "country"),
    ],
)
def test_the_european_file_refuses_what_it_cannot_write(made: Award, pages: list[bytes], part: str) -> None:
    with pytest.raises(CredentialError) as caught:
        uploadable(made, pages)
    assert caught.value.problem.values == {"part": part}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": "2026-000123"}, "incomplete"),
        ({"id": "urn:uuid:1 2"}, "incomplete"),
        ({"valid_from": datetime(2026, 6, 15)}, "no_time_zone"),
        ({"valid_until": AT.replace(year=2020)}, "incomplete"),
        ({"status_index": None}, "incomplete"),
        ({"status_list": "statuts"}, "incomplete"),
        ({"issuer": replace(award().issuer, id="certif")}, "incomplete"),
        ({"issuer": replace(award().issuer, url="certif")}, "incomplete"),
        ({"certification": replace(award().certification, level=9)}, "incomplete"),
        ({"certification": replace(award().certification, id="RNCP1")}, "incomplete"),
        ({"blocks": (block(1, id="BC01"),)}, "incomplete"),
        ({"evidence": (replace(award().evidence[0], url="javascript:alert(1)"),)}, "incomplete"),
    ],
)
def test_an_award_that_no_credential_could_say_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(CredentialError) as caught:
        award(**changes)
    assert caught.value.code == code


def test_an_identifier_is_hashed_with_its_salt() -> None:
    found = hashed_identifier("a@exemple.test", "x" * 16)
    assert found.digest == "sha256$b06f3e2357748cd8deb9b8781539d5d1310c215cc163ef33b9c4c85deadb3b86"
    assert found.digest != hashed_identifier("a@exemple.test", "y" * 16).digest
    with pytest.raises(CredentialError):
        hashed_identifier("a@exemple.test", "court")


def test_parts_are_named_the_same_each_time() -> None:
    made = award()
    assert derived_id(made, "BC01") == derived_id(made, "BC01") != derived_id(made, "BC02")


@settings(max_examples=20)
@given(title=words, name=words, result=words, blocks=st.integers(0, 3))
def test_any_award_is_signed_and_says_the_same_everywhere(title: str, name: str, result: str, blocks: int) -> None:
    made = award(
        certification=replace(award().certification, title=title),
        holder=replace(award().holder, family_name=name),
        blocks=tuple(block(number, title=title, result=result) for number in range(1, blocks + 1)),
    )
    assert bare(signed(award_badge(made))) == award_badge(made)
    for document in (award_badge(made), whole(made)):
        assert canonical_rdf(document) == by_pyld(document)
