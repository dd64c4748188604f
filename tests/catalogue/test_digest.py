"""Fingerprints: those of sha256sum, and a frozen folder that tells what changed."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parchemin.catalogue import digest
from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.problems import RefusedError
from tests.samples import FIXTURES, ID, OLD, PACK_2020, PACK_2026, copied

NAMES = st.dictionaries(st.text("abc/.", min_size=1), st.text("0123456789abcdef", min_size=64, max_size=64), min_size=1)


@given(NAMES)
def test_the_digest_of_files_depends_on_names_and_contents_and_not_on_order(prints: dict[str, str]) -> None:
    whole = digest.of_files(prints)
    assert digest.of_files(dict(reversed(prints.items()))) == whole
    name = next(iter(prints))
    other = "0" * 64 if prints[name] != "0" * 64 else "1" * 64
    assert digest.of_files({**prints, name: other}) != whole
    assert digest.of_files({**prints, f"{name}x{len(prints)}": other}) != whole
    renamed = {(f"{key}-" if key == name else key): value for key, value in prints.items()}
    assert digest.of_files(renamed) != whole


def test_anyone_can_compute_the_digest_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("b\n", encoding="utf-8")
    prints = {name: digest.of_bytes((tmp_path / name).read_bytes()) for name in ("b.yaml", "a.yaml")}
    lines = "".join(
        f"{hashlib.sha256(text).hexdigest()}  {n}\n" for n, text in (("a.yaml", b"a\n"), ("b.yaml", b"b\n"))
    )
    assert digest.of_files(prints) == hashlib.sha256(lines.encode()).hexdigest()


def test_a_frozen_folder_tells_what_changed_and_what_is_gone(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert digest.frozen_in(tmp_path) is None
    assert digest.changes(tmp_path, "x") == []
    target = digest.freeze(tmp_path, ("c.yaml", "a.yaml", "b.yaml"))
    assert target.name == "frozen.sha256"
    assert list(digest.frozen_in(tmp_path) or {}) == ["a.yaml", "b.yaml", "c.yaml"]
    assert digest.changes(tmp_path, "x") == []
    (tmp_path / "a.yaml").write_text("other", encoding="utf-8")
    (tmp_path / "c.yaml").unlink()
    assert [(p.code, p.mark.file) for p in digest.changes(tmp_path, "x")] == [
        ("unfrozen_change", "x/a.yaml"),
        ("unfrozen_change", "x/c.yaml"),
    ]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not on this machine")
def test_a_frozen_folder_is_checked_by_sha256sum_too(tmp_path: Path) -> None:
    root = copied(tmp_path)
    command = ["sha256sum", "--check", "--strict", "frozen.sha256"]
    assert subprocess.run(command, cwd=root / ID / OLD, capture_output=True, check=False).returncode == 0
    (root / ID / OLD / "framework.yaml").write_text("a: b\n", encoding="utf-8")
    assert subprocess.run(command, cwd=root / ID / OLD, capture_output=True, check=False).returncode == 1


def test_the_fixtures_are_frozen_as_they_are() -> None:
    folder = FIXTURES / "schemes" / ID / OLD
    assert set(digest.frozen_in(folder) or ()) == set(digest.FREEZABLE)
    assert digest.changes(folder, OLD) == []


def test_a_partial_record_does_not_pass(tmp_path: Path) -> None:
    root = copied(tmp_path)
    record = root / ID / OLD / "frozen.sha256"
    lines = record.read_text(encoding="utf-8").splitlines(keepends=True)
    for kept, missing in (("", list(digest.FREEZABLE)), (lines[0], ["scheme.yaml"])):
        record.write_text(kept, encoding="utf-8")
        found = [(p.code, p.mark.file) for p in Catalogue(root).check(ID)]
        assert found == sorted(("not_frozen", f"{ID}/{OLD}/{name}") for name in missing)
    (root / PACK_2020).with_name("frozen.sha256").write_text("", encoding="utf-8")
    assert [(p.code, p.mark.file) for p in Catalogue(root).check_packs()] == [
        ("not_frozen", PACK_2020),
        ("not_frozen", PACK_2026),
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"abc\n", b"a" * 64 + b"\n", b"\n"])
def test_a_record_that_cannot_be_read_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "frozen.sha256").write_bytes(content)
    assert [(p.code, p.mark.file) for p in digest.changes(tmp_path, "x")] == [("bad_frozen", "x/frozen.sha256")]
    with pytest.raises(RefusedError):
        digest.frozen_in(tmp_path)
