"""Reminders, accreditations, authorised providers, statistics."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from parchemin.records.candidacies.actions import closing, reminding
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Reminder
from parchemin.records.journal.models import Entry
from parchemin.records.people.actions import accrediting
from parchemin.records.people.models import Accreditation, OrganisationKind, PartnerAuthorisation, Person
from tests.web import cast as casting
from tests.web import pdf
from tests.web.cast import Cast
from tests.web.secretariat import desk
from tests.web.secretariat.desk import page, words

pytestmark = pytest.mark.django_db


def told(cast: Cast, **changes: object) -> dict[str, object]:
    """What a form of a reminder sends."""
    return {
        "organisation": cast.organisation.pk,
        "scheme": casting.CQP,
        "status": "received",
        "after": "waiting",
        "days": 10,
        "audience": "secretariat",
        "subject": "À vérifier",
        "words": "Un dossier attend.",
        **changes,
    }


def test_a_reminder_is_written_shown_and_kept(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    preview = browser.post(page("new_reminder"), {**told(cast), "preview": "1"})
    assert row.number in words(preview) and "1 dossier" in words(preview)
    assert not Reminder.objects.exists()
    browser.post(page("new_reminder"), told(cast))
    kept = Reminder.objects.get()
    assert (kept.days, kept.is_active) == (10, True)
    assert row.number in words(browser.get(page("reminder", kept.pk)))
    browser.post(page("reminder", kept.pk), told(cast, days=15))
    kept.refresh_from_db()
    assert kept.days == 15
    assert "Aucun" not in words(browser.get(page("reminders")))
    kinds = list(Entry.objects.filter(kind__startswith="reminder.").values_list("kind", flat=True))
    assert kinds == ["reminder.created", "reminder.changed"]


def test_a_reminder_is_stopped_and_started(cast: Cast, browser: Client) -> None:
    kept = Reminder.objects.create(
        organisation=cast.organisation, status="received", audience="candidate", after="waiting", days=3,
        subject="x", words="y",
    )  # fmt: skip
    browser.post(page("switch_reminder", kept.pk))
    kept.refresh_from_db()
    assert not kept.is_active
    browser.post(page("switch_reminder", kept.pk), {"on": "1"})
    kept.refresh_from_db()
    assert kept.is_active


def test_a_reminder_counts_what_its_state_has(cast: Cast, browser: Client) -> None:
    cast.certification()
    answer = browser.post(page("new_reminder"), told(cast, status="returned", after="due"))
    assert "Aucune échéance ne court dans cet état" in words(answer)
    assert not Reminder.objects.exists()


def test_reminders_stay_in_their_organisation(
    cast: Cast, browser: Client, signed_in: Callable[[Person], Client]
) -> None:
    cast.certification()
    browser.post(page("new_reminder"), told(cast))
    kept = Reminder.objects.get()
    stranger = signed_in(cast.other_secretary)
    assert kept.subject not in words(stranger.get(page("reminders")))
    assert stranger.get(page("reminder", kept.pk)).status_code == 404
    assert stranger.post(page("switch_reminder", kept.pk)).status_code == 404
    refused = stranger.post(page("new_reminder"), told(cast))
    assert refused.status_code == 200 and Reminder.objects.count() == 1


def test_a_reminder_without_words_is_refused(cast: Cast) -> None:
    with pytest.raises(UnfitError, match="empty"):
        reminding.save_reminder(
            reminder=Reminder(organisation=cast.organisation, subject=" ", words="x"), by=cast.secretary, at=desk.NOW
        )


def accreditation(cast: Cast, **changes: object) -> dict[str, object]:
    """What the form of an accreditation sends."""
    return {
        "email": "esther@example.org",
        "organisation": cast.organisation.pk,
        "actor": f"{casting.CQP}/external_evaluator",
        "from_on": "2026-01-01",
        "until_on": "2026-04-20",
        "training": "Évaluer au CQP",
        "trained_on": "2025-12-01",
        **changes,
    }


def test_somebody_known_is_accredited(cast: Cast, browser: Client) -> None:
    cast.certification()
    known = cast.evaluator
    browser.post(page("new_accreditation"), accreditation(cast))
    kept = Accreditation.objects.get()
    assert (kept.person, kept.actor, kept.until_on) == (known, "external_evaluator", date(2026, 4, 20))
    text = words(browser.get(page("accreditations")))
    assert "Finit bientôt" in text and "reste 35 jours" in text
    again = words(browser.post(page("new_accreditation"), accreditation(cast)))
    assert "déjà une habilitation qui commence ce jour-là" in again


def test_somebody_unknown_is_named_first(cast: Cast, browser: Client) -> None:
    cast.certification()
    sent = accreditation(cast, email="nina@example.org")
    assert "donnez le prénom et le nom" in words(browser.post(page("new_accreditation"), sent))
    browser.post(page("new_accreditation"), {**sent, "given_name": "Nina", "family_name": "Neuve"})
    person = Accreditation.objects.get().person
    assert (person.name, person.has_usable_password()) == ("Nina Neuve", False)


def test_a_proof_that_lies_is_refused(cast: Cast, browser: Client) -> None:
    cast.certification()
    assert cast.evaluator
    proof = SimpleUploadedFile("preuve.pdf", b"MZ\x90\x00not a pdf", content_type="application/pdf")
    answer = browser.post(page("new_accreditation"), accreditation(cast, proof=proof))
    assert "Il y a quelque chose à corriger" in words(answer)
    assert not Accreditation.objects.exists()


def test_a_period_that_ends_before_it_starts_is_refused(cast: Cast, browser: Client) -> None:
    cast.certification()
    assert cast.evaluator
    answer = browser.post(page("new_accreditation"), accreditation(cast, until_on="2025-12-31"))
    assert "La fin est avant le début" in words(answer)


def test_an_accreditation_is_renewed_then_withdrawn(cast: Cast, browser: Client) -> None:
    cast.certification()
    assert cast.evaluator
    browser.post(page("new_accreditation"), accreditation(cast))
    first = Accreditation.objects.get()
    form = browser.get(page("renew_accreditation", first.pk)).context["form"]
    assert form["from_on"].value() == date(2026, 4, 21)
    early = browser.post(page("renew_accreditation", first.pk), {"from_on": "2025-01-01"})
    assert "La fin est avant le début" in words(early)
    browser.post(page("renew_accreditation", first.pk), {"from_on": "2026-04-21", "until_on": "2029-04-20"})
    second = Accreditation.objects.get(renews=first)
    assert "Finit bientôt" not in words(browser.get(page("accreditations"))).split("</form>", 2)[-1]
    browser.post(page("withdraw_accreditation", second.pk), {"reason": "Départ"})
    second.refresh_from_db()
    assert second.withdrawn_on == desk.TODAY
    again = browser.post(page("withdraw_accreditation", second.pk), {"reason": "Encore"})
    assert "déjà retirée" in words(again)


def test_the_day_of_the_decision_is_today_unless_told_otherwise(cast: Cast, browser: Client) -> None:
    cast.certification()
    assert cast.evaluator
    browser.post(page("new_accreditation"), accreditation(cast))
    first = Accreditation.objects.get()
    assert (first.from_on, first.granted_on) == (date(2026, 1, 1), desk.TODAY)
    form = browser.get(page("renew_accreditation", first.pk)).context["form"]
    assert form["granted_on"].value() == desk.TODAY
    following = {"from_on": "2026-04-21"}
    to_come = browser.post(page("renew_accreditation", first.pk), {**following, "granted_on": "2026-03-17"})
    assert "Ce jour est à venir" in words(to_come)
    browser.post(page("renew_accreditation", first.pk), {**following, "granted_on": "2026-03-02"})
    assert Accreditation.objects.get(renews=first).granted_on == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 1), ("state=ending", 1), ("scheme=zzz", 0),
     ("scheme=cqp-assistant-formation&sort=-name", 1), ("state=over", 0), ("state=stopped", 0), ("state=in_force", 1),
     ("text=esth", 1), ("text=zzz", 0), ("state=zzz", 1)],
)  # fmt: skip
def test_accreditations_are_filtered_and_go_out(cast: Cast, browser: Client, query: str, count: int) -> None:
    cast.certification()
    assert cast.evaluator
    browser.post(page("new_accreditation"), accreditation(cast))
    assert len(browser.get(f"{page('accreditations')}?{query}").context["rows"]) == count
    answer = browser.get(f"{page('export_accreditations', 'csv')}?{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(lines) == count
    assert [line["Jusqu’au"] for line in lines] == ["20/04/2026"] * count


def test_accreditations_stay_in_their_organisation(
    cast: Cast, browser: Client, signed_in: Callable[[Person], Client]
) -> None:
    cast.certification()
    assert cast.evaluator
    browser.post(page("new_accreditation"), accreditation(cast))
    kept = Accreditation.objects.get()
    stranger = signed_in(cast.other_secretary)
    assert stranger.get(page("renew_accreditation", kept.pk)).status_code == 404
    assert stranger.post(page("withdraw_accreditation", kept.pk), {"reason": "x"}).status_code == 404
    assert "Esther" not in words(stranger.get(page("accreditations")))
    stranger.post(page("new_accreditation"), accreditation(cast, from_on="2026-02-01"))
    assert Accreditation.objects.count() == 1


def test_a_provider_is_authorised_and_suspended_by_the_awarding_body(
    cast: Cast, browser: Client, signed_in: Callable[[Person], Client]
) -> None:
    cast.certification()
    provider = casting.organisation("Organisme partenaire", OrganisationKind.PROVIDER)
    sent = {
        "provider": provider.pk,
        "awarding_body": cast.organisation.pk,
        "scheme": casting.CQP,
        "scope": "both",
        "from_on": "2026-01-01",
        "contract": "Convention 12",
    }
    assert browser.post(page("new_partner"), sent).status_code == 403
    manager = signed_in(cast.manager)
    manager.post(page("new_partner"), sent)
    kept = PartnerAuthorisation.objects.get()
    assert "déjà une habilitation" in words(manager.post(page("new_partner"), sent))
    assert "Convention 12" in words(browser.get(page("partners")))
    assert browser.post(page("suspend_partner", kept.pk), {"reason": "x"}).status_code == 404
    assert signed_in(cast.other_secretary).get(page("suspend_partner", kept.pk)).status_code == 404
    manager.post(page("suspend_partner", kept.pk), {"reason": "Contrôle défavorable"})
    kept.refresh_from_db()
    assert kept.suspended_on == desk.TODAY
    assert "déjà suspendue" in words(manager.post(page("suspend_partner", kept.pk), {"reason": "x"}))


def test_statistics_count_by_route_and_state(cast: Cast, browser: Client) -> None:
    desk.received(cast)
    desk.decided(cast, cast.other_candidate)
    desk.decided(cast, cast.outsider, is_favourable=False, reason="Non.")
    withdrawn = desk.decided(cast, cast.companion)
    closing.withdraw_candidacy(candidacy=withdrawn, reason="", by=cast.companion, at=desk.NOW, on=desk.TODAY)
    casting.opened(cast.professional, cast.certification())
    shown = browser.get(page("statistics")).context
    counts = shown["rows"][0]["count"]
    assert (counts.total, counts.answered, counts.favourable) == (4, 2, 50)
    assert shown["total"] == 4
    assert browser.get(page("statistics") + "?from_on=2026-03-03").context["total"] == 0
    assert browser.get(page("statistics") + "?from_on=2026-03-02&until_on=2026-03-02").context["total"] == 4
    answer = browser.get(page("export_statistics", "csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    line = next(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert (line["Recevable"], line["Non recevable"], line["Retirée"], line["Total"]) == ("1", "1", "1", "4")


def test_no_answer_gives_no_rate(cast: Cast, browser: Client) -> None:
    desk.received(cast)
    assert browser.get(page("statistics")).context["rows"][0]["count"].favourable is None


def rows_of(browser: Client, name: str, query: str = "") -> list[dict[str, str]]:
    """The lines of an export."""
    answer = browser.get(page(name, "csv") + query)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def partners(cast: Cast) -> list[PartnerAuthorisation]:
    """Two providers, the second authorised until soon."""
    cast.certification()
    return [
        accrediting.authorise_partner(
            provider=casting.organisation(name, OrganisationKind.PROVIDER),
            awarding_body=cast.organisation,
            scheme=casting.CQP,
            scope=PartnerAuthorisation.Scope.PREPARE,
            blocks=blocks,
            contract=f"Convention {name}",
            from_on=from_on,
            until_on=until_on,
            at=casting.AT,
        )
        for name, from_on, until_on, blocks in (
            ("Béta", date(2025, 1, 1), None, ()),
            ("Alpha", date(2024, 1, 1), date(2026, 4, 20), ("BC1",)),
        )
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [("", ["Alpha", "Béta"]), ("?sort=-name", ["Béta", "Alpha"]), ("?sort=from", ["Alpha", "Béta"]),
     ("?sort=-until", ["Alpha", "Béta"]), ("?state=ending", ["Alpha"]), ("?text=bét", ["Béta"]),
     ("?scheme=zzz", []), ("?sort=password", ["Alpha", "Béta"])],
)  # fmt: skip
@pytest.mark.usefixtures("partners")
def test_providers_are_filtered_sorted_and_go_out(browser: Client, query: str, names: list[str]) -> None:
    shown = browser.get(page("partners") + query)
    assert [one["row"].provider.name for one in shown.context["rows"]] == names
    assert [line["Organisme"] for line in rows_of(browser, "export_partners", query)] == names


def test_a_provider_s_authorisation_is_renewed_once_for_the_same_blocks(
    cast: Cast, browser: Client, partners: list[PartnerAuthorisation], signed_in: Callable[[Person], Client]
) -> None:
    first = partners[1]
    assert "Organismes dont l’habilitation finit bientôt" in words(browser.get(page("queue")))
    assert browser.get(page("renew_partner", first.pk)).status_code == 404
    manager = signed_in(cast.manager)
    assert page("renew_partner", first.pk) in words(manager.get(page("queue")))
    form = manager.get(page("renew_partner", first.pk)).context["form"]
    assert form["from_on"].value() == date(2026, 4, 21)
    early = manager.post(page("renew_partner", first.pk), {"from_on": "2023-01-01"})
    assert "La fin est avant le début" in words(early)
    sent = {"from_on": "2026-04-21", "until_on": "2029-04-20", "contract": "Avenant 2"}
    told = manager.post(page("renew_partner", first.pk), sent, follow=True)
    assert "est renouvelée" in words(told)
    second = PartnerAuthorisation.objects.get(renews=first)
    assert (second.scope, second.blocks, second.contract) == ("prepare", ["BC1"], "Avenant 2")
    assert page("renew_partner", first.pk) not in words(manager.get(page("partners")))
    assert "Organismes dont l’habilitation" not in words(browser.get(page("queue")))
    again = manager.post(page("renew_partner", first.pk), {**sent, "from_on": "2026-05-01"})
    assert "déjà été renouvelée" in words(again)


def test_a_suspended_authorisation_is_not_renewed(
    cast: Cast, partners: list[PartnerAuthorisation], signed_in: Callable[[Person], Client]
) -> None:
    manager = signed_in(cast.manager)
    manager.post(page("suspend_partner", partners[0].pk), {"reason": "Contrôle"})
    refused = manager.post(page("renew_partner", partners[0].pk), {"from_on": "2027-01-01"})
    assert "est suspendue" in words(refused)


def test_reminders_are_sorted_and_go_out(cast: Cast, browser: Client) -> None:
    cast.certification()
    for subject in ("Bêta", "Alpha"):
        browser.post(page("new_reminder"), told(cast, subject=subject))
    assert [one["row"].subject for one in browser.get(page("reminders")).context["rows"]] == ["Alpha", "Bêta"]
    shown = browser.get(page("reminders") + "?sort=-subject").context["rows"]
    assert [one["row"].subject for one in shown] == ["Bêta", "Alpha"]
    lines = rows_of(browser, "export_reminders", "?sort=-subject")
    assert [(line["Objet"], line["Jours"], line["En service"]) for line in lines] == [
        ("Bêta", "10", "oui"),
        ("Alpha", "10", "oui"),
    ]


def test_a_file_in_preparation_is_a_matter_for_its_candidate_alone(cast: Cast, browser: Client) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    refused = browser.post(page("new_reminder"), told(cast, status="draft"))
    assert "reste chez son candidat" in words(refused)
    preview = browser.post(
        page("new_reminder"), {**told(cast, status="draft", audience="candidate", days=0), "preview": 1}
    )
    text = words(preview)
    assert "1 dossier" in text and "jamais nommés" in text
    assert row.number not in text and "Odile" not in text


@pytest.mark.parametrize(
    ("name", "is_told"),
    [("export", "dossiers"), ("export_accreditations", "habilitations"), ("export_partners", "organismes-habilites"),
     ("export_reminders", "relances"), ("export_statistics", "statistiques")],
)  # fmt: skip
def test_whatever_list_goes_out_the_journal_tells_it(cast: Cast, browser: Client, name: str, is_told: str) -> None:
    desk.received(cast)
    count = len(rows_of(browser, name, "?text=&personne%40exemple.fr=1"))
    kept = Entry.objects.get(kind="list.exported")
    assert kept.actor == cast.secretary.pk
    assert kept.details == {"list": is_told, "format": "csv", "filters": [], "count": count}


def proof(name: str = "attestation.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf.pdf_of(1), content_type="application/pdf")


def test_the_proof_of_training_is_opened_by_those_who_accredit(
    cast: Cast, browser: Client, signed_in: Callable[[Person], Client]
) -> None:
    cast.certification()
    assert cast.evaluator
    browser.post(page("new_accreditation"), accreditation(cast, proof=proof()))
    first = Accreditation.objects.get()
    url = page("accreditation_proof", first.pk)
    assert url in words(browser.get(page("accreditations")))
    answer = browser.get(url)
    assert answer["Content-Disposition"].startswith("attachment") and answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert signed_in(cast.other_secretary).get(url).status_code == 404
    assert signed_in(cast.evaluator).get(url).status_code == 404
    browser.post(page("renew_accreditation", first.pk), {"from_on": "2026-04-21", "proof": proof("suite.pdf")})
    second = Accreditation.objects.get(renews=first)
    following = browser.get(page("accreditation_proof", second.pk))
    assert b"".join(following.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    browser.post(page("withdraw_accreditation", second.pk), {"reason": "Départ"})
    refused = browser.post(page("renew_accreditation", second.pk), {"from_on": "2029-04-21"})
    assert "a été retirée" in words(refused)


def test_without_a_proof_there_is_none_to_open(cast: Cast, browser: Client) -> None:
    cast.certification()
    assert cast.evaluator
    browser.post(page("new_accreditation"), accreditation(cast))
    kept = Accreditation.objects.get()
    assert page("accreditation_proof", kept.pk) not in words(browser.get(page("accreditations")))
    assert browser.get(page("accreditation_proof", kept.pk)).status_code == 404
