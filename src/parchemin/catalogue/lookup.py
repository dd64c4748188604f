"""Which version, which packs, which rulings apply on a date; every resolution is kept by its files."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from parchemin.catalogue import digest
from parchemin.catalogue import shelf as shelf_of
from parchemin.catalogue.formats import day_of
from parchemin.catalogue.loading import (
    Loaded,
    Pack,
    VersionFiles,
    assemble,
    inline_ruling,
    read_pack,
    read_ruling,
    read_version,
)
from parchemin.catalogue.problems import Mark, Problem, RefusedError, nearest, problem
from parchemin.catalogue.rulings import Ruling
from parchemin.core.scheme import Status

UNDATED = "undated"
NATIONAL = "_national"

Key = tuple[str, tuple[str, ...], tuple[str, ...]]


class Version(NamedTuple):
    """A version's folder and the first day it is in force; an undated one is in force from the start."""

    id: str
    name: str
    folder: Path
    from_: date

    @property
    def label(self) -> str:
        """How its files are called: ``<scheme>/<version>``."""
        return f"{self.id}/{self.name}"


class LaidRuling(NamedTuple):
    """A ruling, how its file is called, and its fingerprint."""

    ruling: Ruling
    label: str
    fingerprint: str


class VersionHead(NamedTuple):
    """What is needed of a version to know which packs it includes."""

    status: str
    includes: tuple[str, ...]


class PackHead(NamedTuple):
    """What is needed of a pack to know whether it applies."""

    governs: str
    includes: tuple[str, ...]


class RulingHead(NamedTuple):
    """What is needed of a ruling to know whether it applies."""

    scheme: str
    version: str
    from_: date
    fingerprint: str


class Heads(NamedTuple):
    """What is needed of the files to know which ones apply, without reading them again."""

    versions: dict[str, VersionHead]
    packs: dict[str, PackHead]
    rulings: dict[str, RulingHead]


