"""European Learning Model 3: the award as a file that the Europass issuer of digital credentials takes in.

That issuer adds its seal, its legal identifier and the instant of issue: those three are not here.
Source: European Learning Model 3.1, application profile EDC generic.
"""

import base64
from collections.abc import Sequence

from parchemin.edges.credentials.awarded import Award, Block, Issuer
from parchemin.edges.credentials.badges import midnight
from parchemin.edges.credentials.instants import instant
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import Json

KIND = "EuropeanDigitalCredential"
CONTEXTS = ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"]
AUTHORITY = "http://publications.europa.eu/resource/authority/"
VOCABULARY = "http://data.europa.eu/snb/"
SCHEME = "25831c2"
LANGUAGES = {"fr": ("FRA", "français"), "en": ("ENG", "English")}
COUNTRIES = {"FRA": "France", "BEL": "Belgique", "LUX": "Luxembourg", "CHE": "Suisse"}
PNG = b"\x89PNG\r\n\x1a\n"


def uploadable(award: Award, pages: Sequence[bytes]) -> Json:
    """The file to hand to the Europass issuer; ``pages`` are the pages of the certificate as PNG pictures.

    Raises CredentialError: incomplete for a language, a country or a page that cannot be written.
    """
    if award.certification.language not in LANGUAGES:
        raise CredentialError("incomplete", part="language")
    if award.issuer.country not in COUNTRIES:
        raise CredentialError("incomplete", part="country")
    return {"credential": _Writing(award).credential(pages)}


def is_uploadable(document: Json) -> bool:
    """Whether this is such a file, which nobody signed: nothing can be checked of it."""
    inside = document.get("credential")
    kinds = inside.get("type") if isinstance(inside, dict) else None
    return isinstance(kinds, list) and KIND in kinds and "@context" not in document


