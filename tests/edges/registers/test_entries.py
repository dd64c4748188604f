"""Entries: what may stand in the register, and nothing else."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parchemin.edges.registers import (
    Entry,
    EntryKind,
    RegisterError,
    ensure_follows,
    is_opened_by,
    new_salt,
    opaque_digest,
    standing,
)
from tests.edges.registers.cast import entry

KIND = EntryKind
ENTRIES = st.builds(
    lambda kind, digest, on, previous: Entry(
        kind=kind, digest=digest.hex(), on=on, previous=None if kind is KIND.ISSUED else previous
    ),
    st.sampled_from(KIND),
    st.binary(min_size=32, max_size=32),
    st.dates(),
    st.integers(0, (1 << 53) - 1),
)


def test_the_form_of_an_entry() -> None:
    issued = Entry(kind=KIND.ISSUED, digest="0f" * 32, on=date(2026, 11, 21))
    assert issued.content == (
        b'{"digest":"' + b"0f" * 32 + b'","format":"parchemin/register-1","kind":"issued","on":"2026-11-21"}'
    )
    revoked = Entry(kind=KIND.REVOKED, digest="0f" * 32, on=date(2027, 1, 4), previous=0)
    assert revoked.content.endswith(b'"kind":"revoked","on":"2027-01-04","previous":0}')


@given(ENTRIES)
def test_an_entry_is_read_as_it_was_written(one: Entry) -> None:
    assert Entry.parse(one.content, (one.previous or 0) + 1) == one


@pytest.mark.parametrize(
    "changes",
    [
        {"digest": "0F" * 32},
        {"digest": "0f" * 31},
        {"digest": ""},
        {"digest": "Odile Fictive".ljust(64)},
        {"previous": 3},
        {"kind": KIND.REVOKED},
        {"kind": KIND.CORRECTED, "previous": -1},
        {"kind": KIND.SUSPENDED, "previous": 1 << 53},
    ],
)
def test_an_entry_that_cannot_be(changes: dict[str, Any]) -> None:
    with pytest.raises(RegisterError) as refused:
        entry(1, **changes)
    assert refused.value.code == "bad_entry"
    assert refused.value.sentence("fr").startswith("Cette inscription n’est pas possible")


GOOD: dict[str, Any] = json.loads(entry(1, kind=KIND.REVOKED, previous=1).content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "json"),
        (b"null", "json"),
        (b"[]", "json"),
        (b"\xff", "json"),
        (b"[" * 400, "json"),
        (b"[" * 100_000, "json"),
        (json.dumps(GOOD), "canonical"),
        (json.dumps({**GOOD, "name": "Odile Fictive"}, separators=(",", ":"), sort_keys=True), "canonical"),
        (json.dumps({**GOOD, "format": "parchemin/register-2"}, separators=(",", ":"), sort_keys=True), "canonical"),
        (json.dumps({**GOOD, "on": "20260615"}, separators=(",", ":"), sort_keys=True), "canonical"),
        (json.dumps({**GOOD, "kind": "deleted"}), "json"),
        (json.dumps({**GOOD, "previous": True}), "json"),
        (json.dumps({**GOOD, "previous": "1"}), "json"),
        (json.dumps({**GOOD, "digest": 12}), "json"),
        (json.dumps({**GOOD, "on": 12}), "json"),
        (json.dumps({**GOOD, "previous": 9}, separators=(",", ":"), sort_keys=True), "previous"),
        (json.dumps(GOOD, separators=(",", ":"), sort_keys=True)[:-1] + ',"previous":1}', "canonical"),
    ],
)
def test_what_is_no_entry_is_told_with_its_place(content: str | bytes, reason: str) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(RegisterError) as refused:
        Entry.parse(raw, 9)
    assert refused.value == RegisterError("not_an_entry", index=9, reason=reason)
    assert "n° 9" in refused.value.sentence("fr")


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_fail_otherwise(content: bytes) -> None:
    with pytest.raises(RegisterError):
        Entry.parse(content, 5)


@pytest.mark.parametrize(
    ("before", "kind", "is_same", "is_right"),
    [
        (None, KIND.ISSUED, True, True),
        (None, KIND.REVOKED, True, False),
        (KIND.ISSUED, KIND.ISSUED, True, False),
        (KIND.ISSUED, KIND.REVOKED, True, True),
        (KIND.ISSUED, KIND.REVOKED, False, False),
        (KIND.ISSUED, KIND.REINSTATED, True, False),
        (KIND.ISSUED, KIND.CORRECTED, False, True),
        (KIND.ISSUED, KIND.CORRECTED, True, False),
        (KIND.SUSPENDED, KIND.REINSTATED, True, True),
        (KIND.SUSPENDED, KIND.REVOKED, True, True),
        (KIND.REVOKED, KIND.REINSTATED, True, True),
        (KIND.REVOKED, KIND.SUSPENDED, True, False),
        (KIND.REVOKED, KIND.CORRECTED, False, False),
        (KIND.CORRECTED, KIND.REVOKED, True, True),
        (KIND.REINSTATED, KIND.SUSPENDED, True, True),
    ],
)
def test_what_may_follow_what(before: KIND | None, kind: KIND, is_same: bool, is_right: bool) -> None:
    first = None if before is KIND.ISSUED else 0
    earlier = None if before is None else entry(1, kind=before, previous=first)
    later = entry(1 if is_same else 2, kind=kind, previous=None if kind is KIND.ISSUED else 1)
    if is_right:
        ensure_follows(later, earlier)
        return
    with pytest.raises(RegisterError) as refused:
        ensure_follows(later, earlier)
    assert refused.value.code == "out_of_turn"


def test_the_digest_is_the_hash_of_the_salt_and_of_the_credential() -> None:
    credential = sha256("Odile Fictive, née le 9 mars 1984".encode()).digest()
    salt = bytes(range(32))
    digest = opaque_digest(salt, credential)
    assert digest == sha256(salt + credential).hexdigest()
    assert is_opened_by(digest, salt, credential)
    assert not is_opened_by(digest, bytes(32), credential)
    assert not is_opened_by(digest, salt, bytes(32))


def test_the_same_credential_is_never_told_twice_alike() -> None:
    salts = {new_salt() for _ in range(100)}
    assert len(salts) == 100
    assert len({opaque_digest(salt, bytes(32)) for salt in salts}) == 100


@pytest.mark.parametrize(("salt", "digest"), [(b"", bytes(32)), (bytes(31), bytes(32)), (bytes(32), b"x" * 33)])
def test_a_short_salt_or_another_digest_is_refused(salt: bytes, digest: bytes) -> None:
    with pytest.raises(RegisterError):
        opaque_digest(salt, digest)


LIFE = [
    entry(1),
    entry(2),
    entry(1, kind=KIND.SUSPENDED, previous=0),
    entry(1, kind=KIND.REINSTATED, previous=2),
    entry(3, kind=KIND.CORRECTED, previous=3),
    entry(2, kind=KIND.REVOKED, previous=1),
]


@pytest.mark.parametrize(
    ("number", "read", "index", "is_valid", "replaced_by"),
    [
        (1, 1, 0, True, None),
        (1, 3, 2, False, None),
        (1, 4, 3, True, None),
        (1, 5, 3, False, 3),
        (3, 5, 4, True, None),
        (2, 5, 1, True, None),
        (2, 6, 5, False, None),
    ],
)
def test_what_the_register_says_of_a_certificate(
    number: int, read: int, index: int, is_valid: bool, replaced_by: int | None
) -> None:
    found = standing(entry(number).digest, (one.content for one in LIFE[:read]))
    assert found is not None
    assert (found.index, found.entry, found.is_valid) == (index, LIFE[index], is_valid)
    assert found.replaced_by == (None if replaced_by is None else entry(replaced_by).digest)


def test_the_register_says_nothing_of_others() -> None:
    assert standing(entry(9).digest, (one.content for one in LIFE)) is None
    assert standing(entry(1).digest, []) is None
    with pytest.raises(RegisterError):
        standing(entry(1).digest, [entry(1).content, b"{}"])
