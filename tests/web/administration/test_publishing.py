"""Publishing a version: distrusted files, every problem told at its line, what changes shown, then frozen."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from parchemin.places import CHECKOUT
from parchemin.records.certifications.folders import files_of
from parchemin.records.certifications.models import Certification, PublishedVersion
from parchemin.records.journal.models import Entry
from parchemin.records.people.models import Organisation, Person
from tests.web import cast as casting
from tests.web.administration.scene import page, words
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db
FOLDERS = CHECKOUT / "tests" / "fixtures" / "schemes" / casting.SIXTH
FIRST, SECOND = FOLDERS / "2026-01-01", FOLDERS / "2027-01-01"


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The certifications that come with the software are the fictional ones."""
    monkeypatch.setenv("PARCHEMIN_LIBRARY", str(CHECKOUT / "tests" / "fixtures"))


def zipped(files: Mapping[str, str | bytes]) -> SimpleUploadedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return SimpleUploadedFile("version.zip", packed.getvalue())


def sent(client: Client, body: Organisation, *files: SimpleUploadedFile, shipped: str = "") -> str:
    """What the page says once these files are sent to it."""
    answer = client.post(page("publish"), {"awarding_body": str(body.pk), "sent": list(files), "shipped": shipped})
    return words(answer)


def confirmed(client: Client, text: str, body: Organisation, *, is_sure: bool = True) -> str:
    """What comes after the page of differences is confirmed."""
    seal = re.search(r'name="sealed" value="([^"]+)"', text)
    assert seal, text[-3000:]
    told = {"sealed": seal[1], "awarding_body": str(body.pk), **({"is_sure": "on"} if is_sure else {})}
    return words(client.post(page("publish_checked"), told, follow=True))


def test_a_version_of_the_library_is_published(cast: Cast, manager: Client) -> None:
    text = sent(manager, cast.organisation, shipped=f"{casting.SIXTH}/2026-01-01")
    assert "Première version" in text
    assert not PublishedVersion.objects.exists()
    unsure = confirmed(manager, text, cast.organisation, is_sure=False)
    assert "Publier cette version" in unsure and not PublishedVersion.objects.exists()
    assert "est publiée et figée" in confirmed(manager, text, cast.organisation)
    row = Certification.objects.get()
    assert (row.scheme, row.awarding_body, row.is_open) == (casting.SIXTH, cast.organisation, False)
    assert Entry.objects.filter(kind="certification.published", actor=cast.manager.pk).exists()
    assert "est déjà publiée" in confirmed(manager, text, cast.organisation)


def test_an_archive_of_the_next_version_shows_what_changes(cast: Cast, manager: Client) -> None:
    confirmed(manager, sent(manager, cast.organisation, shipped=f"{casting.SIXTH}/2026-01-01"), cast.organisation)
    text = sent(manager, cast.organisation, zipped({f"ma-version/{k}": v for k, v in files_of(SECOND).items()}))
    for said in ("Ce qui change depuis 2026-01-01", "Ce que le candidat perd (2)", "Trier les déchets", "fermée"):
        assert said in text
    confirmed(manager, text, cast.organisation)
    assert PublishedVersion.objects.get(name="2027-01-01").files.keys() == {*files_of(SECOND), "frozen.sha256"}


def test_separate_files_are_put_in_their_places(cast: Cast, manager: Client) -> None:
    names = {"scheme.yaml": "scheme.yaml", "framework.yaml": "framework.yaml"}
    names |= {path.name: f"cases/{path.name}" for path in FIRST.glob("cases/*.yaml")}
    files = [SimpleUploadedFile(name, (FIRST / path).read_bytes()) for name, path in names.items()]
    confirmed(manager, sent(manager, cast.organisation, *files), cast.organisation)
    assert set(names.values()) < PublishedVersion.objects.get().files.keys()


def test_every_problem_is_told_at_its_line(cast: Cast, manager: Client) -> None:
    files = files_of(FIRST)
    lines = files["scheme.yaml"].splitlines()
    number = next(index for index, line in enumerate(lines, 1) if line.startswith("register:"))
    lines[number - 1] = "register: nulle-part"
    text = sent(manager, cast.organisation, zipped({**files, "scheme.yaml": "\n".join(lines)}))
    assert f"{casting.SIXTH}/2026-01-01/scheme.yaml:{number}" in text
    assert "nulle-part" in text and 'name="sealed"' not in text


