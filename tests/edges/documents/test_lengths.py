"""A length against its limit: the exact count, by how much, in both languages."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parchemin.core.scheme import Bounds, DocumentKind
from parchemin.core.terms import Unknown
from parchemin.edges.documents import Comparison, Inspection, Kind, Lengths, Unit, Verdict, against

Number = int | None


def measured(
    pages: Number = None,
    characters: Number = None,
    seconds: Number = None,
    *,
    pages_are_declared: bool = False,
    characters_are_partial: bool = False,
) -> Inspection:
    return Inspection(
        kind=Kind.PDF,
        media_type="application/pdf",
        name="x.pdf",
        size=1,
        sha256="",
        pages=pages,
        characters=characters,
        seconds=seconds,
        pages_are_declared=pages_are_declared,
        characters_are_partial=characters_are_partial,
    )


def only(found: tuple[Comparison, ...]) -> Comparison:
    (comparison,) = found
    return comparison


def plain(comparison: Comparison, language: Literal["fr", "en"] = "fr") -> str:
    return comparison.sentence(language).replace("\u202f", " ").replace("\u00a0", " ")


PAGES = [
    (
        21,
        Bounds(max=20),
        "too_long",
        1,
        "21 pages : une de trop, la limite est de 20.",
        "21 pages: one too many, the limit is 20.",
    ),
    (
        20,
        Bounds(max=20),
        "within",
        0,
        "20 pages : dans les limites (20 au plus).",
        "20 pages: within the limits (at most 20).",
    ),
    (
        25,
        Bounds(min=15, max=20),
        "too_long",
        5,
        "25 pages : 5 de trop, la limite est de 20.",
        "25 pages: 5 too many, the limit is 20.",
    ),
    (
        15,
        Bounds(min=15, max=20),
        "within",
        0,
        "15 pages : dans les limites (de 15 à 20).",
        "15 pages: within the limits (15 to 20).",
    ),
    (
        14,
        Bounds(min=15, max=20),
        "too_short",
        1,
        "14 pages : une de moins que le minimum de 15.",
        "14 pages: one short of the minimum of 15.",
    ),
    (
        12,
        Bounds(min=15),
        "too_short",
        3,
        "12 pages : 3 de moins que le minimum de 15.",
        "12 pages: 3 short of the minimum of 15.",
    ),
    (
        1,
        Bounds(min=1),
        "within",
        0,
        "1 page : dans les limites (1 au moins).",
        "1 page: within the limits (at least 1).",
    ),
    (
        5,
        Bounds(min=4, max=4),
        "too_long",
        1,
        "5 pages : une de trop, il en faut exactement 4.",
        "5 pages: one too many, exactly 4 wanted.",
    ),
    (
        3,
        Bounds(min=4, max=4),
        "too_short",
        1,
        "3 pages : une de moins, il en faut exactement 4.",
        "3 pages: one short, exactly 4 wanted.",
    ),
    (
        4,
        Bounds(min=4, max=4),
        "within",
        0,
        "4 pages : dans les limites (exactement 4).",
        "4 pages: within the limits (exactly 4).",
    ),
    (
        None,
        Bounds(max=20),
        "not_measured",
        0,
        "Nombre de pages non mesuré : la limite (20 au plus) n’a pas pu être vérifiée.",
        "Number of pages not measured: the limit (at most 20) could not be checked.",
    ),
    (
        3,
        Unknown("longueur non précisée"),
        "limit_unknown",
        0,
        "3 pages : la limite n’est pas connue (longueur non précisée).",
        "3 pages: the limit is not known (longueur non précisée).",
    ),
    (3, Unknown(), "limit_unknown", 0, "3 pages : la limite n’est pas connue.", "3 pages: the limit is not known."),
]


@pytest.mark.parametrize(("count", "limit", "verdict", "gap", "french", "english"), PAGES)
def test_pages(count: Number, limit: Bounds | Unknown, verdict: str, gap: int, french: str, english: str) -> None:
    found = only(against(measured(pages=count), Lengths(pages=limit)))
    assert (found.unit, found.verdict, found.gap, found.measured) == (Unit.PAGES, verdict, gap, count)
    assert plain(found) == french
    assert plain(found, "en") == english
    assert found.is_certain == (verdict in {"within", "too_long", "too_short"})


@pytest.mark.parametrize(
    ("count", "french"),
    [
        (139_999, "139 999 caractères : dans les limites (140 000 au plus, espaces compris)."),
        (140_000, "140 000 caractères : dans les limites (140 000 au plus, espaces compris)."),
        (140_001, "140 001 caractères : un de trop, la limite est de 140 000 espaces compris."),
        (141_250, "141 250 caractères : 1 250 de trop, la limite est de 140 000 espaces compris."),
        (0, "0 caractère : dans les limites (140 000 au plus, espaces compris)."),
    ],
)
def test_characters(count: int, french: str) -> None:
    found = only(against(measured(characters=count), Lengths(characters=Bounds(max=140_000))))
    assert plain(found) == french
    assert found.sentence("fr").count(" 000") == 0, "thousands are kept together by narrow no-break spaces"


@pytest.mark.parametrize(
    ("seconds", "verdict", "french", "english"),
    [
        (
            1_200,
            "within",
            "20 min : dans les limites (de 15 min à 20 min).",
            "20 min: within the limits (15 min to 20 min).",
        ),
        (
            1_201,
            "too_long",
            "20 min 1 s : 1 s de trop, la limite est de 20 min.",
            "20 min 1 s: 1 s too long, the limit is 20 min.",
        ),
        (
            840,
            "too_short",
            "14 min : 1 min de moins que le minimum de 15 min.",
            "14 min: 1 min short of the minimum of 15 min.",
        ),
        (
            None,
            "not_measured",
            "Durée non mesurée : la limite (de 15 min à 20 min) n’a pas pu être vérifiée.",
            "Length not measured: the limit (15 min to 20 min) could not be checked.",
        ),
    ],
)
def test_minutes(seconds: Number, verdict: str, french: str, english: str) -> None:
    found = only(against(measured(seconds=seconds), Lengths(minutes=Bounds(min=15, max=20))))
    assert (found.verdict, plain(found), plain(found, "en")) == (verdict, french, english)


def test_declared_pages_leave_a_doubt() -> None:
    found = only(against(measured(pages=21, pages_are_declared=True), Lengths(pages=Bounds(max=20))))
    assert found.verdict is Verdict.TOO_LONG and not found.is_certain
    assert "peut être faux" in found.sentence("fr") and "may be wrong" in found.sentence("en")


@pytest.mark.parametrize(("count", "is_certain"), [(99, False), (100, False), (101, True)])
def test_a_partial_count_is_a_minimum(count: int, is_certain: bool) -> None:
    inspection = measured(characters=count, characters_are_partial=True)
    found = only(against(inspection, Lengths(characters=Bounds(max=100))))
    assert found.is_certain is is_certain
    assert ("plus grand" in found.sentence("fr")) is not is_certain


def test_the_way_of_counting_is_recalled() -> None:
    said = only(against(measured(pages=9), Lengths(pages=Bounds(max=20, counting="hors annexes"))))
    unsaid = only(against(measured(pages=9), Lengths(pages=Bounds(max=20, counting=Unknown("rien")))))
    assert plain(said).endswith("À compter ainsi : hors annexes ; ce compte-ci prend tout le document.")
    assert plain(unsaid).endswith("La source ne dit pas comment compter ; ce compte-ci prend tout le document.")
    assert not said.is_certain and not unsaid.is_certain


def test_a_kind_of_document_of_a_certification_gives_its_limits() -> None:
    kind = DocumentKind(title="Mémoire", pages=Bounds(max=20), characters=Unknown("rien"), source="referentiel, l. 1")
    found = against(measured(pages=20, characters=3), kind)
    assert [(each.unit, each.verdict) for each in found] == [
        (Unit.PAGES, Verdict.WITHIN),
        (Unit.CHARACTERS, Verdict.LIMIT_UNKNOWN),
    ]


def test_no_limit_no_comparison() -> None:
    assert against(measured(pages=3), Lengths(pages=Bounds(), characters=None)) == ()


@given(st.integers(0, 400), st.integers(0, 200), st.integers(0, 200))
def test_the_verdict_follows_the_bounds(count: int, least: int, more: int) -> None:
    bounds = Bounds(min=least, max=least + more)
    found = only(against(measured(pages=count), Lengths(pages=bounds)))
    is_within = least <= count <= least + more
    assert (found.verdict is Verdict.WITHIN) is is_within is (found.gap == 0)
    assert least <= count + found.gap or least <= count - found.gap <= least + more
    assert str(found.gap) in found.sentence("en") or found.gap in (0, 1)
