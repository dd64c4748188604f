"""Where and when people are born, as the national skills passport wants it: communes, countries, checks at entry."""

from parchemin.catalogue.birthplaces.communes import Commune, commune, commune_then, communes_like
from parchemin.catalogue.birthplaces.countries import Country, countries_like, country
from parchemin.catalogue.birthplaces.identity import IdentityProblem, birthplace_problems, name_problems

__all__ = [
    "Commune",
    "Country",
    "IdentityProblem",
    "birthplace_problems",
    "commune",
    "commune_then",
    "communes_like",
    "countries_like",
    "country",
    "name_problems",
]
