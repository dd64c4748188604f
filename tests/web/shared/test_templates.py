"""Every template of the package: nothing inline that the content policy would refuse, and French set as French."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.samples import ROOT

WEB = ROOT / "src/parchemin/web"
TEMPLATES = sorted(WEB.glob("*/templates/**/*.html"))
SCRIPTS = sorted(WEB.glob("*/static/**/*.js"))
SHEETS = sorted(WEB.glob("*/static/**/*.css"))
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
SAID = re.compile(r"""_?\(?"([^"]*)"|'([^']*)'""")
LOOSE = re.compile(r"(?<=[\w’»)}…])[ \u00a0][:;?!»](?=[\s<]|$)|«[ \u00a0]")
STRAIGHT = re.compile(r"(?<=[a-zàâçéèêëîïôûù])'(?=[a-zàâçéèêëîïôûù])", re.IGNORECASE)


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(WEB)) for path in paths]


class Inline(HTMLParser):
    """Gathers what a strict content policy refuses, and addresses of other hosts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _value in attrs}
        values = dict(attrs)
        if tag == "style" or "style" in names:
            self.found.append(f"<{tag} style>")
        if tag == "script" and not values.get("src"):
            self.found.append("<script>")
        self.found += [f"<{tag} {name}>" for name in names if re.fullmatch(r"on[a-z]+|hx-on.*", name)]
        for name in ("src", "href", "action", "srcset"):
            address = (values.get(name) or "").strip().lower()
            if address.startswith("javascript:") or (tag != "a" and re.match(r"(https?:)?//", address)):
                self.found.append(f"<{tag} {name}={address}>")


def bare(template: str) -> list[str]:
    """The words of a template that no tag sets."""
    own = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "…", template, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", "\n", TAG.sub("…", own)).split("\n")


def said(template: str) -> list[str]:
    """The sentences in the tags of a template."""
    return [one or other for tag in TAG.findall(template) for one, other in SAID.findall(tag)]


@pytest.mark.parametrize("name", named(TEMPLATES))
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(name: str) -> None:
    parser = Inline()
    parser.feed(TAG.sub("x", (WEB / name).read_text(encoding="utf-8")))
    assert parser.found == []


@pytest.mark.parametrize("name", named(TEMPLATES))
def test_static_french_is_set_with_care(name: str) -> None:
    text = (WEB / name).read_text(encoding="utf-8")
    assert [one for one in bare(text) if LOOSE.search(one)] == []
    assert [one for one in (*bare(text), *said(text)) if STRAIGHT.search(one)] == []


def test_the_test_sees_what_is_inline() -> None:
    parser = Inline()
    parser.feed('<p style="x"></p><script>1</script><a onclick="x" href="javascript:1"></a><img src="//evil.test/x">')
    assert len(parser.found) == 5
    assert LOOSE.search("Pourquoi ?")
    assert LOOSE.search("« bon")
    assert not LOOSE.search("Pourquoi\u202f?")
    assert STRAIGHT.search("l'essai")


@pytest.mark.parametrize("name", named(SCRIPTS))
def test_scripts_keep_to_the_policy(name: str) -> None:
    text = (WEB / name).read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|\.innerHTML|\.style\.|https?://", text)


@pytest.mark.parametrize("name", named(SHEETS))
def test_sheets_call_on_no_other_host(name: str) -> None:
    text = (WEB / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|url\(\s*[\"']?//|@import", text)
    for address in re.findall(r'url\("([^"]+)"\)', text):
        assert (WEB / name).parent.joinpath(address).resolve().is_file()


def test_every_icon_asked_for_is_in_the_sprite() -> None:
    sprite = (WEB / "shared/static/parchemin/icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r'\{% icon "([^"]+)" %\}', path.read_text(encoding="utf-8"))
        + re.findall(r'action_icon="([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert asked - known == set()


def test_every_component_is_in_the_readme() -> None:
    readme = (WEB / "shared/README.md").read_text(encoding="utf-8")
    own = {"print_head", "script_words", "finding", "message", "decision"}
    drawn = {path.stem for path in (WEB / "shared/templates/components").glob("*.html")}
    assert [name for name in sorted(drawn - own) if f"\n| {name} |" not in readme] == []
