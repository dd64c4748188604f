"""What a version changes for the files in flight: shown before it is published, then decided file by file."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from parchemin.records.candidacies.models import Candidacy, VersionChange
from parchemin.records.certifications.models import PublishedVersion
from parchemin.records.journal.models import Entry
from parchemin.records.people.models import Person
from tests.records import reform
from tests.records.reform import FORMER, NEXT, SAME
from tests.web import cast as casting
from tests.web.administration.scene import page, words
from tests.web.administration.test_publishing import confirmed, sent, zipped
from tests.web.cast import CQP, Cast

pytestmark = pytest.mark.django_db


def shut(equivalences: str = SAME, transition: str = "") -> dict[str, str]:
    """The next version of the CQP, with its pathway closed."""
    made = reform.files(equivalences, transition)
    head, _, tail = made["scheme.yaml"].partition("\n  pathway:\n")
    return made | {"scheme.yaml": f"{head}\n  pathway:\n{tail.replace('is_open: true', 'is_open: false', 1)}"}


def preview(client: Client, cast: Cast, files: dict[str, str]) -> str:
    return sent(client, cast.organisation, zipped(files))


def again(client: Client, cast: Cast, text: str, **more: str) -> Any:
    """What the buttons of the page of differences send."""
    seal = re.search(r'name="sealed" value="([^"]+)"', text)
    assert seal
    return client.post(page("publish_files"), {"sealed": seal[1], "awarding_body": str(cast.organisation.pk), **more})


def crowd(cast: Cast, count: int) -> list[Candidacy]:
    """Files of the pathway, each of somebody."""
    certification = cast.certification(CQP)
    people = [casting.person(f"foule{number}", "Ariane", f"Foule {number}") for number in range(count)]
    return [casting.opened(one, certification, "pathway") for one in people]


def test_who_would_gain_or_lose_is_shown_before_anything_is_published(cast: Cast, manager: Client) -> None:
    lost = casting.opened(cast.candidate, cast.certification(CQP), "pathway")
    kept = casting.opened(cast.other_candidate, cast.certification(CQP), "vae")
    text = preview(manager, cast, shut())
    part = text.partition('id="impact"')[2].partition("<form")[0]
    for said in (lost.number, "perd", "La voie n’est pas ouverte", "Les règles d’accès ne sont pas remplies", FORMER):
        assert said in part, said
    assert kept.number not in part and "Dossiers 1 à 2 sur 2, dont sans changement : 1" in part
    assert "ne dit pas ce que suivent les dossiers déjà ouverts" in part
    assert not PublishedVersion.objects.filter(name=NEXT).exists() and not VersionChange.objects.exists()
    assert lost.candidate.name not in part


@pytest.mark.parametrize(
    ("rule", "said"),
    [("former_rule", "gardent la leur"), ("new_rule", "la suivent"), ("more_favourable", "la plus favorable")],
)
def test_which_version_open_files_follow_is_said(cast: Cast, manager: Client, rule: str, said: str) -> None:
    casting.opened(cast.candidate, cast.certification(CQP))
    text = preview(manager, cast, reform.files(SAME, rule))
    assert said in text.partition('id="impact"')[2]
    assert "équivalence" in text and "C1, C2, C3, C4, C5, C6 de la version undated" in text


def test_nobody_on_the_way_is_said(cast: Cast, manager: Client) -> None:
    cast.certification(CQP)
    assert "Aucun dossier en cours ne suit une autre version." in preview(manager, cast, shut())


def test_many_files_are_read_page_by_page_and_go_out_whole(cast: Cast, manager: Client) -> None:
    rows = crowd(cast, 23)
    text = preview(manager, cast, shut())
    assert "Dossiers 1 à 20 sur 23" in text and rows[0].number in text and rows[22].number not in text
    second = words(again(manager, cast, text, page="2"))
    assert "Dossiers 21 à 23 sur 23" in second and rows[22].number in second and rows[0].number not in second
    assert 'name="sealed"' in second and "Publier cette version" in second
    beyond = words(again(manager, cast, text, page="900"))
    assert "Dossiers 21 à 23 sur 23" in beyond
    lines = b"".join(again(manager, cast, text, kind="csv").streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 24 and lines[0].startswith("Dossier;Organisme;Version suivie")
    assert all(";perd;" in line and "La voie n’est pas ouverte" in line for line in lines[1:])
    book = load_workbook(io.BytesIO(b"".join(again(manager, cast, text, kind="xlsx").streaming_content)))
    assert book.active is not None and book.active.max_row == 24
    entry = Entry.objects.filter(kind="list.exported").last()
    assert entry is not None and entry.details["list"] == f"impact-{CQP}-{NEXT}" and entry.details["count"] == 23


def test_a_page_costs_as_much_with_many_files_as_with_a_page_of_them(
    cast: Cast, manager: Client, django_assert_max_num_queries: Any
) -> None:
    crowd(cast, 20)
    made = reform.published(cast, shut())
    address = page("version_files", made.certification_id, NEXT)
    manager.get(address)
    with CaptureQueriesContext(connection) as first:
        manager.get(address)
    for number in range(20, 30):
        casting.opened(
            casting.person(f"foule{number}", "Ariane", "Foule"), cast.certification(CQP), "pathway", on=casting.ON
        )
    with django_assert_max_num_queries(len(first.captured_queries)):
        assert "sur 30" in words(manager.get(address))


def test_files_sealed_for_another_are_read_by_nobody(cast: Cast, manager: Client, keeper: Client) -> None:
    casting.opened(cast.candidate, cast.certification(CQP))
    text = preview(manager, cast, shut())
    assert again(keeper, cast, text).status_code == 302
    assert again(manager, cast, text.replace('value="', 'value="x')).status_code == 302


def test_files_follow_a_published_version_each_by_a_decision(cast: Cast, manager: Client) -> None:
    shut_out = casting.opened(cast.candidate, cast.certification(CQP), "pathway")
    free = casting.opened(cast.other_candidate, cast.certification(CQP), "vae")
    confirmed(manager, preview(manager, cast, shut()), cast.organisation)
    made = PublishedVersion.objects.get(name=NEXT)
    assert "Dossiers qui ne suivent pas" in words(manager.get(page("certification", made.certification_id)))
    address = page("version_files", made.certification_id, NEXT)
    text = words(manager.get(address))
    assert shut_out.number in text and free.number in text and "rien ne change" in text
    nobody = manager.post(address, {"reason": "Demandé.", "source": "PV 7"})
    assert nobody.status_code == 422 and "Choisissez au moins un dossier" in words(nobody)
    silent = manager.post(address, {"files": [str(free.pk)], "reason": "", "source": ""})
    assert silent.status_code == 422 and not VersionChange.objects.exists()
    told = {"files": [str(free.pk), str(shut_out.pk), "x"], "reason": "Demandé par les candidats.", "source": "PV 7"}
    text = words(manager.post(address, told, follow=True))
    assert f"Suivent désormais la version {NEXT} : {free.number}" in text
    assert f"{shut_out.number} : La voie de ce dossier n’est pas ouverte" in text
    free.refresh_from_db()
    shut_out.refresh_from_db()
    assert (free.version, shut_out.version) == (NEXT, FORMER)
    change = VersionChange.objects.get()
    assert (change.reason, change.source, change.by) == ("Demandé par les candidats.", "PV 7", cast.manager)
    assert free.number not in words(manager.get(address)).partition('id="impact"')[2]


def test_others_do_not_see_nor_decide(cast: Cast, signed_in: Callable[[Person], Client]) -> None:
    casting.opened(cast.candidate, cast.certification(CQP))
    made = reform.published(cast, shut())
    for who in (cast.secretary, cast.candidate, cast.outsider):
        client = signed_in(who)
        assert client.get(page("version_files", made.certification_id, NEXT)).status_code == 404
        assert client.get(page("export_version_files", made.certification_id, NEXT, "csv")).status_code == 404
        assert client.post(page("publish_files"), {}).status_code == 403


def test_a_version_that_is_not_there_is_not_found(cast: Cast, manager: Client) -> None:
    row = cast.certification(CQP)
    assert manager.get(page("version_files", row.pk, "2031-01-01")).status_code == 404
