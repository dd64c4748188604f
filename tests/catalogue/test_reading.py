"""A hostile file is refused at once with its place; a sound one gives exactly what it says."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parchemin.catalogue import reading
from parchemin.catalogue.problems import Mark, RefusedError
from parchemin.catalogue.reading import MAX_BYTES, MAX_DEPTH, MAX_VALUES, Node, read_bytes, read_file


def refused(content: bytes | str) -> list[tuple[str, int, int]]:
    """The code, line and column of each problem of a file that must be refused."""
    encoded = content.encode() if isinstance(content, str) else content
    with pytest.raises(RefusedError) as caught:
        read_bytes(encoded, "file.yaml")
    assert all(problem.mark.file == "file.yaml" for problem in caught.value.problems)
    return [(problem.code, problem.mark.line, problem.mark.column) for problem in caught.value.problems]


def plain(text: str) -> Any:
    return read_bytes(text.encode(), "file.yaml").plain()


HOSTILE: dict[str, tuple[bytes | str, tuple[str, int, int]]] = {
    "ten megabytes": (b"a: " + b"x" * 10_000_000, ("too_large", 1, 1)),
    "anchor": ("a: &a [x]\n", ("anchor", 1, 4)),
    "alias": ("a: x\nb: *a\n", ("anchor", 2, 4)),
    "anchor bomb": ("a: &a [x, x]\n" + "".join(f"{c}: &{c} [*a, *a]\n" for c in "bcdefghi"), ("anchor", 1, 4)),
    "anchor on a word": ("a: b\nc: &x d\n", ("anchor", 2, 4)),
    "merge key": ("a: {b: c}\n<<: *a\n", ("anchor", 2, 5)),
    "100 000 brackets": ("[" * 100_000, ("too_deep", 1, MAX_DEPTH + 1)),
    "100 000 braces": ("{a: " * 100_000, ("too_deep", 1, 4 * MAX_DEPTH + 1)),
    "one level too many": ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), ("too_deep", 1, MAX_DEPTH + 1)),
    "too many values": ("[" + "a," * MAX_VALUES + "]", ("too_many", 1, 2 * MAX_VALUES)),
    "several documents": ("a: b\n---\nc: d\n", ("several_documents", 2, 1)),
    "local tag": ("a: !x b\n", ("tag", 1, 4)),
    "standard tag": ("a: !!str b\n", ("tag", 1, 4)),
    "Python tag": ("a: !!python/object/apply:os.system [ls]\n", ("tag", 1, 4)),
    "tag on a list": ("a: b\nc: !!set {x, y}\n", ("tag", 2, 4)),
    "UTF-16": ("a: é\n".encode("utf-16"), ("not_utf8", 1, 1)),
    "Latin-1": ("a: b\nc: été\n".encode("latin-1"), ("not_utf8", 2, 1)),
    "NUL": (b"a: b\nc: d\x00e\n", ("control_character", 2, 5)),
    "escape": (b"a: \x1b[31m\n", ("control_character", 1, 4)),
    "empty": (b"", ("empty", 1, 1)),
    "only a comment": (b"# nothing\n", ("empty", 1, 1)),
    "only a mark of order": (b"\xef\xbb\xbf", ("empty", 1, 1)),
    "list as key": ("? [a, b]\n: c\n", ("key_not_text", 1, 3)),
    "mapping as key": ("? {a: b}\n: c\n", ("key_not_text", 1, 3)),
    "unclosed list": ("a: [b\nc: d\n", ("not_yaml", 2, 2)),
    "tabulation": ("a:\n\tb: c\n", ("not_yaml", 2, 1)),
    "unclosed quote": ('a: "b\n', ("not_yaml", 2, 1)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_at_its_place(name: str) -> None:
    content, expected = HOSTILE[name]
    assert refused(content) == [expected]


def test_duplicate_keys_are_told_all_at_once() -> None:
    text = "a: 1\nb: {c: 1, c: 2}\na: 2\nd:\n  - {e: 1, e: 2, e: 3}\n"
    assert refused(text) == [
        ("duplicate_key", 2, 11),
        ("duplicate_key", 3, 1),
        ("duplicate_key", 5, 12),
        ("duplicate_key", 5, 18),
    ]
    with pytest.raises(RefusedError) as caught:
        read_bytes(text.encode(), "file.yaml")
    assert [problem.values["line"] for problem in caught.value.problems] == [2, 1, 5, 5]


def test_duplicate_keys_found_before_a_refusal_are_told_too() -> None:
    assert refused("a: 1\na: 2\nb: &x c\n") == [("duplicate_key", 2, 1), ("anchor", 3, 4)]
    assert refused("a: 1\na: 2\nb: [\n") == [("duplicate_key", 2, 1), ("not_yaml", 4, 1)]


@pytest.mark.parametrize("key", ["1", "true", "null", "2026-01-31", "1.5"])
def test_a_key_is_text_whatever_it_looks_like(key: str) -> None:
    assert plain(f"{key}: x\n") == {key: "x"}


def test_a_key_that_looks_like_another_is_a_duplicate() -> None:
    assert refused('1: a\n"1": b\n') == [("duplicate_key", 2, 1)]


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "off", "y", "n", "NO", "On", "12:30", "2026-01-31", "2026-01-31T09:00", "0x1F", "0o17",
             "1_000", "P5Y", "1/2", ".inf", ".nan", "=", "<<", "nUll", "tRUE"],
)  # fmt: skip
def test_what_yaml_1_1_would_change_stays_text(word: str) -> None:
    assert plain(f"a: {word}\n") == {"a": word}


@pytest.mark.parametrize(
    ("word", "value"),
    [("true", True), ("False", False), ("TRUE", True), ("null", None), ("~", None), ("", None), ("0", 0), ("-12", -12),
     ("+7", 7), ("010", 10), ("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("-2e3", -2000.0)],
)  # fmt: skip
def test_core_schema_words_are_resolved(word: str, value: object) -> None:
    found = plain(f"a: {word}\n")["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("word", ["true", "null", "12", "1.5", "~"])
def test_quoted_words_stay_text(word: str) -> None:
    assert plain(f"a: '{word}'\nb: \"{word}\"\n") == {"a": word, "b": word}


def test_numbers_too_long_to_be_numbers_stay_text() -> None:
    assert plain(f"a: {'9' * 16}\nb: {'9' * 5000}\nc: 0.{'1' * 40}\nd: 1e999\n") == {
        "a": "9" * 16,
        "b": "9" * 5000,
        "c": "0." + "1" * 40,
        "d": "1e999",
    }


def test_every_place_is_remembered() -> None:
    root = read_bytes("a: b\nc:\n  - d\n  - {e: f}\n".encode("utf-8-sig"), "file.yaml")
    assert root.mark == Mark("file.yaml", 1, 1)
    assert root.keys == {"a": Mark("file.yaml", 1, 1), "c": Mark("file.yaml", 2, 1)}
    listed = root.mapping["c"].items
    assert [node.mark for node in listed] == [Mark("file.yaml", 3, 5), Mark("file.yaml", 4, 5)]
    assert listed[1].mapping["e"].mark == Mark("file.yaml", 4, 9)
    assert str(listed[1].keys["e"]) == "file.yaml:4:6"


def test_silences_are_recognised() -> None:
    root = read_bytes(b'a: unknown\nb: {unknown: "lost"}\nc: {unknown: x, d: e}\nd: "no"\n', "f")
    assert [key for key, node in root.mapping.items() if node.is_unknown] == ["a", "b"]


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.yaml", tmp_path):
        with pytest.raises(RefusedError) as caught:
            read_file(path, "it.yaml")
        assert [(p.code, p.mark) for p in caught.value.problems] == [("not_found", Mark("it.yaml"))]


def test_a_large_file_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    read: list[Path] = []

    def noted(self: Path) -> bytes:
        read.append(self)
        return b""

    monkeypatch.setattr(Path, "read_bytes", noted)
    with pytest.raises(RefusedError) as caught:
        read_file(path, "large.yaml")
    assert [p.code for p in caught.value.problems] == ["too_large"]
    assert read == []


def test_the_bounds_themselves_are_accepted() -> None:
    assert plain("#" * (MAX_BYTES - 5) + "\na: b") == {"a": "b"}
    assert len(plain("[" + "a," * (MAX_VALUES - 1) + "]")) == MAX_VALUES - 1
    deep = plain("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    for _ in range(MAX_DEPTH - 1):
        deep = deep[0]
    assert deep == []


@pytest.mark.parametrize("text", ["[" * 900_000, "{a: " * 200_000, "[" + "a," * 400_000, "- " * 400_000])
def test_work_is_bounded_by_the_limits_and_not_by_the_file(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is built before a refusal never exceeds the limits, however much the file holds."""
    built = 0

    class Counted(Node):
        def __init__(self, *given: Any) -> None:
            nonlocal built
            built += 1
            super().__init__(*given)

    monkeypatch.setattr(reading, "Node", Counted)
    with pytest.raises(RefusedError):
        read_bytes(text.encode(), "file.yaml")
    assert 0 < built <= MAX_VALUES


