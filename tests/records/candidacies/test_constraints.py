"""What the database itself refuses, whoever writes to it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, models, transaction

from parchemin.records.candidacies.models import (
    Accommodation,
    Appeal,
    Attestation,
    Candidacy,
    CandidacyDate,
    Confirmation,
    DecisionRecord,
    Deposit,
    DepositedVersion,
    Document,
    DocumentVersion,
    Draft,
    Endorsement,
    Exhibit,
    Experience,
    FileAccess,
    Letter,
    Message,
    Notice,
    OverrideRecord,
    Reminded,
    Reminder,
    RetentionLine,
    RetentionRule,
    RetentionRun,
    RouteChange,
    SavedView,
    Signature,
    Statement,
    StepDone,
    Transfer,
    VersionChange,
)
from parchemin.records.certifications.models import Certification, PublishedRuling, PublishedVersion
from parchemin.records.people.actions.linking import make_link
from parchemin.records.people.models import Link
from tests.web.cast import AT, ON, Cast

Make = Callable[[], models.Model]


class Rows:
    """A row of each table that stands, from which others are made."""

    def __init__(self, cast: Cast, file: Candidacy) -> None:
        self.cast, self.file = cast, file

    def make(self, model: type[models.Model], **values: Any) -> models.Model:
        usual = USUAL[model](self)
        return model._default_manager.create(**{**usual, **values})


def linked(act: str) -> Link:
    return make_link(act=act, subject=uuid4(), email="a@example.org", bearer="x", at=AT)[0]


USUAL: dict[type[models.Model], Callable[[Rows], dict[str, Any]]] = {
    Candidacy: lambda r: {
        "number": "2026-09999",
        "candidate": r.cast.other_candidate,
        "certification": r.file.certification,
        "version": "undated",
        "route": "vae",
        "began_on": ON,
        "organisation": r.cast.organisation,
        "waiting_since": AT,
        "created_at": AT,
    },
    CandidacyDate: lambda r: {"candidacy": r.file, "milestone": "assessed", "on": ON},
    Confirmation: lambda r: {"candidacy": r.file, "on": ON},
    FileAccess: lambda r: {
        "candidacy": r.file,
        "person": r.cast.companion,
        "role": "companion",
        "from_on": ON,
        "opened_at": AT,
    },
    RouteChange: lambda r: {"candidacy": r.file, "route": "pathway", "from_on": ON},
    StepDone: lambda r: {"candidacy": r.file, "step": "assessment", "done_on": ON},
    VersionChange: lambda r: {
        "candidacy": r.file,
        "from_version": "undated",
        "to_version": "2026-04-01",
        "reason": "x",
        "source": "x",
        "at": AT,
    },
    Transfer: lambda r: {
        "candidacy": r.file,
        "from_organisation": r.cast.organisation,
        "to_organisation": r.cast.other_organisation,
        "reason": "x",
        "at": AT,
    },
    Experience: lambda r: {"candidacy": r.file, "position": "x", "kind": "employment", "from_on": ON},
    Statement: lambda r: {"candidacy": r.file, "code": "informed"},
    Document: lambda r: {"candidacy": r.file, "kind": "vae_file", "created_at": AT},
    DocumentVersion: lambda r: {
        "document": r.make(Document, kind="", title="x"),
        "number": 1,
        "name": "x.pdf",
        "media_type": "application/pdf",
        "size": 1,
        "sha256": "0" * 64,
        "uploaded_at": AT,
    },
    Signature: lambda r: {
        "version": r.make(DocumentVersion),
        "actor": "candidate",
        "signer": "x",
        "assurance": "password",
        "signed_at": AT,
    },
    Attestation: lambda r: {
        "experience": r.make(Experience),
        "link": linked("attest_experience"),
        "is_confirmed": True,
        "told": {},
        "said_at": AT,
    },
    Endorsement: lambda r: {"candidacy": r.file, "link": linked("endorse_candidacy")},
    Deposit: lambda r: {"candidacy": r.file, "stage": "completeness", "number": 1, "deposited_at": AT},
    DepositedVersion: lambda r: {"deposit": r.make(Deposit), "version": r.make(DocumentVersion)},
    DecisionRecord: lambda r: {
        "candidacy": r.file,
        "stage": "eligibility",
        "answer": "unfavourable",
        "outcome": "not_met",
        "decision": {},
        "decided_on": ON,
        "decided_at": AT,
        "decided_by": r.cast.secretary,
    },
    OverrideRecord: lambda r: {
        "candidacy": r.file,
        "rule": "eligibility.experience",
        "author": r.cast.secretary,
        "reason": "x",
        "source": "x",
        "decided_on": ON,
    },
    Appeal: lambda r: {"decision": r.make(DecisionRecord), "grounds": "x", "filed_at": AT, "filed_on": ON},
    Exhibit: lambda r: {
        "appeal": r.make(Appeal),
        "name": "x.pdf",
        "media_type": "application/pdf",
        "size": 1,
        "sha256": "0" * 64,
        "added_at": AT,
    },
    Message: lambda r: {"candidacy": r.file, "is_from_candidate": True, "body": "x", "sent_at": AT},
    Accommodation: lambda r: {"candidacy": r.file, "need": "x", "asked_at": AT},
    Draft: lambda r: {"person": r.cast.candidate, "form": "x", "fields": {}, "saved_at": AT},
    SavedView: lambda r: {"person": r.cast.secretary, "list": "x", "name": "x", "query": ""},
    Letter: lambda r: {"candidacy": r.file, "kind": "received", "reference": "x", "dated_on": ON, "asked_at": AT},
    Notice: lambda r: {"candidacy": r.file, "kind": "message", "audience": "candidate", "due_at": AT},
    Reminder: lambda r: {
        "organisation": r.cast.organisation,
        "status": "received",
        "audience": "candidate",
        "after": "waiting",
        "days": 3,
        "subject": "x",
        "words": "x",
    },
    Reminded: lambda r: {"reminder": r.make(Reminder), "candidacy": r.file, "since": AT, "at": AT},
    RetentionRule: lambda r: {"organisation": r.cast.organisation, "kind": "drafts", "months": 1, "basis": "x"},
    RetentionRun: lambda r: {"organisation": r.cast.organisation, "on": ON, "prepared_at": AT},
    RetentionLine: lambda r: {
        "run": r.make(RetentionRun, at=AT, confirmed_at=AT, confirmed_on=ON),
        "candidacy": r.file,
        "number": r.file.number,
        "kind": "drafts",
        "status": "draft",
        "closed_on": ON,
        "ended_on": ON,
    },
    Certification: lambda r: {
        "scheme": f"x{Certification.objects.count()}",
        "title": "x",
        "awarding_body": r.cast.organisation,
    },
    PublishedVersion: lambda r: {
        "certification": r.make(Certification),
        "name": "undated",
        "files": {},
        "digest": "x",
        "published_at": AT,
    },
    PublishedRuling: lambda r: {"version": r.make(PublishedVersion), "name": "x", "text": "x", "published_at": AT},
}
LATER, BEFORE = AT + timedelta(days=1), AT - timedelta(days=1)
DAY = timedelta(days=1)
ANSWERED = {"state": "upheld", "answer": "x", "answered_at": LATER, "answered_on": ON, "remedy": "examined"}
REFUSED: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("candidacy_status_known", Candidacy, {"status": "lost", "identity": {}}),
    ("candidacy_route_given", Candidacy, {"route": ""}),
    ("candidacy_sent_with_identity", Candidacy, {"status": "received"}),
    ("candidacy_closed_dated", Candidacy, {"status": "withdrawn"}),
    ("date_milestone_known", CandidacyDate, {"milestone": "decision"}),
    ("access_role_fits", FileAccess, {"role": "administrator"}),
    ("access_ends_after_start", FileAccess, {"until_on": ON - DAY}),
    ("access_to_somebody_or_offered", FileAccess, {"person": None}),
    ("step_given", StepDone, {"step": ""}),
    ("transfer_with_reason", Transfer, {"reason": ""}),
    ("version_changed_with_reason_and_source", VersionChange, {"reason": ""}),
    ("version_changed_with_reason_and_source", VersionChange, {"source": ""}),
    ("version_changed_to_another", VersionChange, {"to_version": "undated"}),
    ("experience_kind_known", Experience, {"kind": "hobby"}),
    ("experience_ends_after_start", Experience, {"until_on": ON - DAY}),
    ("experience_fraction_of_full_time", Experience, {"numerator": 3, "denominator": 2}),
    ("experience_fraction_of_full_time", Experience, {"numerator": 0, "denominator": 2}),
    ("experience_proved_at_a_time", Experience, {"is_proved": True}),
    ("attestation_assurance_known", Attestation, {"assurance": "oath"}),
    ("attestation_denial_explained", Attestation, {"is_confirmed": False}),
    ("endorsement_assurance_known", Endorsement, {"assurance": "oath"}),
    ("endorsement_said_in_words", Endorsement, {"said_at": AT}),
    ("endorsement_said_in_words", Endorsement, {"words": "x"}),
    ("statement_verified_at_a_time", Statement, {"verified": True}),
    ("document_kind_or_title", Document, {"kind": ""}),
    ("version_number_from_one", DocumentVersion, {"number": 0}),
    ("version_has_fingerprint", DocumentVersion, {"sha256": ""}),
    ("signature_assurance_known", Signature, {"assurance": "oath"}),
    ("deposit_stage_fits", Deposit, {"stage": "award"}),
    ("deposit_answered_at_a_time", Deposit, {"answered_at": AT}),
    ("deposit_answered_at_a_time", Deposit, {"answer": "accepted"}),
    ("deposit_returned_with_reasons", Deposit, {"answer": "returned", "answered_at": AT}),
    ("deposit_answered_after", Deposit, {"answer": "accepted", "answered_at": BEFORE}),
    ("decision_stage_known", DecisionRecord, {"stage": "party"}),
    ("decision_outcome_known", DecisionRecord, {"outcome": "maybe", "reason": "x"}),
    ("decision_favourable_not_against_rules", DecisionRecord, {"answer": "favourable"}),
    ("decision_against_has_reason", DecisionRecord, {"outcome": "met"}),
    ("override_with_reason_and_source", OverrideRecord, {"reason": ""}),
    ("override_with_reason_and_source", OverrideRecord, {"source": ""}),
    ("appeal_with_grounds_or_a_court", Appeal, {"grounds": ""}),
    ("appeal_with_grounds_or_a_court", Appeal, {"grounds": "", "court": "x"}),
    ("appeal_answered_with_reasons", Appeal, {**ANSWERED, "answer": ""}),
    ("appeal_answered_with_reasons", Appeal, {"answered_at": LATER}),
    ("appeal_answered_with_reasons", Appeal, {**ANSWERED, "answered_on": None}),
    ("appeal_answered_after", Appeal, {**ANSWERED, "answered_on": ON - DAY}),
    ("appeal_upheld_with_a_remedy", Appeal, {**ANSWERED, "remedy": ""}),
    ("appeal_upheld_with_a_remedy", Appeal, {**ANSWERED, "remedy": "x"}),
    ("appeal_upheld_with_a_remedy", Appeal, {**ANSWERED, "state": "rejected"}),
    ("appeal_carried_out_once_upheld", Appeal, {"carried_out_at": LATER}),
    ("exhibit_has_fingerprint", Exhibit, {"sha256": ""}),
    ("message_not_empty", Message, {"body": ""}),
    ("accommodation_decided_dated", Accommodation, {"state": "granted"}),
    ("accommodation_refused_reason", Accommodation, {"state": "refused", "decided_on": ON}),
    ("accommodation_never_less_time", Accommodation, {"numerator": 2, "denominator": 3}),
    ("letter_kind_given", Letter, {"kind": ""}),
    ("letter_written_before_sent", Letter, {"sent_at": AT}),
    ("notice_kind_known", Notice, {"kind": "poem"}),
    ("notice_audience_known", Notice, {"audience": "all"}),
    ("notice_of_a_file_or_a_jury", Notice, {"kind": "jury"}),
    ("notice_of_a_file_or_a_jury", Notice, {"candidacy": None}),
    ("reminder_status_known", Reminder, {"status": "lost"}),
    ("reminder_audience_known", Reminder, {"audience": "all"}),
    ("reminder_after_known", Reminder, {"after": "lunch"}),
    ("reminder_of_draft_to_candidate", Reminder, {"status": "draft", "audience": "secretariat"}),
    ("reminder_has_words", Reminder, {"words": ""}),
    ("retention_confirmed_before_it_is_done", RetentionRun, {"at": AT}),
    ("retention_confirmed_before_it_is_done", RetentionRun, {"confirmed_at": AT}),
    ("retention_at_least_a_month", RetentionRule, {"months": 0}),
    ("retention_with_basis", RetentionRule, {"basis": ""}),
    ("retention_line_kind_known", RetentionLine, {"kind": "secrets"}),
    ("certification_scheme_given", Certification, {"scheme": ""}),
]
TWICE: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("candidacy_active_once", Candidacy, {"number": "2026-09998"}),
    ("date_once", CandidacyDate, {}),
    ("confirmation_once_a_day", Confirmation, {}),
    ("access_once", FileAccess, {}),
    ("route_from_once", RouteChange, {}),
    ("step_done_once", StepDone, {}),
    ("statement_once", Statement, {}),
    ("document_kind_once", Document, {}),
    ("deposit_pending_once", Deposit, {"number": 2}),
    ("deposit_number_once", Deposit, {"answer": "accepted", "answered_at": AT}),
    ("override_once", OverrideRecord, {}),
    ("accommodation_asked_once", Accommodation, {}),
    ("notice_of_messages_once", Notice, {}),
    ("draft_once", Draft, {}),
    ("view_name_once", SavedView, {}),
    ("retention_once", RetentionRule, {}),
    ("retention_prepared_once", RetentionRun, {}),
]
ELSEWHERE = {
    "transfer_to_another",
    "version_number_once",
    "signed_once_per_role",
    "deposited_once",
    "appeal_once_at_each_level",
    "reminded_once",
    "retention_line_once",
    "version_published_once",
    "ruling_published_once",
}
"""Tested in their own tests below, or with the actions."""


@pytest.fixture
def rows(cast: Cast, draft: Candidacy) -> Rows:
    return Rows(cast, draft)


@pytest.mark.parametrize("model", USUAL, ids=lambda model: model.__name__)
def test_a_usual_row_stands(rows: Rows, model: type[models.Model]) -> None:
    assert rows.make(model).pk is not None


def named(name: str, error: BaseException, model: type[models.Model]) -> bool:
    constraint = next(one for one in model._meta.constraints if one.name == name)
    columns = {
        str(getattr(model._meta.get_field(field), "column", field)) for field in getattr(constraint, "fields", ())
    }
    said = str(error)
    if "append only: replace" in said:  # SQLite watches frozen tables for what takes the place of a row
        return model in (PublishedVersion, PublishedRuling)
    return name in said or (bool(columns) and all(f".{column}" in said for column in columns))


@pytest.mark.parametrize(("name", "model", "values"), REFUSED, ids=[f"{n}-{i}" for i, (n, *_) in enumerate(REFUSED)])
def test_refused(rows: Rows, name: str, model: type[models.Model], values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        rows.make(model, **values)
    assert named(name, refused.value, model)


@pytest.mark.parametrize(("name", "model", "values"), TWICE, ids=[name for name, *_ in TWICE])
def test_refused_twice(rows: Rows, name: str, model: type[models.Model], values: dict[str, Any]) -> None:
    rows.make(model)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        rows.make(model, **values)
    assert named(name, refused.value, model)


def test_refused_on_the_same_row(rows: Rows) -> None:
    pairs: list[tuple[str, type[models.Model], dict[str, Any]]] = [
        ("transfer_to_another", Transfer, {"to_organisation": rows.cast.organisation}),
        ("version_number_once", DocumentVersion, {"document": rows.make(Document)}),
        ("signed_once_per_role", Signature, {"version": rows.make(DocumentVersion)}),
        ("appeal_once_at_each_level", Appeal, {"decision": rows.make(DecisionRecord)}),
        ("reminded_once", Reminded, {"reminder": rows.make(Reminder)}),
        (
            "retention_line_once",
            RetentionLine,
            {"run": rows.make(RetentionRun, at=AT, confirmed_at=AT, confirmed_on=ON)},
        ),
        ("version_published_once", PublishedVersion, {"certification": rows.make(Certification)}),
        ("ruling_published_once", PublishedRuling, {"version": rows.make(PublishedVersion)}),
    ]
    for name, model, values in pairs:
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            rows.make(model, **values)
            rows.make(model, **values)
        assert named(name, refused.value, model), name


def test_a_deposit_holds_a_version_once(rows: Rows) -> None:
    held = {"deposit": rows.make(Deposit), "version": rows.make(DocumentVersion)}
    DepositedVersion.objects.create(**held)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        DepositedVersion.objects.create(**held)
    assert named("deposited_once", refused.value, DepositedVersion)


def test_every_constraint_has_its_test() -> None:
    told = {name for name, *_ in (*REFUSED, *TWICE)} | ELSEWHERE
    models_here = [
        *apps.get_app_config("candidacies").get_models(),
        *apps.get_app_config("certifications").get_models(),
    ]
    known = {constraint.name for model in models_here for constraint in model._meta.constraints}
    assert known == told


@pytest.mark.parametrize("model", [DecisionRecord, PublishedVersion, PublishedRuling], ids=lambda one: one.__name__)
def test_what_was_decided_or_published_is_never_changed(rows: Rows, model: type[models.Model]) -> None:
    row = rows.make(model)
    found = model._default_manager.filter(pk=row.pk)
    changes = (found.delete, row.save, lambda: found.update(**{model._meta.concrete_fields[-1].attname: None}))
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert found.get() == row
