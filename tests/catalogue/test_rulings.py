"""Decisions of the awarding body: they fill what the document leaves open, and change rules with their dates."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from parchemin.catalogue import rulings
from parchemin.catalogue.loading import Loaded
from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.problems import HINTS, RefusedError
from parchemin.catalogue.reading import Node
from parchemin.catalogue.rulings import Gap, gaps_of
from parchemin.core.deciding import decide
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Decision, Finding, Outcome, Stage
from parchemin.core.facts import Experience, Facts, Holding, Member, Milestone
from parchemin.core.scheme import Jury, Scheme
from parchemin.core.terms import Unknown
from tests.samples import (
    FRAMEWORK,
    ID,
    NEW,
    OLD,
    PACK_2026,
    RULINGS,
    SCHEME,
    copied,
    edited,
    loaded,
    published,
    ruling,
    written,
)

QUORUM = 'fills:\n  - {gap: rules/jury.quorum/total, value: 2, source: "decision, art. 3"}\n'
MEMBERS = Facts(
    route="continuing", members=(Member(name="Alix", college="employers"), Member(name="Sacha", college="employees"))
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copied(tmp_path)


def ruled(root: Path, more: str, name: str = "one", from_: str = "2027-02-01") -> None:
    written(root, f"{RULINGS}/{name}.yaml", ruling(more=more, from_=from_))


def finding(decision: Decision, rule: str) -> Finding:
    found = [one for one in decision.findings if one.rule == rule]
    assert len(found) == 1, [one.rule for one in decision.findings]
    return found[0]


def addresses(root: Path, on: date = date(2027, 6, 1)) -> list[str]:
    return [gap.address for gap in loaded(root, on=on).gaps]


def test_gaps_are_listed_in_the_order_of_the_files_with_their_reasons(root: Path) -> None:
    edited(root, SCHEME, "block_certificates: unknown", 'block_certificates: {unknown: "page perdue"}')
    edited(root, SCHEME, "juries:\n", "juries:\n  appeal: unknown\n")
    edited(root, FRAMEWORK, 'title: "Trier les déchets"', "title: unknown")
    gaps = loaded(root).gaps
    assert [gap.address for gap in gaps] == [
        "codes/naf",
        "methods/M2/evaluators",
        "juries/appeal",
        "award/block_certificates",
        "rules/jury.quorum/total",
        "framework/blocks/B1/certificate",
        "framework/blocks/B2/certificate",
        "framework/competences/C5/title",
    ]
    assert [gap.why for gap in gaps if gap.why] == ["page perdue"]
    assert {gap.mark.file for gap in gaps} == {SCHEME, FRAMEWORK}


def test_a_rule_with_a_gap_settles_nothing_until_a_ruling_fills_it(root: Path) -> None:
    before = decide(Stage.JURY, MEMBERS, loaded(root).scheme, date(2027, 6, 1))
    assert finding(before, "jury.quorum").outcome is UNKNOWN
    ruled(root, QUORUM)
    after = decide(Stage.JURY, MEMBERS, loaded(root).scheme, date(2027, 6, 1))
    assert finding(after, "jury.quorum").outcome is MET
    assert after.outcome is MET
    assert "rules/jury.quorum/total" not in addresses(root)


def test_the_source_of_the_ruling_shows_in_the_finding(root: Path) -> None:
    ruled(root, QUORUM)
    seen = finding(decide(Stage.JURY, MEMBERS, loaded(root).scheme, date(2027, 6, 1)), "jury.quorum")
    document = "Règlement de certification, CPNEFP, 12 novembre 2025, art. 19"
    assert seen.source == f"{document} ; Décision fictive, art. 3"
    other = finding(decide(Stage.JURY, MEMBERS, loaded(root).scheme, date(2027, 6, 1)), "jury.colleges")
    assert "Décision fictive" not in other.source


def test_a_ruling_has_its_date_of_effect(root: Path) -> None:
    ruled(root, QUORUM, from_="2027-02-01")
    on = {day: finding(decide(Stage.JURY, MEMBERS, loaded(root, on=day).scheme, day), "jury.quorum").outcome
          for day in (date(2027, 1, 31), date(2027, 2, 1))}  # fmt: skip
    assert on == {date(2027, 1, 31): UNKNOWN, date(2027, 2, 1): MET}
    assert "rules/jury.quorum/total" in addresses(root, date(2027, 1, 31))


def test_a_structure_may_be_filled(root: Path) -> None:
    edited(root, SCHEME, "juries:\n", 'juries:\n  appeal: {unknown: "à désigner"}\n')
    edited(root, SCHEME, "juries:\n", "juries:\n  other: unknown\n")
    assert isinstance(loaded(root).scheme.juries["appeal"], Unknown)
    ruled(
        root,
        """fills:
  - gap: juries/appeal
    source: "decision, art. 1"
    value:
      title: "Commission d'appel"
      mode: interviews
      seats: [{id: chair, title: "président", min: 2}]
      source: "decision, art. 1"
