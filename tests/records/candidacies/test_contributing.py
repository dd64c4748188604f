"""What later apps know of a file is read where a rule looks at it, and changes nothing where it is left unread."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import parchemin.core
from parchemin.core.deciding import decide
from parchemin.core.decision import Stage
from parchemin.records.assessments.queries import conflicts
from parchemin.records.assessments.queries.conflicts import fit_of
from parchemin.records.candidacies.contributing import CONTRIBUTORS
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.foreseeing import as_done, pathway_rules
from parchemin.records.pathways.queries.working import work_findings, work_rules
from tests.records.candidacies.files import changed
from tests.web.cast import ON, Cast, opened
from tests.web.laden import ADDED, laden

CORE = Path(parchemin.core.__file__).parent
COMPOSED = """adds:
  completeness:
    - id: completeness.both
      says: "x"
      source: "decision, art. 9"
      all_of:
        - {says: "y", source: "decision, art. 9", check: work_training_proofs}
        - {says: "z", source: "decision, art. 9", check: document_present, document: vae_file}
"""


def names_of(row: Candidacy) -> dict[str, frozenset[str]]:
    """The fields of Facts that only some checks look at, with the names of these checks."""
    judged = Judged(row, ON)
    return {
        name: frozenset(check.__name__ for check in checks)
        for contributor, checks in CONTRIBUTORS.items()
        if checks
        for name in judged.known(contributor)
    }


def again(row: Candidacy) -> Candidacy:
    """The file with nothing read of it yet."""
    return Candidacy.objects.get(pk=row.pk)


def looking(name: str) -> Iterator[str]:
    """The classes of the core where something reads that field of something; the file where it is outside of any."""
    for path in CORE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {id(node): one.name for one in tree.body if isinstance(one, ast.ClassDef) for node in ast.walk(one)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == name:
                yield inside.get(id(node), path.name)


def test_what_is_left_unread_is_looked_at_by_no_other_check(cast: Cast) -> None:
    fields = names_of(opened(cast.candidate, cast.certification()))
    assert {"positioning", "pathway", "training_hours", "work_training"} <= set(fields)
    for name, checks in fields.items():
        found = frozenset(looking(name))
        assert found, name
        assert found <= checks, name


TIED = """adds:
  assessment:
    - id: assessment.both
      says: "x"
      source: "decision, art. 9"
      all_of:
        - {says: "y", source: "decision, art. 9", check: no_link, links: [family]}
        - {says: "z", source: "decision, art. 9", check: document_present, document: vae_file}
"""


@pytest.mark.parametrize("added", [TIED, "adds:\n"])
def test_whoever_may_assess_is_looked_at_as_with_the_whole_application(
    cast: Cast, added: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = laden(cast, added)
    sitting = row.sittings.get()
    named = list(sitting.evaluators.select_related("person").prefetch_related("person__accreditations"))
    alone = [fit_of(Judged(again(row), ON), sitting, one) for one in named]
    monkeypatch.setattr(conflicts, "uses_only", lambda *_asked: False)
    assert alone == [fit_of(Judged(again(row), ON), sitting, one) for one in named]
    assert all(one.links and one.accreditation for one in alone)


@pytest.mark.parametrize("added", [ADDED, COMPOSED, "adds:\n"])
def test_what_is_left_unread_changes_no_decision(cast: Cast, added: str) -> None:
    row = laden(cast, added)
    judged = Judged(row, ON)
    everything: dict[str, Any] = {}
    for contributor in CONTRIBUTORS:
        everything |= contributor(again(row), judged.scheme)
    facts = replace(judged.facts, **everything)
    assert all(everything[name] is not None for name in names_of(row))
    for stage in (Stage.COMPLETENESS, Stage.ASSESSMENT):
        assert judged.decided(stage) == decide(stage, facts, judged.scheme, ON)
    of_work = {rule.id for rule in work_rules(judged.scheme)}
    of_pathway = {rule.id for rule in pathway_rules(judged.scheme)}
    told = judged.decided(Stage.COMPLETENESS).findings
    assert work_findings(Judged(again(row), ON)) == tuple(one for one in told if one.rule in of_work)
    assert as_done(Judged(again(row), ON)) == tuple(one for one in told if one.rule in of_pathway)


def test_the_rules_of_a_stage_read_no_more_than_they_look_at(cast: Cast) -> None:
    changed(cast, "adds:\n", "adds:\n")
    row = opened(cast.candidate, cast.certification())
    judged = Judged(row, ON)
    assert judged.facts and judged.at(Stage.ASSESSMENT)
    with CaptureQueriesContext(connection) as asked:
        judged.at(Stage.COMPLETENESS)
    tables = [table for table in ("positioning", "pathway", "moment") if f"pathways_{table}" in str(list(asked))]
    assert tables == ["positioning", "pathway"], "no rule of the CQP is about training at work"
