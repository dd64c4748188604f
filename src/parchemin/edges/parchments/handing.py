"""What is handed over beside a certificate, for its holder and its body: an extract of minutes, a supplement.

Nothing is said that signed minutes or the files of the certification do not say.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from parchemin.core.decision import Stage
from parchemin.core.scheme import Register, Scheme
from parchemin.core.terms import Unknown, listed
from parchemin.edges.parchments.parchment import (
    Language,
    MinutesExtract,
    MinutesLine,
    OfficialBasis,
    Supplement,
    Way,
    own_lines,
)
from parchemin.edges.parchments.telling import certification_of, holder_of, house_of
from parchemin.records.juries.models import Minutes, Verdict

AUTHORITY = {Register.RNCP: "France compétences", Register.RS: "France compétences"}
"""Who keeps these registers (code du travail, art. L6113-1)."""


def extract_of(
    told: Mapping[str, Any], minutes: Minutes, candidacy: str, scheme: Scheme, on: date, logo: bytes | None = None
) -> MinutesExtract:
    """The lines of closed minutes about the file of that number, as the body that issued ``told`` certifies them.

    ParchmentRefusedError ``no_line`` when the minutes say nothing of it.
    """
    chair = next((one["called"] for one in minutes.told.get("members", ()) if one["is_chair"]), "")
    said = minutes.told["candidates"]
    own = [line for line in said if line["number"] == candidacy]
    return MinutesExtract(
        house=house_of(told, logo),
        certification=certification_of(told),
        holder=holder_of(told["holder"]),
        candidacy=candidacy,
        minutes=minutes.number,
        jury_on=date.fromisoformat(told["decision"]["deliberated_on"]),
        signed_on=timezone.localdate(minutes.closed_at) if minutes.closed_at else None,
        chair=chair,
        issued_on=on,
        lines=own_lines((one for line in own for one in _lines(line, scheme)), candidacy),
        fingerprint=minutes.digest,
    )


def supplement_of(
    told: Mapping[str, Any], scheme: Scheme, language: Language, on: date, logo: bytes | None = None
) -> Supplement:
    """The supplement to a certificate of the whole, labelled in that language; what it says stays in French."""
    certification = certification_of(told)
    return Supplement(
        house=house_of(told, logo),
        certification=certification,
        language=language,
        written_in="fr",
        skills=tuple(_skills(scheme)),
        occupations=tuple(f"Code ROME {code}" for code in listed(scheme.codes.rome)),
        basis=OfficialBasis(
            authority=AUTHORITY.get(certification.register, ""),
            grading=" ".join(rule.says for rule in scheme.rules.get(Stage.AWARD, ())),
            legal_basis=" ; ".join(one["text"] for one in told["registrations"]),
        ),
        ways=tuple(Way(description=one.title) for one in scheme.routes.values() if one.is_open is True),
        issued_on=on,
    )


def _lines(line: Mapping[str, Any], scheme: Scheme) -> Iterator[MinutesLine]:
    """What minutes say of one file: the whole, then each part under its title."""
    known: Mapping[str, Any] = {**scheme.competences, **scheme.blocks}
    number = line["number"]
    with override("fr"):
        verdict = str(Verdict(line["verdict"]).label)
    yield MinutesLine(candidacy=number, subject="Ensemble du dossier", decision=verdict, words=line["reason"])
    for part in line.get("parts", ()):
        title = getattr(known.get(part["code"]), "title", None)
        subject = f"{part['code']} : {title}" if isinstance(title, str) else part["code"]
        decision = "Acquis" if part["is_granted"] else "Non acquis"
        yield MinutesLine(candidacy=number, subject=subject, decision=decision, words=part["reason"])


def _skills(scheme: Scheme) -> Iterator[str]:
    """The competences that count, as they are worded; the blocks where no competence has words."""
    worded = [one.title for one in listed(scheme.framework.competences) if one.is_assessed is not False]
    titles = [title for title in worded if not isinstance(title, Unknown)]
    yield from titles or [one.title for one in scheme.blocks.values() if not isinstance(one.title, Unknown)]
