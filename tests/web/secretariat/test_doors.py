"""Every page of the secretariat refuses outsiders, and a file of another organisation is not found."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from parchemin.records.candidacies.actions import closing, talking
from parchemin.records.candidacies.models import Candidacy, Reminder
from parchemin.records.people.actions import accrediting
from parchemin.records.people.models import OrganisationKind, PartnerAuthorisation, Person
from parchemin.web.secretariat.urls import urlpatterns
from tests.web import cast as casting
from tests.web.cast import Cast
from tests.web.secretariat import desk

pytestmark = pytest.mark.django_db
STRANGERS = (
    "candidate",
    "other_candidate",
    "companion",
    "professional",
    "evaluator",
    "jury_member",
    "administrator",
    "outsider",
)
OFFICE_LISTS = {"queue", "files", "export", "several", "save_view", "reminders", "new_reminder", "accreditations",
                "new_accreditation", "export_accreditations", "partners", "new_partner", "export_partners",
                "export_reminders", "statistics", "export_statistics"}  # fmt: skip
"""What the secretary of another organisation opens too, on its own files; ``remove_view`` touches one's own only."""


def addresses(cast: Cast) -> dict[str, str]:
    """Every page of the secretariat, about things of the first organisation."""
    row = desk.decided(cast, is_favourable=False, reason="Non.")
    record = row.decisions.get(answer="unfavourable")
    appeal = closing.file_appeal(record=record, grounds="Si.", by=cast.candidate, at=desk.NOW, on=desk.TODAY)
    exhibit = appeal.exhibits.create(
        name="x.pdf", media_type="application/pdf", size=1, sha256="0" * 64, added_at=desk.NOW
    )
    other = desk.received(cast, cast.other_candidate)
    need = talking.ask_accommodation(candidacy=other, need="x", by=cast.other_candidate, at=casting.AT)
    accredited = accrediting.accredit(
        person=cast.evaluator, organisation=cast.organisation, scheme=casting.CQP, actor="external_evaluator",
        from_on=casting.ON, at=casting.AT,
    )  # fmt: skip
    partner = accrediting.authorise_partner(
        provider=casting.organisation("Partenaire", OrganisationKind.PROVIDER), awarding_body=cast.organisation,
        scheme=casting.CQP, scope=PartnerAuthorisation.Scope.BOTH, from_on=casting.ON, at=casting.AT,
    )  # fmt: skip
    reminder = Reminder.objects.create(
        organisation=cast.organisation, status="received", audience="candidate", after="waiting", days=3,
        subject="x", words="y",
    )  # fmt: skip
    given: dict[str, list[Any]] = {
        "export": ["csv"],
        "export_accreditations": ["csv"],
        "export_statistics": ["csv"],
        "export_partners": ["csv"],
        "export_reminders": ["csv"],
        "remove_view": [1],
        "verify_statement": [row.pk, "informed"],
        "verify_experience": [row.pk, row.experiences.get().pk],
        "draft": [row.pk, "message"],
        "override": [row.pk, "eligibility.experience"],
        "appeal": [row.pk, appeal.pk],
        "exhibit": [row.pk, appeal.pk, exhibit.pk],
        "record_appeal": [row.pk, record.pk],
        "accommodation": [other.pk, need.pk],
        "document": [row.pk, row.documents.get(kind="admissibility_file").versions.get().pk],
        "letter": [row.pk, row.letters.all()[0].pk],
        "letter_pdf": [row.pk, row.letters.all()[0].pk],
        "repeat_letter": [row.pk, row.letters.all()[0].pk],
        "close_access": [row.pk, 1],
        "reminder": [reminder.pk],
        "switch_reminder": [reminder.pk],
        "renew_accreditation": [accredited.pk],
        "withdraw_accreditation": [accredited.pk],
        "accreditation_proof": [accredited.pk],
        "renew_partner": [partner.pk],
        "suspend_partner": [partner.pk],
    }
    found = {}
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern) and pattern.name
        args = given.get(pattern.name, [row.pk] if "uuid:id" in str(pattern.pattern) else [])
        found[pattern.name] = reverse(f"secretariat:{pattern.name}", args=args)
    return found


@pytest.mark.parametrize("role", STRANGERS)
def test_strangers_are_refused_everywhere(cast: Cast, signed_in: Callable[[Person], Client], role: str) -> None:
    client = signed_in(getattr(cast, role))
    for name, url in addresses(cast).items():
        for answer in (client.get(url), client.post(url, {"revision": "1"})):
            assert answer.status_code in (403, 404, 405), (name, answer.status_code)


def test_nobody_comes_in_without_signing_in(cast: Cast) -> None:
    for name, url in addresses(cast).items():
        for answer in (Client().get(url), Client().post(url)):
            assert answer.status_code == 302 and "/compte/" in answer["Location"], name


def test_what_belongs_to_another_organisation_is_not_found(cast: Cast, signed_in: Callable[[Person], Client]) -> None:
    found = addresses(cast)
    before = list(Candidacy.objects.order_by("number").values_list("revision", "status", "holder"))
    client = signed_in(cast.other_secretary)
    for name in found.keys() - OFFICE_LISTS - {"remove_view"}:
        for answer in (client.get(found[name]), client.post(found[name], {"revision": "1"})):
            assert answer.status_code in (404, 405), (name, answer.status_code)
    assert list(Candidacy.objects.order_by("number").values_list("revision", "status", "holder")) == before


def test_lists_of_another_organisation_show_none_of_these_files(
    cast: Cast, signed_in: Callable[[Person], Client]
) -> None:
    found = addresses(cast)
    client = signed_in(cast.other_secretary)
    for name in ("queue", "files", "accreditations", "partners", "statistics", "reminders"):
        text = client.get(found[name]).content.decode()
        assert "Odile" not in text and "Basile" not in text and "Esther" not in text and "CQP Assist" not in text, name
    for name in ("export", "export_accreditations", "export_partners", "export_reminders", "export_statistics"):
        text = b"".join(client.get(found[name]).streaming_content).decode()  # type: ignore[attr-defined]
        assert len(text.splitlines()) == 1, name


def test_every_page_says_what_it_asks() -> None:
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        assert getattr(pattern.callback, "asks", ()), pattern.name


def test_looking_through_the_eyes_of_a_secretary_changes_nothing(
    cast: Cast, signed_in: Callable[[Person], Client]
) -> None:
    row = desk.received(cast)
    client = signed_in(cast.manager)
    assert client.get(desk.page("file", row.pk)).status_code == 200
    revision = row.revision
    client.get(desk.page("history", row.pk))
    row.refresh_from_db()
    assert row.revision == revision


def test_a_candidate_does_not_reach_the_office_through_their_own_file(
    cast: Cast, signed_in: Callable[[Person], Client]
) -> None:
    row = desk.received(cast)
    client = signed_in(cast.candidate)
    for body in ("", "Bonjour"):
        answer = client.post(desk.page("message", row.pk), {"body": body})
        assert answer.status_code in (403, 404)
    assert not row.messages.exists()
