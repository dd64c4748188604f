"""How fast the public register grows, proves and is audited, at one million entries.

Run with the project's own Python: ``.venv/bin/python benchmarks/register.py [entries]``. One process, one core, seconds
of processor; nodes are kept in memory, so that the figures are those of the tree: a database adds the time of its one
query.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from parchemin.edges.registers import (
    Checkpoint,
    Entry,
    EntryKind,
    MemoryNodes,
    Signer,
    append,
    consistency_path,
    inclusion_path,
    is_consistent,
    is_included,
    leaf_hash,
    root,
    signed,
    verify_log,
)

ORIGIN = "registre.example.org/parchemin"
DAY = date(2026, 1, 1)
DAILY = 250
"""Entries added together, as on a day of juries."""


def contents(count: int) -> Iterator[bytes]:
    """That many entries, each an award."""
    for rank in range(count):
        on = DAY + timedelta(days=rank // 3000)
        yield Entry(kind=EntryKind.ISSUED, digest=f"{rank * 7919:064x}", on=on).content


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor the work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def told(name: str, seconds: list[float]) -> None:
    """The median and the 95th percentile of what each took, in milliseconds."""
    ordered = sorted(seconds)
    p95 = ordered[int(len(ordered) * 0.95)]
    print(f"{name:34} p50 {statistics.median(seconds) * 1000:7.3f} ms, p95 {p95 * 1000:7.3f} ms")


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    leaves = list(contents(count))
    nodes = MemoryNodes()
    whole = timed(lambda: append(nodes, 0, leaves))
    print(f"append {count:,} entries at once: {whole:.2f} s, {count / whole:,.0f} a second")

    day = list(contents(DAILY))
    sizes = [count + DAILY * rank for rank in range(50)]
    told(f"append {DAILY} entries", [timed(partial(append, nodes, size, day)) for size in sizes])
    last = [sizes[-1] + DAILY + rank for rank in range(500)]
    told("append one entry", [timed(partial(append, nodes, size, day[:1])) for size in last])

    chance = Random(2026)
    top = root(nodes, count)
    places = [chance.randrange(count) for _ in range(5000)]
    told("root", [timed(partial(root, nodes, count)) for _ in range(1000)])
    told("proof of inclusion", [timed(partial(inclusion_path, nodes, index, count)) for index in places])
    paths = {index: inclusion_path(nodes, index, count) for index in places}
    verified = []
    for index, path in paths.items():
        leaf = leaf_hash(leaves[index])
        verified.append(timed(partial(is_included, leaf, index, count, path, top)))
        assert is_included(leaf, index, count, path, top)
    told("verification of inclusion", verified)
    told("proof of consistency", [timed(partial(consistency_path, nodes, size, count)) for size in places])
    for size in places[:200]:
        assert is_consistent(size, root(nodes, size), count, top, consistency_path(nodes, size, count))

    signer = Signer(ORIGIN, Ed25519PrivateKey.generate())
    steps = [*range(10_000, count, 10_000), count]
    states = [signed(Checkpoint(ORIGIN, size, root(nodes, size)), signer) for size in steps]
    started = time.process_time()
    audit = verify_log(leaves, states, signer.public)
    spent = time.process_time() - started
    assert audit.holds and audit.vouched == count
    print(f"audit of {count:,} entries, {len(states)} states: {spent:.1f} s, {count / spent:,.0f} entries a second")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, entries included")


if __name__ == "__main__":
    main()
