"""Every action on a file: its journal entry, its revision, and what it does to whoever acts on an older one."""

import inspect
from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from django.core.files.base import ContentFile

from parchemin.core.facts import ExperienceKind
from parchemin.records.candidacies.actions import (
    closing,
    dating,
    deciding,
    depositing,
    filling,
    lettering,
    opening,
    reminding,
    sharing,
    talking,
    witnessing,
)
from parchemin.records.candidacies.actions.filling import Activity
from parchemin.records.candidacies.errors import StaleError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Accommodation, Candidacy, Document, FileAccess, Letter
from parchemin.records.candidacies.queries.appeals import Rung
from parchemin.records.journal import queries as journal
from parchemin.records.people.models import Assurance, Role
from tests.records.candidacies.files import MEASURED, completed, decided, dropped
from tests.web.cast import AT, ON, Cast, accepted, identified, opened, worked

DAY = timedelta(days=1)
ACTIONS: tuple[ModuleType, ...] = (
    closing,
    dating,
    deciding,
    depositing,
    filling,
    lettering,
    opening,
    sharing,
    talking,
    witnessing,
)
State = Callable[[Cast, Candidacy], Any]


def as_it_is(_cast: Cast, row: Candidacy) -> Candidacy:
    return row


def ready(cast: Cast, row: Candidacy) -> None:
    worked(row)
    dropped(row)
    identified(cast.candidate)
    accepted(row)


def received(cast: Cast, row: Candidacy) -> Any:
    ready(cast, row)
    depositing.deposit_application(candidacy=row, by=cast.candidate, at=AT, on=ON)
    return row.experiences.get()


def admissible(cast: Cast, row: Candidacy) -> None:
    decided(cast, completed(cast, row))


def gathered(cast: Cast, row: Candidacy) -> None:
    admissible(cast, row)
    version = dropped(row, "vae_file")
    for actor in ("sector_professional", "external_evaluator"):
        filling.sign_document(
            candidacy=row, version=version, actor=actor, signer="x", assurance=Assurance.PASSWORD, at=AT
        )
    for kind in Judged(row, ON).later.documents:
        if kind != "vae_file":
            dropped(row, kind)


def handed_in(cast: Cast, row: Candidacy) -> None:
    gathered(cast, row)
    depositing.deposit_file(candidacy=row, by=cast.candidate, at=AT, on=ON)


def lapsed(cast: Cast, row: Candidacy) -> None:
    admissible(cast, row)
    deciding.lapse_candidacy(candidacy=row, reason="x", by=cast.secretary, at=AT, on=ON)


def refused(cast: Cast, row: Candidacy) -> Any:
    decided(cast, completed(cast, row), is_favourable=False)
    return row.decisions.get(answer="unfavourable")


COURT = Rung(level="court", title="Recours contentieux", to="le tribunal administratif", is_here=False)


def appealed(cast: Cast, row: Candidacy) -> Any:
    return closing.file_appeal(record=refused(cast, row), grounds="x", by=cast.candidate, at=AT, on=ON)


def asked(cast: Cast, row: Candidacy) -> Accommodation:
    return talking.ask_accommodation(candidacy=row, need="x", by=cast.candidate, at=AT)


def opened_to(cast: Cast, row: Candidacy) -> FileAccess:
    return sharing.grant_access(
        candidacy=row, person=cast.companion, role=Role.COMPANION, by=cast.secretary, at=AT, on=ON
    )


def document(_cast: Cast, row: Candidacy) -> Document:
    return dropped(row).document


def posted(cast: Cast, row: Candidacy) -> Letter:
    received(cast, row)
    Letter.objects.filter(candidacy=row).update(written_at=AT, sent_at=AT)
    return Letter.objects.get(candidacy=row)


ACTIVITY = Activity(position="x", kind=ExperienceKind.EMPLOYMENT, from_on=ON)


class Case(NamedTuple):
    """An action, the state it starts from, what is given to it, and what it leaves."""

    act: Callable[..., Any]
    state: State
    given: Callable[[Cast, Any], dict[str, Any]]
    kind: str
    bump: int = 1


def nothing(_cast: Cast, _made: Any) -> dict[str, Any]:
    return {}


