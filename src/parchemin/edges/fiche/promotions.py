"""The yearly figures of a sheet, under the register's own tags (France compétences, open data flux V4.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """Those certified in one year; rates in whole percents, None where nobody answered."""

    year: int
    certified: int
    certified_by_vae: int | None = None
    overall_at_six_months: int | None = None
    target_at_six_months: int | None = None
    target_at_two_years: int | None = None


TAGS = (
    ("ANNEE", "year"),
    ("NOMBRE_CERTIFIES", "certified"),
    ("NOMBRE_CERTIFIES_VAE", "certified_by_vae"),
    ("TAUX_INSERTION_GLOBAL_6MOIS", "overall_at_six_months"),
    ("TAUX_INSERTION_METIER_6MOIS", "target_at_six_months"),
    ("TAUX_INSERTION_METIER_2ANS", "target_at_two_years"),
)
"""In the order of the flux; a figure that is not known has no tag."""


def written(promotions: Iterable[Promotion]) -> bytes:
    """The element STATISTIQUES_PROMOTIONS, the last year first, as UTF-8."""
    whole = ElementTree.Element("STATISTIQUES_PROMOTIONS")
    for one in sorted(promotions, key=lambda each: each.year, reverse=True):
        line = ElementTree.SubElement(whole, "STATISTIQUES_PROMOTION")
        for tag, name in TAGS:
            value = getattr(one, name)
            if value is not None:
                ElementTree.SubElement(line, tag).text = str(value)
    ElementTree.indent(whole)
    text: str = ElementTree.tostring(whole, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