""",
    )
    jury = loaded(root).scheme.juries["appeal"]
    assert isinstance(jury, Jury)
    assert jury.title == "Commission d'appel"
    assert not isinstance(jury.seats, Unknown)
    assert [(seat.id, seat.min) for seat in jury.seats] == [("chair", 2)]
    assert "juries/appeal" not in addresses(root)
    assert "juries/appeal/seats/chair/substitute" not in addresses(root)


def test_a_value_of_the_framework_may_be_filled(root: Path) -> None:
    ruled(root, 'fills:\n  - {gap: framework/blocks/B1/certificate, value: true, source: "decision"}\n')
    blocks = loaded(root).scheme.blocks
    assert blocks["B1"].certificate is True
    assert isinstance(blocks["B2"].certificate, Unknown)


def test_what_is_filled_is_checked_like_the_rest(root: Path) -> None:
    edited(root, SCHEME, "evaluators: unknown", 'evaluators: {unknown: ""}')
    ruled(root, 'fills:\n  - {gap: methods/M2/evaluators, value: {profesional: 2}, source: "decision"}\n')
    with pytest.raises(RefusedError) as caught:
        loaded(root)
    assert [problem.code for problem in caught.value.problems] == ["dangling"]
    assert "professional" in caught.value.problems[0].sentence("fr")


def test_a_part_of_a_composed_rule_may_be_filled(root: Path) -> None:
    parts = 'any_of: [{says: "Deux.", check: quorum, total: unknown}, {says: "Part.", check: quorum, share: 1/2}],'
    edited(root, SCHEME, "check: quorum, total: unknown,", parts)
    assert "rules/jury.quorum/any_of/0/total" in addresses(root)
    ruled(root, 'fills:\n  - {gap: rules/jury.quorum/any_of/0/total, value: 2, source: "decision"}\n')
    assert "rules/jury.quorum/any_of/0/total" not in addresses(root)
    assert finding(decide(Stage.JURY, MEMBERS, loaded(root).scheme, date(2027, 6, 1)), "jury.quorum").outcome is MET


@pytest.mark.parametrize("gap", ["level/eqf", "rules/jury.colleges/mode", "routes/continuing/title", "juries/joint"])
def test_the_document_is_never_contradicted(root: Path, gap: str) -> None:
    ruled(root, f'fills:\n  - {{gap: {gap}, value: 2, source: "decision"}}\n')
    with pytest.raises(RefusedError) as caught:
        loaded(root)
    assert [problem.code for problem in caught.value.problems] == ["not_a_gap"]
    assert gap in caught.value.problems[0].sentence("fr")


@pytest.mark.parametrize(
    "gap", ["rules/jury.quorom/total", "rules/jury.quorum/totl", "code/naf", "nothing", "a/b/c", ""]
)
def test_there_is_no_such_gap(root: Path, gap: str) -> None:
    ruled(root, f'fills:\n  - {{gap: "{gap or "/"}", value: 2, source: "decision"}}\n')
    with pytest.raises(RefusedError) as caught:
        loaded(root)
    assert [problem.code for problem in caught.value.problems] == ["no_such_gap"]
    assert "rules/jury.quorum/total" in caught.value.problems[0].sentence("en") or gap == "code/naf"


def test_a_later_ruling_fills_a_gap_anew_and_both_are_cited(root: Path) -> None:
    ruled(root, QUORUM, "second-by-name", "2027-02-01")
    ruled(root, QUORUM.replace("value: 2", "value: 3").replace("art. 3", "art. 4"), "a", "2027-03-01")

    def seen(day: date) -> Finding:
        return finding(decide(Stage.JURY, MEMBERS, loaded(root, on=day).scheme, day), "jury.quorum")

    assert seen(date(2027, 2, 28)).outcome is MET
    later = seen(date(2027, 3, 1))
    assert later.outcome is NOT_MET
    assert later.source.endswith("art. 19 ; Décision fictive, art. 3 ; Décision fictive, art. 4")
    assert [one.source for one in loaded(root).filled] == ["Décision fictive, art. 3 ; Décision fictive, art. 4"]


def test_a_gap_is_filled_once_on_a_date(root: Path) -> None:
    ruled(root, QUORUM, "first")
    ruled(root, QUORUM.replace("value: 2", "value: 3"), "second")
    with pytest.raises(RefusedError) as caught:
        loaded(root)
    problem = caught.value.problems[0]
    files = {f"{RULINGS}/first.yaml", f"{RULINGS}/second.yaml"}
    assert [p.code for p in caught.value.problems] == ["already_filled"]
    assert {problem.mark.file, problem.values["file"]} == files
    ruled(root, QUORUM + QUORUM.split("\n", 1)[1], "second", "2027-03-01")
    with pytest.raises(RefusedError) as caught:
        loaded(root)
    assert [(p.code, p.values["file"]) for p in caught.value.problems] == [("already_filled", f"{RULINGS}/second.yaml")]


def test_what_is_inside_a_filled_value_is_filled_already(root: Path) -> None:
    ruled(root, 'fills:\n  - {gap: methods/M2/evaluators, value: {professional: 2}, source: "decision"}\n')
    inner = 'fills:\n  - {gap: methods/M2/evaluators/professional, value: 3, source: "decision"}\n'
    ruled(root, inner, "two", "2027-03-01")
    with pytest.raises(RefusedError) as caught:
        loaded(root)
    assert [(p.code, p.values["file"]) for p in caught.value.problems] == [("already_filled", f"{RULINGS}/one.yaml")]


def test_rulings_on_other_versions_or_certifications_are_misplaced_here(root: Path, tmp_path: Path) -> None:
    written(root, f"{RULINGS}/old.yaml", ruling(version=OLD, more=QUORUM))
    written(root, f"{RULINGS}/other.yaml", ruling(scheme="cqp-autre", more=QUORUM))
    problems = Catalogue(root).check(ID)
    assert [(p.code, p.mark.file, p.values["key"]) for p in problems] == [
        ("misplaced", f"{RULINGS}/old.yaml", "version"),
        ("misplaced", f"{RULINGS}/other.yaml", "scheme"),
    ]
    path = written(tmp_path, "elsewhere/other.yaml", ruling(version=OLD, from_="2029-01-01"))
    catalogue = Catalogue(copied(tmp_path / "sound"))
    with pytest.raises(RefusedError) as caught:
        catalogue.resolve(ID, on=date(2027, 6, 1), version=catalogue.named(ID, NEW), rulings=[path])
    assert [(p.code, p.mark.file) for p in caught.value.problems] == [("misplaced", "other.yaml")]


def test_a_ruling_applies_only_once_it_is_decided(root: Path) -> None:
    ruled(root, QUORUM, from_="2027-01-02")
    assert "rules/jury.quorum/total" in addresses(root, date(2027, 1, 14))
    assert "rules/jury.quorum/total" not in addresses(root, date(2027, 1, 15))


def resolved_with(root: Path, *paths: Path) -> Loaded:
    catalogue = Catalogue(root)
    return catalogue.resolve(ID, on=date(2027, 6, 1), version=catalogue.named(ID, NEW), rulings=paths)


CHAIR = 'adds:\n  jury:\n    - {id: jury.chair, check: chaired, source: "decision", says: "Le jury a un président."}\n'


def test_the_same_rulings_give_the_same_scheme_in_any_order(root: Path, tmp_path: Path) -> None:
    first = written(tmp_path, "one/same.yaml", ruling(more=CHAIR))
    second = written(tmp_path, "two/same.yaml", ruling(more=CHAIR.replace("jury.chair", "jury.president")))
    there, back = resolved_with(root, first, second), resolved_with(root, second, first)
    assert there == back
    assert there.scheme.ref.digest == back.scheme.ref.digest
    assert resolved_with(root, first).scheme.ref.digest != there.scheme.ref.digest
    assert resolved_with(root, first, first) == resolved_with(root, first)


def test_two_files_of_one_name_are_both_in_the_digest(root: Path, tmp_path: Path) -> None:
    """Were they told apart by name only, the second would hide the first."""
    kept = written(tmp_path, "two/same.yaml", ruling(more=CHAIR))
    digests = {
        resolved_with(
            root, written(tmp_path, "one/same.yaml", ruling(more=QUORUM.replace("2", str(n)))), kept
        ).scheme.ref.digest
        for n in (2, 3)
    }
    assert len(digests) == 2


@pytest.mark.parametrize("days", ["from: 0001-01-01", "from: 2027-02-01"])
def test_a_ruling_may_reach_back_as_far_as_the_calendar(root: Path, days: str) -> None:
    text = ruling(more=replacement("more_favourable")).replace("from: 2027-02-01", days)
    written(root, f"{RULINGS}/one.yaml", text)
    rules = [rule for rule in loaded(root).scheme.rules[Stage.ELIGIBILITY] if rule.id == RULE]
    assert len(rules) == (1 if "0001" in days else 2)


def test_a_source_of_the_ruling_is_never_taken_for_one_of_the_version(root: Path) -> None:
    """Both call a text "reglement"; what is filled comes from the ruling's."""
    text = ruling(more=QUORUM.replace("decision, art. 3", "reglement, art. 3")).replace("{decision:", "{reglement:")
    written(root, f"{RULINGS}/one.yaml", text)
    found = loaded(root)
    seen = finding(decide(Stage.JURY, MEMBERS, found.scheme, date(2027, 6, 1)), "jury.quorum")
    assert seen.source == "Règlement de certification, CPNEFP, 12 novembre 2025, art. 19 ; Décision fictive, art. 3"
    assert found.scheme.sources["reglement"].title.startswith("Règlement de certification")


