"""A small certification, facts and a way to look at them, for tests that read like sentences."""

from dataclasses import replace
from datetime import date
from typing import Any

from parchemin.core.case import Case
from parchemin.core.decision import Effect, SchemeRef, Seen, Stage
from parchemin.core.facts import (
    Accreditation,
    Assessment,
    Document,
    Evaluator,
    Experience,
    Facts,
    Holding,
    Member,
    Milestone,
    Result,
)
from parchemin.core.framework import Block, Competence, Composition, Framework, Learning, Unit
from parchemin.core.scheme import (
    Actor,
    Award,
    Check,
    Codes,
    College,
    DocumentKind,
    Jury,
    JuryMode,
    Level,
    Method,
    Register,
    Registration,
    Route,
    Rule,
    Scheme,
    Seat,
    Status,
    Step,
    When,
)
from parchemin.core.terms import Unknown

SILENT = Unknown("la source n'en dit rien")
TODAY = date(2026, 6, 15)
SOURCE = "reglement, art. 1"


def day(text: str) -> date:
    return date.fromisoformat(text)


def dated(**dates: str) -> dict[Milestone, date]:
    return {Milestone(name): day(text) for name, text in dates.items()}


def block(id: str, **changes: Any) -> Block:
    return replace(Block(id=id, title=f"Bloc {id}", source=SOURCE), **changes)


def competence(id: str, **changes: Any) -> Competence:
    return replace(Competence(id=id, title=f"Compétence {id}", source=SOURCE), **changes)


def method(title: str, **changes: Any) -> Method:
    return replace(Method(title=title, kind="interview", source=SOURCE), **changes)


def document_kind(title: str, **changes: Any) -> DocumentKind:
    return replace(DocumentKind(title=title, source=SOURCE), **changes)


def step(id: str, **changes: Any) -> Step:
    return replace(Step(id=id, title=id.capitalize(), owner=()), **changes)


def route(title: str, **changes: Any) -> Route:
    return replace(Route(title=title, is_open=True, source=SOURCE), **changes)


def learning(id: str, block: str, *levels: str) -> Learning:
    return Learning(id=id, title=id, block=block, levels=levels or SILENT, source=SOURCE)


def unit(id: str, *blocks: str, coefficient: int | Unknown = SILENT, part_of: str | None = None) -> Unit:
    return Unit(id=id, blocks=blocks, coefficient=coefficient, part_of=part_of, source=SOURCE)


def framework(**changes: Any) -> Framework:
    return replace(Framework(format="parchemin/framework-1", source=SOURCE), **changes)


def registration(id: str, from_: Any, until: Any, published_on: Any = date(2000, 1, 1), **changes: Any) -> Registration:
    made = Registration(
        id=id,
        text=id,
        register=Register.RNCP,
        from_=day(from_) if isinstance(from_, str) else from_,
        until=day(until) if isinstance(until, str) else until,
        published_on=day(published_on) if isinstance(published_on, str) else published_on,
        source=SOURCE,
    )
    return replace(made, **changes)


def seat(id: str, **changes: Any) -> Seat:
    return replace(Seat(id=id, title=f"Siège {id}"), **changes)


def jury(**changes: Any) -> Jury:
    return replace(Jury(title="Jury", mode=JuryMode.VERIFIES, source=SOURCE), **changes)


def colleges(**titles: str) -> dict[str, College]:
    return {id: College(title=title) for id, title in titles.items()}


def rule(id: str, check: Check, **changes: Any) -> Rule:
    return replace(Rule(id=id, says=f"Règle {id}", source=SOURCE, check=check), **changes)


def warning(id: str, check: Check, **changes: Any) -> Rule:
    return rule(id, check, effect=Effect.WARNING, **changes)


