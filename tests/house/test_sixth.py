"""A sixth certification is new data and no code: from an empty folder to a decision, by the command line alone."""

from pathlib import Path

import pytest

from tests.cli.running import Run, runner
from tests.samples import written

ID, VERSION = "bp-facteur-orgues", "2026-09-01"
SCHEME = f"""format: parchemin/scheme-1
id: {ID}
version: "{VERSION}"
status: draft
kind: bp
title: "Brevet de facteur d'orgues"
register: rs
version_label: null
effect_until: null
level: unknown
codes: {{nsf: unknown, rome: [B1501], formacode: [], naf: [], source: "arrete, art. 1"}}
sources:
  arrete: {{title: "Arrêté fictif du 3 mars 2026", read_on: 2026-04-01}}
registrations: unknown
bodies:
  - {{id: guilde, title: "Guilde des facteurs", source: "arrete, art. 1"}}
actors:
  candidate: {{title: "compagnon", source: "arrete, art. 2"}}
  master: {{title: "maître facteur", source: "arrete, art. 2"}}
  panel: {{title: "assemblée", source: "arrete, art. 2"}}
documents:
  masterpiece: {{title: "Carnet du chef-d'œuvre", pages: {{max: 10}}, signed_by: [master], source: "arrete, art. 3"}}
methods:
  tuning: {{title: "Accord d'un jeu", kind: work_simulation, blocks: [O1], minutes: 180, evaluators: {{master: 2}}, source: "arrete, art. 4"}}
juries:
  panel:
    title: "Assemblée des maîtres"
    mode: assesses
    seats: [{{id: dean, title: "doyen"}}, {{id: master, title: "maître", min: 2}}]
    source: "arrete, art. 5"
routes:
  companion:
    title: "Compagnonnage"
    is_open: true
    jury: panel
    source: "arrete, art. 2"
    steps:
      - {{id: work, title: "Chef-d'œuvre", owner: candidate, produces: [masterpiece]}}
      - {{id: session, title: "Assemblée", owner: panel, wants: [masterpiece]}}
award: {{title: "Brevet", decided_by: panel, issued_by: guilde, certificate: "brevet", block_certificates: false, partial: none, source: "arrete, art. 6"}}
statistics: []
statements: {{sworn: "A prêté serment"}}
experience_tags: {{}}
notes: []
includes: []
rules:
  eligibility:
    - {{id: eligibility.oath, check: stated, statement: sworn, source: "arrete, art. 2", says: "Le compagnon a prêté serment."}}
  completeness:
    - {{id: completeness.masterpiece, check: document_present, document: masterpiece, signed_by: [master], source: "arrete, art. 3", says: "Le carnet est remis et signé."}}
  assessment:
    - {{id: assessment.tuning, check: attempts_at_most, method: tuning, max: unknown, source: "arrete, art. 4", says: "Le nombre d'essais est limité."}}
  jury:
    - {{id: jury.seats, check: seats_filled, source: "arrete, art. 5", says: "Chaque siège est occupé."}}
  award:
    - {{id: award.block, check: all_held, of: block, source: "arrete, art. 6", says: "L'unique partie est acquise."}}
  validity:
    - {{id: validity.certificate, check: lasts, subject: certificate, lasts: unlimited, counted_from: issued, source: "arrete, art. 7", says: "Le brevet vaut pour toujours."}}
"""
FRAMEWORK = """format: parchemin/framework-1
source: "arrete, annexe"
blocks:
  - {id: O1, title: "Construire et accorder un orgue", methods: {all_of: [tuning]}, source: "arrete, annexe"}
competences:
  - {id: K1, title: "Accorder un jeu", block: O1, source: "arrete, annexe"}
  - {id: K2, title: "Régler une soufflerie", block: O1, source: "arrete, annexe"}
"""
CASES = """- case: "Doyen et deux maîtres : l'assemblée est complète"
  date: 2027-06-15
  facts: {route: companion, members: [{name: Ana, seat: dean}, {name: Bo, seat: master}, {name: Cy, seat: master}]}
  expect: {outcome: met, met: [jury.seats]}
- case: "Un seul maître"
  like: "Doyen et deux maîtres : l'assemblée est complète"
  facts: {members: [{name: Ana, seat: dean}, {name: Bo, seat: master}]}
  expect: {outcome: not_met, not_met: [jury.seats]}
"""
FACTS = f"""format: parchemin/facts-1
scheme: {ID}@{VERSION}
stage: award
date: 2027-06-15
facts: {{route: companion, holdings: [{{code: O1, dates: {{deliberated: 2027-06-15}}}}]}}
"""


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    written(tmp_path, f"schemes/{ID}/{VERSION}/scheme.yaml", SCHEME)
    written(tmp_path, f"schemes/{ID}/{VERSION}/framework.yaml", FRAMEWORK)
    written(tmp_path, f"schemes/{ID}/{VERSION}/cases/jury.yaml", CASES)
    written(tmp_path, "facts.yaml", FACTS)
    monkeypatch.setenv("PARCHEMIN_SCHEMES", str(tmp_path / "schemes"))
    return runner(capsys)


def test_it_is_checked_listed_and_shown(run: Run) -> None:
    check = run("scheme", "check")
    assert (check.code, check.words) == (0, f"{ID}@{VERSION} : fichiers conformes, 6 règles, 4 silences des sources")
    assert "Brevet de facteur d'orgues" in run("scheme", "list").words
    shown = run("scheme", "show", f"{ID}@{VERSION}", "--on", "2027-01-01")
    assert "companion — Compagnonnage (ouverte)" in shown.words
    assert "panel — Assemblée des maîtres : doyen, maître" in shown.words


def test_its_rules_and_gaps_are_told(run: Run) -> None:
    rules = run("scheme", "rules", f"{ID}@{VERSION}", "--on", "2027-01-01", "--json").json["rules"]
    assert [rule["id"].partition(".")[0] for rule in rules] == [
        "eligibility", "completeness", "assessment", "jury", "award", "validity",
    ]  # fmt: skip
    gaps = run("scheme", "gaps", f"{ID}@{VERSION}", "--on", "2027-01-01", "--json").json["gaps"]
    assert [gap["address"] for gap in gaps] == ["level", "codes/nsf", "registrations", "rules/assessment.tuning/max"]


def test_its_cases_pass(run: Run) -> None:
    assert run("case", "test").words == "2 cas réussis sur 2"


@pytest.mark.parametrize(
    ("stage", "code", "outcome"),
    [("eligibility", 1, "unknown"), ("completeness", 1, "unknown"), ("assessment", 1, "unknown"),
     ("jury", 1, "unknown"), ("award", 0, "met")],
)  # fmt: skip
def test_it_decides(run: Run, tmp_path: Path, stage: str, code: int, outcome: str) -> None:
    told = run("decide", str(tmp_path / "facts.yaml"), "--stage", stage, "--json")
    assert (told.code, told.json["outcome"]) == (code, outcome)


def test_it_is_frozen_when_published(run: Run, tmp_path: Path) -> None:
    path = tmp_path / f"schemes/{ID}/{VERSION}/scheme.yaml"
    path.write_text(SCHEME.replace("status: draft", "status: published"), encoding="utf-8")
    assert run("scheme", "check").code == 1
    assert run("scheme", "freeze").code == 0
    assert run("scheme", "check").code == 0
