"""Signed states and proofs: the known answer of signed notes, and hostile ones."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from parchemin.edges.registers import (
    Checkpoint,
    Proof,
    PublicKey,
    RegisterError,
    Signer,
    inclusion_path,
    opened,
    root,
    signed,
)
from parchemin.edges.registers.notes import opened_note, parsed_note, signed_note
from tests.edges.registers.cast import KEY, ORIGIN, OTHER, SIGNER, kept, leaves, states

VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
"""The published example of signed notes (golang.org/x/mod/sumdb/note): key, text and signature."""

STATE = Checkpoint(ORIGIN, 20852163, bytes(range(32)))
NOTE = signed(STATE, SIGNER)


def test_the_published_example_of_a_note() -> None:
    key = PublicKey.parse(VKEY)
    assert str(key) == VKEY
    signer = Signer("PeterNeumann", Ed25519PrivateKey.from_private_bytes(SEED))
    assert signer.public == key
    note = signed_note(TEXT, signer)
    assert note == f"{TEXT}\n{LINE}".encode()
    assert opened_note(note, [key]) == (TEXT, [key])


def test_a_state_is_three_lines_and_a_signature() -> None:
    origin, size, hash, blank, line, end = NOTE.decode().split("\n")
    assert (origin, size, blank, end) == (ORIGIN, "20852163", "", "")
    assert base64.b64decode(hash) == bytes(range(32))
    assert line.startswith(f"— {ORIGIN} ")
    assert opened(NOTE, [KEY]) == STATE


@given(st.integers(0, (1 << 63) - 1), st.binary(min_size=32, max_size=32))
def test_a_state_is_read_as_it_was_signed(size: int, hash: bytes) -> None:
    state = Checkpoint(ORIGIN, size, hash)
    assert opened(signed(state, SIGNER), [KEY]) == state


@given(st.integers(0, 8 * len(NOTE) - 1))
def test_no_altered_bit_is_taken_for_signed(bit: int) -> None:
    spoilt = bytearray(NOTE)
    spoilt[bit // 8] ^= 1 << bit % 8
    with pytest.raises(RegisterError):
        opened(bytes(spoilt), [KEY])


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_reading_fail_otherwise(content: bytes) -> None:
    for read in (lambda: parsed_note(content), lambda: opened(content, [KEY]), lambda: Proof.parse(content)):
        with pytest.raises(RegisterError):
            read()


def test_signatures_of_others_are_passed_over() -> None:
    witness = Signer("témoin.example", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    both = NOTE + witness.line(STATE.text).encode()
    assert opened(both, [KEY]) == STATE
    assert opened(both, [OTHER.public, KEY]) == STATE
    with pytest.raises(RegisterError) as refused:
        opened(both, [OTHER.public])
    assert refused.value == RegisterError("unsigned")


def test_a_false_signature_spoils_a_note_that_others_signed() -> None:
    forged = signed(Checkpoint(ORIGIN, 1, bytes(32)), SIGNER).split(b"\n\n")[1]
    with pytest.raises(RegisterError) as refused:
        opened(NOTE + forged, [KEY])
    assert refused.value == RegisterError("bad_signature", name=ORIGIN)
    assert ORIGIN in refused.value.sentence("fr")


def test_a_key_of_another_register_says_nothing_of_this_one() -> None:
    stranger = Signer("ailleurs.example", SIGNER.key)
    with pytest.raises(RegisterError) as refused:
        signed(STATE, stranger)
    assert refused.value.code == "other_register"
    with pytest.raises(RegisterError) as refused:
        opened(signed_note(STATE.text, stranger), [stranger.public])
    assert refused.value == RegisterError("other_register", origin=ORIGIN, wanted="ailleurs.example")


def resigned(text: str) -> bytes:
    return signed_note(text, SIGNER)


ROOT64 = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n1\n",
        f"{ORIGIN}\n01\n{ROOT64}\n",
        f"{ORIGIN}\n-1\n{ROOT64}\n",
        f"{ORIGIN}\n+1\n{ROOT64}\n",
        f"{ORIGIN}\n1_0\n{ROOT64}\n",
        f"{ORIGIN}\n٣\n{ROOT64}\n",
        f"{ORIGIN}\n{1 << 63}\n{ROOT64}\n",
        f"{ORIGIN}\n{'9' * 5000}\n{ROOT64}\n",
        f"{ORIGIN}\n1\n{ROOT64[:-1]}\n",
        f"{ORIGIN}\n1\n{ROOT64[:-4]}\n",
        f"{ORIGIN}\n1\n{ROOT64[:-2]}B=\n",
        f"{ORIGIN}\n1\n {ROOT64}\n",
        f"\n1\n{ROOT64}\n",
        f"a b\n1\n{ROOT64}\n",
        f"{ORIGIN}\n1\n{ROOT64}\n\nsuite\n",
    ],
)
def test_a_signed_text_that_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(RegisterError) as refused:
        opened(resigned(text), [KEY])
    assert refused.value.code == "bad_note"


def test_extension_lines_are_passed_over() -> None:
    assert opened(resigned(f"{ORIGIN}\n1\n{ROOT64}\nplus tard\n"), [KEY]) == Checkpoint(ORIGIN, 1, bytes(32))


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        (b"", "form"),
        (b"x" * (1 << 18) + b"\n", "size"),
        (NOTE[:-1], "form"),
        (NOTE + b"\n", "form"),
        (NOTE.replace(b"\n\n", b"\n"), "form"),
        (NOTE.replace(b"\n", b"\r\n"), "form"),
        (NOTE.replace("—".encode(), b"--"), "signature"),
        (NOTE + b"\xff", "utf-8"),
        (NOTE + LINE.encode() * 64, "signatures"),
        (NOTE + "— nom AAAA\n".encode(), "signature"),
        (NOTE + "— un nom AAAAAAAA\n".encode(), "signature"),
        (NOTE + "— nom+plus AAAAAAAA\n".encode(), "signature"),
        (NOTE + "— nom AAAAAAA*\n".encode(), "signature"),
    ],
)
def test_a_malformed_note_is_refused(note: bytes, reason: str) -> None:
    with pytest.raises(RegisterError) as refused:
        opened(note, [KEY])
    assert refused.value == RegisterError("bad_note", reason=reason)


@pytest.mark.parametrize("text", ["", "sans fin", "un\ttab\n", "retour\r\n"])
def test_a_text_that_no_note_can_carry_is_not_signed(text: str) -> None:
    with pytest.raises(RegisterError):
        signed_note(text, SIGNER)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nom",
        "nom+00000000",
        VKEY.replace("c74f20a3", "c74f20a4"),
        VKEY.replace("+AR", "+BR"),
        VKEY[:-4],
        VKEY.replace("Peter", "Peter "),
        VKEY + "=",
    ],
)
def test_an_unreadable_key_is_refused(text: str) -> None:
    with pytest.raises(RegisterError) as refused:
        PublicKey.parse(text)
    assert refused.value.code == "bad_key"


@pytest.mark.parametrize("size", [1, 2, 13])
def test_a_proof_verifies_offline_years_later(size: int) -> None:
    contents = leaves(size)
    nodes = kept(contents)
    (note,) = states(contents, [size])
    for index, content in enumerate(contents):
        proof = Proof(index, tuple(inclusion_path(nodes, index, size)), note)
        read = Proof.parse(proof.content)
        assert read == proof
        assert read.verified(content, [KEY]) == Checkpoint(ORIGIN, size, root(nodes, size))
        with pytest.raises(RegisterError) as refused:
            read.verified(content + b" ", [KEY])
        assert refused.value == RegisterError("not_included", index=index, size=size)


def test_the_form_of_a_proof() -> None:
    proof = Proof(5, (bytes(32),), NOTE)
    assert proof.content == f"c2sp.org/tlog-proof@v1\nindex 5\n{ROOT64}\n\n".encode() + NOTE
    with_extra = proof.content.replace(b"\nindex", b"\nextra AAAA\nindex")
    assert Proof.parse(with_extra) == proof


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("@v1", "@v2", "form"),
        ("index 5\n", "", "index"),
        ("index 5\n", "index 05\n", "index"),
        ("index 5\n", "index -5\n", "index"),
        (ROOT64, ROOT64[:-4], "path"),
        (ROOT64, "é", "form"),
        (f"{ROOT64}\n", f"{ROOT64}\n" * 65, "index"),
        (f"{ROOT64}\n\n", f"{ROOT64}\n", "path"),
    ],
)
def test_a_malformed_proof_is_refused(old: str, new: str, reason: str) -> None:
    whole = Proof(5, (bytes(32),), NOTE).content.decode()
    with pytest.raises(RegisterError) as refused:
        Proof.parse(whole.replace(old, new, 1).encode())
    assert refused.value.code == "bad_proof"


@pytest.mark.parametrize("origin", ["", "a b", "a+b", "a\nb"])
def test_a_register_has_a_name_that_a_key_can_bear(origin: str) -> None:
    with pytest.raises(RegisterError):
        Checkpoint(origin, 1, bytes(32))