class _Writing:
    """One file being written: every text is in the language of the certification, every object has its number."""

    def __init__(self, award: Award) -> None:
        self.award = award
        self.language = award.certification.language
        self.numbers: dict[str, int] = {}

    def credential(self, pages: Sequence[bytes]) -> Json:
        award = self.award
        found: Json = {
            "id": award.id,
            "type": ["VerifiableCredential", KIND],
            "credentialProfiles": self.concept(f"{VOCABULARY}credential/", "e34929035b", "Generic", "en"),
            "displayParameter": self.display(pages),
            "credentialSchema": {
                "id": f"{VOCABULARY}model/ap/edc-generic-full",
                "type": "ShaclValidator2017",
            },
            "credentialSubject": self.person(),
            "issuer": self.organisation(award.issuer),
            "validFrom": instant(award.valid_from),
            "@context": CONTEXTS,
        }
        return found | ({"expirationDate": instant(award.valid_until)} if award.valid_until else {})

    def display(self, pages: Sequence[bytes]) -> Json:
        language, certification = self.spoken(), self.award.certification
        shown = self.thing("IndividualDisplay", language=language)
        shown["displayDetail"] = [self.page(number, page) for number, page in enumerate(pages, 1)]
        return self.thing(
            "DisplayParameter",
            title=self.text(certification.title),
            description=self.text(f"{certification.title} ({certification.code})"),
            language=language,
            primaryLanguage=language,
            individualDisplay=shown,
        )

    def page(self, number: int, content: bytes) -> Json:
        if not content.startswith(PNG):
            raise CredentialError("incomplete", part=f"pages[{number}]")
        image = self.thing(
            "MediaObject",
            content=base64.b64encode(content).decode(),
            contentEncoding=self.concept(f"{VOCABULARY}encoding/", "6146cde7dd", "base64", "en"),
            contentType=self.concept(f"{AUTHORITY}file-type", "PNG", "PNG", "en"),
        )
        return self.thing("DisplayDetail", image=image, page=number)

    def person(self) -> Json:
        holder = self.award.holder
        return self.thing(
            "Person",
            givenName=self.text(holder.given_name),
            familyName=self.text(holder.family_name),
            fullName=self.text(f"{holder.given_name} {holder.family_name}"),
            hasClaim=self.achievement(),
        )

    def achievement(self) -> Json:
        award, certification = self.award, self.award.certification
        specification = self.thing(
            "Qualification",
            title=self.text(certification.title),
            identifier=self.thing("Identifier", notation=certification.code, schemeName="France compétences"),
            learningOutcome=self.outcomes(award.blocks),
            isPartialQualification=False,
        )
        if certification.level is not None:
            level = str(certification.level)
            specification["eqfLevel"] = self.concept(f"{VOCABULARY}eqf/", level, f"Level {level}", "en")
        found = self.thing(
            "LearningAchievement",
            title=self.text(certification.title),
            identifier=self.thing("Identifier", notation=award.number, schemeName="Parchemin"),
            awardedBy=self.awarding(),
            specifiedBy=specification,
        )
        return found | ({"hasPart": [self.part(block) for block in award.blocks]} if award.blocks else {})

    def part(self, block: Block) -> Json:
        specification = self.thing(
            "LearningAchievementSpecification",
            title=self.text(block.title),
            identifier=self.thing("Identifier", notation=block.code, schemeName=self.award.certification.code),
            learningOutcome=self.outcomes((block,)),
        )
        found = self.thing(
            "LearningAchievement",
            title=self.text(block.title),
            awardedBy=self.awarding(),
            specifiedBy=specification,
        )
        if block.result is not None:
            grade = self.thing("Note", noteLiteral=self.text(block.result))
            found["provenBy"] = self.thing(
                "LearningAssessment", title=self.text(block.title), grade=grade, awardedBy=self.awarding()
            )
        return found

    def outcomes(self, blocks: Sequence[Block]) -> list[Json]:
        return [
            self.thing("LearningOutcome", title=self.text(f"{one.code} {one.title}"))
            for block in blocks
            for one in block.competences
        ]

    def awarding(self) -> Json:
        body = self.organisation(self.award.issuer)
        return self.thing("AwardingProcess", awardingBody=body, awardingDate=midnight(self.award.awarded_on))

    def organisation(self, issuer: Issuer) -> Json:
        country = self.concept(f"{AUTHORITY}country", issuer.country, COUNTRIES[issuer.country], "fr")
        found: Json = {
            "id": issuer.id,
            "type": "Organisation",
            "legalName": self.text(issuer.name),
            "location": {
                "id": "urn:epass:location:issuer",
                "type": "Location",
                "address": {"id": "urn:epass:address:issuer", "type": "Address", "countryCode": country},
            },
        }
        if issuer.registration is not None:
            found["registration"] = {
                "id": "urn:epass:legalIdentifier:issuer",
                "type": "LegalIdentifier",
                "notation": issuer.registration,
                "spatial": country,
            }
        if issuer.url is not None:
            found["homepage"] = {"id": "urn:epass:webResource:issuer", "type": "WebResource", "contentURL": issuer.url}
        return found

    def spoken(self) -> Json:
        code, name = LANGUAGES[self.language]
        return self.concept(f"{AUTHORITY}language", code, name, self.language)

    def concept(self, scheme: str, code: str, label: str, language: str) -> Json:
        """A term of a controlled vocabulary: those of publications.europa.eu are their own scheme."""
        own = scheme.startswith(AUTHORITY)
        found: Json = {
            "id": f"{scheme}/{code}" if own else f"{scheme}{code}",
            "type": "Concept",
            "inScheme": {"id": scheme if own else f"{scheme}{SCHEME}", "type": "ConceptScheme"},
            "prefLabel": {language: label},
        }
        return found | ({"notation": scheme.rpartition("/")[2]} if own else {})

    def thing(self, kind: str, **fields: object) -> Json:
        self.numbers[kind] = self.numbers.get(kind, 0) + 1
        name = kind[0].lower() + kind[1:]
        return {"id": f"urn:epass:{name}:{self.numbers[kind]}", "type": kind, **fields}

    def text(self, text: str) -> dict[str, str]:
        return {self.language: text}
