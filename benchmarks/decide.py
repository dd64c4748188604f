"""How fast the core decides and the catalogue loads.

Run with the project's own Python: ``.venv/bin/python benchmarks/decide.py``. One process, one core;
figures are medians, with the best beside for decisions.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import NamedTuple

from parchemin.catalogue.lookup import Catalogue
from parchemin.core.deciding import decide
from parchemin.core.decision import Stage
from parchemin.core.facts import Assessment, Facts, Holding, Link, Member, Milestone, Opinion, Result
from parchemin.core.scheme import Jury, Scheme
from parchemin.core.terms import listed
from parchemin.places import library

ON = date(2026, 6, 15)
LOAD = """
import sys, time, resource
from datetime import date
from pathlib import Path
from typing import NamedTuple
started = time.perf_counter()
from parchemin.catalogue.lookup import Catalogue
imported = time.perf_counter()
catalogue = Catalogue(Path(sys.argv[1]), shelf=Path(sys.argv[2]) if sys.argv[2] else None)
for id in catalogue.versions:
    catalogue.resolve(id, on=date(2026, 6, 15))
loaded = time.perf_counter()
catalogue.keep()
print(loaded - started, loaded - imported, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def whole_award(scheme: Scheme) -> Facts:
    """A file with a result on every competence and criterion, and every part held."""
    frame = scheme.framework
    codes = [*scheme.assessed, *(criterion.id for criterion in listed(frame.criteria))]
    parts = tuple(scheme.blocks) or scheme.assessed
    gained = {Milestone.DELIBERATED: date(2025, 6, 16), Milestone.SIGNED: date(2025, 6, 16)}
    methods = [id for id, method in scheme.methods.items()]
    return Facts(
        route=next(iter(scheme.routes)),
        dates={Milestone.BEGAN: date(2024, 9, 2), Milestone.ENTERED: date(2024, 9, 2), Milestone.DELIBERATED: ON},
        results=tuple(Result(code=code, is_acquired=True, mark=Fraction(12), evidence=2) for code in codes),
        holdings=tuple(Holding(code=code, dates=gained) for code in parts),
        opinions=tuple(Opinion(code=code, is_granted=True) for code in parts),
        assessments=tuple(
            Assessment(
                method=id, day=date(2026, 6, 1), is_passed=True, points=dict.fromkeys(scheme.methods[id].points, True)
            )
            for id in methods
        ),
    )


def with_jury(scheme: Scheme) -> Iterator[tuple[str, Jury]]:
    """The routes whose jury is known."""
    for id, route in scheme.paths.items():
        jury = scheme.juries.get(route.jury) if isinstance(route.jury, str) else None
        if isinstance(jury, Jury):
            yield id, jury


def whole_jury(scheme: Scheme) -> Facts:
    """A file with a full jury for its first route."""
    route, jury = next(with_jury(scheme))
    seats = listed(jury.seats)
    members = tuple(
        Member(
            name=f"Membre {index}", seat=seat.id, college=seat.college, is_external=True, is_qualified=True,
            gender="fm"[index % 2], is_chair=index == 0, links=(Link.COLLEAGUE,) if index == 9 else (),
        )
        for index, seat in enumerate(seats)
    )  # fmt: skip
    return replace(whole_award(scheme), route=route, members=members)


class Rate(NamedTuple):
    """How many a second of processor: the median and the best of fifteen runs of a tenth of a second."""

    median: float
    best: float

    def __str__(self) -> str:
        return f"{self.median:9,.0f} decisions/s (best {self.best:,.0f})"


def per_second(work: Callable[[], object]) -> Rate:
    """How often ``work`` is done. A shared machine slows down at times: the best says what the code can do."""
    count = 1
    while _spent(work, count) < 0.1:
        count *= 2
    rates = [count / _spent(work, count) for _ in range(15)]
    return Rate(statistics.median(rates), max(rates))


def _spent(work: Callable[[], object], count: int) -> float:
    started = time.process_time()
    for _ in range(count):
        work()
    return time.process_time() - started


def loads(schemes: Path, shelf: str) -> tuple[float, float, float]:
    """Median seconds with imports, seconds without, and peak memory in MB, of loading every certification."""
    runs = []
    for _ in range(5):
        out = subprocess.run(
            [sys.executable, "-c", LOAD, str(schemes), shelf], capture_output=True, text=True, check=True
        ).stdout
        runs.append([float(value) for value in out.split()])
    return tuple(statistics.median(column) for column in zip(*runs, strict=True))


def main() -> None:
    """Measure and print."""
    schemes = library("schemes")
    rulings = library("demo") / "rulings"
    catalogue = Catalogue(schemes)
    resolved = {id: catalogue.resolve(id, on=ON, rulings=[rulings / f"{id}.yaml"]).scheme for id in catalogue.versions}
    for id, scheme in resolved.items():
        facts = whole_award(scheme)
        found = len(decide(Stage.AWARD, facts, scheme, ON).findings)
        rate = per_second(partial(decide, Stage.AWARD, facts, scheme, ON))
        size = f"{len(scheme.assessed)} competences, {len(listed(scheme.framework.criteria))} criteria"
        print(f"award  {id:32} {rate}  ({size}, {len(scheme.blocks)} blocks, {found} findings)")
    for id, scheme in resolved.items():
        if any(with_jury(scheme)):
            facts = whole_jury(scheme)
            found = len(decide(Stage.JURY, facts, scheme, ON).findings)
            rate = per_second(partial(decide, Stage.JURY, facts, scheme, ON))
            print(f"jury   {id:32} {rate}  ({len(facts.members or ())} members, {found} findings)")
    cold = loads(schemes, "")
    with tempfile.TemporaryDirectory() as shelf:
        loads(schemes, shelf)
        cached = loads(schemes, shelf)
    for name, (whole, alone, memory) in (("cold", cold), ("cached", cached)):
        print(
            f"load   {name:7} {alone * 1000:6.0f} ms, {whole * 1000:6.0f} ms with imports, peak memory {memory:5.1f} MB"
        )
    print(f"this process: peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.1f} MB")


if __name__ == "__main__":
    main()
