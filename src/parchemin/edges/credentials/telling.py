"""A certificate of the records as the award that every form of credential is written from."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils import timezone

from parchemin.core.decision import Stage
from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown, listed
from parchemin.edges.credentials.awarded import Award, Block, Certification, Competence, Evidence, Holder, Issuer
from parchemin.edges.credentials.badges import award_badge, block_badges
from parchemin.edges.credentials.site import Site
from parchemin.edges.credentials.site import listed as list_of
from parchemin.edges.credentials.strict import Json
from parchemin.records.awards.models import Certificate, Kind

END = time(23, 59, 59)


def badge_of(certificate: Certificate, scheme: Scheme, site: Site, evidence: tuple[Evidence, ...] = ()) -> Json:
    """The unsigned badge of a certificate: of the whole, or of its block alone; with what its holder shows besides."""
    award = replace(award_of(certificate, scheme, site), evidence=evidence)
    return block_badges(award)[0] if certificate.kind == Kind.BLOCK else award_badge(award)


def award_of(certificate: Certificate, scheme: Scheme, site: Site) -> Award:
    """The award that a certificate says, under the scheme it was decided under; nothing is added to what it says."""
    told, place = certificate.told, site.certification(str(scheme.ref))
    number, index = list_of(certificate.place)
    is_block = certificate.kind == Kind.BLOCK
    return Award(
        id=f"urn:uuid:{certificate.pk}",
        number=certificate.number,
        issuer=issuer_of(certificate.issuer_id, told["body"], site),
        holder=holder_of(told["holder"]),
        certification=_certification(told, scheme, place),
        awarded_on=certificate.awarded_on,
        valid_from=_at(certificate.awarded_on, time()),
        valid_until=_at(certificate.valid_until, END) if certificate.valid_until else None,
        blocks=tuple(_blocks(certificate, scheme, place, index if is_block else None)),
        status_list=site.status_list(certificate.issuer_id, number),
        status_index=index,
    )


def issuer_of(organisation: UUID, body: Mapping[str, Any], site: Site) -> Issuer:
    """The body that issues, under its did:web."""
    return Issuer(
        id=site.issuer(organisation),
        name=body["trade_name"] or body["name"],
        url=site.address,
        registration=body["siret"] or None,
    )


def holder_of(told: Mapping[str, Any]) -> Holder:
    """The holder, under the name a certificate bears."""
    return Holder(given_name=" ".join(told["first_names"]), family_name=told["used_name"] or told["birth_name"])


def _certification(told: Mapping[str, Any], scheme: Scheme, place: str) -> Certification:
    code = next((one["code"] for one in told["registrations"] if one["code"]), scheme.ref.id)
    rules = scheme.rules.get(Stage.AWARD, ())
    return Certification(
        id=place,
        title=told["certification"],
        code=code,
        framework=str(scheme.ref),
        criteria=" ".join(dict.fromkeys(rule.says for rule in rules)) or told["certification"],
        level=(told["level"] or {}).get("eqf"),
    )


def _blocks(certificate: Certificate, scheme: Scheme, place: str, index: int | None) -> Iterable[Block]:
    """The blocks that the certificate says held; those whose title is not known are left out, for want of a name."""
    held = {one["code"] for one in certificate.told["parts"] if one["is_held"]} | {certificate.code}
    for block in scheme.blocks.values():
        if block.id in held and isinstance(block.title, str):
            competences = tuple(_competences(scheme, block.id, place))
            yield Block(
                id=f"{place}#{block.id}",
                code=block.id,
                title=block.title,
                competences=competences,
                result=None,
                status_index=index,
            )


def _competences(scheme: Scheme, block: str, place: str) -> Iterable[Competence]:
    for one in listed(scheme.framework.competences):
        if one.block == block and not isinstance(one.title, Unknown):
            yield Competence(code=one.id, title=one.title, url=f"{place}#{one.id}")


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
