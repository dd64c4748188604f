"""Figures in words: each rate with what it is counted over, small groups named as they are."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parchemin.records.followups.models import Wave
from parchemin.records.followups.queries.decided import Group, Tally
from parchemin.records.followups.queries.delays import Delay, Lap
from parchemin.records.followups.queries.insertion import Insertion, Rate
from parchemin.records.followups.queries.yearly import Yearly

Row = dict[str, Any]


def cards(whole: Tally, by_vae: int) -> list[Row]:
    """The whole of a year, in four figures."""
    note = _("dont %(n)s par la VAE") % {"n": by_vae} if by_vae else ""
    return [
        {"title": _("Candidats jugés"), "value": whole.candidates},
        {"title": _("Certifiés"), "value": whole.full, "note": note},
        {"title": _("Délivrances partielles"), "value": whole.partial},
        {"title": _("Rien délivré"), "value": whole.none},
    ]


def groups(found: Iterable[Group], names: Mapping[str, str], unnamed: str) -> list[Row]:
    """Each group with its name, its tally, and how many of it were certified."""
    return [row(names.get(one.key) or one.title or unnamed, one.tally) for one in found]


def row(title: str, tally: Tally) -> Row:
    """One line of a table."""
    return {"title": title, "tally": tally, "certified": rated(Rate(tally.full, tally.candidates))}


def sexes() -> dict[str, str]:
    """How sexes are named."""
    return {"F": _("Femmes"), "M": _("Hommes")}


def laps() -> dict[str, str]:
    """How steps are named."""
    return {
        Lap.ADMITTED.value: _("De la demande à la recevabilité"),
        Lap.HEARD.value: _("De la recevabilité au jury"),
        Lap.TOLD.value: _("De la décision au résultat annoncé"),
        Lap.ISSUED.value: _("Du résultat annoncé au certificat délivré"),
    }


def delays(found: Iterable[Delay]) -> list[Row]:
    """Each step with its median, and the number of files it comes from."""
    return [{"title": laps()[one.lap.value], "median": days(one.median), "files": one.count} for one in found]


def days(median: float | None) -> str:
    """So many days; nothing when it is not known."""
    if median is None:
        return ""
    if not median:
        return _("le jour même")
    value = number_format(int(median) if median == int(median) else median)
    return ngettext("%(n)s jour", "%(n)s jours", max(1, int(median))) % {"n": value}


def rated(rate: Rate) -> Row:
    """Out of a hundred, with both counts; ``percent`` empty of nobody."""
    percent = "" if rate.percent is None else _("%(n)s %%") % {"n": rate.percent}
    return {"percent": percent, "counts": _("%(n)s sur %(of)s") % {"n": rate.over, "of": rate.under}}


def waves(found: Iterable[Insertion]) -> list[Row]:
    """Each wave with its rates."""
    return [
        {
            "title": when(one.wave.value),
            "one": one,
            "response": rated(one.response),
            "overall": rated(one.overall),
            "target": rated(one.target),
        }
        for one in found
    ]


def when(wave: int) -> str:
    """How a wave is named."""
    return {Wave.SIX_MONTHS: _("6 mois après la décision"), Wave.TWO_YEARS: _("2 ans après la décision")}[Wave(wave)]


def split_of(found: Yearly) -> dict[str, list[Row]]:
    """The tables of the page of a year."""
    decided = found.decided
    return {
        "routes": groups(decided.routes, {}, ""),
        "sexes": groups(decided.sexes, sexes(), _("Non renseigné")),
        "centres": groups(decided.centres, {}, _("Aucun organisme déclaré")),
    }


def told(kept: Mapping[str, Any]) -> Row:
    """What was published, or would be, ready to be shown: from its text alone."""
    whole = _tally(kept["whole"])
    return {
        "year": kept["year"],
        "fewest": kept["fewest"],
        "cards": cards(whole, kept["certified_by_vae"]),
        "routes": _kept_split(kept["routes"], {}),
        "sexes": _kept_split(kept["sexes"], sexes() | {"": _("Non renseigné")}),
        "delays": [
            {"title": laps()[one["lap"]], "median": days(one["median"]), "files": one["files"]}
            for one in kept["delays"]
            if one["median"] is not None
        ],
        "waves": [_kept_wave(one) for one in kept["waves"]],
    }


def _kept_split(lines: list[Mapping[str, Any]] | None, names: Mapping[str, str]) -> list[Row] | None:
    return None if lines is None else [row(names.get(one["key"]) or one["title"], _tally(one)) for one in lines]


def _kept_wave(one: Mapping[str, Any]) -> Row:
    rates = {name: rated(_rate(kept)) for name, kept in (one["rates"] or {}).items()}
    return {"title": when(one["wave"]), "response": rated(_rate(one["response"])), **rates}


def _rate(kept: Mapping[str, int]) -> Rate:
    return Rate(kept["over"], kept["under"])


def _tally(kept: Mapping[str, int]) -> Tally:
    return Tally(kept["full"], kept["partial"], kept["none"])