def test_what_is_filled_outside_rules_keeps_its_source(root: Path) -> None:
    jury = '{title: "Appel", mode: interviews, source: "reglement, art. 9"}'
    edited(root, SCHEME, "juries:\n", "juries:\n  appeal: unknown\n")
    fills = (
        f'fills:\n  - {{gap: juries/appeal, value: {jury}, source: "reglement, art. 9"}}\n'
        '  - {gap: codes/naf, value: ["9511"], source: "reglement"}\n'
    )
    written(root, f"{RULINGS}/one.yaml", ruling(more=fills).replace("{decision:", "{reglement:"))
    found = loaded(root)
    assert [(one.address, one.source, one.mark.file) for one in found.filled] == [
        ("juries/appeal", "Décision fictive, art. 9", f"{RULINGS}/one.yaml"),
        ("codes/naf", "Décision fictive", f"{RULINGS}/one.yaml"),
    ]
    appeal = found.scheme.juries["appeal"]
    assert isinstance(appeal, Jury)
    assert found.scheme.sources[appeal.source.partition(",")[0]].title == "Décision fictive"


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ("replaces: {a: b}\n", ["wrong_value"]),
        ("replaces: [a]\n", ["wrong_value"]),
        ("adds: []\n", ["wrong_value"]),
        ("adds: unknown\n", ["wrong_value"]),
        ("fills: {a: b}\n", ["wrong_value"]),
        ('fills:\n  - {gap: rules/jury.quorum/total, value: unknown, source: "decision"}\n', ["wrong_value"]),
        ('fills:\n  - {gap: rules/jury.quorum, value: 1, source: "decision"}\n', ["no_such_gap"]),
        ('fills:\n  - {gap: rules, value: {}, source: "decision"}\n', ["no_such_gap"]),
        (CHAIR.replace("check:", "when: {route: vea}, check:"), ["dangling"]),
        (
            'replaces:\n  - {rule: eligibility.route, transition: {a: b}, says: "…", source: x}\n',
            ["wrong_value"],
        ),
        ('replaces:\n  - {rule: {a: b}, transition: new_rule, says: "…", source: decision}\n', ["wrong_value"]),
        (
            'replaces:\n  - {rule: eligibility.route, transition: former_rule, when: {route: vea}, says: "…",'
            " source: decision, check: route_open}\n",
            ["dangling"],
        ),
    ],
)
def test_an_unfit_part_of_a_ruling_is_told(root: Path, more: str, codes: list[str]) -> None:
    ruled(root, more)
    problems = Catalogue(root).check(ID)
    assert codes[0] in [problem.code for problem in problems]
    assert {problem.code for problem in problems} <= {*codes, "no_blocking_rule"}
    assert f"{RULINGS}/one.yaml" in {problem.mark.file for problem in problems}
    assert "Node(" not in "".join(problem.sentence("fr") for problem in problems)


