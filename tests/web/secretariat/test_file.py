"""The page of a file: everything at a glance, and what one click does."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parchemin.records.candidacies.actions import closing, deciding, depositing, filling, talking, witnessing
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Draft, Message
from parchemin.records.candidacies.queries.linked import ATTEST, SIGN, subject_of
from parchemin.records.people.actions.identifying import set_identity
from parchemin.records.people.models import Assurance, CivilIdentity, Organisation, Person
from parchemin.web.shared import events, letters
from tests.web import cast as casting
from tests.web.cast import Cast
from tests.web.secretariat import desk
from tests.web.secretariat.desk import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    return desk.received(cast)


def test_everything_is_told_at_a_glance(row: Candidacy, browser: Client) -> None:
    text = words(browser.get(page("file", row.pk)))
    for told in (
        "Odile Fictive",
        "CQP Assistant(e) de formation",
        "47 jours",
        "Sans réponse, la demande est acceptée par le silence le 3 mai 2026.",
        "Candidat informé de la démarche avant sa demande",
        "62 mois et 1 jour sur 3 ans",
        "Assistante de formation",
        "admissibility_file.pdf",
        "Nantes (44)",
        "suivi par personne",
        "le droit n’exige plus aucune durée d’expérience",
    ):
        assert told in text, told


def test_the_ground_of_the_decision_comes_with_what_blocks_first(cast: Cast, browser: Client) -> None:
    row = desk.received(cast, is_whole=False)
    ground = browser.get(page("file", row.pk)).context["ground"]
    effects = [finding.effect.value for finding in ground.findings]
    assert effects == sorted(effects, key=["blocking", "warning", "information"].index)
    assert ground.outcome == "not_met"


def test_what_is_missing_is_listed_for_a_file_to_be_checked(cast: Cast, browser: Client) -> None:
    row = desk.received(cast, is_whole=False)
    told = {one.says for one in browser.get(page("file", row.pk)).context["lacking"]}
    assert told == {
        "Activités : aucune n’est décrite",
        "Candidat informé de la démarche avant sa demande : sans réponse",
        "Dossier de recevabilité : la pièce n’est pas là",
    }


def test_a_document_not_signed_by_its_signer_is_told(cast: Cast, browser: Client) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    casting.worked(row)
    desk.dropped(row, "admissibility_file", signed=())
    casting.deposited(row)
    told = [one.says for one in browser.get(page("file", row.pk)).context["lacking"]]
    assert "Dossier de recevabilité : il manque la signature de Candidat" in told


def test_measures_are_compared_with_the_limits(cast: Cast, browser: Client) -> None:
    row = casting.opened(cast.candidate, cast.certification(casting.ALTERNANCE), "apprenticeship")
    kind = next(
        id for id, one in Judged(row, casting.ON).scheme.documents.items() if getattr(one.pages, "max", None) == 20
    )
    desk.dropped(row, kind, pages=21)
    casting.deposited(row)
    paper = next(one for one in browser.get(page("file", row.pk)).context["papers"] if one.kind == kind)
    assert paper.version.pages == 21
    assert [(one.tone, "21 pages" in one.sentence and "20" in one.sentence) for one in paper.lengths] == [
        ("not_met", True)
    ]


@pytest.mark.parametrize(("found", "kept"), [("yes", True), ("no", False)])
def test_a_declaration_is_verified_in_one_click_and_taken_back(
    row: Candidacy, browser: Client, found: str, kept: bool
) -> None:
    url = page("verify_statement", row.pk, "informed")
    answer = browser.post(url, {"revision": row.revision, "found": found})
    assert answer["Location"] == page("file", row.pk) + "#declarations"
    statement = row.statements.get(code="informed")
    assert statement.verified is kept
    row.refresh_from_db()
    browser.post(url, {"revision": row.revision, "found": "again"})
    statement.refresh_from_db()
    assert statement.verified is None


def test_a_declaration_nobody_asks_for_is_not_found(row: Candidacy, browser: Client) -> None:
    answer = browser.post(page("verify_statement", row.pk, "nonsense"), {"revision": row.revision, "found": "yes"})
    assert answer.status_code == 404


def test_an_activity_is_verified_with_a_word(row: Candidacy, browser: Client) -> None:
    activity = row.experiences.get()
    browser.post(
        page("verify_experience", row.pk, activity.pk),
        {"revision": row.revision, "found": "no", "comment": "Bulletin illisible"},
    )
    activity.refresh_from_db()
    assert activity.is_proved is False
    assert activity.proof_comment == "Bulletin illisible"
    assert "Motif du secrétariat : Bulletin illisible" in words(browser.get(page("file", row.pk)))
    row.refresh_from_db()
    browser.post(page("verify_experience", row.pk, activity.pk), {"revision": row.revision, "found": "again"})
    shown = words(browser.get(page("file", row.pk)))
    assert "Bulletin illisible" not in shown
    assert 'name="comment"' in shown


def attested(row: Candidacy, email: str, *, is_confirmed: bool = True, said: str = "") -> None:
    activity = row.experiences.get()
    link, _ = witnessing.ask_by_link(
        candidacy=row,
        act=ATTEST,
        subject=subject_of(activity),
        email=email,
        bearer="R",
        by=row.candidate,
        at=casting.AT,
    )
    witnessing.attest_experience(
        experience=activity,
        fingerprint=activity.fingerprint,
        is_confirmed=is_confirmed,
        words=said,
        bearer="Rose Employeuse",
        quality="Directrice",
        link=link,
        at=casting.AT,
    )


def test_whoever_decides_sees_who_attested_from_where_and_how_sure_that_is(row: Candidacy, browser: Client) -> None:
    attested(row, "rose@example.net", is_confirmed=False, said="À mi-temps seulement.")
    told = words(browser.get(page("file", row.pk)))
    for one in ("Non confirmée par Rose Employeuse, Directrice", "rose@example.net", "Adresse e-mail contrôlée"):
        assert one in told
    assert "À mi-temps seulement." in told
    assert "2 mars 2026" in told
    assert "ressemble à celle du candidat" not in told
    row.refresh_from_db()
    deciding.verify_experience(
        candidacy=row, experience=row.experiences.get(), is_proved=True, by=row.candidate, at=casting.AT
    )
    assert "À mi-temps seulement." in words(browser.get(page("file", row.pk)))


def test_an_address_that_resembles_the_candidate_s_is_pointed_out(row: Candidacy, browser: Client) -> None:
    attested(row, "odile.fictive@ailleurs.example")
    assert "Cette adresse ressemble à celle du candidat" in words(browser.get(page("file", row.pk)))


def test_what_was_attested_of_another_description_says_so(row: Candidacy, browser: Client) -> None:
    attested(row, "rose@example.net")
    row.experiences.update(from_on="2011-01-01", position="Directrice")
    told = words(browser.get(page("file", row.pk)))
    assert "Dit d’une description qui a changé depuis : Assistante de formation, depuis le 1er janvier 2021." in told


def test_a_signature_shows_its_level_and_its_address(row: Candidacy, browser: Client) -> None:
    version = row.documents.get(kind="activity_table").versions.get()
    link, _ = witnessing.ask_by_link(
        candidacy=row, act=SIGN, subject=version.pk, role="tutor", email="ODILE+tuteur@ailleurs.example", bearer="T",
        by=row.candidate, at=casting.AT,
    )  # fmt: skip
    filling.sign_document(
        candidacy=row, version=version, actor="tutor", signer="Tom", assurance=Assurance.EMAIL, link=link, at=casting.AT
    )
    told = words(browser.get(page("file", row.pk)))
    assert "ODILE+tuteur@ailleurs.example" in told
    assert "Cette adresse ressemble à celle du candidat" in told
    assert "Compte à mot de passe" in told


def test_words_of_support_are_shown_with_who_said_them(row: Candidacy, browser: Client) -> None:
    assert 'id="soutiens"' not in words(browser.get(page("file", row.pk)))
    link, _ = witnessing.ask_endorsement(
        candidacy=row, email="rose@example.net", bearer="R", by=row.candidate, at=casting.AT
    )
    witnessing.endorse(
        endorsement=row.endorsements.get(), words="Elle explique bien.", bearer="Rose", quality="Cheffe", link=link,
        at=casting.AT,
    )  # fmt: skip
    told = words(browser.get(page("file", row.pk)))
    for one in ("Mots de soutien", "Rose, Cheffe", "rose@example.net", "Elle explique bien."):
        assert one in told


def test_another_file_s_activity_is_not_found(cast: Cast, row: Candidacy, browser: Client) -> None:
    other = desk.received(cast, cast.other_candidate).experiences.get()
    answer = browser.post(page("verify_experience", row.pk, other.pk), {"revision": row.revision, "found": "yes"})
    assert answer.status_code == 404


def test_declarations_are_verified_at_once_and_activities_one_by_one(row: Candidacy, browser: Client) -> None:
    activity = row.experiences.get()
    activity.proof = row.documents.get(kind="activity_table").versions.get()
    activity.save()
    browser.post(page("verify_all", row.pk), {"revision": row.revision})
    assert row.statements.get(code="informed").verified is True
    activity.refresh_from_db()
    assert activity.is_proved is None


def test_the_steps_name_the_candidate_to_the_secretariat(cast: Cast, row: Candidacy, browser: Client) -> None:
    depositing.return_application(candidacy=row, reasons="x", by=cast.secretary, at=desk.NOW, on=desk.TODAY)
    moments = browser.get(page("file", row.pk)).context["moments"]
    assert (moments[0].state, moments[0].owner) == ("now", "Odile Fictive")


def test_verifying_all_when_overtaken_changes_nothing(cast: Cast, row: Candidacy, browser: Client) -> None:
    shown = row.revision
    closing.take_charge(candidacy=row, holder=cast.second_secretary, by=cast.second_secretary, at=casting.AT)
    answer = browser.post(page("verify_all", row.pk), {"revision": shown})
    assert answer.status_code == 409
    assert "Suivi du dossier changé — Ivan Gabarit" in words(answer)
    assert row.statements.get(code="informed").verified is None


def test_a_click_without_its_revision_does_nothing(row: Candidacy, browser: Client) -> None:
    answer = browser.post(page("take_charge", row.pk), follow=True)
    assert "rien n’a été fait" in words(answer)
    row.refresh_from_db()
    assert row.holder is None


def test_identity_is_compared_and_a_change_since_is_noticed(cast: Cast, row: Candidacy, browser: Client) -> None:
    identity = CivilIdentity.objects.get(person=cast.candidate)
    url = page("verify_identity", row.pk)
    browser.post(url, {"revision": identity.revision, "found": "yes"})
    identity.refresh_from_db()
    assert identity.checked_by == cast.secretary
    assert "Comparé avec une pièce d’identité" in words(browser.get(page("file", row.pk)))
    set_identity(
        person=cast.candidate, identity=casting.IDENTITY._replace(birth_name="Autre"), by=cast.candidate, at=casting.AT
    )
    assert "L’état civil a changé depuis l’envoi" in words(browser.get(page("file", row.pk)))
    answer = browser.post(url, {"revision": identity.revision, "found": "yes"}, follow=True)
    assert "vient d’être modifié" in words(answer)
    identity.refresh_from_db()
    assert identity.checked_at is None


def test_a_file_is_taken_and_left(cast: Cast, row: Candidacy, browser: Client) -> None:
    browser.post(page("take_charge", row.pk), {"revision": row.revision})
    row.refresh_from_db()
    assert row.holder == cast.secretary
    assert "suivi par Hélène Canevas" in words(browser.get(page("file", row.pk)))
    browser.post(page("take_charge", row.pk), {"revision": row.revision, "leave": "1"})
    row.refresh_from_db()
    assert row.holder is None


def test_a_message_answers_and_those_received_are_read(cast: Cast, row: Candidacy, browser: Client) -> None:
    casting.written_to(row, cast.candidate)
    assert browser.get(page("file", row.pk)).context["unread"] == 1
    assert Message.objects.filter(read_at__isnull=True).count() == 1  # looking changes nothing
    browser.post(page("message", row.pk), {"body": "Nous y regardons."})
    assert not Message.objects.filter(is_from_candidate=True, read_at__isnull=True).exists()
    assert Message.objects.get(is_from_candidate=False).body == "Nous y regardons."


def test_messages_are_marked_read_without_answering(cast: Cast, row: Candidacy, browser: Client) -> None:
    casting.written_to(row, cast.candidate)
    browser.post(page("message", row.pk), {"body": "", "read": "1"})
    assert not Message.objects.filter(read_at__isnull=True).exists()


def test_an_empty_message_is_refused(row: Candidacy, browser: Client) -> None:
    answer = browser.post(page("message", row.pk), {"body": " "})
    assert "Il y a quelque chose à corriger" in words(answer)
    assert not Message.objects.exists()


def test_what_is_typed_is_kept_and_given_up(row: Candidacy, browser: Client) -> None:
    url = page("draft", row.pk, "message")
    assert browser.post(url, {"body": "Bonj"}).status_code == 200
    assert "Bonj</textarea>" in words(browser.get(page("file", row.pk)))
    browser.post(url, {"give_up": "1"})
    assert not Draft.objects.exists()
    assert browser.post(page("draft", row.pk, "nonsense"), {"body": "x"}).status_code == 400
    assert browser.post(url, {"body": "x" * 200_001}).status_code == 413


def test_a_draft_is_gone_once_sent(row: Candidacy, browser: Client) -> None:
    browser.post(page("draft", row.pk, "message"), {"body": "Bonj"})
    browser.post(page("message", row.pk), {"body": "Bonjour."})
    assert not Draft.objects.exists()


def test_a_document_is_downloaded_and_a_removed_one_is_not_found(cast: Cast, row: Candidacy, browser: Client) -> None:
    version = row.documents.get(kind="admissibility_file").versions.get()
    answer = browser.get(page("document", row.pk, version.pk))
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == desk.PDF  # type: ignore[attr-defined]
    version.removed_at = desk.NOW
    version.save()
    assert browser.get(page("document", row.pk, version.pk)).status_code == 404
    other = desk.received(cast, cast.other_candidate).documents.first()
    assert other is not None
    assert browser.get(page("document", row.pk, other.versions.get().pk)).status_code == 404


def test_the_history_is_told_in_words(cast: Cast, row: Candidacy, browser: Client) -> None:
    talking.send_message(candidacy=row, body="x", by=cast.secretary, at=casting.AT)
    text = words(browser.get(page("history", row.pk)))
    for told in ("Candidature commencée", "Pièce signée", "Candidature envoyée", "Message envoyé", "Hélène Canevas"):
        assert told in text
    part = words(browser.get(page("history", row.pk), headers={"HX-Request": "true"}))
    assert "Candidature envoyée" in part and "<html" not in part


def test_every_kind_of_entry_has_its_words(cast: Cast, browser: Client) -> None:
    row = desk.decided(cast)
    deciding.lapse_candidacy(candidacy=row, reason="x", by=cast.secretary, at=desk.NOW, on=desk.TODAY)
    deciding.restore_candidacy(candidacy=row, reason="x", by=cast.secretary, at=desk.NOW, on=desk.TODAY)
    shown = browser.get(page("history", row.pk)).context["events"]
    assert not [one.says for one in shown if one.says.startswith("candidacy.")]
    assert events.words("candidacy.statement_verified", {"is_true": None}) == "Vérification reprise"


def test_a_letter_is_read_taken_away_and_sent_again(cast: Cast, row: Candidacy, browser: Client) -> None:
    letter = row.letters.get(kind="received")
    assert "attend d’être écrite" in words(browser.get(page("letter", row.pk, letter.pk)))
    assert browser.get(page("letter_pdf", row.pk, letter.pk)).status_code == 404
    waiting = browser.post(page("repeat_letter", row.pk, letter.pk), follow=True)
    assert "pas encore partie" in words(waiting)
    letters.post(letter.pk, at=desk.NOW)
    assert "Nous avons bien reçu" in words(browser.get(page("letter", row.pk, letter.pk)))
    content = b"".join(browser.get(page("letter_pdf", row.pk, letter.pk)).streaming_content)  # type: ignore[attr-defined]
    assert content.startswith(b"%PDF")
    before = row.revision
    browser.post(page("repeat_letter", row.pk, letter.pk))
    assert row.letters.filter(kind="received").count() == 2
    row.refresh_from_db()
    assert row.revision == before


def test_what_the_paper_of_a_letter_cannot_write_is_told(cast: Cast, row: Candidacy, browser: Client) -> None:
    letter = row.letters.get(kind="received")
    Organisation.objects.filter(pk=row.organisation_id).update(name="Commission 漢")
    letters.post(letter.pk, at=desk.NOW)
    assert "ne sait pas écrire « 漢 »" in words(browser.get(page("letter", row.pk, letter.pk)))


def test_accommodation_is_shown_to_the_office_only(
    cast: Cast, row: Candidacy, browser: Client, signed_in: Callable[[Person], Client]
) -> None:
    talking.ask_accommodation(candidacy=row, need="Un écran agrandi.", by=cast.candidate, at=casting.AT)
    assert "Un écran agrandi." in words(browser.get(page("file", row.pk)))
    for person in (cast.evaluator, cast.jury_member, cast.companion, cast.administrator):
        assert signed_in(person).get(page("file", row.pk)).status_code == 404


def test_the_page_asks_little_of_the_database_whatever_the_file_holds(
    cast: Cast, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    row = desk.decided(cast)
    full(cast, row, 1)
    url = page("file", row.pk) + "?list=&rank=0"
    browser.get(url)
    with django_assert_max_num_queries(25) as alone:
        browser.get(url)
    full(cast, row, 30)
    with django_assert_max_num_queries(25) as crowded:
        browser.get(url)
    assert len(crowded) == len(alone)


def full(cast: Cast, row: Candidacy, count: int) -> None:
    """Much of everything."""
    for number in range(count):
        casting.worked(row)
        casting.written_to(row, cast.candidate, f"Message {number}")
        desk.dropped(row, "vae_file")
        deciding.confirm_going_on(
            candidacy=row, by=cast.candidate, at=desk.NOW, on=desk.TODAY - timedelta(days=number % 10)
        )
