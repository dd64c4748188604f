"""What others say of a file by a one-use link: asked while it is open, kept with who and how sure one is of it."""

from collections.abc import Callable
from typing import Any

import pytest

from parchemin.records.candidacies.actions import closing, witnessing
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.models import Candidacy, Endorsement
from parchemin.records.candidacies.queries.linked import ATTEST, ENDORSE, links_waiting, subject_of
from parchemin.records.journal.queries import entries_of
from parchemin.records.people.actions.linking import LASTS, revoke_link
from parchemin.records.people.models import Link
from tests.web.cast import AT, ON, Cast, worked

WHO = {"email": "rose@example.org", "bearer": "Rose"}


def for_activity(row: Candidacy) -> Link:
    one = row.experiences.first() or worked(row)
    return witnessing.ask_by_link(candidacy=row, act=ATTEST, subject=subject_of(one), by=row.candidate, at=AT, **WHO)[0]


def in_support(row: Candidacy) -> Link:
    return witnessing.ask_endorsement(candidacy=row, by=row.candidate, at=AT, **WHO)[0]


@pytest.mark.parametrize("ask", [for_activity, in_support])
def test_a_closed_file_asks_nobody(draft: Candidacy, ask: Callable[[Candidacy], Link]) -> None:
    worked(draft)
    closing.withdraw_candidacy(candidacy=draft, reason="", by=draft.candidate, at=AT, on=ON)
    with pytest.raises(UnfitError) as refused:
        ask(draft)
    assert refused.value.code == "status"
    assert not Link.objects.exists()


def test_the_links_that_wait_are_those_that_can_still_be_used(draft: Candidacy) -> None:
    one, other = in_support(draft), in_support(draft)
    assert set(links_waiting(draft, ENDORSE, AT)) == {one, other}
    revoke_link(link=other, by=draft.candidate, at=AT)
    assert list(links_waiting(draft, ENDORSE, AT)) == [one]
    assert not links_waiting(draft, ENDORSE, AT + LASTS)
    assert not links_waiting(draft, ATTEST, AT)


@pytest.mark.parametrize(("is_confirmed", "kind"), [(True, "experience_attested"), (False, "experience_contradicted")])
def test_an_attestation_is_journaled_with_the_fingerprint_of_what_was_read(
    draft: Candidacy, is_confirmed: bool, kind: str
) -> None:
    link = for_activity(draft)
    row = draft.experiences.get()
    told: dict[str, Any] = {"bearer": "Rose", "quality": "Directrice", "words": "À mi-temps", "link": link, "at": AT}
    with pytest.raises(StaleError):
        witnessing.attest_experience(experience=row, fingerprint="0" * 64, is_confirmed=is_confirmed, **told)
    said = witnessing.attest_experience(experience=row, fingerprint=row.fingerprint, is_confirmed=is_confirmed, **told)
    assert said.told == row.told
    entry = entries_of(draft.pk).last()
    assert entry is not None
    assert (entry.kind, entry.details["read"]) == (f"candidacy.{kind}", row.fingerprint)


def test_a_word_of_support_changes_nothing_in_the_file(cast: Cast, draft: Candidacy) -> None:
    link, before = in_support(draft), draft.revision
    asked = Endorsement.objects.get()
    witnessing.endorse(endorsement=asked, words="Elle explique bien.", bearer="Rose", quality="", link=link, at=AT)
    draft.refresh_from_db()
    assert draft.revision == before
    assert [entry.kind for entry in entries_of(draft.pk)][-1] == "candidacy.endorsed"
    assert (str(Endorsement.objects.get()), Endorsement.objects.get().said_at) == ("Rose", AT)
