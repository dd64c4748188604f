"""A certificate or a block certificate composed: every word final, in reading order."""

from typing import Any

from parchemin.edges.parchments.parchment import Award, BlockCertificate, Certification
from parchemin.edges.parchments.pieces import holder_lines, mentions, proof, shell, signature, values_of
from parchemin.edges.parchments.setting import day, exact, worded
from parchemin.edges.parchments.verification import grouped
from parchemin.edges.parchments.wording import worded_line
from parchemin.typography import NARROW


def award_page(award: Award) -> dict[str, Any]:
    """The tree of a certificate, or of a block certificate."""
    block = award.block if isinstance(award, BlockCertificate) else None
    kind, values = ("block" if block else "certificate"), values_of(award, award.number)
    if block:
        values |= {"block": block.title, "block_code": block.code}
    wording, certification = award.house.wording, award.certification
    title = worded(block.title if block else certification.title)
    validity = f"Valable jusqu’au {day(award.valid_until)} inclus" if award.valid_until else ""
    return {
        **shell(award.house, f"{title} — {exact(award.holder.full_name)} — {exact(award.number)}"),
        **_mark(award),
        "heading": worded(worded_line(f"{kind}_heading", wording, values)),
        "name": title,
        "words": worded(worded_line(f"{kind}_words", wording, values)),
        "of": part_of(block.code, certification) if block else "",
        "facts": list(mentions(certification)),
        "grant": worded(worded_line(f"{kind}_grant", wording, values)),
        "holder": holder_lines(award.holder),
        "closing": worded(worded_line(f"{kind}_closing", wording, values)),
        "validity": validity,
        "renews": f"Renouvelle le certificat n°\u00a0{grouped(exact(award.renews))}" if award.renews else "",
        "signature": signature(award.house, day(award.issued_on)),
        "proof": proof("number", grouped(exact(award.number)), award.address),
    }


def _mark(award: Award) -> dict[str, str]:
    """What sets this paper apart from the first one."""
    if award.is_specimen:
        return {"mark": "SPÉCIMEN", "mark_note": "ne vaut pas certificat", "across": "SPÉCIMEN"}
    note = f"établi le {day(award.duplicate.issued_on)}" if award.duplicate else ""
    return {"mark": "DUPLICATA" if award.duplicate else "", "mark_note": note, "across": ""}


def part_of(code: str, certification: Certification) -> str:
    """« Bloc de compétences … de la certification « … » »."""
    named = f"Bloc de compétences {exact(code)}".strip()
    return f"{named} de la certification «{NARROW}{worded(certification.title)}{NARROW}»"