SCHEME = Scheme(
    ref=SchemeRef("sample", "2026-01-01", "f00d"),
    kind="titre",
    title="Titre d'essai",
    status=Status.PUBLISHED,
    register=Register.RNCP,
    version_label=None,
    effect_until=None,
    level=Level(eqf=6, source=SOURCE),
    codes=Codes(nsf=("333",), rome=("K2111",), formacode=(), naf=(), source=SOURCE),
    sources={},
    registrations=(registration("T1", "2020-01-01", "2026-12-31"),),
    bodies=(),
    actors={
        "trainer": Actor(title="Formateur", source=SOURCE),
        "professional": Actor(title="Professionnel", source=SOURCE),
        "outside": Actor(title="Évaluateur externe", source=SOURCE),
    },
    documents={
        "booklet": document_kind("Livret", signed_by=("trainer", "outside")),
        "paper": document_kind("Mémoire"),
        "form": document_kind("Formulaire", signed_by=SILENT),
    },
    methods={
        "oral": method("Entretien", points=("clair", "précis"), minutes=30, places=("centre", "remote")),
        "written": method("Écrit", minutes=45),
        "practice": method("Mise en situation", evaluators={"professional": 1, "outside": 2}),
        "silent": method("Épreuve muette", minutes=SILENT, evaluators=SILENT, places=SILENT),
    },
    juries={},
    routes={"training": route("Formation"), "vae": route("VAE")},
    award=Award(
        title="Titre",
        decided_by="jury",
        issued_by="certificateur",
        certificate="parchemin",
        block_certificates=True,
        partial="block",
        source=SOURCE,
    ),
    statistics=(),
    statements={"adult": "Avoir dix-huit ans"},
    experience_tags={},
    notes=(),
    framework=framework(
        blocks=(
            block("B1", methods=Composition(all_of=("oral", "written"))),
            block("B2", methods=Composition(any_of=("written", "practice"))),
        ),
        competences=(
            competence("C1", block="B1"),
            competence("C2", block="B1", assessed_as="E2"),
            competence("C3", block="B2"),
            competence("C4", block="B2", is_assessed=False),
        ),
    ),
    rules={},
    conformity=(),
)


def scheme(**changes: Any) -> Scheme:
    return replace(SCHEME, **changes)


def framed(**changes: Any) -> Scheme:
    """The sample with another framework, or with parts of its own replaced."""
    return scheme(framework=replace(SCHEME.framework, **changes))


def ruled(stage: Stage, *rules: Rule, base: Scheme = SCHEME) -> Scheme:
    return replace(base, rules={**base.rules, stage: rules})


def seated(**changes: Any) -> Scheme:
    """The sample where both routes have the jury given."""
    routes = {"training": route("Formation", jury="final"), "vae": route("VAE", jury="final")}
    return scheme(routes=routes, juries={"final": jury(**changes)})


ANYTHING = When()


def facts(**known: Any) -> Facts:
    return Facts(**known)


def seen(check: Check, known: Facts | None = None, under: Scheme = SCHEME, on: date = TODAY) -> Seen:
    return check.look(Case(known or Facts(), under, on))


def told(check: Check, known: Facts | None = None, under: Scheme = SCHEME, on: date = TODAY) -> tuple[str, str]:
    """The outcome and the words of a check."""
    found = seen(check, known, under, on)
    return found.outcome.value, found.words


def experience(from_: str, until: str | None = None, **changes: Any) -> Experience:
    return replace(Experience(from_=day(from_), until=day(until) if until else None), **changes)


def sitting(method: str, on: str | None = "2026-05-04", passed: bool | None = True, **changes: Any) -> Assessment:
    return replace(Assessment(method=method, day=day(on) if on else None, is_passed=passed), **changes)


def sat(*sittings: Assessment, **known: Any) -> Facts:
    return Facts(assessments=sittings, **known)


def evaluator(name: str, role: str, **changes: Any) -> Evaluator:
    return replace(Evaluator(name=name, role=role), **changes)


def accredited(role: str, from_: str, until: str | None = None, **changes: Any) -> Accreditation:
    return replace(Accreditation(role=role, from_=day(from_), until=day(until) if until else None), **changes)


def results(*known: Result, **others: Any) -> Facts:
    return Facts(results=known, **others)


def acquired(*codes: str, on: str | None = None) -> tuple[Result, ...]:
    day = date.fromisoformat(on) if on else None
    return tuple(Result(code=code, is_acquired=True, day=day) for code in codes)


def holding(code: str, deliberated: str | None = None, **dates: str) -> Holding:
    known = dates | ({"deliberated": deliberated} if deliberated else {})
    return Holding(code=code, dates=dated(**known))


def document(id: str, **measured: Any) -> Document:
    return Document(id=id, **measured)


def member(name: str, **changes: Any) -> Member:
    return replace(Member(name=name), **changes)