CASES = [
    Case(filling.save_experience, as_it_is, lambda c, m: {"activity": ACTIVITY}, "experience_saved"),
    Case(filling.remove_experience, lambda c, r: worked(r), lambda c, m: {"experience": m}, "experience_removed"),
    Case(filling.declare, as_it_is, lambda c, m: {"answers": {"x": True}}, "declared"),
    Case(
        filling.drop_document,
        as_it_is,
        lambda c, m: {"content": ContentFile(b"x"), "measured": MEASURED, "kind": "vae_file"},
        "document_dropped",
    ),
    Case(filling.remove_document, document, lambda c, m: {"document": m}, "document_removed"),
    Case(
        filling.sign_document,
        lambda c, r: dropped(r),
        lambda c, m: {"version": m, "actor": "tutor", "signer": "x", "assurance": Assurance.PASSWORD},
        "document_signed",
    ),
    Case(depositing.accept_regulation, as_it_is, nothing, "regulation_accepted"),
    Case(depositing.deposit_application, ready, nothing, "application_deposited"),
    Case(depositing.return_application, received, lambda c, m: {"reasons": "x"}, "application_returned"),
    Case(depositing.accept_application, received, nothing, "application_complete"),
    Case(depositing.deposit_file, gathered, nothing, "file_deposited"),
    Case(depositing.answer_file, handed_in, lambda c, m: {"is_complete": True, "reasons": ""}, "file_complete"),
    Case(depositing.answer_file, handed_in, lambda c, m: {"is_complete": False, "reasons": "x"}, "file_incomplete"),
    Case(deciding.verify_statement, received, lambda c, m: {"code": "x", "is_true": True}, "statement_verified"),
    Case(
        deciding.verify_experience, received, lambda c, m: {"experience": m, "is_proved": True}, "experience_verified"
    ),
    Case(dating.tell_year, admissible, lambda c, m: {"dates": {}}, "year_told"),
    Case(deciding.record_step, admissible, lambda c, m: {"step": "assessment", "done_on": ON}, "step_done"),
    Case(
        deciding.override_rule,
        received,
        lambda c, m: {"rule": "eligibility.experience", "reason": "x", "source": "x"},
        "rule_overridden",
    ),
    Case(
        deciding.decide_admissibility,
        completed,
        lambda c, m: {"is_favourable": True, "reason": ""},
        "admissibility_decided",
    ),
    Case(deciding.confirm_going_on, admissible, nothing, "confirmed"),
    Case(deciding.lapse_candidacy, admissible, lambda c, m: {"reason": "x"}, "lapsed"),
    Case(deciding.restore_candidacy, lapsed, lambda c, m: {"reason": "x"}, "restored"),
    Case(opening.change_route, as_it_is, lambda c, m: {"route": "pathway", "reason": "x"}, "route_changed"),
    Case(opening.aim_at_blocks, as_it_is, lambda c, m: {"blocks": []}, "aimed"),
    Case(opening.name_provider, as_it_is, lambda c, m: {"provider": None}, "provider_named"),
    Case(closing.withdraw_candidacy, as_it_is, lambda c, m: {"reason": ""}, "withdrawn"),
    Case(
        closing.transfer_candidacy,
        received,
        lambda c, m: {"to": c.other_organisation, "reason": "x"},
        "transferred",
    ),
    Case(closing.take_charge, as_it_is, lambda c, m: {"holder": c.secretary}, "taken_charge"),
    Case(closing.file_appeal, refused, lambda c, m: {"record": m, "grounds": "x"}, "appealed"),
    Case(
        closing.answer_appeal,
        appealed,
        lambda c, m: {"appeal": m, "is_upheld": False, "answer": "x"},
        "appeal_answered",
    ),
    Case(
        closing.record_appeal,
        refused,
        lambda c, m: {"record": m, "rung": COURT, "court": "Tribunal fictif", "number": "26-1", "filed_on": ON},
        "appeal_recorded",
    ),
    Case(
        closing.add_exhibits,
        appealed,
        lambda c, m: {"appeal": m, "exhibits": [(ContentFile(b"x", name="x.pdf"), MEASURED)]},
        "appeal_exhibits",
    ),
    Case(closing.withdraw_appeal, appealed, lambda c, m: {"appeal": m}, "appeal_withdrawn"),
    Case(talking.send_message, as_it_is, lambda c, m: {"body": "x"}, "message_sent", bump=0),
    Case(talking.ask_accommodation, as_it_is, lambda c, m: {"need": "x"}, "accommodation_asked"),
    Case(
        talking.decide_accommodation,
        asked,
        lambda c, m: {"accommodation": m, "is_granted": False, "reason": "x"},
        "accommodation_decided",
    ),
    Case(talking.withdraw_accommodation, asked, lambda c, m: {"accommodation": m}, "accommodation_withdrawn"),
    Case(
        sharing.grant_access,
        as_it_is,
        lambda c, m: {"person": c.companion, "role": Role.COMPANION},
        "access_granted",
        bump=0,
    ),
    Case(
        sharing.offer_access,
        as_it_is,
        lambda c, m: {"email": "inconnue@example.org", "role": Role.EVALUATOR},
        "access_offered",
        bump=0,
    ),
    Case(sharing.revoke_access, opened_to, lambda c, m: {"access": m}, "access_revoked", bump=0),
    Case(sharing.note_reading, opened_to, lambda c, m: {"access": m}, "access_used", bump=0),
    Case(lettering.repeat_letter, posted, lambda c, m: {"letter": m}, "letter_repeated", bump=0),
]
ELSEWHERE = {
    "accept_access",
    "open_candidacy",
    "apply_time",
    "mark_read",
    "ask_by_link",
    "ask_endorsement",
    "attest_experience",
    "endorse",
    "reopen_file",
}
"""Tested where time is or where links are, or without a journal entry by nature."""


