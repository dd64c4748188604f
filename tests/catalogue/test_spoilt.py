"""A certification with anything anywhere is sound, or refused with places and sentences; nothing else ever happens."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parchemin.catalogue.reading import read_file
from tests.catalogue.test_formats import ANYTHING, places, spoilt
from tests.samples import FIXTURES, FRAMEWORK, PACK_2026, RULINGS, SCHEME, copied, problems_of, ruling, written

RULED = f"{RULINGS}/one.yaml"
RULING = ruling(more="""fills:
  - {gap: rules/jury.quorum/total, value: 2, source: "decision, art. 3"}
replaces:
  - {rule: validity.block, transition: former_rule, says: "Trois ans.", source: "decision", check: lasts, subject: block, lasts: P3Y, counted_from: deliberated}
adds:
  jury:
    - {id: jury.chair, check: chaired, source: "decision", says: "Le jury a un président."}
""")  # fmt: skip


def whole(root: Path, file: str) -> Any:
    if file == RULED:
        written(root, RULED, RULING)
    return read_file(root / file, file)[0].plain()


@pytest.mark.parametrize("file", [SCHEME, FRAMEWORK, PACK_2026, RULED])
@settings(max_examples=60)
@given(data=st.data())
def test_anything_anywhere_is_told_or_sound(file: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = copied(Path(folder))
        tree = whole(root, file)
        path = data.draw(st.sampled_from([path for path in places(tree) if path]))
        (root / file).write_text(json.dumps(spoilt(tree, path, data.draw(ANYTHING))), encoding="utf-8")
        for problem in problems_of(root):
            assert problem.mark.line >= 1
            assert problem.sentence("fr") != problem.sentence("en")


def test_the_sample_is_sound() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = copied(Path(folder))
        written(root, RULED, RULING)
        assert problems_of(root) == []
    assert FIXTURES.is_dir()
