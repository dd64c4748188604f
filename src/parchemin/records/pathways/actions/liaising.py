"""The liaison book: each side writes to the others and signs; an entry is corrected for a day, then by another."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from parchemin.core.scheme import Scheme
from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.pathways.actions.contracting import kind_of
from parchemin.records.pathways.errors import PathwayError
from parchemin.records.pathways.models import Contract, Liaison
from parchemin.records.people.models import Person

CORRECTED_FOR = timedelta(hours=24)
"""How long an author may correct an entry that nobody answered yet."""


def side_of(candidacy: Candidacy, person: Person) -> Liaison.Side:
    """For whom that person writes: oneself as candidate, the company as tutor of a contract, else the centre."""
    if person.pk == candidacy.candidate_id:
        return Liaison.Side.APPRENTICE
    is_tutor = Contract.objects.filter(candidacy=candidacy, tutor_person=person).exists()
    return Liaison.Side.TUTOR if is_tutor else Liaison.Side.CENTRE


def write_entry(
    *, candidacy: Candidacy, on: date, words: str, by: Person, at: datetime, about: Sequence[str] = ()
) -> Liaison:
    """The entry is in the book, signed by its author, about these blocks and competences.

    PathwayError ``no_contract`` on a route without one, ``liaison_words`` for an empty one, ``liaison_to_come`` for a
    day to come, ``no_part`` for a code that is neither a block nor a competence.
    """
    with taken(candidacy, None, *ACTIVE) as row:
        if kind_of(row.route) is None:
            raise PathwayError("no_contract")
        made = Liaison(candidacy=row, side=side_of(row, by), author=by, written_at=at)
        _fill(made, on, words, codes_in(Judged(row, localdate(at)).scheme, about), at)
        note(row, "liaison_written", at, by, {"liaison": made.pk.hex, "side": made.side}, is_change=False)
    return made


def correct_entry(
    *, entry: Liaison, on: date, words: str, by: Person, at: datetime, about: Sequence[str] = ()
) -> Liaison:
    """Its author corrects what they wrote.

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
        kept.corrected_at = at
        _fill(kept, on, words, codes_in(Judged(row, localdate(at)).scheme, about), at)
        note(row, "liaison_corrected", at, by, {"liaison": kept.pk.hex}, is_change=False)
    return kept


def answer_entry(*, entry: Liaison, words: str, by: Person, at: datetime) -> Liaison:
    """The answer follows the entry, signed; an answer to an answer follows the same entry.

    PathwayError ``liaison_words`` for an empty one.
    """
    with taken(entry.candidacy, None, *ACTIVE) as row:
        first = Liaison.objects.select_for_update(of=("self",)).get(pk=entry.answered_id or entry.pk)
        made = Liaison(candidacy=row, side=side_of(row, by), author=by, answered=first, written_at=at)
        _fill(made, localdate(at), words, [], at)
        note(row, "liaison_answered", at, by, {"liaison": first.pk.hex, "side": made.side}, is_change=False)
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


def _fill(entry: Liaison, on: date, words: str, about: list[str], at: datetime) -> None:
    if not words.strip():
        raise PathwayError("liaison_words")
    if on > localdate(at):
        raise PathwayError("liaison_to_come")
    entry.on, entry.words, entry.about = on, words.strip(), about
    entry.save()
