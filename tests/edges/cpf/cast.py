"""An award, its holder and the header of a file; and every shape they can take."""

import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from lxml import etree

from parchemin.edges.cpf import (
    Access,
    Birthplace,
    Born,
    Depositor,
    DigitalLevel,
    DigitalResult,
    Flow,
    Holder,
    Initiative,
    LanguageLevel,
    Mention,
    Obtained,
    Passage,
    Sex,
    Sitting,
    TrainingFile,
    VaePath,
    Version,
    technical_id,
    violations,
    written,
)
from parchemin.places import CHECKOUT

CDC = CHECKOUT.parent / "shared" / "standards" / "cdc"
FIXTURE = Path(__file__).with_name("transmission.xml")
PARIS_IN_SUMMER = timezone(timedelta(hours=2))


def holder(**changes: Any) -> Holder:
    """Odile Fictive, born in Nantes."""
    told: dict[str, Any] = {
        "birth_name": "Fictive",
        "first_names": ("Odile",),
        "born": Born(1984, 3, 9),
        "sex": Sex.FEMALE,
        "birthplace": Birthplace(insee="44109", town="Nantes"),
    }
    return Holder(**(told | changes))


def passage(number: int = 1, **changes: Any) -> Passage:
    """Her award, which nothing keeps from being sent."""
    told: dict[str, Any] = {
        "technical_id": technical_id(number.to_bytes(16, "big")),
        "code": "RNCP12345",
        "obtained": Obtained.BY_ADMISSION,
        "delivered_on": date(2026, 6, 12),
        "access": Access.CONTINUING,
        "holder": holder(),
    }
    return Passage(**(told | changes))


def flow(number: int = 1, **changes: Any) -> Flow:
    """The header of a file sent on a summer afternoon in Paris."""
    told: dict[str, Any] = {
        "id": str(UUID(int=number, version=4)),
        "at": datetime(2026, 6, 30, 14, 5, 7, 123456, tzinfo=PARIS_IN_SUMMER),
        "emitter": "00AAA000",
        "certifier": "00BBB111",
        "contract": "MCFCER000123",
    }
    return Flow(**(told | changes))


def whole(passages: Iterable[Passage], version: Version = "1.1.2", **changes: Any) -> bytes:
    """The bytes of a file."""
    return b"".join(written(flow(**changes), passages, version=version))


def wrong(file: bytes) -> list[str]:
    """What the schema has against a file."""
    return [one.message for one in violations(io.BytesIO(file))]


def canonical(xml: bytes) -> bytes:
    """The canonical form of XML, without the spaces between elements."""
    root = etree.fromstring(xml)
    for element in root.iter():
        if len(element) or not (element.text or "").strip():
            element.text = None
        element.tail = None
    return bytes(etree.tostring(root, method="c14n"))


LETTERS = st.sampled_from("aeéèêëïôùçœæÀÉÎÇÑßøłşžаяΩ漢字-'’ .&<>\"]/")
NAMES = st.text(LETTERS, min_size=1, max_size=60).filter(lambda text: text == text.strip())
HOSTILE = st.one_of(
    NAMES,
    st.text(max_size=300),
    st.text(st.characters(), max_size=8),
    st.sampled_from(["", " ", "a\x00b", "]]>", "<!--", "&amp;", "\ufeffa", "e\u0301", "\ud800", "\uffff", "x" * 256]),
)


def holders(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Holder]:
    """Holders whose texts are those."""
    codes = st.sampled_from(["44109", "2A004", "2B033", "97411", "98735", "99352", "99109"])
    places = st.one_of(
        st.builds(Birthplace, insee=codes, town=st.none() | texts, country=st.none() | texts),
        st.builds(Birthplace, postcode=st.none() | st.sampled_from(["44000", "B-1000"]), town=st.none() | texts),
    )
    return st.builds(
        Holder,
        birth_name=texts,
        used_name=st.none() | texts,
        first_names=st.lists(texts, min_size=1, max_size=3).map(tuple),
        born=st.dates(date(1900, 1, 1), date(2010, 12, 31)).map(Born.on)
        | st.builds(Born, st.integers(1900, 2010), st.none() | st.integers(1, 12)),
        sex=st.sampled_from(Sex),
        birthplace=places,
    )


def passages(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Passage]:
    """Passages whose texts are those, and whose other values are all possible ones."""
    days = st.dates(date(2011, 1, 1), date(2099, 12, 31))
    digital = st.builds(
        DigitalLevel,
        st.none() | st.integers(1, 1000),
        st.lists(st.builds(DigitalResult, st.integers(1, 8), st.integers(1, 5), st.integers(1, 3)), max_size=3).map(
            tuple
        ),
    ).filter(lambda level: level.score is not None or level.results)
    return st.builds(
        Passage,
        technical_id=st.binary(min_size=16, max_size=16).map(technical_id),
        code=st.sampled_from(["RNCP123", "RNCP40123", "RS5", "RS1234"]),
        obtained=st.sampled_from(Obtained),
        delivered_on=st.dates(date(2011, 1, 1), date(2030, 1, 1)),
        is_final=st.booleans(),
        valid_until=st.none() | st.dates(date(2030, 1, 1), date(2099, 12, 31)),
        depositor=st.none() | st.sampled_from(Depositor),
        proof_url=st.none() | texts.map(lambda text: f"https://preuve.example/{text}"[:255].strip()),
        option=st.none() | texts,
        examined_from=st.none() | st.dates(date(2000, 1, 1), date(2010, 1, 1)),
        examined_until=st.none() | days,
        sitting=st.none() | st.sampled_from(Sitting),
        centre_postcode=st.none() | st.sampled_from(["75009", "L-1009"]),
        language_level=st.none() | st.sampled_from(LanguageLevel),
        digital_level=st.none() | digital,
        score=st.none() | texts,
        mention=st.none() | st.sampled_from(Mention),
        access=st.none() | st.sampled_from(Access),
        vae_path=st.none() | st.sampled_from(VaePath),
        initiative=st.none() | st.sampled_from(Initiative),
        enrolled_on=st.none() | days,
        comment=st.none() | texts,
        holder=holders(texts)
        | st.builds(
            TrainingFile,
            number=st.integers(1, 10**13 - 1).map(str),
            name=texts.map(lambda text: text[:30].strip()),
            first_name=texts.map(lambda text: text[:20].strip()),
        ),
    )
