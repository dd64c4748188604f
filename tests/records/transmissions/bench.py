"""Certificates of the cast on their way to the skills passport, and the receipts that answer them."""

from collections.abc import Iterable, Mapping
from typing import Any

from parchemin.edges.cpf.deadlines import due_on
from parchemin.edges.cpf.keeping import make_batch
from parchemin.edges.cpf.receiving import take_receipt
from parchemin.records.awards.models import Certificate, House
from parchemin.records.people.actions.identifying import Identity, check_identity, set_identity
from parchemin.records.people.models import CivilIdentity, Person
from parchemin.records.transmissions.actions.channelling import save_channel
from parchemin.records.transmissions.actions.noticing import notice
from parchemin.records.transmissions.models import Batch, Channel, Line, Receipt
from tests.records.awards.bench import ISSUED_AT, decided, given, housed
from tests.web.cast import MASTER, Cast, person

CODE = "RNCP31854"
NUMBERS = {"emitter": "00AAA000", "certifier": "00AAA000", "contract": "MCFCER000123"}
MOST_BYTES = 1_000_000


def channelled(cast: Cast, version: str = "1.1.2", **changes: str) -> Channel:
    """The cast's body has said under which numbers it sends."""
    told = {**NUMBERS, **changes}
    return save_channel(organisation=cast.organisation, version=version, by=cast.manager, at=ISSUED_AT, **told)


def awarded(cast: Cast, count: int = 1, scheme: str = MASTER, route: str = "student") -> list[Certificate]:
    """So many whole certifications, of Odile first, without anything else issued."""
    if not House.objects.filter(certification__scheme=scheme).exists():
        housed(cast, scheme)
    known = Certificate.objects.count()
    people = [cast.candidate if not known + n else _somebody(known + n) for n in range(count)]
    session, made = None, []
    for who in people:
        hearing = decided(cast, scheme, route, "full", (), who=who, session=session)
        session = hearing.session
        made += [one for one in given(hearing, cast.manager) if one.kind == "whole"]
    return made


def _somebody(number: int) -> Person:
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % 26]
    return person(f"titulaire{number}", f"Prénom{letter}".rstrip(), f"Exemple{letter}")


def noticed() -> int:
    """Every certificate has its line."""
    return notice(due_on=due_on)


def ready(cast: Cast, count: int = 1, version: str = "1.1.2") -> list[Line]:
    """So many lines to send."""
    channelled(cast, version)
    made = awarded(cast, count)
    noticed()
    return [Line.objects.get(certificate=one) for one in made]


def batched(cast: Cast, action: Batch.Action = Batch.Action.CREATE, **changes: Any) -> Batch:
    """Everything that can go is in a file."""
    told = {"organisation": cast.organisation, "by": cast.manager, "at": ISSUED_AT, **changes}
    return make_batch(action=action, **told)


def names(batch: Batch) -> list[str]:
    """The technical ids of a file, in their order."""
    return list(batch.sendings.order_by("pk").values_list("technical_id", flat=True))


DUPLICATE = "Le passage certification avec le bcr émetteur X et l'id technique partenaire Y existe déjà en base"
CODE_KO = "Le statut de la certification RNCP31854 est KO"
IDENTITY = "Aucun titulaire ne correspond aux critères obligatoires"


def answer(
    batch: Batch, accepted: Iterable[str] = (), refused: Mapping[str, Iterable[str]] | None = None, flow: str = ""
) -> bytes:
    """A receipt as the portal gives it."""
    right = "".join(f"<idTechnique>{one}</idTechnique>" for one in accepted)
    wrong = "".join(
        f"<passage><idTechnique>{one}</idTechnique>"
        + "".join(f"<messageErreur>{reason}</messageErreur>" for reason in reasons)
        + "</passage>"
        for one, reasons in (refused or {}).items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><r:rapport xmlns:r="urn:cdc:cpf:pc5:rapport:schema">'
        f"<nomFichier>x.xml</nomFichier><idFlux>{flow or batch.pk}</idFlux><idTraitement>42</idTraitement>"
        f"<PassagesKO>{wrong}</PassagesKO><passagesOK>{right}</passagesOK></r:rapport>"
    ).encode()


def answered(cast: Cast, batch: Batch, content: bytes) -> Receipt:
    """That receipt is dropped."""
    fresh = Batch.objects.get(pk=batch.pk)
    return take_receipt(batch=fresh, content=content, most_bytes=MOST_BYTES, by=cast.manager, at=ISSUED_AT)


def accepted(cast: Cast, batch: Batch) -> Receipt:
    """Everything in that file is accepted."""
    return answered(cast, batch, answer(batch, names(batch)))


def rejected(cast: Cast, *reasons: str) -> Line:
    """One line, refused for these reasons."""
    (line,) = ready(cast)
    batch = batched(cast)
    answered(cast, batch, answer(batch, refused={names(batch)[0]: reasons}))
    return Line.objects.get(pk=line.pk)


def corrected(cast: Cast, line: Line, **changes: Any) -> None:
    """The civil identity of its holder is put right, then compared with a document."""
    person = line.certificate.candidacy.candidate
    row = CivilIdentity.objects.get(person=person)
    told = Identity(**{name: getattr(row, name) for name in Identity._fields})._replace(**changes)
    again = set_identity(person=person, identity=told, by=person, at=ISSUED_AT)
    check_identity(identity=again, is_checked=True, by=cast.secretary, at=ISSUED_AT)
