"""Tags of the account pages."""

import json

from django import template

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """The value as JSON, to be escaped in an attribute: scripts read it there, so that no page holds a script."""
    return json.dumps(value, separators=(",", ":"))
