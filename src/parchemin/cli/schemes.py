"""``parchemin scheme``: list, show, rules, check, gaps, diff, freeze, schema."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from parchemin.catalogue import digest, editors
from parchemin.catalogue.diff import differences
from parchemin.catalogue.lookup import NATIONAL, Catalogue, Version
from parchemin.catalogue.problems import Problem
from parchemin.catalogue.writing import as_written
from parchemin.cli.common import Schemes, argument, day_of, misuse, opened, option, root_of
from parchemin.cli.messages import HELP, Language, counted, labelled, text
from parchemin.cli.outline import outline
from parchemin.cli.printing import Page
from parchemin.core.deciding import examine
from parchemin.core.decision import NOT_MET, Finding
from parchemin.core.plain import finding_to_plain
from parchemin.core.scheme import Scheme


def application(language: Language) -> typer.Typer:
    """The ``scheme`` commands."""
    app = typer.Typer(help=HELP["scheme"][language], no_args_is_help=True)
    for command in (_list, _show, _rules, _check, _gaps, _diff, _freeze, _schema):
        command(app, language)
    return app


def _list(app: typer.Typer, language: Language) -> None:
    @app.command("list", help=HELP["list"][language])
    def command(as_json: Annotated[bool, option("json", language, "--json")] = False, schemes: Schemes = None) -> None:
        page = Page(language, as_json=as_json)
        with opened(page, schemes) as catalogue:
            found = [
                (v, catalogue.resolve(v.id, on=_newest(v), version=v).scheme)
                for vs in catalogue.versions.values()
                for v in vs
            ]
        for _, scheme in found:
            page.line(f"{scheme.ref}", "bold")
            page.line(f"    {scheme.title}")
        rows = [
            {"id": v.id, "version": v.name, "title": s.title, "status": s.status.value, "kind": s.kind}
            for v, s in found
        ]
        page.answer({"format": "parchemin/schemes-1", "schemes": rows})


def _show(app: typer.Typer, language: Language) -> None:
    @app.command("show", help=HELP["show"][language])
    def command(
        id: Annotated[str, argument("id", language)],
        on: Annotated[str | None, option("on", language, "--on")] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
        schemes: Schemes = None,
    ) -> None:
        page = Page(language, as_json=as_json)
        with opened(page, schemes) as catalogue:
            loaded = catalogue.resolve(id, on=day_of(on, page))
        outlined = outline(loaded.scheme, page.language)
        page.line(f"{loaded.scheme.title}", "bold")
        page.line(f"{loaded.scheme.ref} · {text('digest', page.language)} {loaded.scheme.ref.digest[:12]}", "dim")
        for heading, lines in outlined:
            page.line("")
            page.line(heading, "bold blue")
            for line in lines:
                page.line(f"  {line}")
        ref = loaded.scheme.ref
        page.answer({"format": "parchemin/scheme-1", **ref._asdict(), "scheme": _content(loaded.scheme)})


def _content(scheme: Scheme) -> dict[str, Any]:
    named = {f.name: getattr(scheme, f.name) for f in fields(scheme)}
    return {name: as_written(value) for name, value in named.items() if name not in ("ref", "rules", "conformity")}


def _rules(app: typer.Typer, language: Language) -> None:
    @app.command("rules", help=HELP["rules"][language])
    def command(
        id: Annotated[str, argument("id", language)],
        on: Annotated[str | None, option("on", language, "--on")] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
        schemes: Schemes = None,
    ) -> None:
        page = Page(language, as_json=as_json)
        with opened(page, schemes) as catalogue:
            scheme = catalogue.resolve(id, on=day_of(on, page)).scheme
        rules = [rule for rules in scheme.rules.values() for rule in rules] + list(scheme.conformity)
        for rule in rules:
            page.line(rule.says, "bold")
            effect = "" if rule.effect == "blocking" else f" ({text(rule.effect.value, page.language)})"
            page.line(f"    {rule.id}{effect} — {rule.source}")
            page.line(f"    {rule.file}:{rule.line}", "dim")
        rows = [
            {"id": r.id, "says": r.says, "effect": r.effect.value, "source": r.source, "confidence": r.confidence.value,
             "file": r.file, "line": r.line}
            for r in rules
        ]  # fmt: skip
        page.answer(
            {"format": "parchemin/rules-1", "scheme": str(scheme.ref), "digest": scheme.ref.digest, "rules": rows}
        )


def _check(app: typer.Typer, language: Language) -> None:
    @app.command("check", help=HELP["check"][language])
    def command(
        paths: Annotated[list[Path] | None, argument("paths", language)] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
        schemes: Schemes = None,
    ) -> None:
        page = Page(language, as_json=as_json)
        with opened(page, schemes) as catalogue:
            asked = _asked(paths, catalogue)
            problems = catalogue.check_packs() if NATIONAL in asked else []
            page.problems(problems)
            done = [checked(catalogue, id, page, told=problems) for id in asked if id != NATIONAL]
        problems += [problem for one in done for problem in one.problems]
        if problems:
            page.line(counted("problems", len(problems), page.language), "bold red")
        departures = [{"scheme": one.id, **finding_to_plain(finding)} for one in done for finding in one.departures]
        told = [problem.as_dict(page.language) for problem in problems]
        page.answer({"format": "parchemin/check-1", "problems": told, "departures": departures})
        if problems:
            raise typer.Exit(1)


def _asked(paths: list[Path] | None, catalogue: Catalogue) -> list[str]:
    """The certifications (and the national packs) under the paths given, or named by them; everything if none."""
    everything = [NATIONAL, *catalogue.versions]
    root = catalogue.root.resolve()
    asked: list[str] = []
    for path in paths or [root]:
        inside = path.exists() and path.resolve().is_relative_to(root)
        parts = path.resolve().relative_to(root).parts if inside else (path.name,)
        asked += [parts[0]] if parts else everything
    return list(dict.fromkeys(asked))


class Checked(NamedTuple):
    """What checking a certification found: problems of its files, and where it departs from the law."""

    id: str
    problems: list[Problem]
    departures: list[Finding]


def checked(catalogue: Catalogue, id: str, page: Page, told: Sequence[Problem] = ()) -> Checked:
    """Check a certification and show what was found; problems already ``told``, of a pack say, are not told again."""
    found = catalogue.check(id)
    problems = [one for one in found if one not in told]
    page.problems(problems)
    departing: list[Finding] = []
    if not found:
        version = catalogue.versions[id][-1]
        loaded = catalogue.resolve(id, on=_newest(version), version=version)
        rules = sum(len(rules) for rules in loaded.scheme.rules.values())
        page.say("checked", "green", id=str(loaded.scheme.ref), rules=rules, gaps=len(loaded.gaps))
        departing = [f for f in examine(loaded.scheme, _newest(version)) if f.outcome is NOT_MET]
        if departing:
            page.line(text("departs", page.language), "yellow", 2)
        for finding in departing:
            page.finding(finding, 4)
    return Checked(id, problems, departing)


def _newest(version: Version) -> date:
    return max(version.from_, date.today())


def _gaps(app: typer.Typer, language: Language) -> None:
    @app.command("gaps", help=HELP["gaps"][language])
    def command(
        id: Annotated[str, argument("id", language)],
        on: Annotated[str | None, option("on", language, "--on")] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
        schemes: Schemes = None,
    ) -> None:
        page = Page(language, as_json=as_json)
        with opened(page, schemes) as catalogue:
            loaded = catalogue.resolve(id, on=day_of(on, page))
        for gap in loaded.gaps:
            page.line(gap.address, "bold")
            page.line(f"    {gap.why or '—'}")
            page.line(f"    {gap.mark}", "dim")
        if not loaded.gaps:
            page.say("no_gap")
        rows = [{"address": g.address, "why": g.why, **g.mark._asdict()} for g in loaded.gaps]
        page.answer({"format": "parchemin/gaps-1", "scheme": str(loaded.scheme.ref), "gaps": rows})


def _diff(app: typer.Typer, language: Language) -> None:
    @app.command("diff", help=HELP["diff"][language])
    def command(
        old: Annotated[str, argument("old", language)],
        new: Annotated[str, argument("new", language)],
        as_json: Annotated[bool, option("json", language, "--json")] = False,
        schemes: Schemes = None,
    ) -> None:
        page = Page(language, as_json=as_json)
        with opened(page, schemes) as catalogue:
            both = [_version(catalogue, written, page) for written in (old, new)]
            if both[0].id != both[1].id:
                misuse(page, "same_scheme")
            schemes_read = [catalogue.resolve(v.id, on=v.from_, version=v).scheme for v in both]
        changes = list(differences(schemes_read[0], schemes_read[1]))
        for kind in ("gains", "loses", "redoes", "changes"):
            those = [change for change in changes if change.kind == kind]
            if those:
                page.say(kind, "bold blue")
            for change in those:
                arrow = " → ".join(_worded(one, page.language) for one in (change.before, change.after))
                page.line("  " + labelled(change.name, arrow, page.language))
        if not changes:
            page.say("no_difference")
        page.answer({"format": "parchemin/diff-1", "changes": [change._asdict() for change in changes]})


def _worded(value: str, language: Language) -> str:
    return text(value, language) if value in ("open", "closed", "absent", "not_said") else value or "—"


def _version(catalogue: Catalogue, written: str, page: Page) -> Version:
    id, at, name = written.partition("@")
    if not at:
        misuse(page, "bad_version", value=written)
    return catalogue.named(id, name)


def _freeze(app: typer.Typer, language: Language) -> None:
    @app.command("freeze", help=HELP["freeze"][language])
    def command(as_json: Annotated[bool, option("json", language, "--json")] = False, schemes: Schemes = None) -> None:
        page = Page(language, as_json=as_json)
        with opened(page, schemes) as catalogue:
            rows = [_frozen(folder, names, page) for folder, names in _freezable(catalogue)]
        page.answer({"format": "parchemin/freeze-1", "folders": rows})
        if any(row["state"] == "changed_frozen" for row in rows):
            raise typer.Exit(1)


def _freezable(catalogue: Catalogue) -> list[tuple[Path, tuple[str, ...]]]:
    published = [
        (v.folder, digest.FREEZABLE)
        for versions in catalogue.versions.values()
        for v in versions
        if catalogue.resolve(v.id, on=v.from_, version=v).scheme.status != "draft"
    ]
    packs = [(paths[0].parent, tuple(path.name for path in paths)) for paths in catalogue.packs.values()]
    return published + packs


def _frozen(folder: Path, names: tuple[str, ...], page: Page) -> dict[str, Any]:
    recorded = digest.frozen_in(folder) or {}
    state = "already_frozen"
    if digest.changes(folder, folder.name):
        state = "changed_frozen"
    elif set(names) - set(recorded):
        digest.freeze(folder, names)
        state = "frozen"
    page.say(state, "red" if state == "changed_frozen" else "", path=f"{folder.parent.name}/{folder.name}")
    return {"folder": f"{folder.parent.name}/{folder.name}", "state": state}


def _schema(app: typer.Typer, language: Language) -> None:
    @app.command("schema", help=HELP["schema"][language])
    def command(
        check: Annotated[bool, option("fresh", language, "--check")] = False,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
        schemes: Schemes = None,
    ) -> None:
        page = Page(language, as_json=as_json)
        root = root_of(schemes)
        problems = editors.stale(root) if check else []
        written = [] if check else editors.write(root)
        page.problems(problems)
        for path in written:
            page.say("written", path=path.name)
        if check and not problems:
            page.say("fresh")
        page.answer(
            {
                "format": "parchemin/schema-1",
                "written": [path.name for path in written],
                "problems": [p.as_dict(page.language) for p in problems],
            }
        )
        if problems:
            raise typer.Exit(1)
