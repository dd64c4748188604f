"""Values as files write them: what is read, what is refused, and never anything but a value or a problem."""

import copy
import json
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parchemin.catalogue.documents import CaseFile, FactsFile, LifeFile, PackFile, RulingFile, SchemeFile
from parchemin.catalogue.formats import day_of, read_as
from parchemin.catalogue.problems import Problem
from parchemin.catalogue.reading import Node, read_bytes, read_file
from parchemin.catalogue.rules import read_rule
from parchemin.catalogue.writing import as_written
from parchemin.core.checks import Silent
from parchemin.core.durations import Duration
from parchemin.core.facts import Facts, Period
from parchemin.core.framework import Framework
from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown
from tests.samples import FIXTURES, ID, NEW, loaded


def tree(value: Any) -> Node:
    return read_bytes(json.dumps(value, ensure_ascii=False).encode(), "file.json")


def read(hint: Any, value: Any) -> tuple[Any, list[str]]:
    problems: list[Problem] = []
    found = read_as(hint, tree(value), problems)
    return found, [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("hint", "value", "found"),
    [
        (date, "2026-01-31", date(2026, 1, 31)),
        (date, "0001-01-01", date.min),
        (date, "9999-12-31", date.max),
        (datetime, "2026-01-31T09:00", datetime(2026, 1, 31, 9)),
        (datetime, "2026-01-31 23:59", datetime(2026, 1, 31, 23, 59)),
        (Duration, "P5Y", Duration.parse("P5Y")),
        (Fraction, "1/2", Fraction(1, 2)),
        (Fraction, "0.5", Fraction(1, 2)),
        (Fraction, 0.1, Fraction(1, 10)),
        (Fraction, 12, Fraction(12)),
        (Fraction, 0, Fraction(0)),
        (tuple[str, ...], "one", ("one",)),
        (tuple[str, ...], ["one", "two"], ("one", "two")),
        (tuple[str, ...], [], ()),
        (int | Unknown, "unknown", Unknown()),
        (int | Unknown, {"unknown": "lost"}, Unknown("lost")),
        (int | None, None, None),
    ],
)
def test_a_value_is_read(hint: Any, value: Any, found: object) -> None:
    assert read(hint, value) == (found, [])


UNFIT: list[tuple[Any, list[Any]]] = [
    (date, ["2026-1-31", "2026-02-30", "20260131", "2026-W05-6", "２026-01-31", 2026, True, None, []]),
    (datetime, ["2026-01-31", "2026-01-31T25:00", "2026-02-30T09:00", "2026-01-31T09:00:30", 9]),
    (Duration, ["P", "5Y", "P5", "PT5H", "-P5Y", "P1.5Y", "", 5, True, [], "P5Y\n"]),
    (Fraction, ["1/0", "half", "1/2/3", "-1/2", -1, -0.5, "１", "", True, None, [], "1e9"]),
    (int, ["5", 5.5, True, None, []]),
    (bool, [1, "true", None]),
    (str, ["", 5, True, None, ["a"], {"a": "b"}]),
    (int | Unknown, ["unknow", {"unknown": 3}, {"unknown": "a", "b": "c"}, None]),
    (tuple[int, ...], [1, "1", {"a": 1}]),
]


@pytest.mark.parametrize(("hint", "value"), [(hint, value) for hint, values in UNFIT for value in values])
def test_a_value_that_does_not_fit_is_a_problem(hint: Any, value: Any) -> None:
    found, problems = read(hint, value)
    assert found is None
    assert problems
    assert set(problems) <= {"wrong_value", "unknown_key", "missing_key"}


def test_periods_and_keywords() -> None:
    found, problems = read(Period, {"from": "2026-01-31T09:00", "until": "2026-01-31T10:30"})
    assert problems == []
    assert (found.from_, found.until.minute) == (datetime(2026, 1, 31, 9), 30)
    assert read(Period, {"from_": "2026-01-31T09:00", "until": "2026-01-31T10:30"})[1] == ["unknown_key"]


def test_a_day_is_a_day() -> None:
    assert day_of("2024-02-29") == date(2024, 2, 29)
    for text in ("2026-02-29", " 2026-01-01", "2026-01-01\n"):
        with pytest.raises(ValueError, match=r".*"):
            day_of(text)


