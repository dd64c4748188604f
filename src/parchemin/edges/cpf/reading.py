"""Files of the skills passport read back: those sent before, by whatever software, in the order of the dictionary."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import BinaryIO, TypeVar
from xml.etree.ElementTree import Element

from parchemin.edges.cpf.parsing import Ended, ended, is_nil, local, text_of
from parchemin.edges.cpf.passages import (
    Access,
    Action,
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
)
from parchemin.edges.cpf.problems import CpfError
from parchemin.edges.cpf.writing import MOST_BYTES

PASSAGE = "passageCertification"
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


def read(source: BinaryIO, *, most_bytes: int = MOST_BYTES) -> tuple[Flow, Iterator[Passage]]:
    """The header of a file and its passages, as a stream; texts as they stand, not checked.

    CpfError ``file_too_large``, ``forbidden_xml``, ``too_deep``, ``not_xml``; ``not_a_flow`` when something is missing
    or out of order; ``not_a_value`` and ``inconsistent`` name the element and the passage; ``national_number`` when a
    holder is named by a NIR, which is neither read nor kept.
    """
    reader = _Reader(ended(source, most_bytes, whole=frozenset({PASSAGE})))
    return reader.flow(), reader.passages()


class _Reader:
    def __init__(self, events: Iterator[Ended]) -> None:
        self._events = events
        self._told: dict[str, str] = {}
        self._following = self._next()

    def flow(self) -> Flow:
        """The header, which stands before the first passage."""
        told = self._told
        try:
            at = datetime.fromisoformat(told["flux/horodatage"])
            action = Action(told.get("flux/action", Action.CREATE))
            return Flow(
                id=told["flux/idFlux"],
                at=at,
                emitter=told["emetteur/idClient"],
                certifier=told["certificateur/idClient"],
                contract=told["certificateur/idContrat"],
                action=action,
            )
        except KeyError as error:
            raise CpfError("not_a_flow", element=str(error.args[0])) from error
        except ValueError as error:
            raise CpfError("not_a_flow", element="flux/horodatage") from error

    def passages(self) -> Iterator[Passage]:
        """Every passage, in order."""
        while self._following is not None:
            yield self._following
            self._following = self._next()

    def _next(self) -> Passage | None:
        for path, element in self._events:
            if path[0] != "flux":
                raise CpfError("not_a_flow", element=path[0])
            if path[-1] == PASSAGE:
                return self._passage(element)
            if PASSAGE in path:
                continue
            if path[-1] == "certification":
                self._told = {key: value for key, value in self._told.items() if "certification/" not in key}
            elif len(path) > 1 and not len(element):
                self._told.setdefault("/".join(path[-2:]), text_of(element))
        return None

    def _passage(self, element: Element) -> Passage:
        code, kind = self._told.get("certification/code"), self._told.get("certification/type")
        if code is None or kind is None:
            raise CpfError("not_a_flow", element="certification/type, certification/code")
        depositor = self._told.get("certification/natureDeposant")
        values = _Values(element)
        passage = values.passage(code, Depositor(depositor) if depositor else None)
        if passage.register != kind:
            raise values.contradiction("type")
        return passage


class _Values:
    """The values of one passage, by the names of their elements."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self._id = next((text_of(one) for one in element if local(one) == "idTechnique"), "?")

    def contradiction(self, name: str) -> CpfError:
        return CpfError("inconsistent", element=name, technical_id=self._id)

    def passage(self, code: str, depositor: Depositor | None) -> Passage:
        level = self._some("niveauLangueEuropeen", LanguageLevel)
        digital = self._child(self._element, "niveauNumeriqueEuropeen")
        for presence, value in (("presenceNiveauLangueEuro", level), ("presenceNiveauNumeriqueEuro", digital)):
            if self._must(presence, BOOLEANS.__getitem__) != (value is not None):
                raise self.contradiction(presence)
        terms = self._child(self._element, "modalitesInscription")
        if terms is None:
            raise CpfError("not_a_value", element="modalitesInscription", technical_id=self._id)
        return Passage(
            technical_id=self._must("idTechnique", str),
            code=code,
            depositor=depositor,
            proof_url=self._some("urlPreuve", str),
            option=self._some("libelleOption", str),
            obtained=self._must("obtentionCertification", Obtained),
            is_final=self._must("donneeCertifiee", BOOLEANS.__getitem__),
            examined_from=self._some("dateDebutExamen", date.fromisoformat),
            examined_until=self._some("dateFinExamen", date.fromisoformat),
            sitting=self._some("modalitePassageExamen", Sitting),
            centre_postcode=self._some("codePostalCentreExamen", str),
            delivered_on=self._must("dateDebutValidite", date.fromisoformat),
            valid_until=self._some("dateFinValidite", date.fromisoformat),
            language_level=level,
            digital_level=None if digital is None else self._digital(digital),
            score=self._some("scoring", str),
            mention=self._some("mentionValidee", Mention),
            access=self._some("modaliteAcces", Access, terms),
            vae_path=self._some("voieAccessVAE", VaePath, terms),
            initiative=self._some("initiativeInscription", Initiative, terms),
            enrolled_on=self._some("dateInscription", date.fromisoformat, terms),
            holder=self._holder(),
            comment=self._some("verbatim", str),
        )

    def _digital(self, element: Element) -> DigitalLevel:
        results = self._child(element, "resultats")
        return DigitalLevel(
            self._some("scoreGeneral", int, element),
            tuple(
                DigitalResult(
                    self._must("niveau", int, one),
                    self._must("domaineCompetenceId", int, one),
                    self._must("competenceId", int, one),
                )
                for one in ([] if results is None else results)
            ),
        )

    def _holder(self) -> Holder | TrainingFile:
        named = self._child(self._element, "identificationTitulaire")
        found = {} if named is None else {local(one): one for one in named}
        if "identifiantNational" in found:
            raise CpfError("national_number")
        if (file := found.get("dossierFormation")) is not None:
            return TrainingFile(
                number=self._must("idDossier", str, file),
                name=self._must("nomTitulaire", str, file),
                first_name=self._must("prenom1Titulaire", str, file),
            )
        if (holder := found.get("titulaire")) is None:
            raise CpfError("not_a_value", element="identificationTitulaire", technical_id=self._id)
        others = [self._some(name, str, holder) for name in ("prenom2", "prenom3")]
        return Holder(
            birth_name=self._must("nomNaissance", str, holder),
            used_name=self._some("nomUsage", str, holder),
            first_names=(self._must("prenom1", str, holder), *(name for name in others if name is not None)),
            born=Born(
                self._must("anneeNaissance", int, holder),
                self._some("moisNaissance", int, holder),
                self._some("jourNaissance", int, holder),
            ),
            sex=self._must("sexe", Sex, holder),
            birthplace=self._birthplace(holder),
        )

    def _birthplace(self, holder: Element) -> Birthplace:
        code = self._child(holder, "codeCommuneNaissance")
        insee, postcode = self._child(code, "codeInseeNaissance"), self._child(code, "codePostalNaissance")
        place = Birthplace(
            insee=None if insee is None else self._must("codeInsee", str, insee),
            postcode=None if postcode is None else self._some("codePostal", str, postcode),
            town=self._some("libelleCommuneNaissance", str, holder),
            country=self._some("libellePaysNaissance", str, holder),
        )
        country = self._some("codePaysNaissance", str, holder)
        if country is not None and country != place.country_code:
            raise self.contradiction("codePaysNaissance")
        return place

    def _some(self, name: str, made: Callable[[str], T], parent: Element | None = None) -> T | None:
        found = self._child(self._element if parent is None else parent, name)
        if found is None or is_nil(found):
            return None
        try:
            return made(found.text or "")
        except (ValueError, KeyError) as error:
            raise CpfError("not_a_value", element=name, technical_id=self._id) from error

    def _must(self, name: str, made: Callable[[str], T], parent: Element | None = None) -> T:
        found = self._some(name, made, parent)
        if found is None:
            raise CpfError("not_a_value", element=name, technical_id=self._id)
        return found

    @staticmethod
    def _child(parent: Element | None, name: str) -> Element | None:
        return None if parent is None else next((one for one in parent if local(one) == name), None)