class Catalogue:
    """The certifications of a folder. Reading is lazy; the same files always give the same Scheme.

    With a ``shelf`` folder, what was resolved before from the very same files is taken from there.
    """

    def __init__(self, root: Path, *, shelf: Path | None = None) -> None:
        self.root = root
        self._shelf = shelf
        self._digest = shelf_of.digest_of(root) if shelf else ""
        kept = shelf_of.take(shelf, self._digest) if shelf else None
        self._heads: Heads = kept[0] if kept else Heads({}, {}, {})
        self._loaded: dict[Key, Loaded] = kept[1] if kept else {}
        self._kept = len(self._loaded)
        self._versions: dict[Path, VersionFiles] = {}
        self._packs: dict[Path, Pack] = {}
        self._rulings: dict[Path, LaidRuling] = {}
        self._tried: dict[Key, Loaded] = {}

    def keep(self) -> None:
        """Put what was resolved on the shelf, if there is one, something is new and no file changed meanwhile."""
        is_new = len(self._loaded) > self._kept
        if self._shelf and is_new and shelf_of.digest_of(self.root) == self._digest:
            shelf_of.put(self._shelf, self._digest, (self._heads, self._loaded))

    @cached_property
    def versions(self) -> dict[str, list[Version]]:
        """The versions of each certification, oldest first."""
        found: dict[str, list[Version]] = {}
        for folder in sorted(self.root.glob("*/*")) if self.root.is_dir() else []:
            id = folder.parent.name
            if folder.is_dir() and not id.startswith("_") and (folder / "scheme.yaml").exists():
                found.setdefault(id, []).append(Version(id, folder.name, folder, _effect(folder.name)))
        return {id: sorted(versions, key=lambda version: version.from_) for id, versions in found.items()}

    def version(self, id: str, on: date) -> Version:
        """The version of ``id`` in force on a day, the day a person's path began for instance; RefusedError if none."""
        for version in reversed(self._known(id)):
            if version.from_ <= on:
                return version
        first = self._known(id)[0].name
        hints = {"hint_fr": f"La première commence le {first}.", "hint_en": f"The first one starts on {first}."}
        raise RefusedError([problem("no_version", Mark(id), scheme=id, on=on, **hints)])

    def named(self, id: str, name: str) -> Version:
        """The version of ``id`` called ``name``."""
        for version in self._known(id):
            if version.name == name:
                return version
        hints = nearest(name, [version.name for version in self._known(id)])
        raise RefusedError([problem("no_version", Mark(id), scheme=id, on=name, **hints)])

    def _known(self, id: str) -> list[Version]:
        if id not in self.versions:
            raise RefusedError([problem("no_scheme", Mark(str(self.root)), scheme=id, **nearest(id, self.versions))])
        return self.versions[id]

    def resolve(
        self,
        id: str,
        *,
        on: date,
        began: date | None = None,
        version: Version | None = None,
        rulings: Sequence[Path] = (),
        fills: Mapping[str, Any] | None = None,
    ) -> Loaded:
        """The scheme ``id`` for a decision on ``on`` about a path begun on ``began`` (the same day if not given).

        Rulings of the version's folder and those given apply from their date of effect; ``fills`` are fictitious ones
        for a trial. RefusedError with every problem of the files.
        """
        version = version or self.version(id, began or on)
        packs = list(self._packs_for(version, on, began or on))
        own = sorted(version.folder.glob("rulings/*.yaml"))
        laid = [path for path in (*own, *rulings) if self._concerns(self._ruling_head(path), version, on)]
        laid.sort(key=lambda path: self._ruling_head(path).from_)
        prints = [self._ruling_head(path).fingerprint for path in laid]
        key = (version.label, tuple(path.as_posix() for path in packs), tuple(prints))
        if not fills and key in self._loaded:
            return self._loaded[key]
        order = [self._ruling(path) for path in laid]
        if fills:
            order.append(LaidRuling(*inline_ruling(id, version.name, dict(fills), f"{version.label}/fills")))
            key = (*key[:2], (*key[2], order[-1].fingerprint))
        kept = self._loaded if not fills and not rulings else self._tried
        if key not in kept:
            kept[key] = assemble(self._version(version), [self._pack(path) for path in packs], order)
        return kept[key]

    @staticmethod
    def _concerns(head: RulingHead, version: Version, on: date) -> bool:
        return head.scheme == version.id and head.version == version.name and head.from_ <= on

    def _version(self, version: Version) -> VersionFiles:
        if version.folder not in self._versions:
            self._versions[version.folder] = read_version(version.folder, version.label)
        return self._versions[version.folder]

    def _pack(self, path: Path) -> Pack:
        if path not in self._packs:
            self._packs[path] = read_pack(path, path.relative_to(self.root).as_posix())
        return self._packs[path]

    def _ruling(self, path: Path) -> LaidRuling:
        if path not in self._rulings:
            inside = path.is_relative_to(self.root)
            label = path.relative_to(self.root).as_posix() if inside else path.name
            ruling, fingerprint = read_ruling(path, label)
            self._rulings[path] = LaidRuling(ruling, label, fingerprint)
        return self._rulings[path]

    def _version_head(self, version: Version) -> VersionHead:
        if version.label not in self._heads.versions:
            root = self._version(version).root
            status, included = root.get("status"), root.get("includes")
            names = tuple(str(one.value) for one in included.items) if included else ()
            self._heads.versions[version.label] = VersionHead(str(status.value) if status else "", names)
        return self._heads.versions[version.label]

    def _pack_head(self, path: Path) -> PackHead:
        name = path.relative_to(self.root).as_posix()
        if name not in self._heads.packs:
            file = self._pack(path).file
            self._heads.packs[name] = PackHead(file.governs, file.includes)
        return self._heads.packs[name]

    def _ruling_head(self, path: Path) -> RulingHead:
        if not path.is_relative_to(self.root):
            return self._head_of(path)
        name = path.relative_to(self.root).as_posix()
        if name not in self._heads.rulings:
            self._heads.rulings[name] = self._head_of(path)
        return self._heads.rulings[name]

    def _head_of(self, path: Path) -> RulingHead:
        one = self._ruling(path)
        return RulingHead(one.ruling.file.scheme, one.ruling.file.version, one.ruling.file.from_, one.fingerprint)

    def _packs_for(self, version: Version, on: date, began: date) -> list[Path]:
        found: list[Path] = []
        for index, name in enumerate(self._version_head(version).includes):
            mark = Mark(f"{version.label}/scheme.yaml")
            if name not in self.packs:
                mark = self._version(version).root.mapping["includes"].items[index].mark
            found += self._dated(name, mark, on, began, ())
        return list(dict.fromkeys(found))

    def _dated(self, name: str, mark: Mark, on: date, began: date, chain: tuple[str, ...]) -> Iterator[Path]:
        if name in chain:
            raise RefusedError([problem("include_cycle", mark, chain=" → ".join((*chain, name)))])
        paths = self.packs.get(name)
        if paths is None:
            raise RefusedError([problem("unknown_pack", mark, name=name, **nearest(name, self.packs))])
        day = began if self._pack_head(paths[0]).governs == "began" else on
        in_force = [path for path in paths if _effect(path.stem) <= day]
        if in_force:
            for inner in self._pack_head(in_force[-1]).includes:
                place = Mark(in_force[-1].relative_to(self.root).as_posix())
                yield from self._dated(inner, place, on, began, (*chain, name))
            yield in_force[-1]

    @cached_property
    def packs(self) -> dict[str, list[Path]]:
        """The files of each national pack, oldest first."""
        folders = sorted(path for path in (self.root / NATIONAL).glob("*") if path.is_dir())
        return {folder.name: sorted(folder.glob("*.yaml")) for folder in folders if any(folder.glob("*.yaml"))}

    def check(self, id: str) -> list[Problem]:
        """Every problem of a certification: its files on each date something changes, overlaps, frozen files."""
        problems: list[Problem] = []
        versions = self._known(id)
        for version, following in zip(versions, [*versions[1:], None], strict=True):
            try:
                for on, began in self._moments(version, following):
                    until = self.resolve(id, on=on, began=began, version=version).scheme.effect_until
                    if until and following and until >= following.from_:
                        mark = Mark(f"{version.label}/scheme.yaml")
                        problems.append(problem("overlap", mark, until=until, next=following.from_))
            except RefusedError as refused:
                problems.extend(refused.problems)
            problems.extend(self._frozen(version))
        return RefusedError(problems).problems

    def _moments(self, version: Version, following: Version | None) -> Iterator[tuple[date, date]]:
        dates = {version.from_, date.max}
        for name in self._version_head(version).includes:
            dates |= {_effect(path.stem) for path in self.packs.get(name, ())}
        dates |= {self._ruling_head(path).from_ for path in version.folder.glob("rulings/*.yaml")}
        last = following.from_ - timedelta(days=1) if following else date.max
        for day in sorted(dates):
            yield max(day, version.from_), min(max(day, version.from_), last)

    def _frozen(self, version: Version) -> list[Problem]:
        problems = digest.changes(version.folder, version.label)
        try:
            status = self._version_head(version).status
        except RefusedError as refused:
            return [*problems, *refused.problems]
        if status in (Status.PUBLISHED, Status.CLOSED) and digest.frozen_in(version.folder) is None:
            problems.append(problem("not_frozen", Mark(f"{version.label}/scheme.yaml")))
        return problems

    def check_packs(self) -> list[Problem]:
        """Every problem of the national packs' own files, and those that changed since they were frozen."""
        problems: list[Problem] = []
        for paths in self.packs.values():
            for path in paths:
                try:
                    self._pack(path)
                except RefusedError as refused:
                    problems.extend(refused.problems)
            problems.extend(digest.changes(paths[0].parent, f"{NATIONAL}/{paths[0].parent.name}"))
        return problems


def _effect(name: str) -> date:
    if name == UNDATED:
        return date.min
    try:
        return day_of(name)
    except ValueError:
        wanted = {"wanted_fr": "une date d'effet ou « undated »", "wanted_en": "a date of effect or “undated”"}
        fault = problem("wrong_value", Mark(name), value=name, **wanted, hint_fr="", hint_en="")
        raise RefusedError([fault]) from None
