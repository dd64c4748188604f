"""Which version, which packs, which rulings apply on a date; every resolution is kept by its files."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from parchemin.catalogue import digest
from parchemin.catalogue import shelf as shelf_of
from parchemin.catalogue.across import across
from parchemin.catalogue.folders import UNDATED, Version, effect_of, ill_named, ill_named_cases, is_day
from parchemin.catalogue.formats import day_of, read_as
from parchemin.catalogue.linting import NATIONAL
from parchemin.catalogue.loading import (
    Loaded,
    Pack,
    VersionFiles,
    assemble,
    inline_ruling,
    pack_problems,
    read_pack,
    read_ruling,
    read_version,
)
from parchemin.catalogue.problems import Mark, Problem, RefusedError, gathering, nearest, problem
from parchemin.catalogue.reading import Node
from parchemin.catalogue.rulings import Ruling
from parchemin.core.scheme import Scheme, Status

__all__ = ["NATIONAL", "UNDATED", "Catalogue", "Version"]
Key = tuple[str, tuple[str, ...], tuple[str, ...]]


class LaidRuling(NamedTuple):
    """A ruling, how its file is called, and its fingerprint."""

    ruling: Ruling
    label: str
    fingerprint: str


class VersionHead(NamedTuple):
    """What is needed of a version to know whether it applies, and which packs it includes."""

    status: str
    until: date | None
    includes: tuple[str, ...]


class PackHead(NamedTuple):
    """What is needed of a pack to know whether it applies."""

    governs: str
    includes: tuple[str, ...]


class RulingHead(NamedTuple):
    """What is needed of a ruling to know whether it applies, and after which others."""

    scheme: str
    version: str
    effect: date
    decided_on: date
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
        self._place = root.resolve()
        self._listed = shelf_of.files_under(root) if shelf else frozenset()
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
            self._kept = len(self._loaded)

    @cached_property
    def versions(self) -> dict[str, list[Version]]:
        """The versions of each certification, oldest first."""
        found: dict[str, list[Version]] = {}
        for folder in self._folders:
            versions = found.setdefault(folder.parent.name, [])
            effect = effect_of(folder.name)
            if effect:
                versions.append(Version(folder.parent.name, folder.name, folder, effect))
        return {id: sorted(versions, key=lambda version: version.from_) for id, versions in found.items()}

    @cached_property
    def _folders(self) -> list[Path]:
        found = sorted(self.root.glob("*/*")) if self.root.is_dir() else []
        return [one for one in found if not one.parent.name.startswith("_") and (one / "scheme.yaml").exists()]

    def version(self, id: str, on: date) -> Version:
        """The version of ``id`` in force on a day, the day a person's path began for instance; RefusedError if none.

        A draft is in force on no day, and a version on none after its last one.
        """
        known = self._known(id)
        for version in reversed(known):
            if version.from_ <= on and self._version_head(version).status != Status.DRAFT:
                until = self._version_head(version).until
                if until is None or on <= until:
                    return version
                hints = {"hint_fr": f"La dernière vaut jusqu'au {until}.", "hint_en": f"The last one runs to {until}."}
                raise RefusedError([problem("no_version", Mark(id), scheme=id, on=on, **hints)])
        draft = f"{id}@{known[-1].name}" if known else id
        hints = {"hint_fr": f"Pour un projet, écrivez « {draft} ».", "hint_en": f"For a draft, write “{draft}”."}
        for version in known:
            if version.from_ > on and self._version_head(version).status != Status.DRAFT:
                name = version.name
                hints = {"hint_fr": f"La première commence le {name}.", "hint_en": f"The first one starts on {name}."}
                break
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

        ``id@version`` names a version, a draft for instance, whatever the dates.
        Rulings of the version's folder and those given apply from their date of effect, in the order of their dates;
        ``fills`` are fictitious ones for a trial. RefusedError with every problem of the files.
        """
        id, named, name = id.partition("@")
        version = version or (self.named(id, name) if named else self.version(id, began or on))
        packs = self._packs_for(version, on, began or on)
        laid = self._rulings_for(version, on, rulings)
        prints = [self._ruling_head(path).fingerprint for path in laid]
        key = (version.label, tuple(self._under(path) for path in packs), tuple(prints))
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

    def _rulings_for(self, version: Version, on: date, named: Sequence[Path]) -> list[Path]:
        """The rulings that apply, each content once, in an order that their contents alone decide."""
        problems: list[Problem] = []
        found: dict[str, Path] = {}
        for path in (*sorted(version.folder.glob("rulings/*.yaml")), *named):
            head = self._ruling_head(path)
            for key, value, expected in (("scheme", head.scheme, version.id), ("version", head.version, version.name)):
                if value != expected:
                    mark = self._ruling(path).ruling.node.mapping[key].mark
                    problems.append(problem("misplaced", mark, key=key, value=value, expected=expected))
            if head.effect <= on:
                found.setdefault(head.fingerprint, path)
        if problems:
            raise RefusedError(problems)

        def order(path: Path) -> tuple[date, date, str]:
            head = self._ruling_head(path)
            return head.effect, head.decided_on, head.fingerprint

        return sorted(found.values(), key=order)

    def _name_of(self, path: Path) -> str | None:
        """The name of a file under the root, None for one that is elsewhere."""
        if path.is_relative_to(self.root):
            path = self._place / path.relative_to(self.root)
        try:
            whole = path.resolve()
        except (OSError, ValueError, RuntimeError):  # a NUL in the name, links in a circle: reading it will tell
            return None
        return whole.relative_to(self._place).as_posix() if whole.is_relative_to(self._place) else None

    def _version(self, version: Version) -> VersionFiles:
        if version.folder not in self._versions:
            self._versions[version.folder] = read_version(version.folder, version.label)
        return self._versions[version.folder]

    def _pack(self, path: Path) -> Pack:
        if path not in self._packs:
            self._packs[path] = read_pack(path, self._under(path))
        return self._packs[path]

    def _ruling(self, path: Path) -> LaidRuling:
        if path not in self._rulings:
            name = self._name_of(path)
            ruling, fingerprint = read_ruling(path, name or path.name)
            label = name or f"ruling/{fingerprint[:12]}/{path.name}"  # two files elsewhere may bear one name
            self._rulings[path] = LaidRuling(ruling, label, fingerprint)
        return self._rulings[path]

    def _version_head(self, version: Version) -> VersionHead:
        if version.label not in self._heads.versions:
            root = self._version(version).root
            status = root.get("status")
            until, names = _read(date, root.get("effect_until")), _read(tuple[str, ...], root.get("includes"))
            head = VersionHead(str(status.value) if status else "", until, names or ())
            self._heads.versions[version.label] = head
        return self._heads.versions[version.label]

    def _pack_head(self, path: Path) -> PackHead:
        name = self._under(path)
        if name not in self._heads.packs:
            file = self._pack(path).file
            self._heads.packs[name] = PackHead(file.governs, file.includes)
        return self._heads.packs[name]

    def _ruling_head(self, path: Path) -> RulingHead:
        name = self._name_of(path)
        if name is None or name not in self._listed:  # what the digest of the shelf does not cover is read each time
            return self._head_of(path)
        if name not in self._heads.rulings:
            self._heads.rulings[name] = self._head_of(path)
        return self._heads.rulings[name]

    def _head_of(self, path: Path) -> RulingHead:
        one = self._ruling(path)
        file = one.ruling.file
        return RulingHead(file.scheme, file.version, file.effect, file.decided_on, one.fingerprint)

    def _under(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _packs_for(self, version: Version, on: date, began: date) -> list[Path]:
        """The pack files that apply, each once, those that others include first."""
        found: dict[str, list[Path]] = {}
        for index, name in enumerate(self._version_head(version).includes):
            mark = Mark(f"{version.label}/scheme.yaml")
            if name not in self.packs:
                node = self._version(version).root.mapping["includes"]
                mark = (node.items or [node])[index].mark
            self._include(name, mark, {"began": began, "decision": on}, (), found)
        return [path for paths in found.values() for path in paths]

    def _include(
        self, name: str, mark: Mark, days: Mapping[str, date], chain: tuple[str, ...], found: dict[str, list[Path]]
    ) -> None:
        if name in chain:
            raise RefusedError([problem("include_cycle", mark, chain=" → ".join((*chain, name)))])
        if name in found:
            return
        paths = self.packs.get(name)
        if paths is None:
            raise RefusedError([problem("unknown_pack", mark, name=name, **nearest(name, self.packs))])
        day = days[self._pack_head(paths[0]).governs]
        in_force = [path for path in paths if day_of(path.stem) <= day][-1:]
        for path in in_force:
            for inner in self._pack_head(path).includes:
                self._include(inner, Mark(self._under(path)), days, (*chain, name), found)
        found[name] = in_force

    @cached_property
    def packs(self) -> dict[str, list[Path]]:
        """The files of each national pack, oldest first; those that no date names are left out."""
        named = {folder: [path for path in paths if is_day(path.stem)] for folder, paths in self._pack_files.items()}
        return {folder.name: paths for folder, paths in named.items() if paths}

    @cached_property
    def _pack_files(self) -> dict[Path, list[Path]]:
        folders = sorted(path for path in (self.root / NATIONAL).glob("*") if path.is_dir())
        return {folder: sorted(folder.glob("*.yaml")) for folder in folders}

    def check(self, id: str) -> list[Problem]:
        """Every problem of a certification: its files on each date something changes, overlaps, frozen files."""
        versions = self._known(id)
        folders = [one.name for one in self._folders if one.parent.name == id]
        problems = [ill_named(f"{id}/{name}") for name in folders if effect_of(name) is None]
        for version, following in zip(versions, [*versions[1:], None], strict=False):
            with gathering(problems):
                problems.extend(self._overlaps(version, following))
            for on, began in self._moments(version, following, problems):
                with gathering(problems):
                    self.resolve(id, on=on, began=began, version=version)
            with gathering(problems):
                problems.extend(across(self._last(version), self._version(version).root, versions, self._last))
            with gathering(problems):
                problems.extend(self._frozen(version))
            problems.extend(ill_named_cases(version))
        return RefusedError(problems).problems

    def _last(self, version: Version) -> Scheme:
        """The scheme of a version with every ruling on it."""
        return self.resolve(version.id, on=date.max, began=version.from_, version=version).scheme

    def _overlaps(self, version: Version, following: Version | None) -> list[Problem]:
        until = self._version_head(version).until
        if following and version.from_ == following.from_:
            until = until or version.from_
        if following and until and until >= following.from_:
            return [problem("overlap", Mark(f"{version.label}/scheme.yaml"), until=until, next=following.from_)]
        return []

    def _moments(
        self, version: Version, following: Version | None, problems: list[Problem]
    ) -> Iterator[tuple[date, date]]:
        """The dates to look at: the day of a decision, and the day its path began."""
        dates = {version.from_, date.max}
        with gathering(problems):
            dates |= self._pack_dates(version)
        for path in version.folder.glob("rulings/*.yaml"):
            with gathering(problems):
                dates.add(self._ruling_head(path).effect)
        last = following.from_ - timedelta(days=1) if following and following.from_ > date.min else date.max
        for day in sorted(dates):
            yield max(day, version.from_), max(version.from_, min(day, last))

    def _pack_dates(self, version: Version) -> set[date]:
        """The dates of every pack that a version includes, or that one of those includes at any date."""
        waiting, met, dates = list(self._version_head(version).includes), set(), set()
        while waiting:
            name = waiting.pop()
            if name not in met:
                met.add(name)
                for path in self.packs.get(name, ()):
                    dates.add(day_of(path.stem))
                    waiting += self._pack_head(path).includes
        return dates

    def _frozen(self, version: Version) -> list[Problem]:
        is_published = False
        unfit: list[Problem] = []
        with gathering(unfit):
            is_published = self._version_head(version).status in (Status.PUBLISHED, Status.CLOSED)
        problems = digest.changes(version.folder, version.label, digest.FREEZABLE if is_published else ())
        if is_published and not problems and digest.frozen_in(version.folder) is None:
            problems.append(problem("not_frozen", Mark(f"{version.label}/scheme.yaml")))
        return [*problems, *unfit]

    def check_packs(self) -> list[Problem]:
        """Every problem of the national packs' own files, and those that changed since they were frozen."""
        problems: list[Problem] = []
        for folder, paths in self._pack_files.items():
            problems.extend(ill_named(self._under(path)) for path in paths if not is_day(path.stem))
            read: list[Pack] = []
            for path in self.packs.get(folder.name, ()):
                with gathering(problems):
                    read.append(self._pack(path))
                    problems.extend(pack_problems(read[-1]))
            problems.extend(_uneven(read))
            problems.extend(digest.changes(folder, self._under(folder), [path.name for path in paths]))
        return RefusedError(problems).problems


def _uneven(packs: Sequence[Pack]) -> Iterator[Problem]:
    for pack in packs[1:]:
        if pack.file.governs != packs[0].file.governs:
            values = {"value": pack.file.governs, "expected": packs[0].file.governs, "file": packs[0].name}
            yield problem("uneven_pack", pack.node.mapping["governs"].mark, **values)


def _read(hint: Any, node: Node | None) -> Any:
    """The value as the format reads it; None when there is none, or none that fits, which is told elsewhere."""
    return None if node is None else read_as(hint, node, [])
