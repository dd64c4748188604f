"""Files read back: the official sample, and those that cannot be trusted."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parchemin.edges.cpf import Action, CpfError, TrainingFile, read, written
from parchemin.edges.cpf.schema import XSD
from tests.edges.cpf.cast import CDC, FIXTURE, canonical, flow, passage, whole, wrong

SAMPLE = CDC / "exemple-officiel-v2.0.0.xml"
ORDINARY = whole([passage(1), passage(2)])


def test_the_official_sample_is_written_again_as_it_was() -> None:
    if not SAMPLE.exists():
        pytest.skip("the standards are not beside the checkout")
    content = SAMPLE.read_bytes()
    header, passages = read(io.BytesIO(content))
    many = list(passages)
    assert [type(one.holder) for one in many].count(TrainingFile) == 1
    assert canonical(b"".join(written(header, many, version="1.1.2"))) == canonical(content)


def test_our_sample_is_written_again_as_it_was() -> None:
    content = FIXTURE.read_bytes()
    header, passages = read(io.BytesIO(content))
    assert canonical(b"".join(written(header, passages, version="1.1.2"))) == canonical(content)


def test_the_schema_is_the_published_one_and_its_page_says_so() -> None:
    digest = hashlib.sha256(XSD.read_bytes()).hexdigest()
    assert digest in (XSD.parent / "README.md").read_text(encoding="utf-8")
    original = CDC / XSD.name
    if not original.exists():
        pytest.skip("the standards are not beside the checkout")
    assert original.read_bytes() == XSD.read_bytes()


def test_the_schema_refuses_what_it_must() -> None:
    assert wrong(ORDINARY) == []
    (one, *_) = wrong(ORDINARY.replace(b"<cpf:sexe>F</cpf:sexe>", b"<cpf:sexe>H</cpf:sexe>", 1))
    assert "sexe" in one
    assert wrong(b"")
    assert wrong(b"<flux/>")


@given(st.integers(1, len(ORDINARY) - 1))
def test_the_schema_refuses_a_file_cut_short(left: int) -> None:
    assert wrong(ORDINARY[:left]) == [] if left >= len(ORDINARY.rstrip()) else wrong(ORDINARY[:left])


def test_the_schema_refuses_a_document_type() -> None:
    root = ORDINARY.index(b"<cpf:flux")
    typed = ORDINARY[:root] + b'<!DOCTYPE flux [<!ENTITY nom "Fictive">]>' + ORDINARY[root:]
    (one,) = wrong(typed.replace(b">Fictive<", b">&nom;<"))
    assert "Document type" in one


def test_the_action_of_version_1_1_5_is_read() -> None:
    header, _ = read(io.BytesIO(whole([passage()], "1.1.5", action=Action.WITHDRAW)))
    assert header.action is Action.WITHDRAW


def test_any_prefix_is_read() -> None:
    plain = ORDINARY.replace(b"cpf:", b"x:").replace(b"xmlns:cpf", b"xmlns:x").replace(b"xmlns:x:", b"xmlns:")
    bare = ORDINARY.replace(b"<cpf:", b"<").replace(b"</cpf:", b"</").replace(b"xmlns:cpf", b"xmlns")
    for content in (plain.replace(b"xsi", b"i"), bare):
        assert list(read(io.BytesIO(content))[1]) == [passage(1), passage(2)]


@pytest.mark.parametrize(
    ("old", "new", "code", "element"),
    [
        ("<cpf:horodatage>2026-06-30T14:05:07+02:00</cpf:horodatage>", "", "not_a_flow", "flux/horodatage"),
        ("2026-06-30T14:05:07", "hier", "not_a_flow", "flux/horodatage"),
        ("<cpf:idContrat>MCFCER000123</cpf:idContrat>", "", "not_a_flow", "certificateur/idContrat"),
        ("<cpf:code>RNCP12345</cpf:code>", "", "not_a_flow", "certification/type, certification/code"),
        ("<cpf:type>RNCP", "<cpf:type>RS", "inconsistent", "type"),
        ("<cpf:sexe>F", "<cpf:sexe>H", "not_a_value", "sexe"),
        ("<cpf:dateDebutValidite>2026-06-12", "<cpf:dateDebutValidite>12/06/2026", "not_a_value", "dateDebutValidite"),
        ("<cpf:donneeCertifiee>true", "<cpf:donneeCertifiee>oui", "not_a_value", "donneeCertifiee"),
        ("<cpf:nomNaissance>Fictive</cpf:nomNaissance>", "", "not_a_value", "nomNaissance"),
        ("<cpf:anneeNaissance>1984", "<cpf:anneeNaissance>mille", "not_a_value", "anneeNaissance"),
        (
            "<cpf:presenceNiveauLangueEuro>false",
            "<cpf:presenceNiveauLangueEuro>true",
            "inconsistent",
            "presenceNiveauLangueEuro",
        ),
        (
            "</cpf:codeCommuneNaissance>",
            "</cpf:codeCommuneNaissance><cpf:codePaysNaissance>352</cpf:codePaysNaissance>",
            "inconsistent",
            "codePaysNaissance",
        ),
        ("cpf:modalitesInscription>", "cpf:modalites>", "not_a_value", "modalitesInscription"),
        ("cpf:titulaire>", "cpf:personne>", "not_a_value", "identificationTitulaire"),
    ],
)
def test_what_is_missing_or_wrong_is_named(old: str, new: str, code: str, element: str) -> None:
    content = ORDINARY.decode()
    assert old in content
    with pytest.raises(CpfError) as refused:
        _, passages = read(io.BytesIO(content.replace(old, new).encode()))
        list(passages)
    assert refused.value.code == code
    assert refused.value.values["element"] == element
    assert element in refused.value.sentence


def test_a_national_number_is_neither_read_nor_repeated() -> None:
    number = "2840344109001"
    named = ORDINARY.decode().replace("cpf:titulaire>", "cpf:identifiantNational>")
    named = named.replace("<cpf:nomNaissance>", f"<cpf:nir>{number}</cpf:nir><cpf:nomNaissance>")
    with pytest.raises(CpfError) as refused:
        read(io.BytesIO(named.encode()))
    assert refused.value.code == "national_number"
    assert number not in repr(refused.value)


LAUGHS = b'<!DOCTYPE f [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><flux><idFlux>&b;</idFlux></flux>'
OUTSIDE = b'<!DOCTYPE f [<!ENTITY a SYSTEM "file:///etc/passwd">]><flux><idFlux>&a;</idFlux></flux>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_xml"),
        (b"PK\x03\x04", "not_xml"),
        (ORDINARY[:-30], "not_xml"),
        (b'<?xml version="1.0" encoding="inconnu"?><flux/>', "not_xml"),
        (b"<flux>\xff</flux>", "not_xml"),
        (LAUGHS, "forbidden_xml"),
        (OUTSIDE, "forbidden_xml"),
        (b"<!DOCTYPE flux><flux/>", "forbidden_xml"),
        (b"<flux>" * 40, "too_deep"),
        (b"<rapport/>", "not_a_flow"),
        (b"<flux/>", "not_a_flow"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(CpfError) as refused:
        _, passages = read(io.BytesIO(content))
        list(passages)
    assert refused.value.code == code


def test_a_file_is_not_read_past_its_bound() -> None:
    with pytest.raises(CpfError) as refused:
        list(read(io.BytesIO(ORDINARY), most_bytes=len(ORDINARY) - 1)[1])
    assert refused.value.code == "file_too_large"
    assert list(read(io.BytesIO(ORDINARY), most_bytes=len(ORDINARY))[1]) == [passage(1), passage(2)]


@given(st.binary(max_size=200) | st.integers(0, len(ORDINARY) - 1).map(lambda at: ORDINARY[:at] + ORDINARY[at + 1 :]))
def test_no_bytes_make_reading_fail_otherwise(content: bytes) -> None:
    try:
        header, passages = read(io.BytesIO(content))
        assert len(list(passages)) in (1, 2)
        assert header.action is flow().action
    except CpfError as error:
        assert error.sentence
