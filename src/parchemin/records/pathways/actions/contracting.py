"""The work contract of an alternance: written, corrected, and its dated states told one after another."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.models import Contract, ContractState
from parchemin.records.pathways.models.alternance import NEXT
from parchemin.records.people.models import Person

STOPS = (Contract.State.SUSPENDED, Contract.State.BROKEN)
"""The states that say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A contract as it is typed; ``tutor_person`` when the tutor reads the file with an account."""

    employer: str
    from_on: date
    tutor: str
    until_on: date | None = None
    tutor_post: str = ""
    tutor_person: Person | None = None


def kind_of(route: str) -> Contract.Kind | None:
    """The contract that this route is followed under; None when it is no alternance.

    Routes of every certification bear the name of their contract.
    """
    return Contract.Kind(route) if route in Contract.Kind.values else None


def sign_contract(*, candidacy: Candidacy, signed: Signed, signed_on: date, by: Person, at: datetime) -> Contract:
    """The contract signed that day is the file's.

    PathwayError ``no_contract`` for a route that is followed without one, ``contract_running`` while another runs,
    ``contract_to_come`` for a signature to come, and as ``correct_contract``.
    """
    _check(signed)
    with taken(candidacy, None, *ACTIVE) as row:
        kind = kind_of(row.route)
        if kind is None:
            raise PathwayError("no_contract")
        if any(one.is_running for one in row.contracts.all()):
            raise PathwayError("contract_running")
        if signed_on > localdate(at):
            raise PathwayError("contract_to_come")
        made = _filled(Contract(candidacy=row, kind=kind), signed)
        made.save()
        _tell(made, Contract.State.SIGNED, signed_on, "", by, at)
        note(row, "contract_signed", at, by, {"contract": made.pk.hex}, is_change=False)
    return made


def correct_contract(*, contract: Contract, signed: Signed, by: Person, at: datetime, revision: int) -> Contract:
    """What the contract says is corrected: another tutor, another end.

    PathwayError ``contract_over`` once it is broken or ended, ``employer`` or ``tutor`` without a name,
    ``contract_dates`` when it would end before it starts; StalePathwayError.
    """
    _check(signed)
    with taken(contract.candidacy, None, *ACTIVE) as row:
        kept = _running(contract, revision)
        _filled(kept, signed)
        kept.revision += 1
        kept.save()
        note(row, "contract_corrected", at, by, {"contract": kept.pk.hex}, is_change=False)
    return kept


def tell_state(
    *,
    contract: Contract,
    state: Contract.State,
    on: date,
    by: Person,
    at: datetime,
    words: str = "",
    revision: int | None = None,
) -> ContractState:
    """From that day the contract is in that state.

    PathwayError ``contract_over``, ``state_order`` for a state that cannot follow the one it is in, ``state_before``
    for a day before it, ``contract_to_come`` for a day to come, ``state_reason`` for a stop without its reason;
    StalePathwayError.
    """
    with taken(contract.candidacy, None, *ACTIVE) as row:
        kept = _running(contract, revision)
        if state not in NEXT[Contract.State(kept.state)]:
            raise PathwayError("state_order", now=kept.get_state_display(), then=state.label)
        last = kept.states.order_by("on", "pk").last()
        if last and on < last.on:
            raise PathwayError("state_before", state=last.get_state_display())
        if on > localdate(at):
            raise PathwayError("contract_to_come")
        if state in STOPS and not words.strip():
            raise PathwayError("state_reason")
        kept.state = state
        kept.revision += 1
        kept.save()
        told = _tell(kept, state, on, words.strip(), by, at)
        note(
            row,
            "contract_state_told",
            at,
            by,
            {"contract": kept.pk.hex, "state": state.value, "on": on.isoformat()},
            is_change=False,
        )
    contract.state, contract.revision = kept.state, kept.revision
    return told


def _check(signed: Signed) -> None:
    if not signed.employer.strip():
        raise PathwayError("employer")
    if not signed.tutor.strip():
        raise PathwayError("tutor")
    if signed.until_on and signed.until_on < signed.from_on:
        raise PathwayError("contract_dates")


def _filled(contract: Contract, signed: Signed) -> Contract:
    contract.employer, contract.tutor = signed.employer.strip(), signed.tutor.strip()
    contract.tutor_post, contract.tutor_person = signed.tutor_post.strip(), signed.tutor_person
    contract.from_on, contract.until_on = signed.from_on, signed.until_on
    return contract


def _running(contract: Contract, revision: int | None) -> Contract:
    found = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if revision is not None and found.revision != revision:
        raise StalePathwayError
    if not found.is_running:
        raise PathwayError("contract_over")
    return found


def _tell(contract: Contract, state: Contract.State, on: date, words: str, by: Person, at: datetime) -> ContractState:
    return ContractState.objects.create(contract=contract, state=state, on=on, words=words, told_by=by, told_at=at)
