"""What an account takes away of what it did on the files of others: every act, and nobody's data but one's own."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.actions import filling, sharing
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.candidacies.queries.linked import ATTEST, subject_of
from parchemin.records.pathways.actions.evidencing import comment_evidence
from parchemin.records.pathways.actions.observing import observe
from parchemin.records.pathways.models import ObservationLine
from parchemin.records.people.actions.accrediting import accredit
from parchemin.records.people.actions.linking import make_link
from parchemin.records.people.models import Assurance, Person, Role
from tests.records.pathways.kept import ZONE, evidence
from tests.web import cast as casting
from tests.web.assessment import rated
from tests.web.cast import AT, FEST, ON, Cast
from tests.web.pathway.apprentices import shared
from tests.web.secretariat import desk

SignedIn = Callable[[Person], Client]
MARK = ObservationLine.Mark
UNTIL = ON + timedelta(days=90)


def taken_away(client: Client) -> dict[str, Any]:
    """The file that the page of the account gives, once the password was given again."""
    address = reverse("access:portable")
    asked = client.get(address)
    if asked.status_code == 302:
        cache.clear()
        place = urlsplit(asked.headers["Location"])
        client.post(place.path, {"password": casting.PASSWORD, "next": parse_qs(place.query)["next"][0]})
    kept: dict[str, Any] = json.loads(client.get(address).content)
    return kept


def followed(cast: Cast) -> Candidacy:
    """A file sent, opened to a trainer by the secretariat."""
    row = casting.deposited(casting.opened(cast.candidate, cast.certification(FEST), "continuing"))
    sharing.grant_access(
        candidacy=row, person=cast.companion, role=Role.COMPANION, by=cast.secretary, at=AT, on=ON, until_on=UNTIL
    )
    return row


def test_the_files_one_follows_are_told_by_whom_and_until_when(cast: Cast, signed_in: SignedIn) -> None:
    row = followed(cast)
    with time_machine.travel(AT + timedelta(days=3), tick=True):
        kept = taken_away(signed_in(cast.companion))
    [one] = kept["files_followed"]
    assert (one["file"], one["certification"]) == (row.number, row.certification.title)
    assert (one["candidate"], one["role"], one["opened_by"]) == ("Odile Fictive", "companion", "Commission fictive")
    assert (one["from_on"], one["until_on"]) == (ON.isoformat(), UNTIL.isoformat())
    assert one["opened_at"] and one["closed_at"] is None
    assert [role["role"] for role in kept["roles"]] == ["companion"]


def test_who_applies_is_no_longer_named_once_the_access_is_over(cast: Cast, signed_in: SignedIn) -> None:
    row = followed(cast)
    sharing.revoke_access(access=row.accesses.get(), by=cast.secretary, at=AT)
    kept = taken_away(signed_in(cast.companion))
    assert kept["files_followed"][0]["closed_at"] and kept["files_followed"][0]["candidate"] is None
    told = json.dumps(kept, ensure_ascii=False)
    assert "Odile" not in told and "odile" not in told


def test_signatures_and_acts_by_links_are_ones_own(cast: Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    experience = casting.worked(row)
    version = desk.dropped(row, "vae_file")
    told: dict[str, Any] = {"email": cast.outsider.email.upper(), "bearer": "Lucie", "at": AT, "by": cast.candidate}
    link, secret = make_link(act=ATTEST, subject=subject_of(experience), quality="Directrice", **told)
    signing, key = make_link(act="sign_document", subject=version.pk, role="sector_professional", **told)
    answer = {"fingerprint": experience.fingerprint, "is_confirmed": "yes", "words": "Vu.", "bearer": "Lucie Dehors",
              "quality": "Directrice", "is_sincere": "on", "is_read": "on"}  # fmt: skip
    with time_machine.travel(AT + timedelta(days=1), tick=True):
        for one in (secret, key):
            assert Client().post(f"/acte/{one}/", answer).status_code == 200
        kept = taken_away(signed_in(cast.outsider))
        others = taken_away(signed_in(cast.other_candidate))
    assert [(one["link"], one["words"], one["file"]) for one in kept["attestations"]] == [
        (str(link.pk), "Vu.", row.number)
    ]
    [signed] = kept["signatures"]
    assert (signed["file"], signed["document"], signed["version"]) == (row.number, "vae_file", version.number)
    assert (signed["actor"], signed["link"], signed["assurance"]) == ("sector_professional", str(signing.pk), "email")
    assert {one["link"] for one in kept["links"]} == {str(link.pk), str(signing.pk)}
    assert all(one["used_at"] for one in kept["links"])
    assert not (others["signatures"] or others["attestations"] or others["links"] or others["files_followed"])


def test_ones_own_files_and_signatures_are_told(cast: Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    desk.dropped(row, "vae_file")
    kept = taken_away(signed_in(cast.candidate))
    assert [(one["file"], one["status"]) for one in kept["own_files"]] == [(row.number, "draft")]
    assert [(one["actor"], one["link"]) for one in kept["signatures"]] == [("candidate", None)]


def test_what_one_wrote_along_a_pathway_is_taken_away(cast: Cast, signed_in: SignedIn) -> None:
    row = followed(cast)
    shared(row, cast.professional, Role.PROFESSIONAL)
    comment_evidence(evidence=evidence(row, ZONE.SHARED, "A1-C1"), words="Précisez.", by=cast.companion, at=AT)
    observe(
        candidacy=row, marks={"A1-C1": MARK.SEEN}, words="À l’aise.", observed_on=ON, by=cast.professional, at=AT,
        assurance=Assurance.SECOND_FACTOR, quality="Responsable",
    )  # fmt: skip
    trainer, worker = taken_away(signed_in(cast.companion)), taken_away(signed_in(cast.professional))
    assert [(one["file"], one["words"]) for one in trainer["evidence_comments"]] == [(row.number, "Précisez.")]
    assert not trainer["observations"]
    assert [(one["marks"], one["words"]) for one in worker["observations"]] == [({"A1-C1": "seen"}, "À l’aise.")]
    assert not worker["evidence_comments"]


def test_whoever_assesses_takes_away_sittings_and_accreditations(cast: Cast, signed_in: SignedIn) -> None:
    accredit(person=cast.evaluator, organisation=cast.organisation, scheme="fest", actor="evaluator", from_on=ON, at=AT)
    pair = rated.held(cast)
    kept = taken_away(signed_in(cast.evaluator))
    [one] = kept["sittings_assessed"]
    assert (one["file"], one["method"]) == (pair.sitting.candidacy.number, "assessment")
    assert (one["actor"], one["links_declared"], one["signed_at"]) == ("external_evaluator", [], None)
    assert [row["actor"] for row in kept["accreditations"]] == ["evaluator"]
    assert "Odile" not in json.dumps(kept, ensure_ascii=False)


def test_the_file_asks_no_more_queries_as_there_is_more(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    rows = [followed(cast)]
    for number in range(5):
        who = casting.person(f"candidat{number}", "Candidat", f"Numéro {number}")
        rows.append(casting.opened(who, cast.certification(FEST), "continuing"))
        shared(rows[-1], cast.companion, Role.COMPANION)
        version = desk.dropped(rows[-1], "vae_file", signed=())
        filling.sign_document(
            candidacy=rows[-1], version=version, actor="tutor", signer="Carine", by=cast.companion, at=AT,
            assurance=Assurance.PASSWORD,
        )  # fmt: skip
    client = signed_in(cast.companion)
    taken_away(client)
    with django_assert_max_num_queries(30):
        kept = json.loads(client.get(reverse("access:portable")).content)
    assert len(kept["files_followed"]) == 6
