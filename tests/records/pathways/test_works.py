"""Written works: which they are by data, kept as they are typed, frozen within their limits."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction

from parchemin.core.decision import Decision
from parchemin.records.candidacies.actions.filling import Measured
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Deposit, DepositedVersion, DocumentVersion
from parchemin.records.pathways.actions.writing import LARGEST, freeze_work, save_work
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.models import Passage, Work
from parchemin.records.pathways.wordings import sentence
from parchemin.records.pathways.written import works_of
from tests.web import cast as casting
from tests.web.cast import ALTERNANCE, AT, CQP, ON, TITLE, Cast

PAPER, TABLE = "professional_paper", "activity_table"


@pytest.fixture
def paper(cast: Cast) -> Candidacy:
    """A file that asks for a paper of 140,000 characters at most."""
    return casting.opened(cast.candidate, cast.certification(TITLE), "continuing")


def refused(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(PathwayError) as raised:
        act()
    assert raised.value.code == code
    assert sentence(raised.value)


def saved(row: Candidacy, document: str = PAPER, revision: int = 0, **changes: Any) -> Work:
    values: dict[str, Any] = {"texts": {"4.1": "Un texte"}, "by": row.candidate, "at": AT, "pen": "one"}
    return save_work(candidacy=row, document=document, revision=revision, **{**values, **changes})


def words(row: Candidacy) -> dict[str, str]:
    return {one.code: one.words for one in Passage.objects.filter(work__candidacy=row)}


@pytest.mark.parametrize(
    ("scheme", "route", "expected"),
    [
        (CQP, "vae", {"activity_table": 6}),
        (CQP, "pathway", {}),
        (
            ALTERNANCE,
            "apprenticeship",
            {
                "self_assessment": 0,
                "project_document": 0,
                "organisation_document": 0,
                "activity_report": 0,
                "observation_report": 0,
            },
        ),
        (
            TITLE,
            "continuing",
            {
                "writing_b1": 6,
                "writing_b2": 6,
                "offer": 6,
                "offer_summary": 6,
                "professional_paper": 7,
                "writing_b5": 6,
                "writing_b6": 6,
            },
        ),
    ],
)
def test_the_certification_says_what_is_written(cast: Cast, scheme: str, route: str, expected: dict[str, int]) -> None:
    row = casting.opened(cast.candidate, cast.certification(scheme), route)
    assert {one.id: len(one.parts) for one in works_of(Judged(row, ON))} == expected


def test_only_the_blocks_aimed_at_are_written_about(cast: Cast) -> None:
    row = casting.opened(cast.candidate, cast.certification(TITLE), "continuing", blocks=["B4"])
    found = {one.id: [part.code for part in one.parts] for one in works_of(Judged(row, ON))}
    assert found["professional_paper"] == ["4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7"]


def test_texts_are_kept_one_by_one_and_encrypted(paper: Candidacy) -> None:
    work = saved(paper, texts={"4.1": "Première\r\nligne\0", "": "Introduction"})
    assert work.revision == 1
    assert saved(paper, revision=1, texts={"4.2": "Autre"}).revision == 2
    assert words(paper) == {"4.1": "Première\nligne", "": "Introduction", "4.2": "Autre"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM pathways_passage")
        assert not any("Introduction" in stored for (stored,) in cursor.fetchall())


def test_what_did_not_change_makes_no_revision(paper: Candidacy) -> None:
    saved(paper)
    assert saved(paper, revision=1).revision == 1
    assert saved(paper, revision=1, texts={}).revision == 1


def test_another_window_overwrites_nothing_and_the_same_goes_on(paper: Candidacy) -> None:
    saved(paper)
    with pytest.raises(StalePathwayError):
        saved(paper, texts={"4.1": "Écrasé"}, pen="two")
    with pytest.raises(StalePathwayError):
        saved(paper, texts={"4.1": "Écrasé"}, pen="")
    assert saved(paper, texts={"4.1": "Suite"}).revision == 2
    assert saved(paper, revision=2, texts={"4.1": "Ailleurs"}, pen="two").revision == 3
    with pytest.raises(StalePathwayError):
        saved(paper, revision=1, texts={"4.1": "Retour"})
    assert words(paper) == {"4.1": "Ailleurs"}


def test_what_cannot_be_kept_is_refused(cast: Cast, paper: Candidacy) -> None:
    refused("another", lambda: saved(paper, by=cast.companion))
    refused("no_part", lambda: saved(paper, texts={"1.1": "x"}))
    refused("no_work", lambda: saved(paper, "certificate"))
    refused("work_too_long", lambda: saved(paper, texts={"4.1": "x" * LARGEST, "4.2": "x"}))
    assert not Passage.objects.exists()
    assert saved(paper, texts={"4.1": "x" * LARGEST}).revision == 1


def frozen(row: Candidacy, characters: int, document: str = PAPER, **changes: Any) -> DocumentVersion | Decision:
    measured = Measured("ecrit.pdf", "application/pdf", 4, "0" * 64, pages=40, characters=characters)
    return freeze_work(
        candidacy=row,
        document=document,
        content=ContentFile(b"%PDF"),
        measured=measured,
        **{"by": row.candidate, "at": AT, **changes},
    )


def test_a_work_is_frozen_at_its_very_limit_and_refused_one_character_beyond(paper: Candidacy) -> None:
    saved(paper)
    decision = frozen(paper, 140_001)
    assert isinstance(decision, Decision)
    assert [one.seen for one in decision.those(decision.outcome)] == [
        "140001 caractères espaces compris (140000 au plus)"
    ]
    assert not DocumentVersion.objects.exists()
    version = frozen(paper, 140_000)
    assert isinstance(version, DocumentVersion)
    assert (version.characters, version.number, version.document.kind) == (140_000, 1, PAPER)


def test_a_work_without_text_is_not_frozen(cast: Cast, paper: Candidacy) -> None:
    refused("work_empty", lambda: frozen(paper, 0))
    saved(paper, texts={"4.1": " \n"})
    refused("work_empty", lambda: frozen(paper, 0))
    saved(paper, revision=1)
    refused("another", lambda: frozen(paper, 8, by=cast.companion))
    refused("no_work", lambda: frozen(paper, 8, "certificate"))


def test_a_work_handed_in_is_locked(paper: Candidacy) -> None:
    saved(paper)
    version = frozen(paper, 8)
    assert isinstance(version, DocumentVersion)
    deposit = Deposit.objects.create(
        candidacy=paper, stage="completeness", number=1, deposited_at=AT, deposited_by=paper.candidate
    )
    DepositedVersion.objects.create(deposit=deposit, version=version)
    with pytest.raises(UnfitError, match="locked"):
        frozen(paper, 9)


@pytest.mark.parametrize(("name", "model"), [("work_once", Work), ("passage_once", Passage)])
def test_refused_twice_by_the_database(paper: Candidacy, name: str, model: type[Work | Passage]) -> None:
    work = Work.objects.create(candidacy=paper, document=PAPER, saved_at=AT)
    values: dict[str, Any] = {"candidacy": paper, "document": PAPER, "saved_at": AT}
    if model is Passage:
        values = {"work": work, "code": "4.1"}
        Passage.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.create(**values)
