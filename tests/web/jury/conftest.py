"""What tests of juries share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from parchemin.records.certifications.folders import files_of
from tests.web import cast as casting
from tests.web.cast import CQP

INCLUDED = "includes: [certification, "


@pytest.fixture
def public_body(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The CQP as a public body would have it: its appeals are those of the law."""

    def with_levels(folder: Path) -> dict[str, str]:
        files = dict(files_of(folder))
        assert INCLUDED in files["scheme.yaml"]
        files["scheme.yaml"] = files["scheme.yaml"].replace(INCLUDED, f"{INCLUDED}appeals-public, ")
        return files

    kept = casting._kept.pop(CQP, None)
    monkeypatch.setattr(casting, "files_of", with_levels)
    yield
    casting._kept.pop(CQP, None)
    if kept:
        casting._kept[CQP] = kept
