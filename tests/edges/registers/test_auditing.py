"""The audit: the first place that does not hold is named."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parchemin.edges.registers import Checkpoint, Entry, RegisterError, root, signed, verify_log
from parchemin.edges.registers.auditing import BATCH
from tests.edges.registers.cast import KEY, ORIGIN, OTHER, SIGNER, entry, kept, leaves, states

LEAVES = leaves(60)
SIZES = [0, 10, 25, 25, 50]
STATES = states(LEAVES, SIZES)


def test_an_honest_register_holds() -> None:
    audit = verify_log(iter(LEAVES), iter(STATES), KEY)
    assert audit.holds
    assert (audit.entries, audit.vouched, audit.checkpoints) == (60, 50, 5)
    assert audit.root == root(kept(LEAVES), 60)


def test_an_empty_register_holds() -> None:
    assert verify_log([], states([], [0]), KEY).holds
    assert verify_log([], [], KEY).holds


def test_a_register_larger_than_a_batch_is_read_as_a_stream() -> None:
    many = leaves(2 * BATCH + 7)
    read: list[int] = []

    def stream() -> Iterator[bytes]:
        for index, leaf in enumerate(many):
            read.append(index)
            yield leaf

    audit = verify_log(stream(), states(many, [BATCH + 1, len(many)]), KEY, nodes=kept(many))
    assert audit.holds and audit.vouched == len(read) == len(many)


@pytest.mark.parametrize(
    ("altered", "state", "after", "last"), [(0, 2, 0, 9), (9, 2, 0, 9), (10, 3, 10, 24), (49, 5, 25, 49)]
)
def test_an_altered_entry_is_told_among_those_since_the_state_that_held(
    altered: int, state: int, after: int, last: int
) -> None:
    changed = [*LEAVES]
    changed[altered] = entry(9_999).content
    audit = verify_log(changed, STATES, KEY)
    assert audit.broken == RegisterError("root_differs", checkpoint=state, after=after, last=last)
    assert (audit.checkpoints, audit.vouched) == (state - 1, after)
    assert f"de rang {after} à {last}" in audit.broken.sentence("fr")


@given(st.integers(0, 59))
def test_an_altered_entry_is_named_with_the_kept_hashes(altered: int) -> None:
    changed = [*LEAVES]
    changed[altered] = entry(9_999).content
    audit = verify_log(changed, STATES, KEY, nodes=kept(LEAVES))
    assert audit.broken == RegisterError("entry_altered", index=altered)
    assert audit.entries == altered


@given(st.integers(0, 49))
def test_a_removed_entry_never_passes(removed: int) -> None:
    shorter = [*LEAVES[:removed], *LEAVES[removed + 1 :]]
    audit = verify_log(shorter, STATES, KEY)
    assert audit.broken is not None
    assert audit.broken.code in ("root_differs", "not_an_entry")
    assert not verify_log(shorter, STATES, KEY, nodes=kept(LEAVES)).holds


def test_a_cut_register_is_told() -> None:
    audit = verify_log(LEAVES[:40], STATES, KEY)
    assert audit.broken == RegisterError("entries_missing", checkpoint=5, size=50, found=40)
    assert (audit.entries, audit.vouched) == (40, 25)


def test_an_entry_cut_after_the_last_state_is_told_by_the_kept_hashes_of_a_copy() -> None:
    assert verify_log(LEAVES[:55], STATES, KEY).holds
    audit = verify_log(LEAVES, STATES, KEY, nodes=kept(LEAVES[:55]))
    assert audit.broken == RegisterError("entry_altered", index=55)


def test_sizes_that_go_backwards_are_told() -> None:
    audit = verify_log(LEAVES, states(LEAVES, [25, 10]), KEY)
    assert audit.broken == RegisterError("went_backwards", checkpoint=2, size=10, before=25)


def test_two_faces_are_told() -> None:
    other = [*LEAVES[:24], entry(9_999).content]
    audit = verify_log(LEAVES, [*states(LEAVES, [25]), *states(other, [25])], KEY)
    assert audit.broken == RegisterError("two_roots", checkpoint=2, size=25)


def test_a_wrong_root_is_told() -> None:
    false = signed(Checkpoint(ORIGIN, 10, bytes(32)), SIGNER)
    audit = verify_log(LEAVES, [STATES[0], false], KEY)
    assert audit.broken == RegisterError("root_differs", checkpoint=2, after=0, last=9)


def test_a_state_of_another_key_is_told() -> None:
    false = signed(Checkpoint(ORIGIN, 10, root(kept(LEAVES), 10)), OTHER)
    audit = verify_log(LEAVES, [STATES[0], false, STATES[2]], KEY)
    assert audit.broken == RegisterError("checkpoint_refused", checkpoint=2, reason=RegisterError("unsigned"))
    assert "aucune signature" in audit.broken.sentence("fr")
    assert "no signature" in audit.broken.sentence("en")
    assert verify_log(LEAVES, [STATES[0], false, STATES[2]], [KEY, OTHER.public]).holds


def test_a_forged_signature_is_told() -> None:
    forged = STATES[1].replace(b"\n10\n", b"\n11\n")
    audit = verify_log(LEAVES, [forged], KEY)
    assert audit.broken is not None
    assert audit.broken.values["reason"] == RegisterError("bad_signature", name=ORIGIN)


@pytest.mark.parametrize("content", [b"Odile Fictive", entry(3).content + b"\n", b"{}"])
def test_nothing_but_entries_may_stand_there(content: bytes) -> None:
    smuggled = [*LEAVES[:3], content, *LEAVES[4:]]
    audit = verify_log(smuggled, states(smuggled, [10]), KEY)
    assert audit.broken is not None
    assert (audit.broken.code, audit.broken.values["index"], audit.entries) == ("not_an_entry", 3, 3)


def test_an_entry_may_not_refer_to_a_later_one() -> None:
    ahead = Entry.parse(LEAVES[6], 6)
    smuggled = [*LEAVES[:2], ahead.content, *LEAVES[3:]]
    audit = verify_log(smuggled, states(smuggled, [10]), KEY)
    assert audit.broken == RegisterError("not_an_entry", index=2, reason="previous")
