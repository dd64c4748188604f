"""Files for the skills passport, written as a stream: whatever their length, a few passages are in memory at a time.

Elements stand in the order of the dictionary (NC5 V22). What must be told and is not known is told as nil; what may
be left out is left out. Every text was checked, so it only has to be escaped.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from parchemin.core.errors import Misuse
from parchemin.edges.cpf.checking import checked, checked_flow
from parchemin.edges.cpf.passages import (
    Birthplace,
    Depositor,
    DigitalLevel,
    Flow,
    Holder,
    Passage,
    TrainingFile,
    Version,
)
from parchemin.edges.cpf.problems import CpfError

MOST_PASSAGES = 200_000
MOST_BYTES = 200_000_000
"""What one file may hold (Caisse des Dépôts, *Guide général* V5, §4.4.2, and the portal's kit of 2026)."""
CHUNK = 1 << 16

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<cpf:flux xmlns:cpf="urn:cdc:cpf:pc5:schema:1.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)
NO_END = '<cpf:dateFinValidite xsi:nil="true"/>'
END_CERTIFICATION = b"</cpf:passageCertifications></cpf:certification>\n"
TAIL = b"</cpf:certifications></cpf:certificateur></cpf:certificateurs></cpf:emetteur></cpf:flux>\n"

Certification = tuple[str, Depositor | None]


class Limits(NamedTuple):
    """How much one file may hold."""

    passages: int = MOST_PASSAGES
    bytes: int = MOST_BYTES


LIMITS = Limits()


def written(flow: Flow, passages: Iterable[Passage], *, version: Version) -> Iterator[bytes]:
    """One file, in pieces of about 64 KiB, whose bytes follow the schema of that version.

    Passages of the same certification that follow one another stand under it together: give them sorted by code.
    Nothing that cannot go is left out quietly: CpfError ``passage_refused`` at the first passage with a blocking
    problem (``checked`` tells them all beforehand), ``twice`` when two have the same technical id, ``flow_refused``
    for the header, ``nothing_to_send`` without any passage, ``too_large`` past what one file may hold. After an
    error, throw away what was written.
    """
    for part in split([flow], passages, version=version):
        yield from part


def split(
    flows: Iterable[Flow], passages: Iterable[Passage], *, version: Version, limits: Limits = LIMITS
) -> Iterator[Iterator[bytes]]:
    """As many files as it takes, each within the limits, as ``written`` gives them; each takes the next of ``flows``.

    CpfError ``too_large`` when passages are left and no header is; Misuse ``file_not_exhausted`` when a file is asked
    for before the one before was read to its end.
    """
    source = _Source(passages)
    if source.following is None:
        raise CpfError("nothing_to_send")
    headers = iter(flows)
    while source.following is not None:
        flow = next(headers, None)
        if flow is None:
            raise CpfError("too_large")
        part = _file(flow, source, version, limits)
        yield part
        if next(part, None) is not None:
            raise Misuse("file_not_exhausted", id=flow.id)


class _Ready(NamedTuple):
    technical_id: str
    certification: Certification
    content: bytes


class _Source:
    """Passages checked and encoded one ahead, so that a file can stop before the one that would overflow it."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._passages = iter(passages)
        self._seen: set[str] = set()
        self.following = self._next()

    def advance(self) -> None:
        """Go on to the next passage."""
        self.following = self._next()

    def start_file(self) -> None:
        """Forget the technical ids of the file before: those who keep them hold them unique."""
        self._seen = {self.following.technical_id} if self.following else set()

    def _next(self) -> _Ready | None:
        one = next(self._passages, None)
        if one is None:
            return None
        for problem in checked(one):
            if problem.is_blocking:
                raise CpfError("passage_refused", technical_id=one.technical_id, problem=problem.sentence)
        if one.technical_id in self._seen:
            raise CpfError("twice", technical_id=one.technical_id)
        self._seen.add(one.technical_id)
        return _Ready(one.technical_id, (one.code, one.depositor), _passage(one).encode())


def _file(flow: Flow, source: _Source, version: Version, limits: Limits) -> Iterator[bytes]:
    pieces = [_head(flow, version).encode()]
    size = len(pieces[0]) + len(END_CERTIFICATION) + len(TAIL)
    held = count = 0
    current: Certification | None = None
    source.start_file()
    while (following := source.following) is not None:
        opening = b"" if following.certification == current else _opening(following.certification, current)
        grown = len(opening) + len(following.content)
        if count == limits.passages or (count and size + grown > limits.bytes):
            break
        source.advance()
        current = following.certification
        pieces += (opening, following.content)
        size, held, count = size + grown, held + grown, count + 1
        if held >= CHUNK:
            yield b"".join(pieces)
            pieces, held = [], 0
    yield b"".join([*pieces, END_CERTIFICATION, TAIL])


def _head(flow: Flow, version: Version) -> str:
    for problem in checked_flow(flow, version):
        raise CpfError("flow_refused", problem=problem.sentence)
    at = flow.at.replace(microsecond=0).isoformat()
    action = f"<cpf:action>{flow.action}</cpf:action>" if version == "1.1.5" else ""
    return (
        f"{HEAD}<cpf:idFlux>{flow.id}</cpf:idFlux><cpf:horodatage>{at}</cpf:horodatage>{action}"
        f"<cpf:emetteur><cpf:idClient>{flow.emitter}</cpf:idClient><cpf:certificateurs><cpf:certificateur>"
        f"<cpf:idClient>{flow.certifier}</cpf:idClient><cpf:idContrat>{_escaped(flow.contract)}</cpf:idContrat>"
        "<cpf:certifications>\n"
    )


def _opening(certification: Certification, before: Certification | None) -> bytes:
    code, depositor = certification
    register = "RS" if code.startswith("RS") else "RNCP"
    opened = (
        f"<cpf:certification><cpf:type>{register}</cpf:type><cpf:code>{code}</cpf:code>"
        f"{_some('natureDeposant', depositor)}<cpf:passageCertifications>\n"
    )
    return (END_CERTIFICATION if before else b"") + opened.encode()


def _passage(one: Passage) -> str:
    level, digital, holder = one.language_level, one.digital_level, one.holder
    return (
        f"<cpf:passageCertification><cpf:idTechnique>{_escaped(one.technical_id)}</cpf:idTechnique>"
        f"{_text('urlPreuve', one.proof_url)}{_text('libelleOption', one.option)}"
        f"<cpf:obtentionCertification>{one.obtained}</cpf:obtentionCertification>"
        f"<cpf:donneeCertifiee>{_boolean(one.is_final)}</cpf:donneeCertifiee>"
        f"{_day('dateDebutExamen', one.examined_from)}{_day('dateFinExamen', one.examined_until)}"
        f"{_some('modalitePassageExamen', one.sitting)}{_text('codePostalCentreExamen', one.centre_postcode)}"
        f"<cpf:dateDebutValidite>{one.delivered_on.isoformat()}</cpf:dateDebutValidite>"
        f"{_day('dateFinValidite', one.valid_until) or NO_END}"
        f"<cpf:presenceNiveauLangueEuro>{_boolean(level is not None)}</cpf:presenceNiveauLangueEuro>"
        f"{_some('niveauLangueEuropeen', level)}"
        f"<cpf:presenceNiveauNumeriqueEuro>{_boolean(digital is not None)}</cpf:presenceNiveauNumeriqueEuro>"
        f"{_digital(digital) if digital else ''}"
        f"{_or_nil('scoring', one.score and _escaped(one.score))}{_or_nil('mentionValidee', one.mention)}"
        f"<cpf:modalitesInscription>{_or_nil('modaliteAcces', one.access)}{_some('voieAccessVAE', one.vae_path)}"
        f"{_some('initiativeInscription', one.initiative)}{_day('dateInscription', one.enrolled_on)}"
        "</cpf:modalitesInscription><cpf:identificationTitulaire>"
        f"{_holder(holder) if isinstance(holder, Holder) else _training_file(holder)}"
        f"</cpf:identificationTitulaire>{_text('verbatim', one.comment)}</cpf:passageCertification>\n"
    )


def _digital(level: DigitalLevel) -> str:
    results = "".join(
        f"<cpf:resultat><cpf:niveau>{one.level}</cpf:niveau><cpf:domaineCompetenceId>{one.domain}"
        f"</cpf:domaineCompetenceId><cpf:competenceId>{one.competence}</cpf:competenceId></cpf:resultat>"
        for one in level.results
    )
    listed = f"<cpf:resultats>{results}</cpf:resultats>" if results else ""
    score = "" if level.score is None else f"<cpf:scoreGeneral>{level.score}</cpf:scoreGeneral>"
    return f"<cpf:niveauNumeriqueEuropeen>{score}{listed}</cpf:niveauNumeriqueEuropeen>"


def _holder(holder: Holder) -> str:
    born, place = holder.born, holder.birthplace
    first, *others = holder.first_names
    following = "".join(
        [f"<cpf:prenom{rank}>{_escaped(name)}</cpf:prenom{rank}>" for rank, name in enumerate(others, 2)]
    )
    return (
        f"<cpf:titulaire><cpf:nomNaissance>{_escaped(holder.birth_name)}</cpf:nomNaissance>"
        f"{_or_nil('nomUsage', holder.used_name and _escaped(holder.used_name))}"
        f"<cpf:prenom1>{_escaped(first)}</cpf:prenom1>{following}"
        f"<cpf:anneeNaissance>{born.year}</cpf:anneeNaissance>{_or_nil('moisNaissance', born.month)}"
        f"{_or_nil('jourNaissance', born.day)}<cpf:sexe>{holder.sex}</cpf:sexe>"
        f"<cpf:codeCommuneNaissance>{_birth_code(place)}</cpf:codeCommuneNaissance>"
        f"{_text('libelleCommuneNaissance', place.town)}{_some('codePaysNaissance', place.country_code)}"
        f"{_text('libellePaysNaissance', place.country)}</cpf:titulaire>"
    )


def _birth_code(place: Birthplace) -> str:
    if place.insee is not None:
        return f"<cpf:codeInseeNaissance><cpf:codeInsee>{place.insee}</cpf:codeInsee></cpf:codeInseeNaissance>"
    postcode = place.postcode and _escaped(place.postcode)
    return f"<cpf:codePostalNaissance>{_or_nil('codePostal', postcode)}</cpf:codePostalNaissance>"


def _training_file(file: TrainingFile) -> str:
    return (
        f"<cpf:dossierFormation><cpf:idDossier>{_escaped(file.number)}</cpf:idDossier>"
        f"<cpf:nomTitulaire>{_escaped(file.name)}</cpf:nomTitulaire>"
        f"<cpf:prenom1Titulaire>{_escaped(file.first_name)}</cpf:prenom1Titulaire></cpf:dossierFormation>"
    )


def _some(name: str, value: str | None) -> str:
    return "" if value is None else f"<cpf:{name}>{value}</cpf:{name}>"


def _day(name: str, value: date | None) -> str:
    return "" if value is None else f"<cpf:{name}>{value.isoformat()}</cpf:{name}>"


def _text(name: str, value: str | None) -> str:
    return "" if value is None else f"<cpf:{name}>{_escaped(value)}</cpf:{name}>"


def _or_nil(name: str, value: str | int | None) -> str:
    return f'<cpf:{name} xsi:nil="true"/>' if value is None else f"<cpf:{name}>{value}</cpf:{name}>"


def _boolean(value: bool) -> str:
    return "true" if value else "false"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
