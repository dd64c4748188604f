"""What a browser would send of a page's form: what it holds already, and what somebody then answers."""

from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import urlsplit

Fields = dict[str, list[str]]
UNSENT = frozenset({"file", "submit", "button", "image", "reset"})


class Page(HTMLParser):
    """The forms of a page that are posted: where each goes, and what it holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, Fields]] = []
        self._is_inside = False
        self._area = ""
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form begins, or a field of the one that did."""
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "form":
            self._is_inside = told.get("method", "").lower() == "post"
            if self._is_inside:
                self.forms.append((told.get("action", ""), {}))
        elif not self._is_inside:
            return
        elif tag == "input" and name and told.get("type") not in UNSENT:
            if told.get("type") not in ("checkbox", "radio") or "checked" in told:
                self._hold(name, told.get("value", "on" if told.get("type") in ("checkbox", "radio") else ""))
        elif tag == "textarea":
            self._area = name
            self._hold(name, "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in told or self._select not in self._fields):
            self._fields[self._select] = [told.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        """A form or a field ends."""
        if tag == "form":
            self._is_inside = False
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        """What a text holds."""
        if self._is_inside and self._area:
            self._fields[self._area][-1] += data.removeprefix("\n")

    @property
    def _fields(self) -> Fields:
        return self.forms[-1][1]

    def _hold(self, name: str, value: str) -> None:
        self._fields.setdefault(name, []).append(value)


def typed(text: str, path: str, answers: Mapping[str, object]) -> dict[str, object]:
    """What goes to ``path`` from that page once ``answers`` are given in its form."""
    held = next((fields for action, fields in Page(text).forms if urlsplit(action).path in ("", path)), {})
    return {**held, **answers}
