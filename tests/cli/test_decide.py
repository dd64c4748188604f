"""`parchemin decide`: the decision and its reasons, printed as everywhere else, or in JSON."""

import json
from pathlib import Path

import pytest

from parchemin.core.decision import Stage
from parchemin.core.plain import decision_from_plain, decision_to_plain
from tests.cli.running import FACTS, SCHEMES, Run
from tests.samples import FIXTURES, ID, OLD, copied, edited

TEXT = Path(FACTS).read_text(encoding="utf-8").replace(
    "../demo", str(FIXTURES / "demo")
)  # fmt: skip
PRINTED = """
✗ Jury : 2 conditions ne sont pas remplies.
  ✗ Les deux collèges ont le même nombre de membres présents.
      Constat : employeurs : 1, salariés : 0.
      jury.colleges — Règlement de certification, CPNEFP, 12 novembre 2025, art. 18
  ✗ Le quorum est atteint.
      Constat : 1 siègent sur 1 nommés, il en faut 2.
      jury.quorum — Règlement de certification, CPNEFP, 12 novembre 2025, art. 19 ; Décision fictive du 1er février 2026, art. 1
"""


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def changed(path: Path, old: str, new: str) -> str:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return str(path)


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def test_a_refusal_with_its_reasons(run: Run) -> None:
    answer = run("decide", FACTS)
    assert answer.code == 1
    head, *told = lines(answer.out.replace("\u202f", " ").replace("’", "'"))
    assert told == lines(PRINTED)
    digest = run("decide", FACTS, "--json").json["scheme"]["digest"]
    assert head == f"cqp-technicien-reemploi@2026-01-01 · 15 juin 2026 · empreinte {digest[:12]}"


def test_french_typography(run: Run) -> None:
    out = run("decide", FACTS).out
    assert "Constat\u202f: employeurs\u202f: 1, salariés\u202f: 0." in out
    assert " :" not in out


def test_the_interface_in_english_and_the_reasons_in_their_own_words(run: Run) -> None:
    answer = run("--lang=en", "decide", FACTS)
    assert answer.code == 1
    assert "2 conditions are not met." in answer.words
    assert "Seen: employeurs : 1, salariés : 0." in answer.words


def test_the_language_may_be_set_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARCHEMIN_LANG", "en_GB.UTF-8")
    assert "2 conditions are not met." in run("decide", FACTS).words
    assert "2 conditions ne sont pas remplies." in run("--lang", "fr", "decide", FACTS).words


def test_a_decision_that_is_met_ends_with_0(run: Run, facts: Path) -> None:
    path = changed(
        facts, "[{name: Alix, college: employers}]", "[{name: A, college: employers}, {name: B, college: employees}]"
    )
    answer = run("decide", path)
    assert answer.code == 0
    assert "✓ Jury : toutes les conditions sont remplies." in answer.words
    brief = run("decide", path, "--brief")
    assert brief.code == 0
    assert lines(brief.out.replace("\u202f", " "))[1:] == [
        "✓ Jury : toutes les conditions sont remplies.",
        "  ✓ 2 règles respectées",
    ]


def test_what_is_not_settled_ends_with_1(run: Run, facts: Path) -> None:
    answer = run("decide", changed(facts, "[{name: Alix, college: employers}]", "[{name: A}, {name: B}]"))
    assert answer.code == 1
    assert "? Jury : 1 condition reste à établir." in answer.words
    assert "? Les deux collèges" in answer.words


def test_a_warning_does_not_weigh(run: Run, facts: Path) -> None:
    path = changed(facts, "route: continuing", "route: vae")
    answer = run("decide", path, "--stage", "eligibility")
    assert answer.code == 1
    assert "✗ Le candidat justifie" in answer.words or "? Le candidat justifie" in answer.words
    assert "La loi demande trois ans au plus." in answer.words


def test_in_json_the_decision_whole(run: Run) -> None:
    answer = run("decide", FACTS, "--json")
    assert answer.code == 1
    told = answer.json
    assert list(told) == ["format", "stage", "scheme", "decided_on", "outcome", "findings"]
    assert told["format"] == "parchemin/decision-1"
    assert (told["stage"], told["outcome"], told["decided_on"]) == ("jury", "not_met", "2026-06-15")
    assert (told["scheme"]["id"], told["scheme"]["version"], len(told["scheme"]["digest"])) == (ID, OLD, 64)
    assert list(told["findings"][0]) == [
        "rule", "effect", "outcome", "says", "seen", "source", "values", "parts", "override",
    ]  # fmt: skip
    assert decision_to_plain(decision_from_plain(told)) == told
    assert run("--lang", "en", "decide", FACTS, "--json").json == told, "a decision has one wording"


