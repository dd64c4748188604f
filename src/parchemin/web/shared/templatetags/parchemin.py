"""Tags of every template: French typography, dates that say how many days are left, the decision, lists."""

from datetime import date, datetime
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.http import HttpRequest, QueryDict
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.templatetags import i18n
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from parchemin.core.durations import Duration
from parchemin.web.shared import parts, typesetting
from parchemin.web.shared.clock import today
from parchemin.web.shared.decisions import drawn

register = template.Library()
SOON = 15
"""From how many days before a date it is worth a colour."""


@register.filter(needs_autoescape=True)
def french(value: object, autoescape: bool = True) -> SafeString:
    """The text with French spaces, escaped unless it is already markup; in an English page, French where it is."""
    said = typesetting.typeset(value)
    return said if parts.is_french() or not autoescape else parts.marked(said)


@register.filter
def attributes(known: dict[str, Any]) -> SafeString:
    """The attributes of a tag, escaped; what is False or None is left out."""
    return flatatt(known)


@register.filter
def day(value: date | None) -> str:
    """The date in words, unbroken: « 1er décembre 2026 »; nothing for None."""
    return typesetting.day(value)


@register.filter
def instant(value: datetime | None) -> str:
    """The day and the hour in words; nothing for None."""
    return typesetting.instant(value)


class TypesetNode(Node):
    """What another tag says, set as French when the page is; otherwise only what certifications say is French."""

    def __init__(self, said: Node) -> None:
        self.said = said

    def render(self, context: Context) -> SafeString:
        """The words, with their spaces and apostrophes; nothing when they went to a variable."""
        words = self.said.render(context)
        if words and parts.is_french():
            return typesetting.typeset_said(words)
        return parts.marked(SafeString(words)) if words and context.autoescape else SafeString(words)


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Django's ``translate``, set as French: sentences are typed in templates with plain spaces."""
    return TypesetNode(i18n.do_translate(parser, token))


@register.tag
def blocktranslate(parser: Parser, token: Token) -> Node:
    """Django's ``blocktranslate``, set as French."""
    return TypesetNode(i18n.do_block_translate(parser, token))


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite; it is decoration, the words beside it say what it means."""
    sheet = static("parchemin/icons.svg")
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', sheet, name)


@register.filter
def days_left(due: date | None) -> SafeString:
    """How many days are left to a date, or since it passed; the date itself is in the markup and on hover."""
    if not due:
        return SafeString("")
    on = typesetting.day(due)
    left = (typesetting.local_day(due) - today()).days
    tone = " late" if left <= 0 else " soon" if left <= SOON else ""
    return format_html(
        '<time class="days{}" datetime="{}" title="{}">{}</time>',
        tone,
        typesetting.local_day(due).isoformat(),
        on,
        typesetting.typeset(typesetting.delay(due, today())),
    )


@register.simple_tag
def due(when: date | None) -> SafeString:
    """A date and the days left to it: « 3 décembre 2026 · reste 12 jours »; nothing for None."""
    if not when:
        return SafeString("")
    return format_html('<span class="due">{} <span aria-hidden="true">·</span> {}</span>', day(when), days_left(when))


@register.filter
def days_since(since: date | datetime | None) -> str:
    """How many days ago that was; nothing for None."""
    return typesetting.since(since, today()) if since else ""


@register.filter
def duration(value: Duration | str | None) -> SafeString:
    """A length of calendar time, ISO 8601 or not, in words; nothing for None."""
    return typesetting.typeset(typesetting.lasting(value)) if value else SafeString("")


@register.filter
def filesize(octets: int | None) -> str:
    """A number of bytes in French units; nothing for None."""
    return "" if octets is None else typesetting.weight(octets)


@register.filter
def person(value: Any) -> str:
    """How a person is called; the platform itself for nobody, and no name for somebody who was erased."""
    if value is None:
        return "Parchemin"
    return _("Personne effacée") if getattr(value, "erased_at", None) else str(value)


@register.inclusion_tag("components/decision.html")
def decision(found: object, reason: str = "", verdict: str = "") -> dict[str, object]:
    """The decision block: from a Decision, or from the plain values it was frozen as."""
    return {"d": drawn(found, reason=reason, verdict=verdict)}


@register.simple_tag
def query_with(request: HttpRequest, **changes: object) -> str:
    """The query string of the page with some values changed; None takes one out."""
    query: QueryDict = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return query.urlencode()


@register.simple_tag
def sort_link(request: HttpRequest, key: str, title: str, default: str = "") -> SafeString:
    """The head of a column that sorts the list; the current order is shown and said."""
    current = request.GET.get("sort", default)
    is_current, is_descending = current.lstrip("-") == key, current.startswith("-")
    target = f"-{key}" if is_current and not is_descending else key
    arrow = icon("arrow-down" if is_descending else "arrow-up") if is_current else ""
    said = _("ordre décroissant") if is_descending else _("ordre croissant")
    return format_html(
        '<a href="?{}">{}{}{}</a>',
        query_with(request, sort=target, page=None),
        typesetting.typeset(title),
        arrow,
        format_html(' <span class="sr-only">{}</span>', said) if is_current else "",
    )