def done(case: Case, cast: Cast, row: Candidacy, made: Any, **more: Any) -> Any:
    """The action done by the secretary that day, with as much of the usual as it takes."""
    wanted = inspect.signature(case.act).parameters
    usual = {"candidacy": row, "by": cast.secretary, "at": AT, "on": ON}
    given = {name: value for name, value in usual.items() if name in wanted}
    return case.act(**{**given, **case.given(cast, made), **more})


IDS = [f"{case.act.__name__}-{case.kind}" for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_it_is_journaled_under_who_did_it_and_the_revision_grows(cast: Cast, draft: Candidacy, case: Case) -> None:
    made = case.state(cast, draft)
    before = Candidacy.objects.get(pk=draft.pk)
    entries = len(list(journal.entries_of(draft.pk)))
    done(case, cast, draft, made)
    found = list(journal.entries_of(draft.pk))[entries:]
    assert [(entry.kind, entry.actor) for entry in found] == [(f"candidacy.{case.kind}", cast.secretary.pk)]
    assert Candidacy.objects.get(pk=draft.pk).revision == before.revision + case.bump


STALE = [case for case in CASES if "revision" in inspect.signature(case.act).parameters]


@pytest.mark.parametrize("case", STALE, ids=[case.act.__name__ + case.kind for case in STALE])
def test_on_an_older_file_nothing_is_done(cast: Cast, draft: Candidacy, case: Case) -> None:
    made = case.state(cast, draft)
    before = Candidacy.objects.filter(pk=draft.pk).values().get()
    entries = len(list(journal.entries_of(draft.pk)))
    with pytest.raises(StaleError) as stale:
        done(case, cast, draft, made, revision=before["revision"] - 1)
    assert stale.value.candidacy.pk == draft.pk
    assert "modifier ce dossier" in stale.value.sentence
    assert Candidacy.objects.filter(pk=draft.pk).values().get() == before
    assert len(list(journal.entries_of(draft.pk))) == entries


def test_no_action_is_left_out() -> None:
    known = {
        name
        for module in ACTIONS
        for name, found in inspect.getmembers(module, inspect.isfunction)
        if found.__module__ == module.__name__
        and not name.startswith("_")
        and "at" in inspect.signature(found).parameters
    }
    assert known == {case.act.__name__ for case in CASES} | ELSEWHERE


def test_opening_is_journaled_with_what_was_chosen(cast: Cast) -> None:
    row = opened(cast.candidate, cast.certification())
    (entry,) = journal.entries_of(row.pk)
    assert (entry.kind, entry.actor) == ("candidacy.opened", cast.candidate.pk)
    assert entry.details["route"] == "vae"
    assert entry.details["version"] == row.version


def test_a_declaration_told_again_is_neither_journaled_nor_verified_again(cast: Cast, draft: Candidacy) -> None:
    filling.declare(candidacy=draft, answers={"x": True}, by=cast.candidate, at=AT)
    entries = len(list(journal.entries_of(draft.pk)))
    filling.declare(candidacy=draft, answers={"x": True}, by=cast.candidate, at=AT)
    assert len(list(journal.entries_of(draft.pk))) == entries


def test_a_reminder_is_journaled_when_it_is_written_and_when_it_is_sent(cast: Cast, draft: Candidacy) -> None:
    from parchemin.records.candidacies.models import Reminder

    received(cast, draft)
    rule = reminding.save_reminder(
        reminder=Reminder(
            organisation=cast.organisation, status="received", audience="candidate", after="due", days=7,
            subject="Votre dossier", words="Il est en cours.",
        ),
        by=cast.secretary,
        at=AT,
    )  # fmt: skip
    reminding.switch_reminder(reminder=rule, is_active=False, by=cast.secretary, at=AT)
    kinds = [entry.kind for entry in journal.entries_of(cast.organisation.pk)]
    assert kinds[-2:] == ["reminder.created", "reminder.switched_off"]
    assert draft.due_on is not None
    assert reminding.remind(reminder=rule, at=AT, on=draft.due_on - 8 * DAY) == 0
    assert reminding.remind(reminder=rule, at=AT, on=draft.due_on - 7 * DAY) == 1
    assert [entry.kind for entry in journal.entries_of(draft.pk)][-1] == "candidacy.reminded"
