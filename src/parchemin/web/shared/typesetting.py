"""French words as a careful typographer sets them: spaces that do not break, dates, sizes, delays."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import cast

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from parchemin.core.durations import Duration
from parchemin.typography import french

FIXED = "\u00a0"
MARKUP = re.compile(r"(<[^>]*>)")
MONTH = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
UNIT = "jours?|mois|ans?|années?|heures?|minutes?|h|min|pages?|mots?|caractères?|signes?|euros?|€|[kMG]?o"
MEASURE = re.compile(rf"(?<=\d)[ ](?=(?:{UNIT})\b|€)")
MONTH_OF_DAY = re.compile(rf"(?<=\d|r)(?<!\d\d\d)[ ](?=(?:{MONTH})\b)")
YEAR_OF_MONTH = re.compile(rf"(?<=\b)({MONTH})[ ](?=\d{{4}}\b)")
NUMBERED = re.compile(r"\b(art\.|n°|p\.|l\.|al\.)[ ](?=[A-Z]?\.?\d)")
SIZES = ("o", "ko", "Mo", "Go")
STEP = 1024
"""As people's computers show the size of their files."""


def typeset(value: object) -> SafeString:
    """The text with its French spaces and apostrophes, escaped unless it is already markup; nothing for None."""
    if value is None:
        return SafeString("")
    parts = MARKUP.split(str(conditional_escape(cast(str, value))))
    parts[::2] = [_set(part.replace("&#x27;", "'")) for part in parts[::2]]
    return mark_safe("".join(parts))


@lru_cache(maxsize=4096)
def typeset_said(markup: str) -> SafeString:
    """The same for words that are already markup, as those of a template; they come back page after page."""
    return typeset(mark_safe(markup))


def _set(text: str) -> str:
    """A run of escaped text; an apostrophe that stands alone is escaped again."""
    text = french(text).replace("'", "&#x27;")
    text = MEASURE.sub(FIXED, MONTH_OF_DAY.sub(FIXED, text))
    return NUMBERED.sub(rf"\1{FIXED}", YEAR_OF_MONTH.sub(rf"\1{FIXED}", text))


def local_day(value: date | datetime) -> date:
    """The day itself; that of an instant is the server's."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value: date | datetime | None) -> str:
    """« 1er décembre 2026 », « 3 mars 2026 »; the day of an instant is that of the server's time zone."""
    if value is None:
        return ""
    on = local_day(value)
    if (get_language() or "fr").startswith("fr") and on.day == 1:
        return f"1er{FIXED}{date_format(on, 'F Y')}".replace(" ", FIXED)
    return date_format(on, "j F Y").replace(" ", FIXED)


def instant(value: datetime | None) -> str:
    """« 3 mars 2026 à 14:32 », in the server's time zone."""
    if value is None:
        return ""
    hour = timezone.localtime(value).strftime("%H:%M")
    return _("%(day)s à %(hour)s") % {"day": day(value), "hour": hour}


def delay(due: date | datetime, today: date) -> str:
    """« reste 12 jours », « aujourd’hui », « en retard de 3 jours »."""
    left = (local_day(due) - today).days
    if left < 0:
        return ngettext("en retard de %(n)s jour", "en retard de %(n)s jours", -left) % {"n": -left}
    if left == 0:
        return _("aujourd’hui")
    return ngettext("reste %(n)s jour", "reste %(n)s jours", left) % {"n": left}


def since(from_: date | datetime, today: date) -> str:
    """« depuis 12 jours », « aujourd’hui »."""
    passed = (today - local_day(from_)).days
    if passed <= 0:
        return _("aujourd’hui")
    return ngettext("depuis %(n)s jour", "depuis %(n)s jours", passed) % {"n": passed}


def lasting(value: Duration | str) -> str:
    """A length of calendar time in words: « 1 an 6 mois »; Misuse ``not_a_duration`` for a text that writes none."""
    span = value if isinstance(value, Duration) else Duration.parse(value)
    told = [
        ngettext("%(n)s an", "%(n)s ans", span.years) % {"n": span.years} if span.years else "",
        ngettext("%(n)s mois", "%(n)s mois", span.months) % {"n": span.months} if span.months else "",
        ngettext("%(n)s jour", "%(n)s jours", span.days) % {"n": span.days} if span.days else "",
    ]
    return " ".join(part for part in told if part) or _("aucune durée")


def weight(octets: int) -> str:
    """A number of bytes in French units: « 850 ko », « 2,4 Mo »."""
    value = float(octets)
    unit = SIZES[0]
    for unit in SIZES:
        if round(value) < STEP or unit == SIZES[-1]:
            break
        value /= STEP
    shown = f"{value:.0f}" if unit == "o" or value >= 9.95 else f"{value:.1f}".removesuffix(".0")
    is_french = (get_language() or "fr").startswith("fr")
    return f"{shown.replace('.', ',') if is_french else shown}{FIXED}{unit}"
