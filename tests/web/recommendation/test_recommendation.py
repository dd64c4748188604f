"""Recommendations on pages: typed, read, signed, answered, taken back; and what everybody reads of them."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parchemin.edges.credentials import SigningKey, sign
from parchemin.edges.credentials.keeping import here
from parchemin.edges.credentials.recommending import sign_recommendations
from parchemin.project.proving import prove
from parchemin.records.awards.models import Certificate, IssuerKey
from parchemin.records.awards.numbers import grouped
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import Person, Role
from parchemin.records.recommendations.actions import accept, hide, recommend, withdraw
from parchemin.records.recommendations.models import Recommendation, Reply
from parchemin.web.held.bundling import MOST_RECOMMENDATIONS, bundled
from tests.records.awards.bench import decided, given, housed
from tests.records.recommendations.bench import MADE_AT, MADE_ON, WORDS, neighbour, recommended, said, version
from tests.web.cast import AT, FEST, ON, Cast, organisation, person
from tests.web.figures.shown import words
from tests.web.posted import typed

pytestmark = pytest.mark.django_db
LATER = "2026-05-31"


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(MADE_AT, tick=False):
        yield


@pytest.fixture
def theirs(cast: Cast, signed_in: Callable[[Person], Client]) -> Client:
    """Whoever signs for the neighbour."""
    version(cast)
    return signed_in(neighbour(cast))


@pytest.fixture
def ours(cast: Cast, signed_in: Callable[[Person], Client]) -> Client:
    """Whoever signs for the body that is recommended."""
    return signed_in(cast.manager)


def url(name: str, *args: object) -> str:
    return reverse(f"recommendation:{name}", args=args)


def signed(row: Recommendation) -> Recommendation:
    assert sign_recommendations(here(), MADE_AT)
    return row


def shown(cast: Cast, **changes: Any) -> Recommendation:
    """One that everybody reads."""
    row = signed(recommended(cast, **changes))
    accept(recommendation=row, by=cast.manager, at=MADE_AT, on=MADE_ON)
    return row


def about(cast: Cast) -> str:
    return f"version:{version(cast).pk}"


def sent(client: Client, text: str = "", **answers: Any) -> Any:
    page = url("make")
    return client.post(page, typed(text or client.get(page).content.decode(), page, answers))


class TestMaking:
    def test_what_is_typed_is_read_before_it_is_signed(self, cast: Cast, theirs: Client) -> None:
        answer = sent(theirs, subject=about(cast), words=WORDS, until_on=LATER)
        text = words(answer)
        assert answer.status_code == 200 and not Recommendation.objects.exists()
        assert "Ce qui sera signé" in text and WORDS in text and "du 1er avril 2026 au 31 mai 2026 inclus" in text
        source = json.loads(answer.context["source"])
        assert source["credentialSubject"]["endorsementComment"] == WORDS and "id" not in source
        signing = answer.content.decode().split("then")[0]
        made = theirs.post(url("make"), typed(signing, url("make"), {"then": "sign"}))
        row = Recommendation.objects.get()
        assert made["Location"] == url("one", row.pk) and row.words == WORDS and str(row.until_on) == LATER
        assert row.endorser == cast.other_organisation and row.made_by == neighbour(cast)
        text = words(theirs.get(made["Location"]))
        assert "Attend une réponse" in text and "La signature arrive dans la minute" in text

    def test_ends_of_lines_count_for_one_as_under_the_field(self, cast: Cast, theirs: Client) -> None:
        longest = "\n".join(["x" * 99] * 10) + "x"
        answer = sent(theirs, subject=about(cast), words=longest.replace("\n", "\r\n"), then="sign")
        assert len(longest) == 1000 and answer.status_code == 302
        row = Recommendation.objects.get()
        assert row.words == longest
        page = url("withdraw", row.pk)
        reason = {"reason": longest.replace("\n", "\r\n"), "is_sure": "on"}
        assert theirs.post(page, reason).status_code == 302
        assert Recommendation.objects.get().withdrawal.reason == longest

    def test_the_form_offers_what_others_answer_for(self, cast: Cast, theirs: Client, ours: Client) -> None:
        choices = theirs.get(url("make")).context["form"].fields["subject"].choices
        assert [key for key, _name in choices[1][1]] == [about(cast)]
        assert [key for key, _name in choices[2][1]] == [f"organisme:{cast.organisation.pk}"]
        assert "Rien à recommander" in words(ours.get(url("make")))
        answer = sent(theirs, subject=f"organisme:{cast.organisation.pk}", words=WORDS, then="sign")
        assert answer.status_code == 302 and Recommendation.objects.get().version is None

    @pytest.mark.parametrize(
        ("answers", "why"),
        [
            ({"words": ""}, "obligatoire"),
            ({"words": "x" * 1001}, "1000"),
            ({"from_on": "2026-03-31"}, "avant le jour où elle est signée"),
            ({"until_on": "2026-03-31"}, "précède le premier"),
            ({"subject": "version:0"}, ""),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, cast: Cast, theirs: Client, answers: dict[str, str], why: str
    ) -> None:
        told = {"subject": about(cast), "words": WORDS, **answers}
        for then in ("", "sign"):
            answer = sent(theirs, **told, then=then)
            assert answer.status_code == 422 and why in words(answer) and not Recommendation.objects.exists()
            assert answer.context["form"].errors and (told["words"] in answer.content.decode())

    def test_the_same_thing_twice_is_refused(self, cast: Cast, theirs: Client) -> None:
        recommended(cast)
        answer = sent(theirs, subject=about(cast), words="Autre chose.", then="sign")
        assert answer.status_code == 422 and "recommande déjà cela à ces dates" in words(answer)

    def test_somebody_who_signs_for_two_bodies_says_for_which(self, cast: Cast, ours: Client) -> None:
        version(cast)
        told: dict[str, Any] = {"role": Role.AWARDING_BODY, "at": AT, "from_on": ON}
        grant_role(person=cast.manager, organisation=cast.other_organisation, **told)
        page = f"{url('make')}?organisation={cast.other_organisation.pk}"
        answer = ours.post(page, {"subject": about(cast), "words": WORDS, "from_on": "2026-04-01", "then": "sign"})
        assert answer.status_code == 302 and Recommendation.objects.get().endorser == cast.other_organisation
        assert ours.get(f"{url('make')}?organisation={cast.organisation.pk}").status_code == 200
        for other in ("00000000-0000-0000-0000-000000000000", "x"):
            assert ours.get(f"{url('make')}?organisation={other}").status_code == 404


class TestAnswering:
    def test_it_is_accepted_then_hidden(self, cast: Cast, ours: Client) -> None:
        row = signed(recommended(cast))
        assert "1 recommandation attend votre réponse" in words(ours.get(url("home")))
        for act, label in (("accept", "Lue par tous"), ("hide", "Masquée"), ("accept", "Lue par tous")):
            answer = ours.post(url(act, row.pk), follow=True)
            assert answer.redirect_chain[-1][0] == url("one", row.pk) and label in words(answer)
        assert Reply.objects.count() == 3 and "attend votre réponse" not in words(ours.get(url("home")))
        withdraw(recommendation=row, reason="x", by=neighbour(cast), at=MADE_AT)
        assert "il n’y a plus rien à en faire" in words(ours.post(url("hide", row.pk), follow=True))

    def test_accepted_and_not_signed_it_is_read_by_nobody_and_says_so(self, cast: Cast, ours: Client) -> None:
        row = recommended(cast)
        text = words(ours.post(url("accept", row.pk), follow=True))
        assert "En attente de signature" in text and "Lue par tous" not in text
        assert "En attente de signature" in words(ours.get(url("home")))
        signed(row)
        text = words(ours.get(url("home")))
        assert "Lue par tous" in text and "En attente de signature" not in text

    def test_what_accepting_shows_depends_on_what_is_recommended(self, cast: Cast, ours: Client) -> None:
        rows = [recommended(cast), recommended(cast, version=None)]
        version_page, body_page = (words(ours.get(url("one", row.pk))) for row in rows)
        assert "sur la page publique de la certification et" in version_page
        assert "sur les pages publiques de vos certifications" in body_page
        for text in (version_page, body_page):
            assert "Recommandation : Certificateur d’à côté" in text and "Organisme responsable" in text

    def test_each_does_what_is_theirs_alone(self, cast: Cast, ours: Client, theirs: Client) -> None:
        row = recommended(cast)
        for act in ("accept", "hide"):
            assert theirs.post(url(act, row.pk)).status_code == 404
        for method in (ours.get, ours.post):
            assert method(url("withdraw", row.pk)).status_code == 404
        assert not Reply.objects.exists() and "Accepter" not in words(theirs.get(url("one", row.pk)))
        assert "Retirer" not in words(ours.get(url("one", row.pk)))

    @pytest.mark.parametrize("role", ["secretary", "other_secretary", "outsider", "candidate", "administrator"])
    def test_anybody_else_finds_nothing(self, cast: Cast, signed_in: Callable[[Person], Client], role: str) -> None:
        row, client = shown(cast), signed_in(getattr(cast, role))
        for name in ("one", "withdraw", "proof"):
            assert client.get(url(name, row.pk)).status_code == 404
        for name in ("accept", "hide", "withdraw"):
            assert client.post(url(name, row.pk)).status_code == 404
        for name in ("home", "given", "make"):
            assert client.get(url(name)).status_code == 403
            assert Client().get(url(name)).status_code == 302

    def test_another_body_finds_nothing(self, cast: Cast, signed_in: Callable[[Person], Client]) -> None:
        third = person("third", "Tiers", "Organisme")
        body = organisation("Un autre encore")
        grant_role(person=third, role=Role.AWARDING_BODY, at=AT, from_on=ON, organisation=body)
        row, client = shown(cast), signed_in(third)
        for name in ("one", "withdraw", "proof"):
            assert client.get(url(name, row.pk)).status_code == 404
        for name in ("accept", "hide", "withdraw"):
            assert client.post(url(name, row.pk)).status_code == 404
        assert WORDS not in words(client.get(url("home"))) and not client.get(url("given")).context["rows"]


class TestWithdrawing:
    def test_it_is_withdrawn_with_a_reason(self, cast: Cast, theirs: Client, ours: Client) -> None:
        row = shown(cast)
        page = url("withdraw", row.pk)
        text = theirs.get(page).content.decode()
        for answers in ({"is_sure": "on"}, {"reason": "Le référentiel a changé."}):
            assert theirs.post(page, typed(text, page, answers)).status_code == 422
        told = {"reason": "Le référentiel a changé.", "is_sure": "on"}
        assert theirs.post(page, typed(text, page, told))["Location"] == url("one", row.pk)
        for client in (ours, theirs):
            assert "Le référentiel a changé." in words(client.get(url("one", row.pk)))
        assert "plus rien à en faire" in words(theirs.get(page))
        assert "plus rien à en faire" in words(theirs.post(page, typed(text, page, told)))
        assert Client().get(url("credential", row.pk)).status_code == 404


class TestEverybody:
    def test_the_page_of_the_version_shows_what_was_accepted_alone(self, cast: Cast) -> None:
        page = reverse("schemes:version", args=[FEST, version(cast).name])
        row = signed(recommended(cast))
        assert WORDS not in words(Client().get(page))
        accept(recommendation=row, by=cast.manager, at=MADE_AT, on=MADE_ON)
        body = shown(cast, version=None, words="Un organisme sérieux.")
        text = words(Client().get(page))
        assert WORDS in text and "Certificateur d’à côté recommande cette certification" in text
        assert "recommande Commission fictive" in text and "Un organisme sérieux." in text
        assert text.index(WORDS) < text.index("Un organisme sérieux.")
        assert text.count("Acceptée par Commission fictive") == 2
        hide(recommendation=row, by=cast.manager, at=MADE_AT)
        withdraw(recommendation=body, reason="x", by=neighbour(cast), at=MADE_AT)
        assert "recommande" not in words(Client().get(page)).replace("Recommandations", "")

    def test_the_file_is_anybodys_while_it_is_shown(self, cast: Cast, theirs: Client, ours: Client) -> None:
        row = recommended(cast)
        for client in (theirs, ours):
            assert client.get(url("proof", row.pk)).status_code == 404, "it is not signed yet"
        signed(row)
        assert [client.get(url("proof", row.pk)).status_code for client in (theirs, ours)] == [200, 200]
        assert Client().get(url("credential", row.pk)).status_code == 404
        accept(recommendation=row, by=cast.manager, at=MADE_AT, on=MADE_ON)
        answer = Client().get(url("credential", row.pk))
        assert answer.content.decode() == row.proof.text and answer["Content-Type"] == "application/vc"
        assert "attachment" in answer["Content-Disposition"]

    def test_what_it_takes_to_verify_it_is_published(self, cast: Cast) -> None:
        row = signed(recommended(cast))
        did, listed = (
            Client().get(reverse(f"register:{name}", args=[row.endorser_id])) for name in ("issuer", "recommendations")
        )
        assert json.loads(did.content)["id"] == json.loads(row.proof.text)["issuer"]["id"]
        assert (
            json.loads(listed.content)["id"] == json.loads(row.proof.text)["credentialStatus"]["statusListCredential"]
        )
        assert Client().get(reverse("register:recommendations", args=[cast.organisation.pk])).status_code == 404


class TestVerifying:
    def answered(self, content: str, label: str) -> str:
        file = SimpleUploadedFile("fichier.json", content.encode())
        answer = Client().post(reverse("verification:file"), {"file": file})
        assert f">{label}</h1>" in answer.content.decode(), words(answer)
        return words(answer)

    def test_the_three_answers(self, cast: Cast) -> None:
        row = signed(recommended(cast, until_on=MADE_ON.replace(day=20)))
        text = row.proof.text
        said = self.answered(text, "Recommandation valable")
        assert WORDS in said and "Certificateur d’à côté" in said and "20 avril 2026" in said
        assert "elle ne prouve pas que quelqu’un a la certification" in said and "Registre public" not in said
        assert "il a été modifié" in self.answered(
            text.replace("embauchent", "recrutent"), "Recommandation non valable"
        )
        bare = {name: value for name, value in json.loads(text).items() if name != "proof"}
        other = SigningKey.from_seed(bytes(32), "did:web:ailleurs.example")
        bare["issuer"]["id"] = other.controller
        stranger = json.dumps(sign(bare, other, created=MADE_AT))
        assert "n’est pas connu ici" in self.answered(stranger, "Recommandation non vérifiée")
        with time_machine.travel(MADE_AT.replace(day=21)):
            assert "arrivée à sa fin" in self.answered(text, "Recommandation non valable")
        withdraw(recommendation=row, reason="Secret.", by=neighbour(cast), at=MADE_AT)
        said = self.answered(text, "Recommandation non valable")
        assert "l’a retirée : elle ne vaut plus" in said and "Secret." not in said

    def test_for_programs(self, cast: Cast) -> None:
        row = signed(recommended(cast))
        body = json.dumps({"credential": row.proof.text})
        told = Client().post(reverse("verification:api"), body, content_type="application/json").json()
        assert told["answer"] == "valid" and told["recommendation"]["words"] == WORDS and "certificate" not in told

    def test_a_certificate_is_shown_with_what_is_said_of_its_certification(self, cast: Cast) -> None:
        housed(cast, FEST)
        (made,) = given(decided(cast, FEST, "continuing", "full", ("A1-C1",)), cast.manager)
        page = reverse("verification:answer", args=[grouped(made.number)])
        assert "Recommandations" not in words(Client().get(page))
        shown(cast)
        text = words(Client().get(page))
        assert WORDS in text and "et rien du titulaire" in text
        assert "de la certification ou de l’organisme qui la délivre" in text
        assert "Acceptée par Commission fictive" in text

    def test_a_body_that_only_issues_is_praised_with_its_certificates_and_named(self, cast: Cast) -> None:
        issuer = organisation("Comité de branche")
        housed(cast, FEST, issuer=issuer)
        (made,) = given(decided(cast, FEST, "continuing", "full", ("A1-C1",)), cast.manager)
        shown(cast, endorsed=issuer, version=None)
        text = words(Client().get(reverse("verification:answer", args=[grouped(made.number)])))
        assert WORDS in text and "Acceptée par Comité de branche" in text
        page = reverse("schemes:version", args=[FEST, version(cast).name])
        assert WORDS not in words(Client().get(page))


def proven(cast: Cast) -> Certificate:
    """A certificate whose credential is signed."""
    housed(cast, FEST)
    (made,) = given(decided(cast, FEST, "continuing", "full", ("A1-C1",)), cast.manager)
    prove(MADE_AT)
    return Certificate.objects.select_related("credential", "issuer").get(pk=made.pk)


def test_the_bundle_of_a_holder_brings_what_everybody_reads(cast: Cast) -> None:
    row = proven(cast)
    plain = zipfile.ZipFile(io.BytesIO(bundled(row, MADE_AT)))
    assert not [name for name in plain.namelist() if name.startswith("recommandation")]
    kept = shown(cast)
    folder = zipfile.ZipFile(io.BytesIO(bundled(row, MADE_AT)))
    assert folder.read("recommandation-1.json").decode() == kept.proof.text
    assert {"recommandation-1-did.json", "recommandation-1-liste.json"} <= set(folder.namelist())
    readme = folder.read("LISEZMOI.txt").decode()
    assert "recommandation-*" in readme and "de la certification ou de l’organisme qui la délivre" in readme
    answer = Client().post(reverse("verification:file"), {"file": SimpleUploadedFile("x.zip", bundled(row, MADE_AT))})
    assert ">Certificat valable</h1>" in answer.content.decode()


def test_a_holder_has_a_bundle_even_when_the_key_of_who_recommends_is_unreadable(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    row = proven(cast)
    kept = shown(cast)
    IssuerKey.objects.filter(organisation=kept.endorser).update(seed="zz")
    names = zipfile.ZipFile(io.BytesIO(bundled(row, MADE_AT))).namelist()
    assert "preuve.json" in names and not [name for name in names if name.startswith("recommandation")]
    assert str(kept.endorser_id) in caplog.text


def test_a_bundle_asks_no_more_for_two_of_one_body(cast: Cast) -> None:
    row = proven(cast)
    shown(cast)
    bundled(row, MADE_AT)
    with CaptureQueriesContext(connection) as once:
        bundled(row, MADE_AT)
    shown(cast, version=None)
    with CaptureQueriesContext(connection) as twice:
        folder = zipfile.ZipFile(io.BytesIO(bundled(row, MADE_AT)))
    assert len(twice) == len(once)
    for name in ("did", "liste"):
        both = {folder.read(f"recommandation-{rank}-{name}.json") for rank in (1, 2)}
        assert len(both) == 1


def test_a_bundle_brings_the_first_ones_alone(cast: Cast) -> None:
    row = proven(cast)
    for rank in range(MOST_RECOMMENDATIONS + 1):
        body = organisation(f"Organisme {rank}")
        told = said(cast)
        made = recommend(endorser=body, said=told, by=neighbour(cast), at=MADE_AT, on=MADE_ON)
        accept(recommendation=signed(made), by=cast.manager, at=MADE_AT, on=MADE_ON)
    folder = zipfile.ZipFile(io.BytesIO(bundled(row, MADE_AT)))
    proofs = [name for name in folder.namelist() if name.startswith("recommandation-") and name.count("-") == 1]
    assert len(proofs) == MOST_RECOMMENDATIONS