def test_rules_that_are_not_said_are_no_gap_to_fill(root: Path) -> None:
    path = root / SCHEME
    path.write_text(path.read_text(encoding="utf-8").partition("\nrules:")[0] + "\nrules: unknown\n", encoding="utf-8")
    ruled(root, 'fills:\n  - {gap: rules, value: {}, source: "decision"}\n')
    assert {problem.code for problem in Catalogue(root).check(ID)} == {"wrong_value", "no_such_gap"}


def test_the_gaps_are_listed_once_however_many_are_wrong(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counted(node: Node) -> Iterator[Gap]:
        asked.append(node)
        return gaps_of(node)

    monkeypatch.setattr(rulings, "gaps_of", counted)
    wrong = "".join(f'  - {{gap: "rules/jury.quorum/{n}", value: 2, source: "decision"}}\n' for n in range(200))
    ruled(root, "fills:\n" + wrong)
    with pytest.raises(RefusedError) as caught:
        loaded(root)
    assert len(caught.value.problems) == 200
    assert len(asked) == 1
    assert sum(bool(problem.values["hint_fr"]) for problem in caught.value.problems) == HINTS


def test_a_ruling_may_come_from_elsewhere(root: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "elsewhere/quorum.yaml", ruling(more=QUORUM))
    catalogue = Catalogue(published(root))
    with_it = catalogue.resolve(ID, on=date(2027, 6, 1), rulings=[path])
    without = catalogue.resolve(ID, on=date(2027, 6, 1))
    assert len(with_it.gaps) == len(without.gaps) - 1
    assert with_it.scheme.ref.digest != without.scheme.ref.digest


def test_a_trial_value_leaves_no_trace(root: Path) -> None:
    catalogue = Catalogue(published(root))
    tried = catalogue.resolve(ID, on=date(2027, 6, 1), fills={"rules/jury.quorum/total": 2})
    seen = finding(decide(Stage.JURY, MEMBERS, tried.scheme, date(2027, 6, 1)), "jury.quorum")
    assert seen.outcome is MET
    assert seen.source.endswith("valeur d'essai de ce cas")
    assert len(catalogue.resolve(ID, on=date(2027, 6, 1)).gaps) == len(tried.gaps) + 1


# Replacing a rule. The document asks for two years on the vae route; the body asks for one from 1 March 2027.

HELD = Experience(from_=date(2025, 1, 1), until=date(2026, 6, 30), is_proved=True)
LONG, NONE = Experience(from_=date(2024, 1, 1), until=date(2026, 12, 31), is_proved=True), ()
RULE = "eligibility.vae.experience"


def replacement(transition: str, lasts: str = "P1Y") -> str:
    return (
        f'replaces:\n  - rule: {RULE}\n    transition: {transition}\n    says: "Un an suffit."\n'
        f'    source: "decision, art. 2"\n    when: {{route: vae}}\n    check: experience_at_least\n'
        f"    lasts: {lasts}\n    at: requested\n"
    )


def outcome(root: Path, began: date, experiences: tuple[Experience, ...]) -> Outcome:
    on = date(2027, 9, 1)
    scheme = loaded(root, on=on, began=began).scheme
    dates = {Milestone.BEGAN: began, Milestone.REQUESTED: date(2027, 8, 1)}
    facts = Facts(route="vae", dates=dates, experiences=experiences)
    return finding(decide(Stage.ELIGIBILITY, facts, scheme, on), RULE).outcome


BEFORE, FROM = date(2027, 2, 28), date(2027, 3, 1)


@pytest.mark.parametrize(
    ("transition", "before", "after"),
    [("more_favourable", MET, MET), ("former_rule", NOT_MET, MET), ("new_rule", MET, MET)],
)
def test_a_lighter_rule_and_the_paths_begun_before_it(
    root: Path, transition: str, before: Outcome, after: Outcome
) -> None:
    assert outcome(root, BEFORE, (HELD,)) is NOT_MET
    ruled(root, replacement(transition), from_="2027-03-01")
    assert outcome(root, BEFORE, (HELD,)) is before
    assert outcome(root, FROM, (HELD,)) is after
    assert outcome(root, BEFORE, NONE) is NOT_MET
    assert outcome(root, FROM, NONE) is NOT_MET


@pytest.mark.parametrize(
    ("transition", "before", "after"),
    [("more_favourable", MET, NOT_MET), ("former_rule", MET, NOT_MET), ("new_rule", NOT_MET, NOT_MET)],
)
def test_a_heavier_rule_and_the_paths_begun_before_it(
    root: Path, transition: str, before: Outcome, after: Outcome
) -> None:
    ruled(root, replacement(transition, "P4Y"), from_="2027-03-01")
    assert outcome(root, BEFORE, (LONG,)) is before
    assert outcome(root, FROM, (LONG,)) is after


def test_the_more_favourable_of_two_rules_shows_both_with_their_sources(root: Path) -> None:
    ruled(root, replacement("more_favourable"), from_="2027-03-01")
    dates = {Milestone.BEGAN: BEFORE, Milestone.REQUESTED: date(2027, 8, 1)}
    facts = Facts(route="vae", dates=dates, experiences=(HELD,))
    scheme = loaded(root, on=date(2027, 9, 1), began=BEFORE).scheme
    seen = finding(decide(Stage.ELIGIBILITY, facts, scheme, date(2027, 9, 1)), RULE)
    assert [part.outcome for part in seen.parts] == [NOT_MET, MET]
    assert [part.source for part in seen.parts] == [
        "Règlement de certification, CPNEFP, 12 novembre 2025, art. 7",
        "Décision fictive, art. 2",
    ]


def test_a_rule_replaced_before_its_date_of_effect_is_the_former_one(root: Path) -> None:
    ruled(root, replacement("new_rule"), from_="2027-03-01")
    scheme = loaded(root, on=date(2027, 2, 28)).scheme
    assert [rule.source for rule in scheme.rules[Stage.ELIGIBILITY] if rule.id == RULE] == [
        "Règlement de certification, CPNEFP, 12 novembre 2025, art. 7"
    ]


def test_the_later_ruling_wins(root: Path) -> None:
    ruled(root, replacement("new_rule", "P5Y"), "a-later", from_="2027-04-01")
    ruled(root, replacement("new_rule", "P1Y"), "b-earlier", from_="2027-03-01")

    def wanted(on: date) -> Outcome:
        facts = Facts(route="vae", dates={Milestone.REQUESTED: on}, experiences=(HELD,))
        return finding(decide(Stage.ELIGIBILITY, facts, loaded(root, on=on).scheme, on), RULE).outcome

    assert wanted(date(2027, 3, 31)) is MET
    assert wanted(date(2027, 4, 1)) is NOT_MET


THEN = [
    ("new_rule", "new_rule", (NOT_MET, NOT_MET, NOT_MET)),
    ("new_rule", "former_rule", (MET, MET, NOT_MET)),
    ("new_rule", "more_favourable", (MET, MET, NOT_MET)),
    ("former_rule", "new_rule", (NOT_MET, NOT_MET, NOT_MET)),
    ("former_rule", "former_rule", (NOT_MET, MET, NOT_MET)),
    ("former_rule", "more_favourable", (NOT_MET, MET, NOT_MET)),
    ("more_favourable", "new_rule", (NOT_MET, NOT_MET, NOT_MET)),
    ("more_favourable", "former_rule", (MET, MET, NOT_MET)),
    ("more_favourable", "more_favourable", (MET, MET, NOT_MET)),
]


@pytest.mark.parametrize(("first", "second", "outcomes"), THEN)
def test_two_rulings_in_a_row_leave_one_rule_to_each_path(
    root: Path, first: str, second: str, outcomes: tuple[Outcome, ...]
) -> None:
    """Two years, then one from March, then four from May; each path sees one finding, of the rules of its time."""
    ruled(root, replacement(first, "P1Y"), "first", from_="2027-03-01")
    ruled(root, replacement(second, "P4Y"), "second", from_="2027-05-01")
    begun = (BEFORE, FROM, date(2027, 5, 1))
    assert tuple(outcome(root, began, (HELD,)) for began in begun) == outcomes
    assert Catalogue(root).check(ID) == []


def test_a_replaced_rule_keeps_its_place(root: Path) -> None:
    ruled(root, replacement("former_rule"), from_="2027-03-01")
    ids = [rule.id for rule in loaded(root).scheme.rules[Stage.ELIGIBILITY]]
    assert ids == ["eligibility.route", RULE, RULE, "eligibility.law.experience"]


def test_a_replaced_validity_counts_for_the_parts_of_its_time(root: Path) -> None:
    """In the new version a block is held without limit; a ruling limits it, for paths begun from then on."""
    ruled(root, """replaces:
  - rule: validity.block
    transition: former_rule
    says: "Trois ans."
    source: "decision"
    check: lasts
    subject: block
    lasts: P3Y
    counted_from: deliberated
""", from_="2027-03-01")  # fmt: skip

    def held(began: date, on: date) -> Outcome:
        holding = Holding(code="B1", dates={Milestone.DELIBERATED: date(2027, 9, 1)})
        facts = Facts(route="continuing", blocks=("B1",), dates={Milestone.BEGAN: began}, holdings=(holding,))
        return decide(Stage.VALIDITY, facts, loaded(root, on=on, began=began).scheme, on).outcome

    assert held(FROM, date(2030, 1, 1)) is MET
    assert held(FROM, date(2031, 1, 1)) is NOT_MET
    assert held(BEFORE, date(2031, 1, 1)) is MET


def test_a_ruling_may_add_a_rule(root: Path) -> None:
    ruled(root, """adds:
  jury:
    - {id: jury.chair, check: chaired, source: "decision, art. 5", says: "Le jury a un président."}
""")  # fmt: skip

    def rules(scheme: Scheme) -> list[str]:
        return [rule.id for rule in scheme.rules[Stage.JURY]]

    assert rules(loaded(root, on=date(2027, 1, 31)).scheme) == ["jury.colleges", "jury.quorum"]
    scheme = loaded(root, on=date(2027, 2, 1)).scheme
    assert rules(scheme) == ["jury.colleges", "jury.quorum", "jury.chair"]
    added = finding(decide(Stage.JURY, MEMBERS, scheme, date(2027, 2, 1)), "jury.chair")
    assert added.source == "Décision fictive, art. 5"
    assert added.outcome is not MET


def test_an_added_rule_may_not_bear_the_name_of_another(root: Path) -> None:
    ruled(root, 'adds:\n  jury:\n    - {id: jury.quorum, check: chaired, source: "decision", says: "Encore."}\n')
    with pytest.raises(RefusedError) as caught:
        loaded(root)
    assert [(p.code, p.mark.file) for p in caught.value.problems] == [("duplicate_id", f"{RULINGS}/one.yaml")]


def test_a_pack_rule_may_not_bear_the_name_of_another(root: Path) -> None:
    edited(root, PACK_2026, "eligibility.law.experience", "eligibility.route")
    with pytest.raises(RefusedError) as caught:
        loaded(root)
    assert [(p.code, p.mark.file, p.mark.line) for p in caught.value.problems] == [("duplicate_id", PACK_2026, 9)]


def test_an_unfit_ruling_is_refused_with_its_places(root: Path) -> None:
    written(root, f"{RULINGS}/one.yaml", "format: parchemin/ruling-1\nfill: []\n")
    problems = Catalogue(root).check(ID)
    assert {problem.code for problem in problems} == {"unknown_key", "missing_key"}
    assert {problem.mark.file for problem in problems} == {f"{RULINGS}/one.yaml"}
