"""Files as they are written: to the letter, as a stream, cut where the portal wants."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from parchemin.core.errors import Misuse
from parchemin.edges.cpf import (
    Access,
    Action,
    Birthplace,
    Born,
    CpfError,
    Depositor,
    DigitalLevel,
    Limits,
    Passage,
    read,
    split,
    written,
)
from parchemin.edges.cpf.writing import CHUNK, LIMITS
from tests.edges.cpf.cast import FIXTURE, NAMES, canonical, flow, holder, passage, passages, whole, wrong

CPF = "{urn:cdc:cpf:pc5:schema:1.0.0}"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def names_in(element: etree._Element) -> list[str]:
    return [str(one.tag).removeprefix(CPF) for one in element]


def test_a_file_to_the_letter() -> None:
    made = whole(
        [
            passage(1, code="RNCP40001", depositor=Depositor.AWARDING_BODY, holder=holder(used_name="Fictive & Fils")),
            passage(
                2,
                code="RS6001",
                holder=holder(
                    first_names=("Jean-François", "Marie"),
                    born=Born(1961),
                    birthplace=Birthplace(insee="99352", town="Alger", country="Algérie"),
                ),
            ),
            passage(3, code="RS6001", holder=holder(birthplace=Birthplace()), access=None, is_final=False),
        ]
    )
    assert canonical(made) == canonical(FIXTURE.read_bytes())
    assert made.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<cpf:flux ')
    assert wrong(made) == []


def test_elements_stand_in_the_order_of_the_dictionary() -> None:
    full = passage(
        proof_url="https://preuve.example/1",
        option="Option",
        examined_from=date(2026, 5, 4),
        examined_until=date(2026, 5, 5),
        centre_postcode="44000",
        digital_level=DigitalLevel(800),
        score="12,4",
        enrolled_on=date(2025, 9, 1),
        comment='Une <remarque> & "d\'autres" ]]>',
        holder=holder(first_names=("A", "B", "C"), used_name="Dupont"),
    )
    root = etree.fromstring(whole([full]))
    (one,) = root.iter(f"{CPF}passageCertification")
    assert names_in(one) == [
        "idTechnique", "urlPreuve", "libelleOption", "obtentionCertification", "donneeCertifiee", "dateDebutExamen",
        "dateFinExamen", "codePostalCentreExamen", "dateDebutValidite", "dateFinValidite", "presenceNiveauLangueEuro",
        "presenceNiveauNumeriqueEuro", "niveauNumeriqueEuropeen", "scoring", "mentionValidee", "modalitesInscription",
        "identificationTitulaire", "verbatim",
    ]  # fmt: skip
    assert one.findtext(f"{CPF}verbatim") == 'Une <remarque> & "d\'autres" ]]>'
    assert names_in(next(root.iter(f"{CPF}titulaire"))) == [
        "nomNaissance", "nomUsage", "prenom1", "prenom2", "prenom3", "anneeNaissance", "moisNaissance", "jourNaissance",
        "sexe", "codeCommuneNaissance", "libelleCommuneNaissance",
    ]  # fmt: skip


def test_what_is_not_known_is_nil() -> None:
    bare = passage(access=None, holder=holder(born=Born(1984), birthplace=Birthplace()))
    root = etree.fromstring(whole([bare]))
    nil = {str(one.tag).removeprefix(CPF) for one in root.iter() if one.get(NIL) == "true"}
    assert nil == {
        "dateFinValidite", "scoring", "mentionValidee", "modaliteAcces", "nomUsage", "moisNaissance", "jourNaissance",
        "codePostal",
    }  # fmt: skip


def test_those_born_abroad_have_their_country_twice() -> None:
    root = etree.fromstring(whole([passage(holder=holder(birthplace=Birthplace(insee="99109", town="Berlin")))]))
    assert [root.findtext(f".//{CPF}{name}") for name in ("codeInsee", "codePaysNaissance")] == ["99109", "109"]


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 6, 30, 14, 5, 7, 999999, tzinfo=timezone(timedelta(hours=2))), "2026-06-30T14:05:07+02:00"),
        (datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T00:00:00+00:00"),
        (
            datetime(2026, 1, 1, 23, 59, 59, tzinfo=timezone(timedelta(hours=-9, minutes=-30))),
            "2026-01-01T23:59:59-09:30",
        ),
    ],
)
def test_the_instant_has_no_fraction_and_a_numeric_offset(at: datetime, told: str) -> None:
    made = whole([passage()], at=at)
    assert f"<cpf:horodatage>{told}</cpf:horodatage>".encode() in made
    assert wrong(made) == []


def test_passages_of_a_certification_that_follow_one_another_stand_together() -> None:
    codes = ["RNCP1", "RNCP1", "RNCP2", "RS3", "RS3", "RNCP1"]
    root = etree.fromstring(whole(passage(rank, code=code) for rank, code in enumerate(codes)))
    found = [
        (one.findtext(f"{CPF}type"), one.findtext(f"{CPF}code"), len(one.find(f"{CPF}passageCertifications")))
        for one in root.iter(f"{CPF}certification")
    ]
    assert found == [("RNCP", "RNCP1", 2), ("RNCP", "RNCP2", 1), ("RS", "RS3", 2), ("RNCP", "RNCP1", 1)]
    two = [passage(1), passage(2, depositor=Depositor.TRUSTED_THIRD_PARTY)]
    assert whole(two).count(b"<cpf:certification>") == 2


@pytest.mark.parametrize("action", Action)
def test_version_1_1_5_says_the_action_after_the_instant_and_nothing_else_changes(action: Action) -> None:
    made = whole([passage()], "1.1.5", action=action)
    said = f"</cpf:horodatage><cpf:action>{action}</cpf:action><cpf:emetteur>".encode()
    assert made.count(said) == 1
    assert made.replace(f"<cpf:action>{action}</cpf:action>".encode(), b"") == whole([passage()], "1.1.2")


def test_a_withdrawal_cannot_be_written_in_1_1_2() -> None:
    with pytest.raises(CpfError) as refused:
        whole([passage()], "1.1.2", action=Action.WITHDRAW)
    assert refused.value.code == "flow_refused"
    assert "1.1.5" in refused.value.sentence


def test_an_empty_file_is_never_begun() -> None:
    with pytest.raises(CpfError) as refused:
        next(written(flow(), [], version="1.1.2"))
    assert refused.value.code == "nothing_to_send"


def test_a_passage_that_would_be_refused_stops_the_file() -> None:
    with pytest.raises(CpfError) as refused:
        whole([passage(1), passage(2, code="RNCP12345BC01")])
    assert refused.value.code == "passage_refused"
    assert passage(2).technical_id in refused.value.sentence
    assert "bloc" in refused.value.sentence


def test_a_technical_id_is_never_written_twice() -> None:
    with pytest.raises(CpfError) as refused:
        whole([passage(1), passage(2), passage(1)])
    assert (refused.value.code, refused.value.values) == ("twice", {"technical_id": passage(1).technical_id})


def test_a_warning_stops_nothing() -> None:
    assert wrong(whole([passage(access=Access.VAE, holder=holder(born=Born(1984), birthplace=Birthplace()))])) == []


def files(of: int, **limits: int) -> list[bytes]:
    parts = split(map(flow, count(1)), map(passage, range(of)), version="1.1.2", limits=Limits(**limits))
    return [b"".join(part) for part in parts]


@pytest.mark.parametrize(("of", "most", "sizes"), [(1, 3, [1]), (3, 3, [3]), (4, 3, [3, 1]), (7, 3, [3, 3, 1])])
def test_files_are_cut_by_number(of: int, most: int, sizes: list[int]) -> None:
    made = files(of, passages=most)
    assert [one.count(b"<cpf:passageCertification>") for one in made] == sizes
    assert [wrong(one) for one in made] == [[] for _ in made]
    headers = [read(io.BytesIO(one))[0].id for one in made]
    assert headers == [flow(rank).id for rank in range(1, len(sizes) + 1)]


@given(st.integers(1, 30), st.integers(2000, 20_000))
def test_files_are_cut_by_bytes_and_nothing_is_lost(of: int, most: int) -> None:
    made = files(of, bytes=most)
    assert all(len(one) <= most or one.count(b"<cpf:passageCertification>") == 1 for one in made)
    found = [one.technical_id for part in made for one in read(io.BytesIO(part))[1]]
    assert found == [passage(rank).technical_id for rank in range(of)]


def test_the_limits_are_those_of_the_portal() -> None:
    assert Limits(200_000, 200_000_000) == LIMITS


def test_more_than_a_file_can_hold_is_told() -> None:
    parts = split([flow()], map(passage, range(3)), version="1.1.2", limits=Limits(passages=2))
    with pytest.raises(CpfError) as refused:
        for part in parts:
            assert b"".join(part).count(b"<cpf:passageCertification>") == 2
    assert refused.value.code == "too_large"


def test_a_file_is_read_to_its_end_before_the_next() -> None:
    parts = split(map(flow, count(1)), map(passage, range(3)), version="1.1.2", limits=Limits(passages=1))
    next(parts)
    with pytest.raises(Misuse) as refused:
        next(parts)
    assert refused.value.code == "file_not_exhausted"


def test_a_file_is_written_as_it_is_read() -> None:
    """Never more than a piece of bytes ahead of the passages that were asked for."""
    asked = 0

    def stream() -> Iterator[Passage]:
        nonlocal asked
        for rank in range(2000):
            asked += 1
            yield passage(rank)

    size = 0
    for piece in written(flow(), stream(), version="1.1.2"):
        size += len(piece)
        assert len(piece) < 2 * CHUNK
        assert asked <= size / 1000 + 2
    assert asked == 2000


@settings(max_examples=40)
@given(
    st.lists(
        passages(NAMES.filter(lambda text: len(text) <= 20)),
        min_size=1,
        max_size=8,
        unique_by=lambda one: one.technical_id,
    )
)
def test_every_file_follows_the_schema_and_is_read_back_as_it_was(many: list[Passage]) -> None:
    made = whole(many)
    assert wrong(made) == []
    header, found = read(io.BytesIO(made))
    assert header == flow(at=flow().at.replace(microsecond=0))
    assert list(found) == many
