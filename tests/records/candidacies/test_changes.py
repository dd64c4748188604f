"""The journal says which revision each change brought a file to; whoever was overtaken is told these changes alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import parchemin
from parchemin.records.candidacies.actions import closing, talking
from parchemin.records.candidacies.actions.taking import FILE_REVISION
from parchemin.records.candidacies.queries.changes import MOST_TOLD, changes_since
from parchemin.records.journal.queries import entries_of
from tests.records.pathways.kept import evidence
from tests.web.cast import AT, Cast, opened
from tests.web.laden import laden

SOURCES = Path(parchemin.__file__).parent
QUIET = {"candidacy.opened", "candidacy.message_sent", "candidacy.evidence_added", "candidacy.moment_logged"}


TAKING = "parchemin.records.candidacies.actions.taking"


def noting() -> Iterator[tuple[str, ast.FunctionDef, ast.Call]]:
    """Where something is noted about a file: the file of the code, the function, the call."""
    for path in SOURCES.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        brought = (one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) and one.module == TAKING)
        names = {as_.asname or as_.name for one in brought for as_ in one.names if as_.name == "note"}
        for function in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names:
                    yield path.name, function, call


def is_taken(function: ast.FunctionDef, call: ast.Call) -> bool:
    """Whether the file is taken there, or was by whoever gives it to the function."""
    blocks = (one for one in ast.walk(function) if isinstance(one, ast.With))
    taken = (one for one in blocks if any("taken(" in ast.unparse(item.context_expr) for item in one.items))
    return any(call in ast.walk(one) for one in taken) or "row" in {one.arg for one in function.args.args}


def test_a_change_is_only_noted_on_a_file_that_is_taken() -> None:
    found = list(noting())
    assert len(found) > 80
    changes = [one for one in found if not any(told.arg == "is_change" for told in one[2].keywords)]
    assert [(path, function.name) for path, function, call in changes if not is_taken(function, call)] == []


def test_each_revision_of_a_file_is_told_and_no_other(cast: Cast) -> None:
    row = laden(cast)
    entries = list(entries_of(row.pk))
    told = {one.kind: one.details.get(FILE_REVISION) for one in entries if one.kind.startswith("candidacy.")}
    assert {kind for kind in QUIET if told[kind] is None} == QUIET
    revisions = [one.details[FILE_REVISION] for one in entries if FILE_REVISION in one.details]
    assert revisions == sorted(revisions)
    assert set(revisions) == set(range(1, row.revision + 1))


def test_whoever_was_overtaken_is_told_the_changes_since_and_nothing_else(cast: Cast) -> None:
    row = laden(cast)
    shown = row.revision
    closing.take_charge(candidacy=row, holder=cast.secretary, revision=shown, by=cast.secretary, at=AT)
    evidence(row)
    talking.send_message(candidacy=row, body="x", by=cast.secretary, at=AT)
    told = changes_since(row, shown)
    assert [one.kind for one in told] == ["candidacy.taken_charge"]
    assert [one.kind for one in changes_since(row, row.revision)] == ["candidacy.taken_charge"]
    assert len(changes_since(row, 0)) == MOST_TOLD
    assert changes_since(opened(cast.other_candidate, cast.certification()), 0) == []
