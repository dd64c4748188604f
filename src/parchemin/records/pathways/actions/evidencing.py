"""Evidence is added by the candidate, opened to more readers step by step, said something of, and locked in the end."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.files.base import File
from django.utils.timezone import localdate

from parchemin.records.candidacies.actions.filling import Measured, stored_with_its_row
from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.actions.witnessing import ask_by_link
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.candidacies.room import check_room
from parchemin.records.pathways.bearing import assessed_codes
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.models import Evidence, EvidenceCode, EvidenceComment, EvidenceEndorsement
from parchemin.records.pathways.queries.linked import VOUCH
from parchemin.records.people.models import Link, Person

KIND, ZONE = Evidence.Kind, Evidence.Zone
MOST = 2000
FILES: dict[Evidence.Kind, tuple[str, ...]] = {
    KIND.DOCUMENT: ("",),
    KIND.PHOTO: ("image/",),
    KIND.VIDEO: ("video/", "audio/"),
}
"""The kinds that are files, and how the media type of theirs begins."""
MOVES: dict[Evidence.Zone, tuple[Evidence.Zone, ...]] = {
    ZONE.PRIVATE: (ZONE.SHARED,),
    ZONE.SHARED: (ZONE.PRIVATE, ZONE.SUBMITTED),
    ZONE.SUBMITTED: (),
}


Picked = Mapping[UUID, int]
"""Pieces of evidence of a file, and the revision at which each was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A piece of evidence as it is told."""

    title: str
    author: str
    made_on: date
    codes: Sequence[str]
    words: str = ""
    url: str = ""


def add_evidence(
    *,
    candidacy: Candidacy,
    kind: Evidence.Kind,
    given: Given,
    by: Person,
    at: datetime,
    content: "File[bytes] | None" = None,
    measured: Measured | None = None,
) -> Evidence:
    """The evidence is the candidate's, who alone reads it.

    PathwayError ``another`` by anybody else, ``evidence_file`` without a file where it is one, ``evidence_media`` with
    a file of another sort, ``evidence_many``, and those of ``change_evidence``; UnfitError ``no_room``.
    """
    _check_file(kind, measured if content else None)
    with stored_with_its_row() as stored, taken(candidacy, None, *ACTIVE) as row:
        _check_own(row, by)
        if row.evidences.count() >= MOST:
            raise PathwayError("evidence_many", most=MOST)
        made = Evidence(candidacy=row, kind=kind, added_at=at)
        codes = _filled(made, given, row, at)
        if content and measured:
            check_room(row, measured.size)
            made.name, made.media_type, made.size = measured.name, measured.media_type, measured.size
            made.sha256 = measured.sha256
            made.content.save(measured.name, content, save=False)
            stored.append(made.content)
        made.save()
        _bear(made, codes)
        told = {"evidence": made.pk.hex, "kind": kind.value, "codes": codes, "sha256": made.sha256}
        note(row, "evidence_added", at, by, told, is_change=False)
    return made


def change_evidence(*, evidence: Evidence, given: Given, by: Person, at: datetime, revision: int) -> Evidence:
    """It is told otherwise; its file stays. Endorsements stand for the words and address they were given for.

    PathwayError ``another``, ``evidence_title``, ``evidence_author``, ``evidence_codes`` without a competence,
    ``no_competence`` or ``not_assessed``, ``day_to_come``, ``evidence_words`` for an account of nothing,
    ``evidence_url`` for a link to nowhere, ``evidence_submitted``, ``removed``; StalePathwayError.
    """
    with taken(evidence.candidacy, None, *ACTIVE) as row:
        kept = _kept(evidence, row, by, revision)
        codes = _filled(kept, given, row, at)
        kept.save()
        _bear(kept, codes)
        told = {"evidence": kept.pk.hex, "codes": codes, "sha256": kept.sha256}
        note(row, "evidence_changed", at, by, told, is_change=False)
    return kept


def move_evidence(*, evidence: Evidence, zone: Evidence.Zone, by: Person, at: datetime, revision: int) -> Evidence:
    """It is read by more, or by fewer, from now on; submitted, it is locked.

    PathwayError ``another``, ``evidence_zone`` for a zone that does not follow, ``evidence_submitted``, ``removed``;
    StalePathwayError.
    """
    with taken(evidence.candidacy, None, *ACTIVE) as row:
        kept = _kept(evidence, row, by, revision)
        _move(kept, row, zone, by, at)
    return kept


def move_several(*, candidacy: Candidacy, picked: Picked, zone: Evidence.Zone, by: Person, at: datetime) -> int:
    """As ``move_evidence``, all of them or none; how many."""
    with taken(candidacy, None, *ACTIVE) as row:
        rows = _several(row, picked, by)
        for kept in rows:
            _move(kept, row, zone, by, at)
    return len(rows)


def attach_several(*, candidacy: Candidacy, picked: Picked, codes: Sequence[str], by: Person, at: datetime) -> int:
    """Those pieces bear on these competences too, all or none; how many did not bear on all of them already.

    PathwayError ``another``, ``evidence_codes``, ``no_competence``, ``not_assessed``, ``evidence_submitted``,
    ``removed``; StalePathwayError.
    """
    with taken(candidacy, None, *ACTIVE) as row:
        known = assessed_codes(row, codes, at, none="evidence_codes")
        changed = [kept for kept in _several(row, picked, by) if set(known) - {one.code for one in kept.codes.all()}]
        for kept in changed:
            whole = list(dict.fromkeys([*(one.code for one in kept.codes.all()), *known]))
            kept.save()
            _bear(kept, whole)
            told = {"evidence": kept.pk.hex, "codes": whole, "sha256": kept.sha256}
            note(row, "evidence_changed", at, by, told, is_change=False)
    return len(changed)


def remove_evidence(*, evidence: Evidence, by: Person, at: datetime, revision: int) -> None:
    """It counts and is read no more; PathwayError ``another``, ``evidence_submitted``, ``removed``; Stale…"""
    with taken(evidence.candidacy, None, *ACTIVE) as row:
        kept = _kept(evidence, row, by, revision)
        kept.removed_at = at
        kept.save()
        note(row, "evidence_removed", at, by, {"evidence": kept.pk.hex}, is_change=False)


def comment_evidence(*, evidence: Evidence, words: str, by: Person, at: datetime) -> EvidenceComment:
    """Somebody who follows the candidate says something of evidence shared with them.

    PathwayError ``another`` for the candidate, ``evidence_comment`` without words, ``evidence_not_shared`` otherwise.
    """
    if not words.strip():
        raise PathwayError("evidence_comment")
    with taken(evidence.candidacy, None, *ACTIVE) as row:
        kept = _locked(evidence)
        if by.pk == row.candidate_id:
            raise PathwayError("another")
        if kept.zone != ZONE.SHARED or kept.removed_at:
            raise PathwayError("evidence_not_shared")
        made = EvidenceComment.objects.create(evidence=kept, author=by, words=words.strip(), written_at=at)
        note(row, "evidence_commented", at, by, {"evidence": kept.pk.hex}, is_change=False)
    return made


def ask_vouching(
    *, evidence: Evidence, email: str, bearer: str, by: Person, at: datetime, quality: str = ""
) -> tuple[Link, str]:
    """The link by which somebody vouches for the evidence once, and its secret.

    PathwayError ``another``, ``evidence_private`` as long as the candidate keeps it for themselves; errors as
    ``ask_by_link``.
    """
    _check_own(evidence.candidacy, by)
    if evidence.zone == ZONE.PRIVATE:
        raise PathwayError("evidence_private")
    return ask_by_link(
        candidacy=evidence.candidacy, act=VOUCH, subject=evidence.pk, email=email, bearer=bearer, quality=quality,
        by=by, at=at,
    )  # fmt: skip


def vouch(
    *, evidence: Evidence, fingerprint: str, words: str, bearer: str, quality: str, link: Link, at: datetime
) -> EvidenceEndorsement:
    """What the bearer of the link says of the evidence they read is kept beside it.

    StalePathwayError when it is no longer what they read.
    """
    with taken(evidence.candidacy, None, *ACTIVE) as row:
        kept = _locked(evidence)
        if kept.sha256 != fingerprint or kept.removed_at or kept.zone == ZONE.PRIVATE:
            raise StalePathwayError
        said = EvidenceEndorsement.objects.create(
            evidence=kept, fingerprint=fingerprint, words=words.strip(), bearer=bearer, quality=quality, link=link,
            assurance=link.assurance, said_at=at,
        )  # fmt: skip
        told = {"evidence": kept.pk.hex, "link": link.pk.hex, "read": fingerprint, "assurance": link.assurance}
        note(row, "evidence_endorsed", at, None, told, is_change=False)
    return said


def _check_own(row: Candidacy, by: Person) -> None:
    if by.pk != row.candidate_id:
        raise PathwayError("another")


def _check_file(kind: Evidence.Kind, measured: Measured | None) -> None:
    starts = FILES.get(kind)
    if starts and measured is None:
        raise PathwayError("evidence_file")
    if measured and not (starts and measured.media_type.startswith(starts)):
        raise PathwayError("evidence_media", kind=kind.label)


def _locked(evidence: Evidence) -> Evidence:
    return Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)


def _kept(evidence: Evidence, row: Candidacy, by: Person, revision: int) -> Evidence:
    """The evidence as it is, to be changed by its owner: one revision more."""
    _check_own(row, by)
    return _opened(_locked(evidence), revision)


def _several(row: Candidacy, picked: Picked, by: Person) -> list[Evidence]:
    """Those pieces as they are, to be changed by their owner; stale when one is nowhere in the file."""
    _check_own(row, by)
    found = row.evidences.select_for_update(of=("self",)).filter(pk__in=picked).prefetch_related("codes")
    rows = list(found.order_by("made_on", "pk"))
    if len(rows) != len(picked):
        raise StalePathwayError
    return [_opened(one, picked[one.pk]) for one in rows]


def _opened(kept: Evidence, revision: int) -> Evidence:
    if kept.removed_at:
        raise PathwayError("removed")
    if kept.zone == ZONE.SUBMITTED:
        raise PathwayError("evidence_submitted")
    if kept.revision != revision:
        raise StalePathwayError
    kept.revision += 1
    return kept


def _move(kept: Evidence, row: Candidacy, zone: Evidence.Zone, by: Person, at: datetime) -> None:
    if zone not in MOVES[ZONE(kept.zone)]:
        raise PathwayError("evidence_zone")
    before, kept.zone = kept.zone, zone
    kept.submitted_at = at if zone is ZONE.SUBMITTED else None
    kept.save()
    told = {"evidence": kept.pk.hex, "from": before, "to": zone.value, "sha256": kept.sha256}
    note(row, "evidence_moved", at, by, told, is_change=False)


def _filled(made: Evidence, given: Given, row: Candidacy, at: datetime) -> list[str]:
    """The evidence as it is told; the codes of its competences."""
    if not given.title.strip():
        raise PathwayError("evidence_title")
    if not given.author.strip():
        raise PathwayError("evidence_author")
    if given.made_on > localdate(at):
        raise PathwayError("day_to_come")
    made.title, made.author, made.made_on = given.title.strip(), given.author.strip(), given.made_on
    made.words, made.url = given.words.strip(), given.url.strip() if made.kind == KIND.LINK else ""
    if made.kind == KIND.ACCOUNT and not made.words:
        raise PathwayError("evidence_words")
    if made.kind == KIND.LINK and not made.url:
        raise PathwayError("evidence_url")
    if made.kind not in FILES:
        made.sha256 = hashlib.sha256(f"{made.url}\n{made.words}".encode()).hexdigest()
    return assessed_codes(row, given.codes, at, none="evidence_codes")


def _bear(made: Evidence, codes: Sequence[str]) -> None:
    made.codes.exclude(code__in=codes).delete()
    known = set(made.codes.values_list("code", flat=True))
    EvidenceCode.objects.bulk_create(EvidenceCode(evidence=made, code=code) for code in codes if code not in known)
