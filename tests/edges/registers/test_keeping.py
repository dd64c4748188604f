"""What was awarded and decided is said by the register, proved to anybody, and never rewritten unseen."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from parchemin.edges.registers import Entry, Proof, RegisterError, verify_log
from parchemin.edges.registers.keeping import (
    KeptNodes,
    digest_of,
    leaves,
    proof_of,
    sign_register,
    write_register,
)
from parchemin.records.awards.actions.changing import reinstate, revoke, suspend
from parchemin.records.awards.actions.issuing import correct_certificate
from parchemin.records.awards.models import Certificate, Checkpoint, RegisterEntry
from tests.edges.awarding import signed, signer
from tests.guards import lifted
from tests.records.awards.bench import ISSUED_AT, checked, decided, given, housed, told
from tests.records.juries.bench import Bench
from tests.web import cast as casting
from tests.web.cast import ALTERNANCE, Cast

LATER = ISSUED_AT + timedelta(days=30)


@pytest.fixture
def issued(cast: Cast, bench: Bench) -> Certificate:
    (made,) = given(told(bench), cast.manager)
    return made


def written(at: Any = ISSUED_AT) -> int:
    """Everything signed and said; how many lines were added."""
    signed(at)
    found = write_register(at)
    sign_register(signer(), at)
    return len(found.entries)


def audit() -> Any:
    notes = [one.note.encode() for one in Checkpoint.objects.all()]
    return verify_log(leaves(), notes, signer().public, nodes=KeptNodes())


def test_nothing_is_said_before_it_is_signed(issued: Certificate) -> None:
    assert write_register(ISSUED_AT).size == 0 and sign_register(signer(), ISSUED_AT) is None
    assert written() == 1 and written() == 0
    (entry,) = RegisterEntry.objects.all()
    assert Entry.parse(entry.content.encode(), 0).digest == digest_of(issued)
    names = [issued.number, issued.candidacy.candidate.family_name, str(issued.pk), issued.candidacy.number]
    assert not [one for one in names if one in entry.content]


def test_each_line_names_what_was_said_before(cast: Cast, issued: Certificate) -> None:
    act: dict[str, Any] = {"certificate": issued, "reason": "Motif fictif.", "by": cast.manager, "at": LATER}
    suspend(**act)
    reinstate(**act)
    casting.identified(cast.candidate, birth_name="Fictive-Exacte")
    checked(cast, cast.candidate)
    other = correct_certificate(**{**act, "at": LATER + timedelta(hours=1)}, on=LATER.date())
    assert written(LATER) == 4
    revoke(**{**act, "certificate": other, "at": LATER + timedelta(hours=2)})
    assert written(LATER) == 1
    told_of = [Entry.parse(one.content.encode(), one.index) for one in RegisterEntry.objects.all()]
    kinds = [(one.kind.value, one.previous) for one in told_of]
    assert kinds == [("issued", None), ("suspended", 0), ("reinstated", 1), ("corrected", 2), ("revoked", 3)]
    assert audit().holds and audit().entries == 5


def test_a_stranger_proves_it_offline(cast: Cast) -> None:
    housed(cast, ALTERNANCE)
    made = given(decided(cast, ALTERNANCE, "apprenticeship", "full", ("B1", "B2", "B3", "B4")), cast.manager)
    assert proof_of(made[0]) is None
    assert written() == 5
    for one in made:
        proof = proof_of(one)
        assert proof is not None
        content = RegisterEntry.objects.get(certificate=one).content.encode()
        read = Proof.parse(proof.content)
        assert read.verified(content, [signer().public]).size == 5
        with pytest.raises(RegisterError):
            read.verified(content.replace(b"issued", b"revoked"), [signer().public])


@pytest.mark.parametrize("spoilt", ["altered", "removed", "unsigned"])
def test_whoever_rewrites_it_is_found(cast: Cast, spoilt: str) -> None:
    housed(cast, ALTERNANCE)
    given(decided(cast, ALTERNANCE, "apprenticeship", "full", ("B1", "B2", "B3", "B4")), cast.manager)
    written()
    assert audit().holds
    with lifted(connection):
        row = RegisterEntry.objects.order_by("index")[2]
        if spoilt == "altered":
            RegisterEntry.objects.filter(pk=row.pk).update(content=row.content.replace("2026", "2025"))
        elif spoilt == "removed":
            RegisterEntry.objects.filter(index=4)._raw_delete("default")
        else:
            note = Checkpoint.objects.get()
            Checkpoint.objects.update(note=note.note.replace("certif.example", "autre.example"))
    found = audit()
    assert not found.holds and found.broken is not None
