"""The liaison book: each side writes to the others and signs; an entry is corrected for a day, then by another.

A workplace tutor who has no account writes one entry by a one-use link.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from parchemin.core.scheme import Scheme
from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.actions.witnessing import ask_by_link
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.pathways.actions.addressing import check_address
from parchemin.records.pathways.actions.contracting import kind_of
from parchemin.records.pathways.errors import PathwayError
from parchemin.records.pathways.models import Contract, Liaison
from parchemin.records.pathways.queries.linked import LIAISE
from parchemin.records.people.models import Assurance, Link, Person

CORRECTED_FOR = timedelta(hours=24)
"""How long an author may correct an entry that nobody answered yet."""


def side_of(candidacy: Candidacy, person: Person) -> Liaison.Side:
    """For whom that person writes: oneself as candidate, the company as tutor of a contract, else the centre."""
    if person.pk == candidacy.candidate_id:
        return Liaison.Side.APPRENTICE
    is_tutor = Contract.objects.filter(candidacy=candidacy, tutor_person=person).exists()
    return Liaison.Side.TUTOR if is_tutor else Liaison.Side.CENTRE


def write_entry(
    *,
    candidacy: Candidacy,
    on: date,
    words: str,
    by: Person,
    at: datetime,
    assurance: Assurance,
    about: Sequence[str] = (),
) -> Liaison:
    """The entry is in the book, signed by its author, about these blocks and competences.

    PathwayError ``no_contract`` on a route without one, ``liaison_words`` for an empty one, ``liaison_to_come`` for a
    day to come, ``no_part`` for a code that is neither a block nor a competence.
    """
    with taken(candidacy, None, *ACTIVE) as row:
        if kind_of(row.route) is None:
            raise PathwayError("no_contract")
        made = Liaison(candidacy=row, side=side_of(row, by), author=by, assurance=assurance, written_at=at)
        _fill(made, on, words, codes_in(Judged(row, localdate(at)).scheme, about), at)
        note(row, "liaison_written", at, by, _told(made), is_change=False)
    return made


def ask_entry(
    *, contract: Contract, email: str, bearer: str, by: Person, at: datetime, quality: str = ""
) -> tuple[Link, str]:
    """The link by which the tutor of that contract writes one entry for the company, and its secret.

    PathwayError ``candidate_address``; errors as ``ask_by_link``.
    """
    row = contract.candidacy
    check_address(row, email, by)
    return ask_by_link(
        candidacy=row, act=LIAISE, subject=contract.pk, email=email, bearer=bearer, quality=quality, by=by, at=at
    )


def write_by_link(
    *,
    contract: Contract,
    on: date,
    words: str,
    bearer: str,
    quality: str,
    link: Link,
    at: datetime,
    about: Sequence[str] = (),
) -> Liaison:
    """The entry is in the book, signed for the company by the bearer of the link.

    PathwayError ``no_contract``, ``liaison_words``, ``liaison_to_come``, ``no_part`` as ``write_entry``.
    """
    with taken(contract.candidacy, None, *ACTIVE) as row:
        if kind_of(row.route) is None:
            raise PathwayError("no_contract")
        made = Liaison(candidacy=row, side=Liaison.Side.TUTOR, link=link, assurance=link.assurance, written_at=at)
        made.bearer, made.quality = bearer.strip(), quality.strip()
        _fill(made, on, words, codes_in(Judged(row, localdate(at)).scheme, about), at)
        note(row, "liaison_written", at, None, {**_told(made), "link": link.pk.hex}, is_change=False)
    return made


def correct_entry(
    *,
    entry: Liaison,
    on: date,
    words: str,
    by: Person,
    at: datetime,
    assurance: Assurance,
    about: Sequence[str] = (),
) -> Liaison:
    """Its author corrects what they wrote, and signs it again.

    PathwayError ``another`` for anybody else, ``liaison_settled`` more than a day after, ``liaison_answered`` once
    somebody answered, and as ``write_entry``.
    """
    with taken(entry.candidacy, None, *ACTIVE) as row:
        kept = Liaison.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if kept.author_id != by.pk:
            raise PathwayError("another")
        if not is_open(kept, at):
            raise PathwayError("liaison_settled")
        if kept.answers.exists():
            raise PathwayError("liaison_answered")
        kept.corrected_at, kept.assurance = at, assurance
        _fill(kept, on, words, codes_in(Judged(row, localdate(at)).scheme, about), at)
        note(row, "liaison_corrected", at, by, _told(kept), is_change=False)
    return kept


def answer_entry(*, entry: Liaison, words: str, by: Person, at: datetime, assurance: Assurance) -> Liaison:
    """The answer follows the entry, signed; an answer to an answer follows the same entry.

    PathwayError ``liaison_words`` for an empty one.
    """
    with taken(entry.candidacy, None, *ACTIVE) as row:
        first = Liaison.objects.select_for_update(of=("self",)).get(pk=entry.answered_id or entry.pk)
        made = Liaison(candidacy=row, side=side_of(row, by), author=by, answered=first, written_at=at)
        made.assurance = assurance
        _fill(made, localdate(at), words, [], at)
        note(row, "liaison_answered", at, by, {**_told(made), "liaison": first.pk.hex}, is_change=False)
    return made


def is_open(entry: Liaison, at: datetime) -> bool:
    """Whether its author may still correct it, if nobody answered."""
    return entry.answered_id is None and at - entry.written_at <= CORRECTED_FOR


def codes_in(scheme: Scheme, about: Sequence[str]) -> list[str]:
    """The codes in the framework, each once; PathwayError ``no_part`` for one that is no block and no competence."""
    known = {*scheme.blocks, *scheme.competences}
    strange = [code for code in about if code not in known]
    if strange:
        raise PathwayError("no_part", part=strange[0])
    return list(dict.fromkeys(scheme.code_of(code) for code in about))


def _told(entry: Liaison) -> dict[str, str]:
    return {"liaison": entry.pk.hex, "side": entry.side, "assurance": entry.assurance}


def _fill(entry: Liaison, on: date, words: str, about: list[str], at: datetime) -> None:
    if not words.strip():
        raise PathwayError("liaison_words")
    if on > localdate(at):
        raise PathwayError("liaison_to_come")
    entry.on, entry.words, entry.about = on, words.strip(), about
    entry.save()
