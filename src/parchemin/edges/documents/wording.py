"""The sentences that say how long a document is against its limit, in French and in English."""

from parchemin.edges.documents.lengths import Comparison, Doubt, Unit, Verdict
from parchemin.edges.documents.problems import Language, numbered
from parchemin.typography import french

NOUNS: dict[Unit, dict[Language, tuple[str, str]]] = {
    Unit.PAGES: {"fr": ("page", "pages"), "en": ("page", "pages")},
    Unit.CHARACTERS: {"fr": ("caractère", "caractères"), "en": ("character", "characters")},
}
ONE = {Unit.PAGES: "une", Unit.CHARACTERS: "un"}
UNMEASURED: dict[Unit, dict[Language, str]] = {
    Unit.PAGES: {"fr": "Nombre de pages non mesuré", "en": "Number of pages not measured"},
    Unit.CHARACTERS: {"fr": "Nombre de caractères non mesuré", "en": "Number of characters not measured"},
    Unit.MINUTES: {"fr": "Durée non mesurée", "en": "Length not measured"},
}
TEXTS: dict[Language, dict[str, str]] = {
    "fr": {
        "too_long": "{count} : {gap} de trop, la limite est de {max}{spaces}.",
        "too_long_exact": "{count} : {gap} de trop, il en faut exactement {max}{spaces}.",
        "too_short": "{count} : {gap} de moins que le minimum de {min}{spaces}.",
        "too_short_exact": "{count} : {gap} de moins, il en faut exactement {min}{spaces}.",
        "within": "{count} : dans les limites ({range}).",
        "not_measured": "{unmeasured} : la limite ({range}) n'a pas pu être vérifiée.",
        "limit_unknown": "{count} : la limite n'est pas connue{said}.",
        "between": "de {min} à {max}",
        "exactly": "exactement {max}",
        "at_most": "{max} au plus",
        "at_least": "{min} au moins",
        "spaces": " espaces compris",
        "declared": " Ce nombre, enregistré par son logiciel, peut être faux : un PDF en donnerait un sûr.",
        "partial": " Les pages scannées ne sont pas comptées : le vrai nombre est plus grand.",
        "counting_said": " À compter ainsi : {said} ; ce compte-ci prend tout le document.",
        "counting_unsaid": " La source ne dit pas comment compter ; ce compte-ci prend tout le document.",
    },
    "en": {
        "too_long": "{count}: {gap} {many}, the limit is {max}{spaces}.",
        "too_long_exact": "{count}: {gap} {many}, exactly {max} wanted{spaces}.",
        "too_short": "{count}: {gap} short of the minimum of {min}{spaces}.",
        "too_short_exact": "{count}: {gap} short, exactly {min} wanted{spaces}.",
        "within": "{count}: within the limits ({range}).",
        "not_measured": "{unmeasured}: the limit ({range}) could not be checked.",
        "limit_unknown": "{count}: the limit is not known{said}.",
        "between": "{min} to {max}",
        "exactly": "exactly {max}",
        "at_most": "at most {max}",
        "at_least": "at least {min}",
        "spaces": " with spaces",
        "declared": " This number, recorded by its software, may be wrong: a PDF would give a sure one.",
        "partial": " Scanned pages are not counted: the true number is larger.",
        "counting_said": " To be counted so: {said}; this count takes the whole document.",
        "counting_unsaid": " The source does not say how to count; this count takes the whole document.",
    },
}


def worded(comparison: Comparison, language: Language) -> str:
    """What a comparison says, in that language, with what makes it doubtful."""
    verdict = comparison.verdict
    is_exact = comparison.min is not None and comparison.min == comparison.max
    is_outside = verdict in {Verdict.TOO_LONG, Verdict.TOO_SHORT}
    key = f"{verdict}_exact" if is_exact and is_outside else str(verdict)
    sentences = [key, *comparison.doubts]
    return "".join(_filled(sentence, comparison, language) for sentence in sentences)


def _filled(key: str | Doubt, comparison: Comparison, language: Language) -> str:
    texts, unit = TEXTS[language], comparison.unit
    said = comparison.said
    if comparison.verdict is Verdict.LIMIT_UNKNOWN:
        said = f" ({said})" if said else ""
    values = {
        "count": _count(unit, comparison.measured, language),
        "gap": _gap(unit, comparison.gap, language),
        "min": _figure(unit, comparison.min, language),
        "max": _figure(unit, comparison.max, language),
        "range": _range(comparison, language),
        "spaces": texts["spaces"] if unit is Unit.CHARACTERS else "",
        "many": "too long" if unit is Unit.MINUTES else "too many",
        "unmeasured": UNMEASURED[unit][language],
        "said": said,
    }
    text = texts[key]
    return (french(text) if language == "fr" else text).format(**values)


def _range(comparison: Comparison, language: Language) -> str:
    least, most = comparison.min, comparison.max
    if least is None or most is None:
        key = "at_most" if least is None else "at_least"
    else:
        key = "exactly" if least == most else "between"
    figures = {"min": _figure(comparison.unit, least, language), "max": _figure(comparison.unit, most, language)}
    spaces = f",{TEXTS[language]['spaces']}" if comparison.unit is Unit.CHARACTERS else ""
    return TEXTS[language][key].format(**figures) + spaces


def _count(unit: Unit, count: int | None, language: Language) -> str:
    """The count with its noun, agreed: French has the singular below two, English for one alone."""
    if count is None:
        return UNMEASURED[unit][language]
    if unit is Unit.MINUTES:
        return _duration(count)
    is_single = count < 2 if language == "fr" else count == 1
    return f"{numbered(count, language)} {NOUNS[unit][language][0 if is_single else 1]}"


def _figure(unit: Unit, count: int | None, language: Language) -> str:
    if count is None:
        return ""
    return _duration(count) if unit is Unit.MINUTES else numbered(count, language)


def _gap(unit: Unit, gap: int, language: Language) -> str:
    if gap == 1 and unit in ONE:
        return ONE[unit] if language == "fr" else "one"
    return _figure(unit, gap, language)


def _duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes}\u00a0min"] * (minutes > 0) + [f"{rest}\u00a0s"] * (rest > 0 or not minutes)
    return " ".join(parts)