def test_unknown_parameters_make_a_rule_silent() -> None:
    problems: list[Problem] = []
    node = tree(
        {"id": "jury.quorum", "says": "…", "source": "x", "check": "quorum", "total": "unknown", "share": "1/2"}
    )
    rule = read_rule(node, problems)
    assert problems == []
    assert rule is not None
    assert isinstance(rule.check, Silent)
    assert (rule.check.of, rule.check.missing, dict(rule.check.known)["share"]) == (
        "quorum",
        ("total",),
        Fraction(1, 2),
    )


def test_what_is_read_is_written_back_the_same(tmp_path: object) -> None:
    scheme = loaded(FIXTURES / "schemes").scheme
    written = as_written({name: getattr(scheme, name) for name in ("routes", "methods", "juries", "award", "level")})
    assert json.loads(json.dumps(written)) == written
    frame, problems = read(Framework, as_written(scheme.framework))
    assert problems == []
    assert frame == scheme.framework
    facts = Facts(route="vae", training_hours=Fraction(7, 2))
    assert as_written(facts)["training_hours"] == "7/2"
    again, problems = read(Facts, {key: value for key, value in as_written(facts).items() if value is not None})
    assert (again, problems) == (facts, [])
    assert isinstance(scheme, Scheme)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-2, 2) | st.sampled_from(["unknown", "", "vae", "P1Y", "2026-01-31", "é"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["unknown", "id", "title", "source", "from", "min", "check", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
SAMPLES: dict[str, tuple[Any, Any]] = {
    "scheme": (SchemeFile, f"schemes/{ID}/{NEW}/scheme.yaml"),
    "framework": (Framework, f"schemes/{ID}/{NEW}/framework.yaml"),
    "pack": (PackFile, "schemes/_national/droit-essai/2026-06-01.yaml"),
    "cases": (tuple[CaseFile, ...], f"schemes/{ID}/2026-01-01/cases/jury.yaml"),
    "ruling": (RulingFile, f"demo/rulings/{ID}.yaml"),
    "life": (LifeFile, f"demo/lives/{ID}-continuing.yaml"),
    "facts": (FactsFile, "facts/jury.yaml"),
}


@cache
def sample(name: str) -> Any:
    return read_file(FIXTURES / SAMPLES[name][1], name)[0].plain()


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield from places(child, (*path, key))


def spoilt(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    if not path:
        return other
    made = copy.deepcopy(value)
    holder = made
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = other
    return made


@pytest.mark.parametrize("name", SAMPLES)
@given(data=st.data())
def test_whatever_is_written_gives_a_value_or_problems_with_places(name: str, data: st.DataObject) -> None:
    whole = sample(name)
    path = data.draw(st.sampled_from(list(places(whole))))
    node = tree(spoilt(whole, path, data.draw(ANYTHING)))
    problems: list[Problem] = []
    found = read_as(SAMPLES[name][0], node, problems)
    assert (found is None) == bool(problems)
    for problem in problems:
        assert problem.mark.file == "file.json"
        assert "{" not in problem.sentence("fr").replace(str(problem.values.get("value")), "").replace("{unknown", "")
        assert problem.sentence("en")


@given(data=st.data())
def test_whatever_a_rule_holds_gives_a_rule_or_problems(data: st.DataObject) -> None:
    rules = sample("scheme")["rules"]
    rule = data.draw(st.sampled_from([rule for stage in rules.values() for rule in stage]))
    key = data.draw(st.sampled_from([*rule, "any_of", "all_of", "when", "effect"]))
    problems: list[Problem] = []
    found = read_rule(tree({**rule, key: data.draw(ANYTHING)}), problems)
    assert (found is None) == bool(problems)


def test_the_value_wanted_is_said() -> None:
    problems: list[Problem] = []
    read_as(str, tree(""), problems)
    read_as(Duration, tree("P5Y\n"), problems)
    assert "un texte qui ne soit pas vide" in problems[0].sentence("fr")
    assert "une durée comme" in problems[1].sentence("fr")


@pytest.mark.parametrize("content", ["secret", ["secret"], 12])
def test_what_is_no_file_of_ours_is_not_shown(content: object) -> None:
    problems: list[Problem] = []
    read_as(FactsFile, tree(content), problems)
    assert problems
    assert "secret" not in problems[0].sentence("fr") + problems[0].sentence("en")
