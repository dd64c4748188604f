"""Which version, which packs, which rulings apply on a date; every resolution is kept by its files."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from parchemin.catalogue import digest
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

UNDATED = "undated"
NATIONAL = "_national"


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


class Catalogue:
    """The certifications of a folder. Reading is lazy; the same files always give the same Scheme."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._versions: dict[Path, VersionFiles] = {}
        self._packs: dict[Path, Pack] = {}
        self._rulings: dict[Path, LaidRuling] = {}
        self._loaded: dict[tuple[Any, ...], Loaded] = {}

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
        files = self._version(version)
        packs = [self._pack(path) for path in self._packs_for(files, on, began or on)]
        laid = [self._ruling(path) for path in (*sorted(version.folder.glob("rulings/*.yaml")), *rulings)]
        in_force = sorted(
            (one for one in laid if self._concerns(one, version, on)), key=lambda one: one.ruling.file.from_
        )
        if fills:
            in_force.append(LaidRuling(*inline_ruling(id, version.name, dict(fills), f"{version.label}/fills")))
        key = (version.label, *(pack.name for pack in packs), *(one.fingerprint for one in in_force))
        if key not in self._loaded:
            order = [(one.ruling, one.label, one.fingerprint) for one in in_force]
            self._loaded[key] = assemble(files, packs, order)
        return self._loaded[key]

    @staticmethod
    def _concerns(one: LaidRuling, version: Version, on: date) -> bool:
        file = one.ruling.file
        return file.scheme == version.id and file.version == version.name and file.from_ <= on

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

    def _packs_for(self, files: VersionFiles, on: date, began: date) -> list[Path]:
        included = files.root.get("includes")
        found: list[Path] = []
        for node in included.items if included else []:
            found += self._dated(str(node.value), node.mark, on, began, ())
        return list(dict.fromkeys(found))

    def _dated(self, name: str, mark: Mark, on: date, began: date, chain: tuple[str, ...]) -> Iterator[Path]:
        if name in chain:
            raise RefusedError([problem("include_cycle", mark, chain=" → ".join((*chain, name)))])
        paths = self.packs.get(name)
        if paths is None:
            raise RefusedError([problem("unknown_pack", mark, name=name, **nearest(name, self.packs))])
        day = began if self._pack(paths[0]).file.governs == "began" else on
        in_force = [path for path in paths if _effect(path.stem) <= day]
        if in_force:
            for inner in self._pack(in_force[-1]).file.includes:
                yield from self._dated(inner, Mark(self._pack(in_force[-1]).name), on, began, (*chain, name))
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
        files = self._version(version)
        included = files.root.get("includes")
        for node in included.items if included else []:
            dates |= {_effect(path.stem) for path in self.packs.get(str(node.value), ())}
        dates |= {self._ruling(path).ruling.file.from_ for path in version.folder.glob("rulings/*.yaml")}
        last = following.from_ - timedelta(days=1) if following else date.max
        for day in sorted(dates):
            yield max(day, version.from_), min(max(day, version.from_), last)

    def _frozen(self, version: Version) -> list[Problem]:
        problems = digest.changes(version.folder, version.label)
        status = self._version(version).root.get("status") if version.folder in self._versions else None
        if status is not None and status.value != "draft" and digest.frozen_in(version.folder) is None:
            problems.append(problem("not_frozen", status.mark))
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
        return date.fromisoformat(name)
    except ValueError:
        wanted = {"wanted_fr": "une date d'effet ou « undated »", "wanted_en": "a date of effect or “undated”"}
        fault = problem("wrong_value", Mark(name), value=name, **wanted, hint_fr="", hint_en="")
        raise RefusedError([fault]) from None
