"""The shelf saves work and changes no answer: stale, broken or foreign contents are never used."""

import os
import pickle
from datetime import date
from pathlib import Path

import pytest

from parchemin.catalogue import lookup, shelf
from parchemin.catalogue.loading import Loaded
from parchemin.catalogue.lookup import Catalogue
from tests.samples import FRAMEWORK, ID, NEW, PACK_2026, RULINGS, copied, edited, ruling, written

DAY = date(2027, 6, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copied(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


def resolved(root: Path, folder: Path | None) -> Loaded:
    catalogue = Catalogue(root, shelf=folder)
    found = catalogue.resolve(ID, on=DAY, version=catalogue.named(ID, NEW))
    catalogue.keep()
    return found


def nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the files were read again")

    monkeypatch.setattr(lookup, "read_version", refuse)
    monkeypatch.setattr(lookup, "assemble", refuse)


def test_what_comes_from_the_shelf_equals_what_was_read(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = resolved(root, folder)
    nothing_is_read(monkeypatch)
    kept = resolved(root, folder)
    assert kept is not read
    assert kept == read
    assert kept.scheme.ref == read.scheme.ref


def test_nothing_is_kept_without_a_shelf(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resolved(root, None)
    nothing_is_read(monkeypatch)
    with pytest.raises(AssertionError, match="read again"):
        resolved(root, None)


@pytest.mark.parametrize("file", [FRAMEWORK, f"{ID}/{NEW}/scheme.yaml", PACK_2026])
def test_a_changed_file_is_never_served_stale(root: Path, folder: Path, file: str) -> None:
    before = resolved(root, folder)
    path = root / file
    stamp = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title:  ", 1), encoding="utf-8")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    after = resolved(root, folder)
    assert after.scheme.ref.digest != before.scheme.ref.digest
    assert after == resolved(root, None)


def test_a_new_ruling_is_never_missed(root: Path, folder: Path) -> None:
    before = resolved(root, folder)
    fills = 'fills:\n  - {gap: rules/jury.quorum/total, value: 2, source: "decision"}\n'
    written(root, f"{RULINGS}/one.yaml", ruling(more=fills))
    after = resolved(root, folder)
    assert len(after.gaps) == len(before.gaps) - 1
    assert after == resolved(root, None)


def test_a_file_changed_while_it_is_read_is_not_kept_under_the_former_name(root: Path, folder: Path) -> None:
    before = resolved(root, None)
    catalogue = Catalogue(root, shelf=folder)
    edited(root, FRAMEWORK, "Trier les déchets", "Trier des déchets")
    catalogue.resolve(ID, on=DAY, version=catalogue.named(ID, NEW))
    catalogue.keep()
    edited(root, FRAMEWORK, "Trier des déchets", "Trier les déchets")
    assert resolved(root, folder) == before


def test_what_is_tried_is_not_kept(root: Path, folder: Path) -> None:
    catalogue = Catalogue(root, shelf=folder)
    catalogue.resolve(ID, on=DAY, version=catalogue.named(ID, NEW), fills={"rules/jury.quorum/total": 2})
    catalogue.keep()
    assert not folder.exists() or list(folder.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="folders have no owner here")
@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777])
def test_a_folder_others_may_write_to_is_ignored(root: Path, folder: Path, mode: int) -> None:
    content = resolved(root, folder)
    kept = next(folder.iterdir())
    kept.write_bytes(pickle.dumps(("foreign", "content")))
    folder.chmod(mode)
    assert resolved(root, folder) == content
    assert shelf.take(folder, kept.stem) is None
    shelf.put(folder, "other", "content")
    assert [path.name for path in folder.iterdir()] == [kept.name]
    folder.chmod(0o700)
    assert shelf.take(folder, kept.stem) == ("foreign", "content")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        b"\x80\x63",
        b"\x80\x05cnowhere\nnothing\n.",
        pickle.dumps({"a": 1})[:-2],
        b"\x80\x05N",
        b"(dp0\n",
    ],
)
def test_a_corrupted_shelf_is_ignored_and_mended(root: Path, folder: Path, content: bytes) -> None:
    read = resolved(root, folder)
    kept = next(folder.iterdir())
    kept.write_bytes(content)
    assert shelf.take(folder, kept.stem) is None
    assert resolved(root, folder) == read
    assert shelf.take(folder, kept.stem) is not None


def test_a_shelf_that_cannot_be_written_is_no_failure(root: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("a", encoding="utf-8")
    assert resolved(root, in_the_way) == resolved(root, None)
    assert in_the_way.read_text(encoding="utf-8") == "a"


def test_only_the_latest_are_kept(folder: Path) -> None:
    for index in range(shelf.KEPT + 3):
        shelf.put(folder, f"{index:02}", index)
        os.utime(folder / f"{index:02}.pickle", (index, index))
    shelf.put(folder, "last", "last")
    names = sorted(path.stem for path in folder.glob("*"))
    assert names == [*(f"{index:02}" for index in range(4, shelf.KEPT + 3)), "last"]
    assert folder.stat().st_mode & 0o077 == 0


def test_the_digest_covers_the_files_and_the_code(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shelf.digest_of(root)
    assert shelf.digest_of(root) == before
    monkeypatch.setattr(shelf, "__version__", "another")
    assert shelf.digest_of(root) != before


def test_where_the_shelf_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert shelf.usual_folder() is None
    monkeypatch.setenv("PARCHEMIN_CACHE", str(tmp_path))
    assert shelf.usual_folder() == tmp_path
    monkeypatch.delenv("PARCHEMIN_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert shelf.usual_folder() == tmp_path / "x" / "parchemin"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert shelf.usual_folder() == tmp_path / "home" / ".cache" / "parchemin"


def test_what_cannot_be_kept_leaves_nothing_behind(folder: Path) -> None:
    shelf.put(folder, "one", lambda: None)
    assert list(folder.iterdir()) == []
    (folder / "two.pickle").mkdir()
    shelf.put(folder, "two", "content")
    assert [path.name for path in folder.iterdir()] == ["two.pickle"]


def test_a_folder_named_like_a_file_is_no_file(root: Path) -> None:
    before = shelf.digest_of(root)
    (root / ID / NEW / "notes.yaml").mkdir()
    assert shelf.digest_of(root) == before


def test_a_ruling_of_the_cases_is_never_served_stale(root: Path, folder: Path) -> None:
    path = written(root, f"{ID}/{NEW}/cases/rulings/one.yaml", ruling(from_="2028-01-01"))

    def told(from_: str) -> int:
        written(root, f"{ID}/{NEW}/cases/rulings/one.yaml", ruling(from_=from_, more=FILLS))
        catalogue = Catalogue(root, shelf=folder)
        version = catalogue.named(ID, NEW)
        catalogue.resolve(ID, on=DAY, version=version)
        found = catalogue.resolve(
            ID, on=DAY, version=version, rulings=[root / ".." / root.name / path.relative_to(root)]
        )
        catalogue.keep()
        return len(found.filled)

    assert [told("2028-01-01"), told("2027-02-01"), told("2028-01-01")] == [0, 1, 0]


FILLS = 'fills:\n  - {gap: rules/jury.quorum/total, value: 2, source: "decision"}\n'
