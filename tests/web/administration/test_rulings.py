"""Rulings: a file pasted or sent, gaps filled in a form; each value's problem told beside it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from parchemin.records.certifications.actions import publish_version
from parchemin.records.certifications.folders import files_of
from parchemin.records.certifications.models import PublishedRuling, PublishedVersion
from parchemin.records.certifications.queries import resolved
from tests.web import cast as casting
from tests.web.administration.conftest import NOW
from tests.web.administration.scene import page, words
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db
HEAD = {
    "name": "2026-reglement", "by": "Commission fictive", "title": "Règlement fictif", "where": "art. 3",
    "decided_on": "2026-03-01", "from_on": "2026-03-02",
}  # fmt: skip


@pytest.fixture
def version(cast: Cast) -> PublishedVersion:
    """A version with its silences, no ruling."""
    folder = casting.files_for(casting.CQP)[0]
    return publish_version(
        scheme=casting.CQP,
        name=folder.name,
        files=files_of(folder),
        awarding_body=cast.organisation,
        by=cast.manager,
        at=casting.AT,
    )


def gaps(version: PublishedVersion) -> list[str]:
    on = NOW.date()
    return [gap.address for gap in resolved(casting.CQP, version=version.name, on=on).gaps]


def filled(client: Client, version: PublishedVersion, told: dict[str, str], **more: str) -> Any:
    known = gaps(version)
    fields = {f"gap-{known.index(gap)}": value for gap, value in told.items()}
    return client.post(page("fill_gaps", version.pk), {**HEAD, **fields, **more})


def test_gaps_are_filled_checked_then_published(manager: Client, version: PublishedVersion) -> None:
    before = gaps(version)
    told = {
        "version_label": "Règlement : 2026",
        "actors/sector_professional/lasts": "P3Y",
        "methods/assessment/minutes": "180",
        "documents/vae_file/signed_by": "[candidate, sector_professional]",
        "rules/jury.vote/casting": "true",
    }
    checked = filled(manager, version, told)
    assert checked.status_code == 200
    assert "Elle comble 5 silences" in words(checked) and not PublishedRuling.objects.exists()
    done = filled(manager, version, told, publish="1")
    assert done.status_code == 302
    ruling = PublishedRuling.objects.get()
    assert '"value": 180' in ruling.text and '"source": "decision, art. 3"' in ruling.text
    assert set(before) - set(gaps(version)) == set(told)
    assert "180" in words(manager.get(page("ruling", ruling.pk)))
    taken = filled(manager, version, {"level": "3"}, publish="1")
    assert "Une décision de ce nom est déjà publiée" in words(taken)


def test_a_value_that_cannot_be_is_told_beside_it(manager: Client, version: PublishedVersion) -> None:
    number = gaps(version).index("rules/eligibility.admissible/within")
    answer = filled(manager, version, {"rules/eligibility.admissible/within": "trois ans"})
    assert answer.status_code == 422
    assert f'id="id_gap-{number}_error"' in words(answer) or f"#id_gap-{number}" in words(answer)
    assert 'value="trois ans"' in words(answer)
    unclosed = filled(manager, version, {"documents/vae_file/signed_by": "[candidate"})
    assert "n’est pas fermé" in words(unclosed)
    assert "au moins un silence" in words(filled(manager, version, {}))
    assert not PublishedRuling.objects.exists()


def test_a_value_never_writes_another_line(manager: Client, version: PublishedVersion) -> None:
    text = 'x", "source": "decision"}\n  - {"gap": "level", "value": 8'
    filled(manager, version, {"version_label": text}, publish="1")
    assert "level" in gaps(version)
    assert PublishedRuling.objects.get().text.count('- {"gap"') == 1


def test_a_file_is_sent_then_published_as_it_was_checked(manager: Client, version: PublishedVersion) -> None:
    text = casting.files_for(casting.CQP)[1].read_text(encoding="utf-8")
    address = page("publish_ruling", version.pk)
    file = SimpleUploadedFile("decision.yaml", text.encode())
    checked = manager.post(address, {"name": "2019-reglement", "file": file})
    assert checked.status_code == 200 and "La décision est sans défaut" in words(checked)
    assert manager.post(address, {"name": "2019-reglement", "text": text, "publish": "1"}).status_code == 302
    assert PublishedRuling.objects.get().text.strip() == text.strip()


def test_a_file_with_mistakes_is_told_at_its_line(manager: Client, version: PublishedVersion) -> None:
    text = (
        casting.files_for(casting.CQP)[1].read_text(encoding="utf-8").replace("gap: version_label", "gap: nulle/part")
    )
    number = next(index for index, line in enumerate(text.splitlines(), 1) if "nulle/part" in line)
    for more in ({}, {"publish": "1"}):
        answer = manager.post(page("publish_ruling", version.pk), {"name": "faux", "text": text, **more})
        assert answer.status_code == 422
        assert f"rulings/faux.yaml:{number}" in words(answer)
    assert not PublishedRuling.objects.exists()


@pytest.mark.parametrize("name", ["../autre", "avec espace", "a/b", ""])
def test_the_name_of_a_ruling_is_a_plain_name(manager: Client, version: PublishedVersion, name: str) -> None:
    answer = manager.post(page("publish_ruling", version.pk), {"name": name, "text": "format: x", "publish": "1"})
    assert answer.status_code == 422
    assert not PublishedRuling.objects.exists()


def test_a_file_too_heavy_or_of_bytes_is_refused(manager: Client, version: PublishedVersion) -> None:
    for content in (b"#" * 1_000_001, b"\xff\xfe"):
        file = SimpleUploadedFile("decision.yaml", content)
        assert manager.post(page("publish_ruling", version.pk), {"name": "x", "file": file}).status_code == 422


def test_the_page_of_a_certification_says_what_is_missing_and_how_it_conforms(
    manager: Client, version: PublishedVersion
) -> None:
    text = words(manager.get(page("certification", version.certification_id)))
    for said in (f"{len(gaps(version))} choses que les sources ne disent pas", "conformity.level", "version_label"):
        assert said in text
