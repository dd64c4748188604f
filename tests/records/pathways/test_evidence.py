"""Evidence: whose it is, who reads it, what moves it, and what the rules count of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import chain, combinations
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction

from parchemin.core.decision import Stage
from parchemin.core.grid import Kind
from parchemin.records.assessments.models import Result
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.queries import entries_of, verify
from parchemin.records.pathways.actions.evidencing import (
    MOVES,
    add_evidence,
    ask_vouching,
    change_evidence,
    comment_evidence,
    move_evidence,
    remove_evidence,
    vouch,
)
from parchemin.records.pathways.erasing import erase
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.models import Evidence, EvidenceCode, EvidenceComment, EvidenceEndorsement
from parchemin.records.pathways.queries.evidence import (
    counted_by_code,
    find_readable,
    readable,
    reads_comments,
    submitted_by_code,
    zones_read_by,
)
from parchemin.records.pathways.queries.linked import endorsements_standing, evidence_linked, links_of_pathway
from parchemin.records.people.actions.linking import make_link, use_link
from parchemin.records.people.models import Link, Role
from tests.records.candidacies.files import changed
from tests.records.pathways.kept import KIND, ZONE, evidence, filed, given
from tests.records.pathways.test_pathways import refused
from tests.web.cast import AT, FEST, ON, Cast, opened

DAY = timedelta(days=1)
ROSE = {"email": "rose@example.org", "bearer": "Rose Tutrice", "quality": "Tutrice"}
EVERY_SET = list(chain.from_iterable(combinations(Role, size) for size in range(3)))


def test_evidence_is_added_for_several_competences_and_told_otherwise(cast: Cast, row: Candidacy) -> None:
    made = evidence(row, ZONE.PRIVATE, "C1", "C3", "C1")
    assert [one.code for one in made.codes.all()] == ["C1", "C3"]
    assert (made.zone, len(made.sha256)) == (ZONE.PRIVATE, 64)
    told = given("C3", "C4", title="Autre titre", words="Autrement dit.")
    changed = change_evidence(evidence=made, given=told, by=cast.candidate, at=AT, revision=0)
    assert {one.code for one in changed.codes.all()} == {"C3", "C4"}
    assert changed.sha256 != made.sha256, "an account is its words"
    with pytest.raises(StalePathwayError):
        change_evidence(evidence=made, given=told, by=cast.candidate, at=AT, revision=0)
    kinds = [one.kind for one in entries_of(row.pk)]
    assert {"candidacy.evidence_added", "candidacy.evidence_changed"} <= set(kinds)
    assert not any("title" in one.details for one in entries_of(row.pk)), "the journal tells no title"
    assert verify().is_whole


def test_a_file_is_stored_under_opaque_ids_with_its_fingerprint(row: Candidacy) -> None:
    made = filed(row, "C2")
    assert made.content.name == f"candidacies/{row.pk}/{made.pk}"
    assert made.sha256 == "1" * 64
    assert default_storage.exists(str(made.content.name))


def test_what_is_assessed_under_another_code_is_kept_under_that_of_the_framework(cast: Cast) -> None:
    row = opened(cast.other_candidate, cast.certification(FEST), "continuing")
    made = evidence(row, ZONE.PRIVATE, "A1-Ce1", author="Basile")
    assert [one.code for one in made.codes.all()] == ["A1-C1"]
    unassessed = next(one.id for one in Judged(row, ON).scheme.framework.competences if one.is_assessed is False)  # type: ignore[union-attr]
    refused("not_assessed", lambda: evidence(row, ZONE.PRIVATE, unassessed))


@pytest.mark.parametrize(
    ("kind", "changes", "code"),
    [
        (KIND.ACCOUNT, {"title": " "}, "evidence_title"),
        (KIND.ACCOUNT, {"author": " "}, "evidence_author"),
        (KIND.ACCOUNT, {"codes": ()}, "evidence_codes"),
        (KIND.ACCOUNT, {"codes": ("Z9",)}, "no_competence"),
        (KIND.ACCOUNT, {"made_on": ON + DAY}, "day_to_come"),
        (KIND.ACCOUNT, {"words": " "}, "evidence_words"),
        (KIND.LINK, {"url": " "}, "evidence_url"),
        (KIND.DOCUMENT, {}, "evidence_file"),
    ],
)
def test_evidence_that_says_too_little_is_refused(
    row: Candidacy, kind: Evidence.Kind, changes: dict[str, Any], code: str
) -> None:
    told = replace(given(), **changes)
    refused(code, lambda: add_evidence(candidacy=row, kind=kind, given=told, by=row.candidate, at=AT))
    assert not Evidence.objects.exists()


def test_a_file_of_another_nature_is_refused(row: Candidacy) -> None:
    refused("evidence_media", lambda: filed(row, kind=KIND.PHOTO))
    refused("evidence_media", lambda: filed(row, kind=KIND.LINK))
    assert filed(row, kind=KIND.VIDEO, media="audio/mpeg").pk


def test_a_file_holds_so_many(row: Candidacy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parchemin.records.pathways.actions.evidencing.MOST", 1)
    evidence(row)
    refused("evidence_many", lambda: evidence(row))


def test_only_the_candidate_adds_moves_or_removes(cast: Cast, row: Candidacy) -> None:
    made = evidence(row, ZONE.SHARED)
    other: dict[str, Any] = {"by": cast.companion, "at": AT}
    refused("another", lambda: add_evidence(candidacy=row, kind=KIND.ACCOUNT, given=given(), **other))
    refused("another", lambda: move_evidence(evidence=made, zone=ZONE.SUBMITTED, revision=made.revision, **other))
    refused("another", lambda: remove_evidence(evidence=made, revision=made.revision, **other))
    refused("another", lambda: ask_vouching(evidence=made, **{**other, **ROSE}))


@pytest.mark.parametrize("start", ZONE)
@pytest.mark.parametrize("end", ZONE)
def test_evidence_moves_step_by_step_and_back_until_submitted(
    row: Candidacy, start: Evidence.Zone, end: Evidence.Zone
) -> None:
    made = evidence(row, start)

    def move() -> Evidence:
        return move_evidence(evidence=made, zone=end, by=row.candidate, at=AT, revision=made.revision)

    if end in MOVES[start]:
        assert move().zone == end
    else:
        with pytest.raises(PathwayError):
            move()


def test_what_is_submitted_is_locked(cast: Cast, row: Candidacy) -> None:
    made = evidence(row, ZONE.SUBMITTED)
    own: dict[str, Any] = {"by": cast.candidate, "at": AT, "revision": made.revision}
    refused("evidence_submitted", lambda: change_evidence(evidence=made, given=given(), **own))
    refused("evidence_submitted", lambda: remove_evidence(evidence=made, **own))
    refused("evidence_not_shared", lambda: comment_evidence(evidence=made, words="Bien.", by=cast.companion, at=AT))


def test_what_is_removed_is_read_no_more(cast: Cast, row: Candidacy) -> None:
    made = evidence(row, ZONE.SHARED)
    remove_evidence(evidence=made, by=cast.candidate, at=AT, revision=made.revision)
    assert not readable(row, {Role.CANDIDATE}).exists()
    refused("removed", lambda: remove_evidence(evidence=made, by=cast.candidate, at=AT, revision=made.revision))


@pytest.mark.parametrize("roles", EVERY_SET, ids=lambda roles: "+".join(roles) or "nobody")
def test_each_zone_is_read_by_those_it_is_for_and_by_nobody_else(row: Candidacy, roles: tuple[Role, ...]) -> None:
    for zone in ZONE:
        evidence(row, zone, title=f"Titre {zone}")
    held = frozenset(roles)
    found = {one.zone for one in readable(row, held)}
    assert (ZONE.PRIVATE in found) == (Role.CANDIDATE in held)
    assert (ZONE.SHARED in found) == bool({Role.CANDIDATE, Role.COMPANION, Role.PROFESSIONAL} & held)
    readers = {Role.SECRETARY, Role.AWARDING_BODY, Role.EVALUATOR, Role.CANDIDATE, Role.COMPANION, Role.PROFESSIONAL}
    assert (ZONE.SUBMITTED in found) == bool(readers & held)
    assert found == zones_read_by(held)
    assert reads_comments(held) == (ZONE.SHARED in found)
    hidden = Evidence.objects.get(zone=ZONE.PRIVATE)
    assert (find_readable(row, held, hidden.pk) is None) == (Role.CANDIDATE not in held)


def test_one_file_reads_nothing_of_another(cast: Cast, row: Candidacy) -> None:
    evidence(row, ZONE.SUBMITTED)
    other = opened(cast.other_candidate, row.certification)
    assert not readable(other, {Role.CANDIDATE}).exists()


def test_a_companion_comments_what_is_shared(cast: Cast, row: Candidacy) -> None:
    hidden, made = evidence(row), evidence(row, ZONE.SHARED)
    said: dict[str, Any] = {"words": "Précisez la date.", "at": AT}
    comment_evidence(evidence=made, by=cast.companion, **said)
    assert made.comments.get().words == "Précisez la date."
    refused("evidence_not_shared", lambda: comment_evidence(evidence=hidden, by=cast.companion, **said))
    refused("another", lambda: comment_evidence(evidence=made, by=cast.candidate, **said))
    refused("evidence_comment", lambda: comment_evidence(evidence=made, words=" ", by=cast.companion, at=AT))


def test_a_tutor_vouches_by_a_link_for_what_they_read(cast: Cast, row: Candidacy) -> None:
    hidden, made = evidence(row), evidence(row, ZONE.SHARED)
    refused("evidence_private", lambda: ask_vouching(evidence=hidden, by=cast.candidate, at=AT, **ROSE))
    link, secret = ask_vouching(evidence=made, by=cast.candidate, at=AT, **ROSE)
    assert evidence_linked(link) == made
    assert list(links_of_pathway(row)) == [link]
    used = use_link(secret=secret, at=AT)
    told: dict[str, Any] = {"words": "J’y étais.", "bearer": "Rose", "quality": "Tutrice", "link": used, "at": AT}
    with pytest.raises(StalePathwayError):
        vouch(evidence=made, fingerprint="0" * 64, **told)
    vouch(evidence=made, fingerprint=made.sha256, **told)
    assert [one.words for one in endorsements_standing(made)] == ["J’y étais."]
    changed = change_evidence(
        evidence=made, given=given(words="Autre récit."), by=cast.candidate, at=AT, revision=made.revision
    )
    assert endorsements_standing(changed) == [], "it was said of other words"


def test_a_link_shows_nothing_once_the_evidence_is_private_again(cast: Cast, row: Candidacy) -> None:
    made = evidence(row, ZONE.SHARED)
    link, _secret = ask_vouching(evidence=made, by=cast.candidate, at=AT, **ROSE)
    move_evidence(evidence=made, zone=ZONE.PRIVATE, by=cast.candidate, at=AT, revision=made.revision)
    assert evidence_linked(link) is None


def test_who_vouched_is_forgotten_with_the_evidence(cast: Cast, row: Candidacy) -> None:
    made = evidence(row, ZONE.SHARED)
    ask_vouching(evidence=made, by=cast.candidate, at=AT, **ROSE)
    erase(row)
    assert not Evidence.objects.exists()
    assert (Link.objects.get().email, Link.objects.get().bearer) == ("", "")


def test_evidence_is_counted_by_competence(row: Candidacy) -> None:
    assert submitted_by_code(row) is None, "where none is kept, none is counted"
    evidence(row, ZONE.PRIVATE, "C1", "C2")
    evidence(row, ZONE.SUBMITTED, "C2", "C3")
    evidence(row, ZONE.SUBMITTED, "C3")
    assert submitted_by_code(row) == {"C1": 0, "C2": 1, "C3": 2}
    assert counted_by_code(readable(row, {Role.CANDIDATE})) == {"C1": 1, "C2": 2, "C3": 2}
    assert counted_by_code(readable(row, {Role.EVALUATOR})) == {"C2": 1, "C3": 2}


COUNTED = """adds:
  completeness:
    - {id: completeness.proved, says: "x", source: "decision, art. 9", check: evidence_per_result, at_least: 1}