def gives_a_tree_or_is_refused(content: bytes) -> None:
    try:
        tree = read_bytes(content, "file.yaml")
    except RefusedError as refusal:
        assert refusal.problems
        for problem in refusal.problems:
            assert problem.mark.line >= 1
            assert problem.mark.column >= 1
            assert problem.sentence("fr")
            assert problem.sentence("en")
    else:
        assert isinstance(tree, Node)
        assert tree.plain() == tree.plain()


YAML_LIKE = st.text(alphabet="ab :,-?#&*!|>'\"%@`{}[]\n\t\\é\ufeff\x85\u2028~.0123456789", max_size=120)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_tree_or_a_refusal(content: bytes) -> None:
    gives_a_tree_or_is_refused(content)


@given(st.text(max_size=300))
def test_any_text_gives_a_tree_or_a_refusal(text: str) -> None:
    gives_a_tree_or_is_refused(text.encode("utf-8", "surrogatepass"))


@given(YAML_LIKE)
def test_anything_like_yaml_gives_a_tree_or_a_refusal(text: str) -> None:
    gives_a_tree_or_is_refused(text.encode())


TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(st.characters(categories=["L", "N", "P"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdé-_ ", min_size=1), inner, max_size=4),
    max_leaves=20,
)


@given(TREES)
def test_json_is_read_as_json(tree: Any) -> None:
    import json

    assert read_bytes(json.dumps(tree, ensure_ascii=False).encode(), "file.json").plain() == tree


@pytest.mark.parametrize("escape", ["\\e[31m", "\\0", "\\x9b", "\\u0007"])
def test_a_control_character_written_as_an_escape_is_refused(escape: str) -> None:
    assert refused(f'a: b\nc: "d{escape}"\n') == [("control_character", 2, 4)]
    assert refused(f'"a{escape}": b\n') == [("control_character", 1, 1)]


def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in (tmp_path / "pipe.yaml", Path("/dev/zero"), tmp_path / "a\0b.yaml"):
        with pytest.raises(RefusedError) as caught:
            read_file(path, "it.yaml")
        assert [p.code for p in caught.value.problems] == ["not_found"]
