"""The documentation: its commands exist, its links lead somewhere, its examples decide."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from parchemin.cli.main import application
from tests.samples import ROOT, SCHEMES

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = re.compile(r"^\s*(?:\./run|parchemin) (.+?)(?:\s+#.*)?$", re.M)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
INLINE = re.compile(r"`(?:\./run|parchemin) ([^`]+)`")
COMMANDS = [
    (str(page.relative_to(ROOT)), found.group(1))
    for page in PAGES
    for pattern in (COMMAND, INLINE)
    for found in pattern.finditer(page.read_text(encoding="utf-8"))
]


def split(line: str) -> list[str]:
    return [word for word in shlex.split(line, comments=True) if word not in ("…", "...")]


@pytest.mark.parametrize(("page", "line"), COMMANDS, ids=[f"{page}: {line}" for page, line in COMMANDS])
def test_every_command_of_the_documentation_exists(page: str, line: str) -> None:
    if "|" in line:
        pytest.skip("a list of commands, not one")
    words = split(line)
    if words[:1] == ["test"]:
        return
    words = [word for i, word in enumerate(words) if word != "--lang" and (not i or words[i - 1] != "--lang")]
    command = get_command(application("en"))
    context = typer.Context(command, info_name="parchemin")
    while words and hasattr(command, "commands"):
        if words[0].startswith("-"):
            break
        assert words[0] in command.commands, f"{page}: {line}"
        command = command.commands[words.pop(0)]
        context = typer.Context(command, info_name=command.name, parent=context)
    options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}
    assert [word for word in words if word.startswith("--") and word not in options] == []


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_certification_and_path_named_in_a_command_exists(page: Path) -> None:
    known = {path.name for path in SCHEMES.iterdir()}
    for name, line in COMMANDS:
        if name != str(page.relative_to(ROOT)):
            continue
        for word in split(line):
            if "/" in word and not word.startswith("parchemin/"):
                assert (ROOT / word).exists(), line
            id = word.partition("@")[0]
            if re.fullmatch(r"[a-z]+(-[a-z]+)+", id) and id not in ("cqp-example",):
                assert id in known, line


def test_the_command_line_page_names_every_command_and_every_format() -> None:
    page = (ROOT / "docs/how-to/command-line.md").read_text(encoding="utf-8")
    commands = get_command(application("en")).commands  # type: ignore[attr-defined]
    for name, command in commands.items():
        for inner in getattr(command, "commands", {"": None}):
            assert f"### {name} {inner}".strip() in page
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/parchemin/cli").glob("*.py"))
    for shape in set(re.findall(r"parchemin/[a-z]+-\d", source)) | {"parchemin/decision-1", "parchemin/facts-1"}:
        assert shape in page, shape
    for variable in ("PARCHEMIN_LANG", "PARCHEMIN_SCHEMES", "PARCHEMIN_LIBRARY", "PARCHEMIN_CACHE"):
        assert variable in page


@pytest.mark.parametrize("path", sorted((ROOT / "docs/examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_an_example_is_refused_for_one_reason_a_reader_sees(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.cli.running import runner

    told = runner(capsys)("decide", str(path), "--json")
    assert told.code == 1
    assert told.json["outcome"] == "not_met"
    blocking = [one for one in told.json["findings"] if one["effect"] == "blocking" and one["outcome"] != "met"]
    assert len(blocking) == 1
    assert blocking[0]["source"]