"""


@pytest.mark.parametrize("is_counted", [True, False])
def test_a_result_rests_on_what_was_submitted_where_a_rule_counts_it(cast: Cast, is_counted: bool) -> None:
    certification = changed(cast, "adds:\n", COUNTED if is_counted else "adds:\n")
    row = opened(cast.candidate, certification)
    Result.objects.create(
        candidacy=row, kind=Kind.COMPETENCE, code="C3", is_acquired=True, settled_at=AT, settled_by=cast.secretary
    )
    assert [one.evidence for one in Judged(row, ON).at(Stage.COMPLETENESS).results or ()] == [None]
    evidence(row, ZONE.SUBMITTED, "C3")
    found = Judged(Candidacy.objects.get(pk=row.pk), ON).at(Stage.COMPLETENESS).results
    assert [(one.code, one.evidence) for one in found or ()] == [("C3", 1 if is_counted else None)]


REFUSED: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("evidence_kind_known", Evidence, {"kind": "rumour"}),
    ("evidence_has_title", Evidence, {"title": ""}),
    ("evidence_has_author", Evidence, {"author": ""}),
    ("evidence_has_fingerprint", Evidence, {"sha256": ""}),
    ("evidence_link_leads_somewhere", Evidence, {"kind": "link"}),
    ("evidence_account_is_told", Evidence, {"kind": "account"}),
    ("evidence_submitted_at_a_time", Evidence, {"zone": "submitted"}),
    ("evidence_submitted_stays", Evidence, {"zone": "submitted", "submitted_at": AT, "removed_at": AT}),
    ("evidence_bears_on_something", EvidenceCode, {"code": ""}),
    ("evidence_comment_says_something", EvidenceComment, {"words": ""}),
    ("evidence_endorsement_says_something", EvidenceEndorsement, {"words": ""}),
    ("evidence_endorsement_assurance_known", EvidenceEndorsement, {"assurance": "sworn"}),
]
TWICE: list[tuple[str, type[models.Model]]] = [("evidence_bears_once", EvidenceCode)]


@pytest.fixture
def make(cast: Cast, row: Candidacy) -> Callable[..., models.Model]:
    """Rows that stand, changed as asked."""
    kept = filed(row, "C5")

    def link() -> Link:
        id = Link.objects.count()
        return make_link(act=f"x{id}", subject=kept.pk, email="a@example.org", bearer="A", at=AT)[0]

    usual: dict[type[models.Model], Callable[[], dict[str, Any]]] = {
        Evidence: lambda: {
            "candidacy": row, "title": "x", "kind": "document", "author": "x", "made_on": ON, "sha256": "0",
            "added_at": AT,
        },
        EvidenceCode: lambda: {"evidence": kept, "code": "C1"},
        EvidenceComment: lambda: {"evidence": kept, "author": cast.companion, "words": "x", "written_at": AT},
        EvidenceEndorsement: lambda: {
            "evidence": kept, "fingerprint": "0", "link": link(), "words": "x", "said_at": AT,
        },
    }  # fmt: skip
    return lambda model, **values: model._default_manager.create(**{**usual[model](), **values})


@pytest.mark.parametrize(("name", "model", "values"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_refused_by_the_database(
    make: Callable[..., models.Model], name: str, model: type[models.Model], values: dict[str, Any]
) -> None:
    make(model)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(model, **values)


@pytest.mark.parametrize(("name", "model"), TWICE)
def test_refused_twice_by_the_database(make: Callable[..., models.Model], name: str, model: type[models.Model]) -> None:
    make(model)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(model)
