"""Naming blank nodes: as another implementation does, whatever the graph; and never for long."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from parchemin.edges.credentials.linked import Statement
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.rdfc import MOST_BLANK_NODES, canonical_lines

blank = st.sampled_from([f"_:e{number}" for number in range(5)])
named = st.sampled_from(["<urn:a>", "<urn:b>"])
graphs = st.lists(
    st.builds(
        Statement,
        blank | named,
        st.sampled_from(["<urn:p>", "<urn:q>"]),
        blank | named | st.just('"texte"'),
        st.just("") | blank,
    ),
    max_size=9,
).map(lambda found: [one for one in found if len({one.subject, one.value, one.graph}) == 3])
"""No statement names a node twice: PyLD counts such a one twice, where RDFC-1.0 counts it once."""


def written(statements: list[Statement]) -> str:
    return "".join(
        f"{one.subject} {one.predicate} {one.value} {one.graph + ' ' if one.graph else ''}.\n" for one in statements
    )


def by_pyld(statements: list[Statement]) -> str:
    options = {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
    return str(jsonld.normalize(written(statements), options))


@settings(deadline=None, max_examples=300)
@given(graphs)
def test_any_small_graph_has_the_form_that_another_implementation_gives(statements: list[Statement]) -> None:
    assert "".join(canonical_lines(statements)) == by_pyld(statements)


@settings(deadline=None)
@given(graphs, st.randoms(use_true_random=False))
def test_labels_and_order_say_nothing(statements: list[Statement], chance: random.Random) -> None:
    names = [f"_:e{number}" for number in range(5)]
    others = dict(zip(names, chance.sample([f"_:x{number}" for number in range(5)], 5), strict=True))
    renamed = [Statement(*(others.get(part, part) for part in one)) for one in statements]
    chance.shuffle(renamed)
    assert canonical_lines(renamed) == canonical_lines(statements)


def test_two_graphs_that_differ_by_one_link_differ() -> None:
    whole = [Statement(f"_:e{n}", "<urn:p>", f"_:e{(n + 1) % 6}", "") for n in range(6)]
    halves = [Statement(f"_:e{n}", "<urn:p>", f"_:e{n // 3 * 3 + (n + 1) % 3}", "") for n in range(6)]
    assert canonical_lines(whole) != canonical_lines(halves)


def clique(size: int) -> list[Statement]:
    return [Statement(f"_:e{a}", "<urn:p>", f"_:e{b}", "") for a in range(size) for b in range(size) if a != b]


def star(size: int) -> list[Statement]:
    return [Statement("_:e0", "<urn:p>", f"_:e{leaf}", "") for leaf in range(1, size)]


def ring(size: int) -> list[Statement]:
    return [Statement(f"_:e{node}", "<urn:p>", f"_:e{(node + 1) % size}", "") for node in range(size)]


def cloud(size: int) -> list[Statement]:
    return [Statement(f"_:e{node % 2}", f"<urn:p{node // 2}>", '"x"', "_:g") for node in range(size)]


@pytest.mark.parametrize("graph", [clique(10), clique(60), ring(4000)])
def test_a_graph_made_to_be_hard_is_refused(graph: list[Statement]) -> None:
    with pytest.raises(CredentialError) as caught:
        canonical_lines(graph)
    assert caught.value.code == "poison_graph"


@pytest.mark.parametrize("graph", [clique(4), star(2000), ring(20), cloud(400)])
def test_a_graph_of_nodes_that_look_alike_is_not_refused_for_that(graph: list[Statement]) -> None:
    assert len(canonical_lines(graph)) == len(graph)
    assert canonical_lines(graph[::-1]) == canonical_lines(graph)


def test_a_graph_with_too_many_blank_nodes_is_refused_before_any_work() -> None:
    many = [Statement(f"_:e{number}", "<urn:p>", '"x"', "") for number in range(MOST_BLANK_NODES + 1)]
    with pytest.raises(CredentialError) as caught:
        canonical_lines(many)
    assert caught.value.code == "too_many_blank_nodes"
