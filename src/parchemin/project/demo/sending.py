"""What bodies of the demonstration sent to the skills passport: a file a year, answered, one certification refused."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from parchemin.edges.cpf import due_on
from parchemin.edges.cpf.keeping import make_batch
from parchemin.edges.cpf.receiving import take_receipt
from parchemin.project.demo.cast import Cast
from parchemin.project.demo.learning import ten
from parchemin.records.awards.models import Certificate
from parchemin.records.people.models import Organisation, Person
from parchemin.records.transmissions.actions.channelling import save_channel
from parchemin.records.transmissions.actions.noticing import notice
from parchemin.records.transmissions.models import Batch, Line, State

NUMBERS = {"emitter": "00FICTIF", "certifier": "00FICTIF", "contract": "CONVENTION-FICTIVE", "version": "1.1.5"}
REASON = "Aucun titulaire ne correspond aux critères obligatoires"
MADE, ANSWERED = timedelta(days=20), timedelta(days=1)
"""How long after the last award of the year the file is made, then answered."""
MOST_BYTES = 1_000_000


def send_all(cast: Cast, on: date) -> Iterator[Batch]:
    """Every certificate has its line, in the order in which they were issued; each file is made once its year is."""
    rows = Certificate.objects.filter(line=None).select_related("candidacy__certification")
    years = [(_scheme(one), one.awarded_on.year) for one in rows.order_by("issued_at", "pk")]
    for rank, (scheme, year) in enumerate(years, 1):
        notice(due_on=due_on, most=1)
        if (scheme, year) not in years[rank:]:
            yield from _sent(cast.bodies[scheme], cast.managers[scheme], on)


def _scheme(row: Certificate) -> str:
    return row.candidacy.certification.scheme


def _sent(body: Organisation, by: Person, on: date) -> Iterator[Batch]:
    """What is ready in that body goes in one file; of two or more, the first awarded is refused."""
    rows = Line.objects.filter(organisation=body, state=State.READY).select_related("certificate")
    lines = list(rows.order_by("certificate__awarded_on", "pk"))
    if not lines:
        return
    made_on = min(lines[-1].certificate.awarded_on + MADE, on)
    save_channel(organisation=body, by=by, at=ten(made_on), **NUMBERS)
    batch = make_batch(organisation=body, action=Batch.Action.CREATE, by=by, at=ten(made_on))
    sent = dict(batch.sendings.values_list("line", "technical_id"))
    names = [sent[one.pk] for one in lines if one.pk in sent]
    refused, accepted = (names[:1], names[1:]) if len(names) > 1 else ([], names)
    at = ten(min(made_on + ANSWERED, on))
    take_receipt(batch=batch, content=_receipt(batch, accepted, refused), most_bytes=MOST_BYTES, by=by, at=at)
    yield batch


def _receipt(batch: Batch, accepted: Sequence[str], refused: Sequence[str]) -> bytes:
    """The receipt that the portal would give."""
    right = "".join(f"<idTechnique>{one}</idTechnique>" for one in accepted)
    wrong = "".join(
        f"<passage><idTechnique>{one}</idTechnique><messageErreur>{REASON}</messageErreur></passage>" for one in refused
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rapport xmlns="urn:cdc:cpf:pc5:rapport:schema">'
        f"<nomFichier>{batch.pk}.xml</nomFichier><idFlux>{batch.pk}</idFlux><idTraitement>1</idTraitement>"
        f"<PassagesKO>{wrong}</PassagesKO><passagesOK>{right}</passagesOK></rapport>"
    ).encode()
