"""RDF Dataset Canonicalization (W3C Recommendation of 21 May 2024, RDFC-1.0 with SHA-256), with a bound on its work.

The canonical form of a graph made to be hard takes exponential time (section 7.1): the work is counted, and refused
beyond a limit that no honest credential comes near. The canonicalization of pyoxigraph 0.5 is not used: where nodes
look alike inside graphs without a name, such as two proofs in a record, it gives other labels than RDFC-1.0.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256

from parchemin.edges.credentials.linked import Statement
from parchemin.edges.credentials.problems import CredentialError

MOST_BLANK_NODES = 4_000
MOST_STEPS = 100_000
"""How many times a blank node may be looked at in telling apart those that look alike: some hundredths of a second."""
DEEPEST = 60
"""How many blank nodes that look alike may be followed from one to the next."""


def canonical_lines(statements: Iterable[Statement]) -> list[str]:
    """The lines of the canonical N-Quads of the statements, sorted, each with its end of line.

    Raises CredentialError: too_many_blank_nodes, poison_graph.
    """
    labels = _Canonicalizing(statements).labels()
    lines = {
        _line(
            labels.get(one.subject, one.subject),
            one.predicate,
            labels.get(one.value, one.value),
            labels.get(one.graph, one.graph),
        )
        for one in statements
    }
    return sorted(lines)


def _line(subject: str, predicate: str, value: str, graph: str) -> str:
    return f"{subject} {predicate} {value} {graph} .\n" if graph else f"{subject} {predicate} {value} .\n"


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


class _Issuer:
    """Gives out labels in order (section 4.5)."""

    def __init__(self, prefix: str, issued: dict[str, str] | None = None) -> None:
        self.prefix = prefix
        self.issued = issued or {}

    def issue(self, node: str) -> str:
        return self.issued.setdefault(node, f"{self.prefix}{len(self.issued)}")

    def copy(self) -> "_Issuer":
        return _Issuer(self.prefix, dict(self.issued))


class _Canonicalizing:
    """The state of one canonicalization (section 4.2)."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.mentions: defaultdict[str, list[Statement]] = defaultdict(list)
        for one in dict.fromkeys(statements):
            for node in {one.subject, one.value, one.graph}:
                if node.startswith("_:"):
                    self.mentions[node].append(one)
        if len(self.mentions) > MOST_BLANK_NODES:
            raise CredentialError("too_many_blank_nodes", limit=MOST_BLANK_NODES)
        self.canonical = _Issuer("_:c14n")
        self.first_degree = {node: self._first_degree(node) for node in self.mentions}
        self.steps = 0

    def labels(self) -> dict[str, str]:
        """The canonical label of each blank node (section 4.4.3)."""
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for node, digest in self.first_degree.items():
            alike[digest].append(node)
        for digest in sorted(alike):
            if len(alike[digest]) == 1:
                self.canonical.issue(alike[digest][0])
        for digest in sorted(alike):
            if len(alike[digest]) > 1:
                self._tell_apart(alike[digest])
        return self.canonical.issued

    def _tell_apart(self, nodes: list[str]) -> None:
        found = []
        for node in nodes:
            if node not in self.canonical.issued:
                issuer = _Issuer("_:b")
                issuer.issue(node)
                found.append(self._n_degree(node, issuer))
        for _, issuer in sorted(found, key=lambda one: one[0]):
            for node in issuer.issued:
                self.canonical.issue(node)

    def _first_degree(self, node: str) -> str:
        """Section 4.6.3: what is said of a node, other nodes unnamed."""

        def named(part: str) -> str:
            return part if not part.startswith("_:") else "_:a" if part == node else "_:z"

        lines = [
            _line(named(one.subject), one.predicate, named(one.value), named(one.graph)) for one in self.mentions[node]
        ]
        return _hash("".join(sorted(lines)))

    def _related(self, node: str, issuer: _Issuer) -> dict[str, list[str]]:
        """Sections 4.7.3 and 4.8.3, step 3: the nodes next to ``node``, by the hash of how they are related to it."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for one in self.mentions[node]:
            for position, related in (("s", one.subject), ("o", one.value), ("g", one.graph)):
                if related.startswith("_:") and related != node:
                    known = self.canonical.issued.get(related) or issuer.issued.get(related)
                    place = position if position == "g" else position + one.predicate
                    found[_hash(place + (known or self.first_degree[related]))].append(related)
        return found

    def _spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise CredentialError("poison_graph", limit=MOST_STEPS)

    def _n_degree(self, node: str, issuer: _Issuer, depth: int = 0) -> tuple[str, _Issuer]:
        """Section 4.8.3: the hash of a node by its surroundings, and the labels given on the way."""
        self._spend(len(self.mentions[node]) if depth < DEEPEST else MOST_STEPS)
        said = ""
        for digest, nodes in sorted(self._related(node, issuer).items()):
            said += digest
            chosen: tuple[str, _Issuer] | None = None
            for order in _orders(nodes):
                chosen = self._path(order, issuer, chosen, depth) or chosen
            if chosen:
                said += chosen[0]
                issuer = chosen[1]
        return _hash(said), issuer

    def _path(
        self, order: list[str], issuer: _Issuer, best: tuple[str, _Issuer] | None, depth: int
    ) -> tuple[str, _Issuer] | None:
        """The path through nodes in that order, or None as soon as it comes after the best so far."""
        self._spend(len(order) + len(issuer.issued))
        issuer = issuer.copy()
        path, to_visit = "", []
        for related in order:
            known = self.canonical.issued.get(related)
            if known is None and related not in issuer.issued:
                to_visit.append(related)
            path += known or issuer.issue(related)
            if _is_after(path, best):
                return None
        for related in to_visit:
            digest, deeper = self._n_degree(related, issuer, depth + 1)
            path += issuer.issue(related) + f"<{digest}>"
            issuer = deeper
            if _is_after(path, best):
                return None
        return (path, issuer) if best is None or path < best[0] else None


def _is_after(path: str, best: tuple[str, _Issuer] | None) -> bool:
    return best is not None and len(path) >= len(best[0]) and path > best[0]


def _orders(nodes: list[str]) -> Iterator[list[str]]:
    """Each different order of the nodes once, from the first to the last; a node may stand several times."""
    order = sorted(nodes)
    while True:
        yield order.copy()
        rise = next((place for place in range(len(order) - 2, -1, -1) if order[place] < order[place + 1]), None)
        if rise is None:
            return
        other = next(place for place in range(len(order) - 1, rise, -1) if order[place] > order[rise])
        order[rise], order[other] = order[other], order[rise]
        order[rise + 1 :] = reversed(order[rise + 1 :])