def test_the_stage_and_the_date_may_be_given(run: Run) -> None:
    told = run("decide", FACTS, "--stage", "eligibility", "--on", "2026-07-01", "--json")
    assert told.code == 0
    assert (told.json["stage"], told.json["decided_on"]) == ("eligibility", "2026-07-01")


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_is_decided(run: Run, stage: Stage) -> None:
    told = run("decide", FACTS, "--stage", stage.value, "--json").json
    assert told["stage"] == stage.value
    assert told["findings"]


def test_facts_in_json(run: Run, tmp_path: Path) -> None:
    facts = {"format": "parchemin/facts-1", "scheme": ID, "stage": "jury", "date": "2026-06-15",
             "fills": {"rules/jury.quorum/total": 1},
             "facts": {"route": "continuing", "members": [{"name": "Alix", "college": "employers"}]}}  # fmt: skip
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(facts), encoding="utf-8")
    told = run("decide", str(path), "--json").json
    assert {one["rule"]: one["outcome"] for one in told["findings"]} == {
        "jury.colleges": "not_met",
        "jury.quorum": "met",
    }


def test_a_derogation_is_shown_and_lifts_its_rule(run: Run, facts: Path) -> None:
    lifted = ", ".join(
        f'{{rule: {rule}, author: "Camille", reason: "essai", source: "courrier", decided_on: 2026-06-01}}'
        for rule in ("jury.colleges", "jury.quorum")
    )
    answer = run("decide", changed(facts, "route: continuing", f"route: continuing\n  overrides: [{lifted}]"))
    assert answer.code == 0
    assert "✗ Les deux collèges" in answer.words
    assert "Dérogation de Camille, 1er juin 2026 : essai (courrier)" in answer.words


def test_without_a_stage(run: Run, facts: Path) -> None:
    path = changed(facts, "stage: jury\n", "")
    answer = run("decide", path)
    assert answer.code == 2
    assert "--stage" in answer.err
    assert run("decide", path, "--json").json["code"] == "need_stage"
    assert run("decide", path, "--stage", "jury").code == 1


def test_an_unknown_stage(run: Run) -> None:
    answer = run("--lang", "en", "decide", FACTS, "--stage", "juri")
    assert answer.code == 2
    assert "“juri” is not a stage. Stages: eligibility, completeness, assessment, jury, award, validity." in answer.err


@pytest.mark.parametrize("value", ["15/06/2026", "2026-13-01"])
def test_a_bad_date(run: Run, value: str) -> None:
    answer = run("decide", FACTS, "--on", value)
    assert answer.code == 2
    assert value in answer.err


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("college: employers", "colege: employers", "unknown_key", "college"),
        ("format: parchemin/facts-1", "format: parchemin/fact-1", "wrong_value", "parchemin/facts-1"),
        ("route: continuing", "root: continuing", "unknown_key", "route"),
        ("began: 2026-02-02", "begun: 2026-02-02", "wrong_value", "began"),
        ("members: [", "members: &m [", "anchor", "ancres"),
    ],
)
def test_unfit_facts(run: Run, facts: Path, old: str, new: str, code: str, says: str) -> None:
    path = changed(facts, old, new)
    answer = run("decide", path)
    assert answer.code == 1
    assert "facts.yaml:" in answer.out
    assert says in answer.words
    assert [one["code"] for one in run("decide", path, "--json").json["problems"]] == [code]


def test_an_unknown_certification(run: Run, facts: Path) -> None:
    answer = run("decide", changed(facts, f"scheme: {ID}", "scheme: cqp-technicien-remploi"))
    assert answer.code == 2
    assert f"« {ID} »" in answer.words


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    answer = run("decide", str(tmp_path / "absent.yaml"))
    assert answer.code == 1
    assert "introuvable" in answer.words


def test_unfit_rules(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, f"{ID}/{OLD}/scheme.yaml", "check: colleges_balanced", "check: colleges_balance")
    answer = run("decide", FACTS, "--schemes", str(root))
    assert answer.code == 1
    assert "colleges_balanced" in answer.words


def test_another_folder_of_certifications(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PARCHEMIN_SCHEMES", str(tmp_path))
    assert run("decide", FACTS).code == 2
    assert run("decide", FACTS, "--schemes", SCHEMES).code == 1
