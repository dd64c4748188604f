"""An award as the records would hand it over, with French names and hostile texts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from parchemin.edges.credentials.awarded import (
    Award,
    Block,
    Certification,
    Competence,
    Evidence,
    Holder,
    Issuer,
    hashed_identifier,
)
from tests.edges.credentials.cast import ISSUER

FRAMEWORK = "https://certif.example/case/CFItems/"
STATUS = "https://certif.example/statuts/1"
HOSTILE = 'O’Brien-Ndiaye « Zoé » <script>alert("x")</script> {} \\ \U0001f393'


def block(number: int, competences: int = 3, **changes: Any) -> Block:
    made = Block(
        id=f"https://certif.example/titres/RNCP12345/BC{number:02}",
        code=f"RNCP12345BC{number:02}",
        title=f"Diagnostiquer l’état d’un équipement, volume {number}",
        competences=tuple(
            Competence(
                code=f"C{number}.{one}",
                title=f"Évaluer la réparabilité — étape {one} « à cœur »",
                url=f"{FRAMEWORK}{number}{one}",
            )
            for one in range(1, competences + 1)
        ),
        result=None if number == 2 else "Acquis, 14,5/20",
        status_index=100 + number,
    )
    return replace(made, **changes)


def award(count: int = 3, **changes: Any) -> Award:
    made = Award(
        id="urn:uuid:6f1c8f9e-3c8e-4f0a-9d6e-0d9b1f8e7a10",
        number="2026-000123",
        issuer=Issuer(
            id=ISSUER, name="Certificateur d’essai", url="https://certif.example/", registration="12345678900012"
        ),
        holder=Holder(
            given_name="Chloé",
            family_name="Noël-Ôzgür",
            identifier=hashed_identifier("chloe@exemple.test", "0123456789abcdef"),
        ),
        certification=Certification(
            id="https://certif.example/titres/RNCP12345",
            title="Technicien du réemploi",
            code="RNCP12345",
            framework="Référentiel RNCP12345",
            criteria="Validation de **tous** les blocs par un jury paritaire.",
            level=5,
        ),
        awarded_on=date(2026, 6, 15),
        valid_from=datetime(2026, 6, 15, 10, 30, tzinfo=UTC),
        valid_until=datetime(2031, 6, 15, 10, 30, tzinfo=UTC),
        blocks=tuple(block(number) for number in range(1, count + 1)),
        evidence=(Evidence(name="Dossier", description="Réparation d’un lave-linge", url="https://exemple.test/d/1"),),
        status_list=STATUS,
        status_index=7,
    )
    return replace(made, **changes)
