"""Files opened to one person: from when, until when, by whom, and what is read of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from parchemin.core.facts import ExperienceKind
from parchemin.records.candidacies.actions import closing, depositing, filling, sharing
from parchemin.records.candidacies.actions.filling import Activity
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Candidacy, FileAccess
from parchemin.records.candidacies.queries.followed import Followed, files, followed
from parchemin.records.candidacies.queries.visible import may, standing_of, visible_to
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Grant, Invitation, Person, Role
from parchemin.records.people.permissions import EVERYBODY, PERMISSIONS, Action
from parchemin.records.people.queries.people import invitations_visible_to
from parchemin.records.people.standing import Standing
from tests.records.candidacies.files import MEASURED, dropped
from tests.web.cast import AT, FEST, ON, Cast, deposited, opened, person, worked

DAY = timedelta(days=1)


def standing(one: Person, on: date = ON) -> Standing:
    return standing_of(one, on)


def shared(row: Candidacy, to: Person, by: Person, role: Role = Role.COMPANION, **told: Any) -> FileAccess:
    return sharing.grant_access(
        **{"candidacy": row, "person": to, "role": role, "by": by, "at": AT, "on": ON, "until_on": ON + 9 * DAY, **told}
    )


def offered(row: Candidacy, email: str, by: Person, **told: Any) -> tuple[FileAccess, str]:
    asked = {"role": Role.COMPANION, "by": by, "at": AT, "on": ON, "until_on": ON + 9 * DAY, **told}
    return sharing.offer_access(candidacy=row, email=email, **asked)


def refused(row: Candidacy, by: Person, email: str = "rose@example.org", **told: Any) -> str:
    with pytest.raises(UnfitError) as unfit:
        offered(row, email, by, **told)
    assert sentence(unfit.value)
    return unfit.value.code


def reads(one: Person, row: Candidacy, on: date = ON) -> bool:
    return followed(standing(one, on), row.pk, on) is not None


def seen(one: Person, row: Candidacy) -> Followed:
    found = followed(standing(one), row.pk, ON)
    assert found
    return found


@pytest.mark.parametrize(
    ("on", "is_read"), [(ON - DAY, False), (ON, True), (ON + 9 * DAY, True), (ON + 10 * DAY, False)]
)
def test_a_file_is_read_from_a_day_to_a_day_both_included(
    cast: Cast, draft: Candidacy, on: date, is_read: bool
) -> None:
    shared(draft, cast.outsider, cast.candidate)
    assert reads(cast.outsider, draft, on) is is_read
    assert standing(cast.outsider, on).has(Action.FOLLOW_FILE) is is_read
    assert list(files(standing(cast.outsider, on), on)) == ([draft] if is_read else [])


def test_a_role_in_an_organisation_opens_none_of_its_files(cast: Cast, received: Candidacy) -> None:
    for guest in (cast.companion, cast.professional, cast.evaluator):
        assert standing(guest).has(Action.FOLLOW_FILE)
        for action in Action:
            assert not visible_to(standing(guest), action, ON).filter(pk=received.pk).exists(), action
    shared(received, cast.companion, cast.candidate)
    assert reads(cast.companion, received)
    other = opened(cast.other_candidate, received.certification)
    assert not reads(cast.companion, other)


READING = {Action.FOLLOW_FILE, Action.DOWNLOAD_DOCUMENT, Action.SEE_PATHWAY, Action.SEE_ASSESSMENTS}
HELPING = {
    Action.READ_DECISIONS,
    Action.POSITION,
    Action.PLAN_PATHWAY,
    Action.APPROVE_PATHWAY,
    Action.LOG_WORK,
    Action.COMMENT_EVIDENCE,
}
"""What a companion adds to a file: nothing of the application, nothing that decides."""


def test_a_guest_reads_and_does_only_the_part_of_their_role(cast: Cast, received: Candidacy) -> None:
    shared(received, cast.outsider, cast.candidate)
    shared(received, cast.evaluator, cast.secretary, Role.EVALUATOR)
    for_all = {action for action in Action if PERMISSIONS[action] == EVERYBODY}
    for one, extra in ((cast.outsider, HELPING), (cast.evaluator, {Action.TRANSMIT_FILE})):
        allowed = {action for action in Action if may(standing(one), action, received, ON)}
        assert allowed - for_all == READING | {Action.RATE, Action.TELL_SITTING} | extra


def test_the_roles_on_one_file_give_nothing_on_another(cast: Cast, received: Candidacy) -> None:
    other = deposited(opened(cast.other_candidate, received.certification))
    shared(received, cast.outsider, cast.candidate)
    shared(other, cast.outsider, cast.secretary, Role.EVALUATOR)
    assert seen(cast.outsider, received).may(Action.READ_DECISIONS)
    assert not seen(cast.outsider, other).may(Action.READ_DECISIONS)


def test_closed_it_is_no_longer_read_and_stays_written_that_it_was(cast: Cast, draft: Candidacy) -> None:
    access = shared(draft, cast.outsider, cast.candidate)
    sharing.revoke_access(access=access, by=cast.candidate, at=AT)
    sharing.revoke_access(access=access, by=cast.candidate, at=AT + DAY)
    assert not reads(cast.outsider, draft)
    access.refresh_from_db()
    assert (access.closed_at, access.is_running(ON), access.ended_on) == (AT, False, AT.date())


def test_a_file_withdrawn_is_read_by_no_guest(cast: Cast, draft: Candidacy) -> None:
    shared(draft, cast.outsider, cast.candidate)
    closing.withdraw_candidacy(candidacy=draft, reason="", by=cast.candidate, at=AT, on=ON)
    assert not reads(cast.outsider, draft)


def test_what_an_organisation_opens_ends_when_the_file_goes_to_another(cast: Cast, received: Candidacy) -> None:
    shared(received, cast.evaluator, cast.secretary, Role.EVALUATOR)
    shared(received, cast.outsider, cast.candidate)
    closing.transfer_candidacy(
        candidacy=received, to=cast.other_organisation, reason="x", by=cast.secretary, at=AT, on=ON
    )
    assert not reads(cast.evaluator, received)
    assert reads(cast.outsider, received)


def test_opened_again_the_end_is_the_new_one_and_the_beginning_stays(cast: Cast, draft: Candidacy) -> None:
    first = shared(draft, cast.outsider, cast.candidate)
    sharing.note_reading(access=first, by=cast.outsider, at=AT)
    later = ON + 5 * DAY
    again = shared(draft, cast.outsider, cast.candidate, at=AT + 5 * DAY, on=later, until_on=later + 30 * DAY)
    assert (again.from_on, again.until_on, again.seen_at) == (ON, later + 30 * DAY, AT)
    assert list(draft.accesses.filter(closed_at=None)) == [again]


def test_nobody_is_given_their_own_file(cast: Cast, draft: Candidacy) -> None:
    assert refused(draft, cast.candidate, "Odile@EXAMPLE.org") == "access_own"
    assert refused(draft, cast.candidate, "odile+moi@example.org") == "access_own"
    assert refused(draft, cast.secretary, "odile@example.org") == "access_own"
    with pytest.raises(UnfitError):
        shared(draft, cast.candidate, cast.secretary, Role.EVALUATOR)


@pytest.mark.parametrize("until_on", [ON - DAY, ON + sharing.LONGEST + DAY])
def test_an_access_ends_within_a_year(cast: Cast, draft: Candidacy, until_on: date) -> None:
    assert refused(draft, cast.candidate, until_on=until_on) == "access_end"
    assert not Invitation.objects.exists()


def test_a_candidate_opens_a_file_to_few_and_not_often(cast: Cast, draft: Candidacy) -> None:
    for number in range(sharing.MOST_OPEN):
        access, _ = offered(draft, f"a{number}@example.org", cast.candidate)
    assert refused(draft, cast.candidate) == "access_too_many"
    sharing.revoke_access(access=access, by=cast.candidate, at=AT)
    assert refused(draft, cast.candidate) == "access_too_often"
    offered(draft, "rose@example.org", cast.candidate, at=AT + DAY)
    offered(draft, "evaluatrice@example.org", cast.secretary, role=Role.EVALUATOR)


def test_an_ended_access_leaves_its_place(cast: Cast, draft: Candidacy) -> None:
    for number in range(sharing.MOST_OPEN):
        offered(draft, f"a{number}@example.org", cast.candidate, until_on=ON)
    offered(draft, "rose@example.org", cast.candidate, at=AT + DAY, on=ON + DAY)


def test_an_address_is_offered_the_file_and_no_role_in_the_organisation(cast: Cast, draft: Candidacy) -> None:
    access, secret = offered(draft, "rose@example.org", cast.candidate)
    assert (access.person, access.email) == (None, "rose@example.org")
    assert list(invitations_visible_to(standing(cast.manager))) == []
    rose = person("rose", "Rose", "Invitée")
    assert not reads(rose, draft)
    sharing.accept_access(secret=secret, person=rose, at=AT, on=ON)
    assert reads(rose, draft)
    assert not Grant.objects.filter(person=rose).exists()
    with pytest.raises(RefusalError) as used:
        sharing.accept_access(secret=secret, person=rose, at=AT, on=ON)
    assert used.value.code == "used"


def test_only_its_address_accepts_what_was_offered(cast: Cast, draft: Candidacy) -> None:
    _, secret = offered(draft, "rose@example.org", cast.candidate)
    with pytest.raises(RefusalError) as refusal:
        sharing.accept_access(secret=secret, person=cast.outsider, at=AT, on=ON)
    assert refusal.value.code == "other_address"
    assert not reads(cast.outsider, draft)


def test_closed_or_over_before_it_was_accepted_it_opens_nothing(cast: Cast, draft: Candidacy) -> None:
    access, closed = offered(draft, "rose@example.org", cast.candidate)
    sharing.revoke_access(access=access, by=cast.candidate, at=AT)
    _, over = offered(draft, "rose@example.org", cast.candidate, until_on=ON)
    _, again = offered(draft, "rose@example.org", cast.candidate, until_on=ON)
    rose = person("rose", "Rose", "Invitée")
    for secret, code in ((closed, "revoked"), (over, "revoked"), (again, "expired")):
        with pytest.raises(RefusalError) as refusal:
            sharing.accept_access(secret=secret, person=rose, at=AT + DAY, on=ON + DAY)
        assert refusal.value.code == code
    assert not reads(rose, draft, ON + DAY)


def test_somebody_invited_who_opened_an_account_another_way_is_given_the_file(cast: Cast, draft: Candidacy) -> None:
    offered(draft, "rose@example.org", cast.candidate)
    rose = person("rose", "Rose", "Invitée")
    access, secret = offered(draft, "ROSE@example.org", cast.candidate)
    assert (access.person, secret) == (rose, "")
    assert list(draft.accesses.filter(closed_at=None)) == [access]
    assert Invitation.objects.get().revoked_at == AT


def test_a_draft_is_shared_by_its_candidate_alone(cast: Cast, draft: Candidacy) -> None:
    activity, version = worked(draft), dropped(draft)
    shared(draft, cast.outsider, cast.candidate)
    shared(draft, cast.evaluator, cast.secretary, Role.EVALUATOR)
    assert seen(cast.outsider, draft).activities == [activity]
    assert seen(cast.outsider, draft).versions == {version.document_id: version}
    assert seen(cast.evaluator, draft).activities == []
    assert seen(cast.evaluator, draft).versions == {}


def test_what_is_changed_after_a_deposit_waits_for_the_next(cast: Cast, draft: Candidacy) -> None:
    kept, changed = worked(draft), worked(draft)
    first = dropped(draft)
    deposited(draft)
    shared(draft, cast.outsider, cast.candidate)
    shared(draft, cast.evaluator, cast.secretary, Role.EVALUATOR)
    assert set(seen(cast.evaluator, draft).activities) == {kept, changed}
    depositing.return_application(candidacy=draft, reasons="x", by=cast.secretary, at=AT, on=ON)
    told = Activity(position="Autre", kind=ExperienceKind.EMPLOYMENT, from_on=ON)
    filling.save_experience(candidacy=draft, activity=told, experience=changed, by=cast.candidate, at=AT)
    added = worked(draft)
    second = dropped(draft)
    filling.drop_document(
        candidacy=draft, content=ContentFile(b"x"), measured=MEASURED, title="Autre", by=cast.candidate, at=AT
    )
    assert seen(cast.evaluator, draft).activities == [kept]
    assert list(seen(cast.evaluator, draft).versions.values()) == [first]
    assert set(seen(cast.outsider, draft).activities) == {kept, changed, added}
    assert second in seen(cast.outsider, draft).versions.values()
    deposited(draft)
    assert set(seen(cast.evaluator, draft).activities) == {kept, changed, added}
    assert second in seen(cast.evaluator, draft).versions.values()


def test_files_are_found_by_certification_and_state_and_sorted(cast: Cast, received: Candidacy) -> None:
    other = opened(cast.other_candidate, cast.certification(FEST))
    shared(received, cast.outsider, cast.candidate, until_on=ON + 3 * DAY)
    shared(other, cast.outsider, cast.other_candidate, until_on=ON + 2 * DAY)
    own = standing(cast.outsider)
    assert list(files(own, ON, scheme=FEST)) == [other]
    assert list(files(own, ON, status="received")) == [received]
    assert list(files(own, ON, sort="until")) == [other, received]
    assert list(files(own, ON, sort="until", is_descending=True)) == [received, other]
    assert list(files(Standing.nobody(), ON)) == []
