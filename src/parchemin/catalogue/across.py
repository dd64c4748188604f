"""What the equivalences of a version name in the other versions of its certification, checked against those."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from parchemin.catalogue.folders import Version
from parchemin.catalogue.formats import place
from parchemin.catalogue.linting import parts_of
from parchemin.catalogue.problems import Problem, gathering, nearest, problem
from parchemin.catalogue.reading import Node
from parchemin.core.scheme import Scheme
from parchemin.core.terms import listed


def across(
    scheme: Scheme, root: Node, versions: Iterable[Version], resolved: Callable[[Version], Scheme]
) -> list[Problem]:
    """Every problem of these equivalences; versions that do not resolve have problems of their own, told elsewhere."""
    if not listed(scheme.equivalences):
        return []
    others: dict[str, set[str]] = {}
    for one in versions:
        if one.name != scheme.ref.version:
            others[one.name] = set()
            with gathering([]):
                others[one.name] = parts_of(resolved(one))
    return list(_unknown(scheme, root, others))


def _unknown(scheme: Scheme, root: Node, others: Mapping[str, set[str]]) -> Iterator[Problem]:
    """A problem for each version that equivalences name and nobody knows, and for each part that it does not have.

    ``others`` are the parts of each version known, none where its framework does not give them.
    """
    for index, one in enumerate(listed(scheme.equivalences)):
        at = ("equivalences", index)
        parts = others.get(one.version)
        if parts is None:
            mark = place(root, (*at, "version"))[0].mark
            hints = nearest(one.version, others)
            yield problem("no_version_named", mark, scheme=scheme.ref.id, version=one.version, **hints)
        for number, code in enumerate(one.held if parts else ()):
            if code not in (parts or ()):
                mark, hints = place(root, (*at, "held", number))[1], nearest(code, parts or ())
                yield problem("no_such_part", mark, name=code, version=one.version, **hints)
