"""Files that no row names are deleted once they are old enough; every other stays."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from parchemin.project.sweeping import FOLDERS, GRACE, stored_fields, sweep
from parchemin.project.tasks import sweep_files
from tests.records.candidacies.files import dropped
from tests.web import cast as casting

pytestmark = pytest.mark.django_db


def test_only_what_no_row_names_goes_and_not_before_its_time(tmp_path: Path) -> None:
    people = casting.cast()
    named = dropped(casting.opened(people.candidate, people.certification())).content.name or ""
    storage = FileSystemStorage(tmp_path)
    for name in (named, "candidacies/somebody/left-behind", "accreditations/left.pdf", "elsewhere/note"):
        storage.save(name, ContentFile(b"x"))
    assert sweep(storage, datetime.now(UTC)) == 0
    assert sweep(storage, datetime.now(UTC) + GRACE + timedelta(minutes=1)) == 2
    left = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert left == sorted((named, "elsewhere/note"))


def test_a_storage_without_these_folders_has_nothing_to_sweep(tmp_path: Path) -> None:
    assert sweep(FileSystemStorage(tmp_path / "nowhere"), datetime.now(UTC)) == 0


def test_every_column_of_files_stores_in_a_folder_that_is_swept() -> None:
    appeal = SimpleNamespace(decision=SimpleNamespace(candidacy_id=2))
    row = SimpleNamespace(id=1, candidacy_id=2, document=SimpleNamespace(candidacy_id=2), appeal=appeal)
    found = {f"{model._meta.label}.{field.name}": field.upload_to for model, field in stored_fields()}
    assert found
    for column, under in found.items():
        path = str(under(row, "x") if callable(under) else under)
        assert path.partition("/")[0] in FOLDERS, column


def test_it_is_done_on_sundays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parchemin.project.tasks.sweep", lambda _storage, _at: 3)
    assert [sweep_files.call(day) for day in ("2026-11-20", "2026-11-22")] == [0, 3]