def bomb() -> SimpleUploadedFile:
    return zipped({**files_of(FIRST), "cases/award.yaml": b"a" * 30_000_000})


HOSTILE: dict[str, Callable[[], SimpleUploadedFile]] = {
    "bomb": bomb,
    "outside": lambda: zipped({**files_of(FIRST), "../../scheme2.yaml": "x"}),
    "absolute": lambda: zipped({**files_of(FIRST), "/etc/passwd": "x"}),
    "strange": lambda: zipped({**files_of(FIRST), "run.py": "import os"}),
    "two": lambda: zipped({"a/scheme.yaml": "x", "b/scheme.yaml": "y"}),
    "empty": lambda: zipped({"readme.txt": "x"}),
    "broken": lambda: SimpleUploadedFile("version.zip", b"PK\x03\x04 rien"),
    "not-utf8": lambda: zipped({**files_of(FIRST), "framework.yaml": b"\xff\xfe"}),
    "unread": lambda: zipped({**files_of(FIRST), "scheme.yaml": "id: [\n"}),
    "escaping-id": lambda: zipped({**files_of(FIRST), "scheme.yaml": 'id: "../autre"\nversion: "2026-01-01"\n'}),
    "heavy": lambda: SimpleUploadedFile("scheme.yaml", b"#" * 2_000_001),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_publish_nothing(cast: Cast, manager: Client, kind: str) -> None:
    answer = manager.post(page("publish"), {"awarding_body": str(cast.organisation.pk), "sent": [HOSTILE[kind]()]})
    assert answer.status_code == 422
    text = words(answer)
    assert 'class="error' in text or "problème" in text
    assert 'name="sealed"' not in text
    assert not PublishedVersion.objects.exists()


def test_files_sealed_for_one_are_no_use_to_another(cast: Cast, manager: Client, keeper: Client) -> None:
    text = sent(manager, cast.organisation, shipped=f"{casting.SIXTH}/2026-01-01")
    assert "ne sont plus là" in confirmed(keeper, text, cast.organisation)
    spoilt = text.replace('name="sealed" value="', 'name="sealed" value="x')
    assert "ne sont plus là" in confirmed(manager, spoilt, cast.organisation)
    assert not PublishedVersion.objects.exists()


def test_the_certification_of_another_organisation_is_left_alone(
    cast: Cast, manager: Client, signed_in: Callable[[Person], Client]
) -> None:
    casting.published(casting.SIXTH, cast.other_organisation)
    text = sent(manager, cast.organisation, zipped(files_of(SECOND)))
    assert "appartient à un autre certificateur" in text
    assert PublishedVersion.objects.count() == 1
    told = {"awarding_body": str(cast.other_organisation.pk), "shipped": f"{casting.SIXTH}/2027-01-01"}
    assert manager.post(page("publish"), told).status_code == 422


def test_candidacies_open_only_with_a_version_in_force(cast: Cast, manager: Client) -> None:
    text = sent(manager, cast.organisation, zipped(files_of(SECOND)))
    confirmed(manager, text, cast.organisation)
    row = Certification.objects.get()
    answer = words(manager.post(page("open_certification", row.pk), follow=True))
    assert "Aucune version n’est en vigueur" in answer
    row.refresh_from_db()
    assert not row.is_open


def test_a_certification_opens_closes_and_has_a_contact(cast: Cast, manager: Client) -> None:
    row = casting.published(casting.SIXTH, cast.organisation)
    for name, is_open in (("close_certification", False), ("open_certification", True)):
        assert manager.post(page(name, row.pk)).status_code == 302
        row.refresh_from_db()
        assert row.is_open is is_open
    assert manager.post(page("contact", row.pk), {"contact": "sans-arobase"}).status_code == 422
    manager.post(page("contact", row.pk), {"contact": "cqp@example.org"})
    text = words(manager.get(page("certification", row.pk)))
    for said in ("cqp@example.org", "codes/naf", "en vigueur"):
        assert said in text


def test_the_folder_of_the_library_is_the_one_published(cast: Cast, manager: Client) -> None:
    assert isinstance(FIRST, Path) and f"{casting.SIXTH}@2026-01-01" in words(manager.get(page("publish")))
    casting.published(casting.SIXTH, cast.organisation)
    assert f"{casting.SIXTH}@2026-01-01" not in words(manager.get(page("publish")))
