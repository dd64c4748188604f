"""The JSON Schemas given to editors: valid, fresh, and accepting the very files the catalogue reads."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from parchemin.catalogue import editors
from parchemin.catalogue.reading import read_file
from tests.samples import DEMO, FIXTURES, ROOT, SCHEMES, edited

PLACES = {
    "scheme": ["schemes/*/*/scheme.yaml"],
    "framework": ["schemes/*/*/framework.yaml"],
    "pack": ["schemes/_national/*/*.yaml"],
    "cases": ["schemes/*/*/cases/*.yaml"],
    "ruling": ["schemes/*/*/rulings/*.yaml", "schemes/*/*/cases/rulings/*.yaml", "demo/rulings/*.yaml"],
    "life": ["demo/lives/*.yaml"],
    "facts": ["docs/examples/*.yaml"],
}
FILES = [
    (name, path)
    for name, patterns in PLACES.items()
    for base in (ROOT, FIXTURES)
    for pattern in patterns
    for path in sorted(base.glob(pattern))
]


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(editors.schemas()[f"{name}.schema.json"]))


def errors(name: str, value: Any) -> list[str]:
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in validator(name).iter_errors(value)
    ]


@pytest.mark.parametrize("name", editors.NAMES)
def test_each_schema_is_a_valid_schema(name: str) -> None:
    schema = json.loads(editors.schemas()[f"{name}.schema.json"])
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == f"parchemin/{name}-1"


def test_there_is_a_schema_for_each_kind_of_file_and_files_for_each_schema() -> None:
    assert set(PLACES) == set(editors.NAMES)
    assert {name for name, _ in FILES} == set(editors.NAMES)


@pytest.mark.parametrize(("name", "path"), FILES, ids=[str(path.relative_to(ROOT)) for _, path in FILES])
def test_every_file_the_catalogue_reads_is_accepted(name: str, path: Path) -> None:
    assert errors(name, read_file(path, path.name)[0].plain()) == []


MISTYPED = {
    "scheme": ("cqp-technicien-reemploi/2026-01-01/scheme.yaml", [("kind: cqp", "kinde: cqp"), ("read_on:", "red_on:"), ("mode: equal", "moode: equal"), ("produces: [assessment", "produce: [assessment"), ("check: quorum", "check: quorom"), ("level: {eqf: 4", "level: {eqf: quatre")]),
    "framework": ("cqp-technicien-reemploi/2026-01-01/framework.yaml", [("tasks:", "taskz:"), ("is_assessed: false", "is_asessed: false"), ("competences:", "competence:")]),
    "pack": ("_national/droit-essai/2026-06-01.yaml", [("governs: began", "governs: begun"), ("least: 2", "leest: 2"), ("conformity:", "conformities:"), ("says: \"Un bloc", "say: \"Un bloc")]),
    "cases": ("cqp-technicien-reemploi/2026-01-01/cases/jury.yaml", [("fills:", "fill:"), ("met: [jury.colleges, jury.quorum]}\n", "mets: [jury.colleges, jury.quorum]}\n"), ("outcome: unknown, unknown: [jury.quorum]", "outcome: perhaps")]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "file", "old", "new"),
    [(name, file, old, new) for name, (file, edits) in MISTYPED.items() for old, new in edits],
)
def test_a_mistyped_key_or_value_is_refused(tmp_path: Path, name: str, file: str, old: str, new: str) -> None:
    text = (FIXTURES / "schemes" / file).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "file.yaml"
    path.write_text(text, encoding="utf-8")
    assert errors(name, read_file(path, "file.yaml")[0].plain()) == []
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert errors(name, read_file(path, "file.yaml")[0].plain()) != []


def test_a_mistyped_key_of_a_life_is_refused() -> None:
    path = sorted((DEMO / "lives").glob("*.yaml"))[0]
    life = read_file(path, path.name)[0].plain()
    assert errors("life", life) == []
    assert errors("life", {**life, "whose": "Tia"}) != []
    assert errors("life", {**life, "steps": [{**life["steps"][0], "tell": "…"}]}) != []


def test_what_is_written_is_fresh_until_it_is_changed(tmp_path: Path) -> None:
    assert len(editors.stale(tmp_path)) == len(editors.NAMES)
    paths = editors.write(tmp_path)
    assert editors.stale(tmp_path) == []
    edited(tmp_path, f"_formats/{paths[0].name}", 'parchemin/scheme-1",\n "type', 'parchemin/scheme-2",\n "type')
    assert [problem.mark.file for problem in editors.stale(tmp_path)] == ["_formats/scheme.schema.json"]


def test_the_schemas_of_the_certifications_are_fresh() -> None:
    assert [problem.sentence("en") for problem in editors.stale(SCHEMES)] == []
