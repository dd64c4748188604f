"""Why an action could not be done: each reason is met through its door, and told in words."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest
from django.test import override_settings
from django.utils import translation

from parchemin.core.durations import Duration
from parchemin.core.facts import ExperienceKind, Milestone
from parchemin.records.candidacies.actions import (
    closing,
    dating,
    deciding,
    depositing,
    drafts,
    filling,
    lettering,
    opening,
    placing,
    reminding,
    retaining,
    sharing,
    talking,
)
from parchemin.records.candidacies.actions.filling import Activity
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import (
    Appeal,
    Candidacy,
    Document,
    FileAccess,
    Letter,
    Reminder,
    RetentionRule,
    RetentionRun,
)
from parchemin.records.candidacies.queries.appeals import Rung, Standing
from parchemin.records.candidacies.wordings import _sentences, sentence
from parchemin.records.certifications.actions import set_open
from parchemin.records.people.actions.organising import create_organisation
from parchemin.records.people.models import Assurance, OrganisationKind, Role
from tests.records.candidacies.files import MEASURED, changed, completed, decided, dropped
from tests.web.cast import ALTERNANCE, AT, FEST, ON, Cast, deposited, identified, opened, organisation, worked

DAY = timedelta(days=1)
Try = Callable[[Cast, Candidacy], Any]


def secretary(cast: Cast) -> dict[str, Any]:
    return {"by": cast.secretary, "at": AT, "on": ON}


def decide(cast: Cast, row: Candidacy, on: date = ON, *, is_favourable: bool = False, reason: str = "x") -> Any:
    return deciding.decide_admissibility(
        candidacy=row, is_favourable=is_favourable, reason=reason, by=cast.secretary, at=AT, on=on
    )


def status(cast: Cast, row: Candidacy) -> None:
    depositing.accept_application(candidacy=row, **secretary(cast))


def closed(cast: Cast, _row: Candidacy) -> None:
    certification = cast.certification(FEST)
    set_open(certification=certification, is_open=False, by=None, at=AT)
    opened(cast.candidate, certification)


def already_open(cast: Cast, row: Candidacy) -> None:
    opened(cast.candidate, row.certification)


def blocks(cast: Cast, row: Candidacy) -> None:
    opening.aim_at_blocks(candidacy=row, blocks=["nulle part"], **secretary(cast))


def provider(cast: Cast, row: Candidacy) -> None:
    elsewhere = organisation("Formation fictive", OrganisationKind.PROVIDER)
    opening.name_provider(candidacy=row, provider=elsewhere, **secretary(cast))


def same_route(cast: Cast, row: Candidacy) -> None:
    opening.change_route(candidacy=row, route=row.route, reason="", **secretary(cast))


def experience_order(cast: Cast, row: Candidacy) -> None:
    worked(row, ON, ON - DAY)


def fraction(cast: Cast, row: Candidacy) -> None:
    activity = Activity("x", ExperienceKind.EMPLOYMENT, ON, fraction=Fraction(3, 2))
    filling.save_experience(candidacy=row, activity=activity, by=cast.candidate, at=AT)


def locked(cast: Cast, row: Candidacy) -> None:
    version = dropped(row)
    deposited(row)
    filling.remove_document(candidacy=row, document=version.document, by=cast.candidate, at=AT)


def too_many(_cast: Cast, row: Candidacy) -> None:
    Document.objects.bulk_create(
        Document(candidacy=row, title=str(one), created_at=AT) for one in range(filling.ANY_FILE)
    )
    dropped(row, "", "un de trop")


def too_many_versions(_cast: Cast, row: Candidacy) -> None:
    with override_settings(VERSIONS_LIMIT=2):
        for _ in range(3):
            dropped(row)


def no_room(_cast: Cast, row: Candidacy) -> None:
    with override_settings(ROOM_LIMIT=MEASURED.size):
        dropped(row)
        dropped(row, "", "autre")


def replaced(cast: Cast, row: Candidacy) -> None:
    first = dropped(row)
    dropped(row)
    filling.sign_document(candidacy=row, version=first, actor="tutor", signer="x", assurance=Assurance.PASSWORD, at=AT)


def hand_in(cast: Cast, row: Candidacy) -> None:
    depositing.deposit_application(candidacy=row, by=cast.candidate, at=AT, on=ON)


def regulation(cast: Cast, row: Candidacy) -> None:
    identified(cast.candidate)
    hand_in(cast, row)


def reasons(cast: Cast, row: Candidacy) -> None:
    decide(cast, completed(cast, row), reason=" ")


def deposit_pending(cast: Cast, row: Candidacy) -> None:
    deposited(row)
    Candidacy.objects.filter(pk=row.pk).update(status="returned")  # two windows that raced
    depositing.deposit_application(candidacy=row, is_insisting=True, by=cast.candidate, at=AT, on=ON)


def no_deposit(cast: Cast, row: Candidacy) -> None:
    decided(cast, completed(cast, row))
    depositing.answer_file(candidacy=row, is_complete=True, reasons="", **secretary(cast))


def override(cast: Cast, row: Candidacy, rule: str) -> None:
    deposited(row)
    deciding.override_rule(candidacy=row, rule=rule, reason="x", source="x", **secretary(cast))


def firm(cast: Cast, _row: Candidacy) -> None:
    offered = changed(cast, "check: experience_at_least", "is_firm: true\n      check: experience_at_least")
    override(cast, opened(cast.candidate, offered), "eligibility.experience")


def no_milestone(cast: Cast, row: Candidacy) -> None:
    decided(cast, completed(cast, row))
    dating.tell_year(candidacy=row, dates={Milestone.YEAR_STARTED: ON}, **secretary(cast))


def no_step(cast: Cast, row: Candidacy) -> None:
    decided(cast, completed(cast, row))
    deciding.record_step(candidacy=row, step="nulle", done_on=ON, by=cast.secretary, at=AT)


def silence(cast: Cast, row: Candidacy) -> None:
    completed(cast, row)
    assert row.due_on is not None
    decide(cast, row, row.due_on + DAY)


def empty(cast: Cast, row: Candidacy) -> None:
    talking.send_message(candidacy=row, body=" \n", by=cast.candidate, at=AT)


def accommodation_asked(cast: Cast, row: Candidacy) -> None:
    for _ in range(2):
        talking.ask_accommodation(candidacy=row, need="x", by=cast.candidate, at=AT)


def answered(cast: Cast, row: Candidacy) -> None:
    asked = talking.ask_accommodation(candidacy=row, need="x", by=cast.candidate, at=AT)
    talking.decide_accommodation(accommodation=asked, is_granted=False, reason="x", **secretary(cast))
    talking.withdraw_accommodation(accommodation=asked, by=cast.candidate, at=AT)


def centre(cast: Cast, row: Candidacy) -> None:
    stranger = create_organisation(kind=OrganisationKind.CENTRE, name="Là-bas", parent=cast.other_organisation, at=AT)
    placing.place_candidacy(candidacy=row, centre=stranger, by=cast.secretary, at=AT)


def held(cast: Cast, row: Candidacy) -> None:
    closing.take_charge(candidacy=row, holder=cast.second_secretary, by=cast.second_secretary, at=AT)
    closing.take_charge(candidacy=row, holder=cast.secretary, by=cast.secretary, at=AT, unless_held=True)


def same_organisation(cast: Cast, row: Candidacy) -> None:
    closing.transfer_candidacy(candidacy=row, to=cast.organisation, reason="x", **secretary(cast))


def appeal(cast: Cast, row: Candidacy, on: date = ON, within: Duration | None = None) -> None:
    record = row.decisions.latest("decided_at")
    rung = Rung(until=within.after(record.decided_on) if within else None)
    closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=on, rung=rung)


def not_appealable(cast: Cast, row: Candidacy) -> None:
    appeal(cast, decided(cast, completed(cast, row)))


def refused(cast: Cast, row: Candidacy) -> Candidacy:
    decided(cast, completed(cast, row), is_favourable=False)
    return row


def appeal_late(cast: Cast, row: Candidacy) -> None:
    record = refused(cast, row).decisions.get(answer="unfavourable")
    rung = Rung(until=Duration(months=2).after(record.decided_on))
    closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=ON.replace(month=6), rung=rung)


def appeal_pending(cast: Cast, row: Candidacy) -> None:
    record = refused(cast, row).decisions.get(answer="unfavourable")
    for _ in range(2):
        closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=ON)


COURT = Rung(level="court", title="Recours contentieux", to="le tribunal administratif", is_here=False)


def level_elsewhere(cast: Cast, row: Candidacy) -> None:
    record = refused(cast, row).decisions.get(answer="unfavourable")
    closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=ON, rung=COURT)


def level_shut(cast: Cast, row: Candidacy) -> None:
    record = refused(cast, row).decisions.get(answer="unfavourable")
    shut = Rung(level="second", standing=Standing.SHUT)
    closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=ON, rung=shut)


def level_here(cast: Cast, row: Candidacy) -> None:
    record = refused(cast, row).decisions.get(answer="unfavourable")
    closing.record_appeal(record=record, rung=Rung(), court="x", number="1", filed_on=ON, **secretary(cast))


def filed_later(cast: Cast, row: Candidacy) -> None:
    record = refused(cast, row).decisions.get(answer="unfavourable")
    to_come = ON.replace(month=12)
    closing.record_appeal(record=record, rung=COURT, court="x", number="1", filed_on=to_come, **secretary(cast))


def remedy(cast: Cast, row: Candidacy) -> None:
    last = refused(cast, row).decisions.get(answer="unfavourable")
    last.pk, last.stage, last.answer = uuid4(), "award", "none"
    last.save(force_insert=True)
    filed = Appeal.objects.create(decision=last, grounds="x", filed_at=AT, filed_on=ON)
    closing.answer_appeal(appeal=filed, is_upheld=True, answer="Oui.", remedy="examined", **secretary(cast))


def appealed(cast: Cast, row: Candidacy) -> None:
    record = refused(cast, row).decisions.get(answer="unfavourable")
    for _ in range(2):
        filed = closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=ON)
        closing.answer_appeal(appeal=filed, is_upheld=False, answer="Non.", **secretary(cast))


def too_long(cast: Cast, _row: Candidacy) -> None:
    drafts.save_draft(person=cast.candidate, form="x", fields={"a": "x" * (drafts.LARGEST + 1)}, at=AT)


def letter_waiting(cast: Cast, row: Candidacy) -> None:
    deposited(row)
    lettering.repeat_letter(letter=Letter.objects.get(candidacy=row), **secretary(cast))


def nothing_due(cast: Cast, _row: Candidacy) -> None:
    retaining.prepare_retention(organisation=cast.organisation, **secretary(cast))


def _prepared(cast: Cast) -> RetentionRun:
    RetentionRule.objects.create(organisation=cast.organisation, kind="drafts", months=1, basis="x")
    late = {**secretary(cast), "on": ON.replace(year=2030)}
    return retaining.prepare_retention(organisation=cast.organisation, **late)


def visa(cast: Cast, _row: Candidacy) -> None:
    cast.organisation.is_public = True
    cast.organisation.save()
    retaining.confirm_retention(run=_prepared(cast), **secretary(cast))


def erased(cast: Cast, _row: Candidacy) -> None:
    run = _prepared(cast)
    for _ in range(2):
        retaining.confirm_retention(run=run, **secretary(cast))


def erasing(cast: Cast, _row: Candidacy) -> None:
    retaining.confirm_retention(run=_prepared(cast), **secretary(cast))
    retaining.prepare_retention(organisation=cast.organisation, **secretary(cast))


def basis(cast: Cast, _row: Candidacy) -> None:
    kind = RetentionRule.Kind.EVIDENCE
    retaining.set_retention(organisation=cast.organisation, kind=kind, months=6, basis=" ", by=cast.manager, at=AT)


def _reminder(cast: Cast, status: str, audience: str, after: str) -> None:
    rule = Reminder(
        organisation=cast.organisation, status=status, audience=audience, after=after, days=3, subject="x", words="y"
    )
    reminding.save_reminder(reminder=rule, by=cast.secretary, at=AT)


def reminder_draft(cast: Cast, _row: Candidacy) -> None:
    _reminder(cast, "draft", "secretariat", "waiting")


def reminder_due(cast: Cast, _row: Candidacy) -> None:
    _reminder(cast, "returned", "secretariat", "due")


def confirmation_late(cast: Cast, _row: Candidacy) -> None:
    row = deposited(opened(cast.candidate, cast.certification(ALTERNANCE)))
    assert row.due_on
    deciding.apply_time(candidacy=row, at=AT, on=row.due_on + DAY)
    assert row.due_on
    deciding.confirm_going_on(candidacy=row, by=cast.candidate, at=AT, on=row.due_on + DAY)


def not_lapsed(cast: Cast, row: Candidacy) -> None:
    decided(cast, completed(cast, row))
    deciding.restore_candidacy(candidacy=row, reason="x", **secretary(cast))


def share(cast: Cast, row: Candidacy, email: str = "rose@example.org", **told: Any) -> FileAccess:
    asked = {"role": Role.COMPANION, "by": cast.candidate, "at": AT, "on": ON, **told}
    return sharing.offer_access(candidacy=row, email=email, **asked)[0]


def access_too_many(cast: Cast, row: Candidacy) -> None:
    for number in range(sharing.MOST_OPEN + 1):
        share(cast, row, f"a{number}@example.org")


def access_too_often(cast: Cast, row: Candidacy) -> None:
    for _ in range(sharing.MOST_A_DAY + 1):
        share(cast, row)


TRIES: dict[str, Try] = {
    "access_own": lambda cast, row: share(cast, row, cast.candidate.email),
    "access_end": lambda cast, row: share(cast, row, until_on=ON - DAY),
    "access_too_many": access_too_many,
    "access_too_often": access_too_often,
    "status": status,
    "closed": closed,
    "already_open": already_open,
    "blocks": blocks,
    "same_route": same_route,
    "experience_order": experience_order,
    "fraction": fraction,
    "locked": locked,
    "too_many": too_many,
    "too_many_versions": too_many_versions,
    "no_room": no_room,
    "replaced": replaced,
    "identity": hand_in,
    "regulation": regulation,
    "reasons": reasons,
    "deposit_pending": deposit_pending,
    "no_deposit": no_deposit,
    "firm": firm,
    "no_rule": lambda cast, row: override(cast, row, "eligibility.nulle"),
    "no_step": no_step,
    "no_milestone": no_milestone,
    "silence": silence,
    "empty": empty,
    "accommodation_asked": accommodation_asked,
    "answered": answered,
    "centre": centre,
    "held": held,
    "same_organisation": same_organisation,
    "not_appealable": not_appealable,
    "appeal_late": appeal_late,
    "appeal_pending": appeal_pending,
    "appealed": appealed,
    "level_elsewhere": level_elsewhere,
    "level_shut": level_shut,
    "level_here": level_here,
    "filed_later": filed_later,
    "remedy": remedy,
    "provider": provider,
    "too_long": too_long,
    "letter_waiting": letter_waiting,
    "confirmation_late": confirmation_late,
    "not_lapsed": not_lapsed,
    "basis": basis,
    "nothing_due": nothing_due,
    "erased": erased,
    "erasing": erasing,
    "reminder_draft": reminder_draft,
    "reminder_due": reminder_due,
    "visa": visa,
}


@pytest.mark.parametrize("code", TRIES)
def test_each_reason_is_met_and_told_whole(cast: Cast, request: pytest.FixtureRequest, code: str) -> None:
    draft = Candidacy() if code == "firm" else request.getfixturevalue("draft")  # that one publishes its own
    with pytest.raises(UnfitError) as met:
        TRIES[code](cast, draft)
    assert met.value.code == code
    for language in ("fr", "en"):
        with translation.override(language):
            told = sentence(met.value)
        assert told.endswith(".")
        assert "%(" not in told


MOVING = {
    *("same_version", "no_version", "before_jury", "awarded_whole"),
    *("version_kept", "less_favourable", "unlike", "route_closed"),
}
"""Why a file does not follow another version: tried beside what moves it, in tests/records/juries/test_versions.py."""


def test_every_reason_is_tried() -> None:
    assert set(TRIES) | MOVING == set(_sentences())


def test_a_day_is_told_as_people_write_it(cast: Cast, draft: Candidacy) -> None:
    with pytest.raises(UnfitError) as met:
        appeal_late(cast, draft)
    assert "02/05/2026" in sentence(met.value)


@pytest.mark.parametrize(
    "act",
    [
        lambda cast, row: depositing.return_application(candidacy=row, reasons=" ", **secretary(cast)),
        lambda cast, row: depositing.answer_file(candidacy=row, is_complete=False, reasons=" ", **secretary(cast)),
        lambda cast, row: deciding.override_rule(candidacy=row, rule="x", reason="x", source=" ", **secretary(cast)),
        lambda cast, row: deciding.restore_candidacy(candidacy=row, reason=" ", **secretary(cast)),
        lambda cast, row: deciding.lapse_candidacy(candidacy=row, reason=" ", **secretary(cast)),
        lambda cast, row: closing.transfer_candidacy(
            candidacy=row, to=cast.other_organisation, reason=" ", **secretary(cast)
        ),
    ],
    ids=["return", "answer_file", "override", "restore", "lapse", "transfer"],
)
def test_whatever_goes_against_somebody_has_its_reasons(cast: Cast, draft: Candidacy, act: Try) -> None:
    with pytest.raises(UnfitError) as met:
        act(cast, draft)
    assert met.value.code == "reasons"


def test_a_refusal_that_the_rules_do_not_settle_needs_its_reason(cast: Cast, draft: Candidacy) -> None:
    """What is not verified yet says nothing for nor against: a refusal on it is the secretariat's own."""
    row = opened(cast.other_candidate, cast.certification("master-meef-formation"), "student")
    deposited(row)
    depositing.accept_application(candidacy=row, **secretary(cast))
    for is_favourable in (True, False):
        with pytest.raises(UnfitError) as met:
            decide(cast, row, is_favourable=is_favourable, reason="")
        assert met.value.code == "reasons"
    assert not row.decisions.filter(answer__in=["favourable", "unfavourable"]).exists()


def test_a_lapse_is_not_lifted_beside_a_file_that_goes_on(cast: Cast, draft: Candidacy) -> None:
    decided(cast, completed(cast, draft))
    deciding.lapse_candidacy(candidacy=draft, reason="x", **secretary(cast))
    other = opened(cast.candidate, draft.certification)
    with pytest.raises(UnfitError) as met:
        deciding.restore_candidacy(candidacy=draft, reason="x", **secretary(cast))
    assert (met.value.code, met.value.values) == ("already_open", {"number": other.number})


def test_a_reminder_without_words_is_not_kept(cast: Cast) -> None:
    with pytest.raises(UnfitError) as met:
        reminding.save_reminder(
            reminder=Reminder(organisation=cast.organisation, subject=" ", words="x"), by=cast.secretary, at=AT
        )
    assert met.value.code == "empty"
    assert not Reminder.objects.exists()
