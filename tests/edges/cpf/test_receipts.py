"""Receipts: whatever their shape, each refusal with its reason, its kind and the fix to make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parchemin.edges.cpf import CpfError, FaultKind, RefusalKind, compared, read_receipt
from parchemin.edges.cpf.receipts import MOST_BYTES
from parchemin.edges.cpf.refusals import ADVICE, advice, fault_kind, refusal_kind

NS = "urn:cdc:cpf:pc5:rapport:schema"
WITH = "avec le bcr émetteur 1234ABCD et l'id technique partenaire 0-0"
NOBODY = "Aucun titulaire ne correspond aux critères obligatoires"


def receipt(
    body: str, head: str = "<nomFichier>envoi.xml</nomFichier><idFlux>f-1</idFlux><idTraitement>42</idTraitement>"
) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><ns2:rapport xmlns:ns2="{NS}">{head}{body}</ns2:rapport>'.encode()


def ko(id: str, *reasons: str) -> str:
    messages = "".join(f"<messageErreur>{one}</messageErreur>" for one in reasons)
    return f"<passage><idTechnique>{id}</idTechnique>{messages}</passage>"


LINES = "  Aucun titulaire ne\n  correspond aux critères obligatoires "
BOTH = [("a", NOBODY), ("b", "Autre")]
ORDINARY = receipt(
    f"<PassagesKO>{ko('a', NOBODY)}{ko('b', 'Plusieurs titulaires ont été identifiés')}</PassagesKO>"
    "<PassagesOK><idTechnique>c</idTechnique><idTechnique>d</idTechnique></PassagesOK>"
)


def test_an_ordinary_receipt() -> None:
    found = read_receipt(ORDINARY)
    assert (found.file_name, found.flow_id, found.treatment_id) == ("envoi.xml", "f-1", "42")
    assert found.accepted == ("c", "d")
    assert [(one.technical_id, one.reason, one.kind) for one in found.refused] == [
        ("a", NOBODY, RefusalKind.IDENTITY),
        ("b", "Plusieurs titulaires ont été identifiés", RefusalKind.SEVERAL),
    ]
    assert "pièce d’identité" in found.refused[0].sentence
    assert (found.faults, found.others, found.is_refused_whole) == ((), (), False)


def test_elements_are_known_whatever_their_case_and_prefix() -> None:
    shout = ORDINARY.decode().replace("PassagesKO", "passagesko").replace("PassagesOK", "PASSAGESOK")
    shout = shout.replace("<idTechnique", "<IDTECHNIQUE").replace("</idTechnique", "</IDTECHNIQUE")
    prefixed = ORDINARY.decode().replace("<passage>", "<ns2:passage>").replace("</passage>", "</ns2:passage>")
    plain = ORDINARY.decode().replace("ns2:rapport xmlns:ns2", "rapport xmlns").replace("ns2:", "")
    for content in (shout, prefixed, plain):
        assert read_receipt(content.encode()) == read_receipt(ORDINARY)
    assert read_receipt(b"\xef\xbb\xbf" + ORDINARY) == read_receipt(ORDINARY)
    assert read_receipt(ORDINARY.decode().replace("UTF-8", "UTF-16").encode("utf-16")) == read_receipt(ORDINARY)


@pytest.mark.parametrize(
    ("body", "accepted", "refused"),
    [
        ("<PassagesKO/><PassagesOK><idTechnique>c</idTechnique></PassagesOK>", ["c"], []),
        ("<PassagesOK><passage><idTechnique>c</idTechnique></passage></PassagesOK>", ["c"], []),
        (f"<PassagesKO>{ko('a', NOBODY)}</PassagesKO>", [], [("a", NOBODY)]),
        (f"<PassagesKO>{ko(' a ', LINES)}</PassagesKO>", [], [("a", NOBODY)]),
        (f"<PassagesKO>{ko('a', NOBODY, 'Autre')}</PassagesKO>", [], [("a", NOBODY), ("a", "Autre")]),
        (f"<PassagesKO>{ko('a')}{ko('b', NOBODY)}</PassagesKO>", [], [("a", ""), ("b", NOBODY)]),
        ("<PassagesKO/><PassagesOK/>", [], []),
        (f"<PassagesKO>{(ko('a', NOBODY) + ko('b', 'Autre')).replace('passage>', 'x>')}</PassagesKO>", [], BOTH),
        ("<PassagesKO><passage/></PassagesKO>", [], []),
    ],
)
def test_one_several_or_none(body: str, accepted: list[str], refused: list[tuple[str, str]]) -> None:
    found = read_receipt(receipt(body))
    assert list(found.accepted) == accepted
    assert [(one.technical_id, one.reason) for one in found.refused] == refused


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (f"Le passage certification {WITH} existe déjà en base", "duplicate"),
        (f"Le statut de la certification {WITH} et l'index 0 est KO", "certification"),
        (NOBODY, "identity"),
        (f"{NOBODY} enrichis du jour et du mois de naissance", "birthday"),
        ("Aucun titulaire ne correspond aux critères de reconciliation", "birthplace"),
        ("AUCUN TITULAIRE NE CORRESPOND AUX CRITERES DE RÉCONCILIATION", "birthplace"),
        ("Plusieurs titulaires ont été identifiés", "several"),
        (f"La date de fin de validité est inférieure à date de début de validité {WITH}", "dates"),
        ("La date de fin d'examen est antérieure à la date de début", "dates"),
        ("Service indisponible", "other"),
        ("", "other"),
    ],
)  # fmt: skip
def test_each_reason_of_the_guide_has_its_kind(reason: str, kind: str) -> None:
    assert refusal_kind(reason) == kind
    assert advice(refusal_kind(reason)).endswith(".")


def test_a_message_is_not_looked_at_for_ever() -> None:
    assert refusal_kind("x" * 1900 + NOBODY) is RefusalKind.IDENTITY
    assert refusal_kind("aucun titulaire " * 1_000_000) is RefusalKind.IDENTITY
    assert refusal_kind("x" * 2000 + NOBODY) is RefusalKind.OTHER


FAULTS = [
    ('La chaîne "--" n\'est pas autorisée dans les commentaires.', "comment"),
    ("La version est obligatoire dans la déclaration XML.", "xml_version"),
    ('La version XML "2.0" n\'est pas prise en charge. Seule la version XML 1.0 est prise en charge.', "xml_version"),
    ("cvc-elt.1.a : Déclaration de l'élément 'cpf:flux' introuvable.", "schema_version"),
    ('Le type d\'élément "cpf:idClient" doit se terminer par la balise de fin "</cpf:idClient>".', "markup"),
    ('Le type d\'élément "cpf:flux" doit être suivi des spécifications d\'attribut, ">" ou "/>".', "markup"),
    ("cvc-type.3.1.3 : La valeur '20-12' de l'élément 'cpf:horodatage' n'est pas valide.", "format"),
    ("cvc-pattern-valid : La valeur '20-12' n'est pas un facet valide, modèle '(19|20)[0-9]{2}'.", "format"),
    ("cvc-datatype-valid.1.2.1 : 'x' n'est pas une valeur valide pour 'date'.", "format"),
    ("cvc-maxInclusive-valid : La valeur '13' n'est pas un facet valide.", "format"),
    ("cvc-length-valid : La valeur '1234567', ayant pour longueur '7', n'est pas un facet valide.", "length"),
    ("cvc-minLength-valid : La valeur '', ayant pour longueur '0', n'est pas un facet valide.", "length"),
    ("cvc-complex-type.2.4.b : Le contenu de l'élément 'cpf:emetteur' n'est pas complet.", "missing"),
    ("cvc-complex-type.2.4.a : Contenu non valide trouvé à partir de l'élément 'coucou'.", "unexpected"),
    ("cvc-complex-type.2.4.d : Contenu non valide trouvé à partir de l'élément 'cpf:titulaire'.", "exclusive"),
    ("cvc-enumeration-valid : La valeur 'ADMISSION' n'est pas un facet valide.", "listed"),
    ("cvc-id.1 : inattendu", "other"),
]  # fmt: skip
"""The messages of the guide to errors of XML files, V4."""


@pytest.mark.parametrize(("reason", "kind"), FAULTS)
def test_each_fault_of_the_guide_has_its_kind(reason: str, kind: str) -> None:
    found = fault_kind(reason)
    assert found == kind
    assert found is not None and advice(found).endswith(".")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.parametrize(
    "content",
    [
        receipt("".join(f"<erreur>{escaped(reason)}</erreur>" for reason, _ in FAULTS)),
        receipt(
            f"<erreurs>{''.join(f'<ligne><message>{escaped(one)}</message></ligne>' for one, _ in FAULTS)}</erreurs>"
        ),
        receipt(f"<controleXsd>{escaped(chr(10).join(reason for reason, _ in FAULTS))}</controleXsd>"),
        "\r\n".join(reason for reason, _ in FAULTS).encode(),
    ],
)
def test_a_file_refused_whole_is_read_in_any_shape(content: bytes) -> None:
    found = read_receipt(content)
    assert [(one.reason, one.kind) for one in found.faults] == FAULTS
    assert found.is_refused_whole
    assert (found.accepted, found.refused) == ((), ())
    assert all(one.sentence for one in found.faults)


def test_an_unknown_message_of_a_file_is_kept_as_it_is() -> None:
    found = read_receipt(receipt("<messageErreur>Service indisponible</messageErreur>"))
    assert [(one.reason, one.kind) for one in found.faults] == [("Service indisponible", FaultKind.OTHER)]


def test_nothing_that_was_said_is_lost() -> None:
    body = "<PassagesKO><passage><idTechnique>a</idTechnique><codeErreur>E12</codeErreur></passage></PassagesKO>"
    found = read_receipt(receipt(f"<date>2026-11-21</date>{body}"))
    assert found.others == (("date", "2026-11-21"), ("codeErreur", "E12"))


def test_a_message_beside_lists_of_passages_does_not_refuse_the_whole_file() -> None:
    found = read_receipt(
        receipt("<message>Traitement partiel</message><PassagesOK><idTechnique>c</idTechnique></PassagesOK>")
    )
    assert [one.reason for one in found.faults] == ["Traitement partiel"]
    assert not found.is_refused_whole
    assert compared(found, ["c", "d"]).unanswered == ("d",)


def test_every_kind_has_its_advice() -> None:
    assert set(ADVICE) == {*RefusalKind, *FaultKind}


LAUGHS = b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rapport><PassagesOK>&b;</PassagesOK></rapport>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_receipt"),
        (b"Bonjour", "not_a_receipt"),
        (b"\x00\x01\x02", "not_a_receipt"),
        (b"<flux><idFlux>1</idFlux></flux>", "not_a_receipt"),
        (b"<rapport>", "not_xml"),
        (b"<a>" * 10_000, "too_deep"),
        (LAUGHS, "forbidden_xml"),
        (b'<!DOCTYPE r SYSTEM "http://exemple.invalid/r.dtd"><rapport/>', "forbidden_xml"),
    ],
)
def test_what_is_no_receipt_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(CpfError) as refused:
        read_receipt(content)
    assert refused.value.code == code
    assert refused.value.sentence.endswith(".")


def test_a_receipt_is_not_read_past_its_bound() -> None:
    assert MOST_BYTES == 100_000_000
    with pytest.raises(CpfError) as refused:
        read_receipt(ORDINARY, most_bytes=len(ORDINARY) - 1)
    assert refused.value.code == "file_too_large"


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_reading_fail_otherwise(content: bytes) -> None:
    try:
        assert read_receipt(content).faults
    except CpfError as error:
        assert error.sentence


def test_a_receipt_beside_what_was_sent() -> None:
    found = compared(read_receipt(ORDINARY), ["a", "b", "c", "e"])
    assert (found.strangers, found.unanswered, found.contradictory) == (("d",), ("e",), ())
    twice = read_receipt(receipt(
        f"<PassagesKO>{ko('a', NOBODY, 'Autre')}{ko('b', NOBODY)}</PassagesKO>"
        "<PassagesOK><idTechnique>b</idTechnique><idTechnique>c</idTechnique><idTechnique>c</idTechnique></PassagesOK>"
    ))  # fmt: skip
    assert compared(twice, "abc").contradictory == ("b", "c")
    assert compared(read_receipt(FAULTS[3][0].encode()), ["a"]).unanswered == ()
