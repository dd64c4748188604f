"""Files looked at before they are published: which version they say they are, what is wrong, and what they change."""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from parchemin.catalogue import digest
from parchemin.catalogue.folders import effect_of
from parchemin.catalogue.loading import Loaded
from parchemin.catalogue.problems import Problem, RefusedError
from parchemin.catalogue.reading import read_file
from parchemin.records.certifications.folders import cache, tried
from parchemin.records.certifications.models import PublishedVersion
from parchemin.records.certifications.queries import published_files

IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 80


class Named(NamedTuple):
    """The certification and the version that files say they are."""

    scheme: str
    version: str


class Trial(NamedTuple):
    """What publishing would give: every problem of the files, or what they resolve to beside what came before.

    ``former`` is the version in force just before for a version, and the same version without the ruling for a ruling;
    None when there is none.
    """

    problems: tuple[Problem, ...]
    loaded: Loaded | None = None
    former: Loaded | None = None


def named_by(files: Mapping[str, str]) -> Named | None:
    """What the head of ``scheme.yaml`` says it is; None when it does not say so, or not in an acceptable way.

    RefusedError when the file cannot be read.
    """
    with tempfile.TemporaryDirectory(dir=cache()) as made:
        path = Path(made) / "scheme.yaml"
        path.write_text(files.get("scheme.yaml", ""), encoding="utf-8")
        root, _content = read_file(path, "scheme.yaml")
    told = [node.value if (node := root.get(key)) else None for key in ("id", "version")]
    scheme, version = (str(one) if isinstance(one, str | date) else "" for one in told)
    if not IDENTIFIER.fullmatch(scheme) or len(scheme) > LONGEST or effect_of(version) is None:
        return None
    return Named(scheme, version)


def frozen(files: Mapping[str, str]) -> dict[str, str]:
    """The files of a version with the record of their fingerprints, as they are published."""
    kept = sorted(name for name in files if name in digest.FREEZABLE)
    lines = "".join(f"{digest.of_bytes(files[name].encode())}  {name}\n" for name in kept)
    return {**files, digest.FROZEN: lines}


@contextmanager
def version_trial(
    *, scheme: str, name: str, files: Mapping[str, str], on: date
) -> Iterator[tuple[Trial, Callable[[date], Loaded]]]:
    """What publishing these files as ``scheme@name`` would give, and how they apply to a path begun on a day.

    Nothing is kept; nothing can be asked of it afterwards.
    """
    under = {f"{scheme}/{name}/{file}": text for file, text in frozen(files).items()}
    with tried({**published_files(), **under}) as catalogue:

        def applied(began: date) -> Loaded:
            return catalogue.resolve(f"{scheme}@{name}", on=on, began=began)

        problems = catalogue.check(scheme)
        if problems:
            yield Trial(tuple(problems)), applied
            return
        version = catalogue.named(scheme, name)
        day = max(version.from_, on)
        before = [one for one in catalogue.versions[scheme] if one.from_ < version.from_]
        former = catalogue.resolve(scheme, on=day, version=before[-1]) if before else None
        yield Trial((), catalogue.resolve(scheme, on=day, version=version), former), applied


def ruling_tried(*, version: PublishedVersion, name: str, text: str, on: date) -> Trial:
    """What publishing this ruling on that version would give, on the day it takes effect at the latest."""
    scheme = version.certification.scheme
    files = published_files()
    with tried({**files, f"{scheme}/{version.name}/rulings/{name}.yaml": text}) as catalogue:
        problems = catalogue.check(scheme)
        if problems:
            return Trial(tuple(problems))
        loaded = catalogue.resolve(f"{scheme}@{version.name}", on=date.max, began=on)
    try:
        with tried(files) as catalogue:
            former = catalogue.resolve(f"{scheme}@{version.name}", on=date.max, began=on)
    except RefusedError as refused:
        return Trial(tuple(refused.problems))
    return Trial((), loaded, former)
