"""What would be refused is told before it is sent: which value, and the fix to make."""

import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from parchemin.edges.cpf import (
    Access,
    Action,
    Birthplace,
    Born,
    DigitalLevel,
    DigitalResult,
    Obtained,
    Passage,
    Problem,
    TrainingFile,
    VaePath,
    checked,
    checked_flow,
    checking,
    technical_id,
)
from parchemin.edges.cpf.problems import LABELS, PROBLEMS, WARNINGS
from tests.edges.cpf.cast import HOSTILE, NAMES, flow, holder, passage, passages, whole, wrong


def found(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in problems]


def test_an_ordinary_award_has_no_problem() -> None:
    assert checked(passage()) == ()
    assert (
        checked(passage(access=Access.VAE, vae_path=VaePath.LEAVE, code="RS1234", valid_until=date(2031, 6, 12))) == ()
    )


NAME = "holder.birth_name"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"code": "RNCP12345BC02"}, "block_code", "code"),
        ({"code": "RNCP12345-BC2"}, "block_code", "code"),
        ({"code": "12345"}, "not_a_code", "code"),
        ({"code": "RNCP 12345"}, "not_a_code", "code"),
        ({"code": "rncp12345"}, "not_a_code", "code"),
        ({"code": "RNCP12345\n"}, "not_a_code", "code"),
        ({"code": "RNCP١٢٣"}, "not_a_code", "code"),
        ({"code": ""}, "not_a_code", "code"),
        ({"technical_id": ""}, "empty", "technical_id"),
        ({"technical_id": "a" * 256}, "too_long", "technical_id"),
        ({"technical_id": "1 84 03 44 109 001 56"}, "national_number", "technical_id"),
        ({"proof_url": "preuve.example/1"}, "not_a_link", "proof_url"),
        ({"proof_url": "javascript:alert(1)"}, "not_a_link", "proof_url"),
        ({"proof_url": "https://" + "a" * 248}, "too_long", "proof_url"),
        ({"option": "x" * 256}, "too_long", "option"),
        ({"comment": "NIR 284034410900106"}, "national_number", "comment"),
        ({"comment": "1 84 03 2A 109 001 52"}, "national_number", "comment"),
        ({"score": ""}, "empty", "score"),
        ({"centre_postcode": "1234567890"}, "too_long", "centre_postcode"),
        ({"examined_from": date(2026, 5, 2), "examined_until": date(2026, 5, 1)}, "exam_reversed", "examined_until"),
        ({"valid_until": date(2026, 6, 11)}, "validity_reversed", "valid_until"),
        ({"delivered_on": date(2100, 1, 1)}, "out_of_calendar", "delivered_on"),
        ({"enrolled_on": date(1899, 12, 31)}, "out_of_calendar", "enrolled_on"),
        ({"obtained": Obtained.BY_SCORE}, "score_missing", "score"),
        ({"access": Access.VAE}, "vae_path_missing", "vae_path"),
        ({"vae_path": VaePath.LEAVE}, "vae_path_without_vae", "vae_path"),
        ({"digital_level": DigitalLevel()}, "digital_empty", "digital_level"),
        ({"digital_level": DigitalLevel(1001)}, "digital_score", "digital_level.score"),
        ({"digital_level": DigitalLevel(0)}, "digital_score", "digital_level.score"),
        ({"digital_level": DigitalLevel(9, (DigitalResult(9, 1, 1),))}, "digital_result", "digital_level.results"),
        ({"digital_level": DigitalLevel(9, (DigitalResult(1, 6, 1),))}, "digital_result", "digital_level.results"),
        ({"digital_level": DigitalLevel(9, (DigitalResult(1, 1, 4),))}, "digital_result", "digital_level.results"),
        ({"digital_level": DigitalLevel(9, (DigitalResult(1, 2, 0),))}, "digital_result", "digital_level.results"),
        ({"holder": TrainingFile(number="1" * 14, name="Fictive", first_name="Odile")}, "too_long", "holder.number"),
        ({"holder": TrainingFile(number="1", name="F" * 31, first_name="Odile")}, "too_long", "holder.name"),
        ({"holder": TrainingFile(number="1", name="Fictive", first_name="")}, "empty", "holder.first_name"),
        ({"holder": holder(birth_name="")}, "empty", NAME),
        ({"holder": holder(birth_name="é" * 61)}, "too_long", NAME),
        ({"holder": holder(birth_name=" Fictive")}, "padded", NAME),
        ({"holder": holder(birth_name="Fictive ")}, "padded", NAME),
        ({"holder": holder(birth_name="Fic\x00tive")}, "character", NAME),
        ({"holder": holder(birth_name="Fic\ttive")}, "character", NAME),
        ({"holder": holder(birth_name="Fic\u200btive")}, "character", NAME),
        ({"holder": holder(birth_name="Le\u00a0Gall")}, "character", NAME),
        ({"holder": holder(birth_name="Fic\ud800tive")}, "character", NAME),
        ({"holder": holder(birth_name="Fic\uffffve")}, "character", NAME),
        ({"holder": holder(used_name="")}, "empty", "holder.used_name"),
        ({"holder": holder(first_names=())}, "first_names", "holder.first_names"),
        ({"holder": holder(first_names=("A", "B", "C", "D"))}, "first_names", "holder.first_names"),
        ({"holder": holder(first_names=("A", ""))}, "empty", "holder.first_names.2"),
        ({"holder": holder(born=Born(1899, 1, 1))}, "out_of_calendar", "holder.born"),
        ({"holder": holder(born=Born(1985, 2, 29))}, "not_a_day", "holder.born"),
        ({"holder": holder(born=Born(1985, 13))}, "not_a_day", "holder.born"),
        ({"holder": holder(born=Born(1985, 0, 0))}, "not_a_day", "holder.born"),
        ({"holder": holder(born=Born(1985, None, 3))}, "day_without_month", "holder.born"),
        ({"holder": holder(born=Born(2026, 6, 13))}, "not_born_yet", "holder.born"),
        ({"holder": holder(born=Born(1985))}, "birthday_missing", "holder.born"),
        ({"holder": holder(born=Born(1985, 3))}, "birthday_missing", "holder.born"),
        ({"holder": holder(birthplace=Birthplace())}, "birthplace_missing", "holder.birthplace"),
        (
            {"holder": holder(birthplace=Birthplace(insee="44109", postcode="44000"))},
            "two_birthplaces",
            "holder.birthplace",
        ),
        ({"holder": holder(birthplace=Birthplace(insee="44"))}, "not_an_insee_code", "holder.birthplace.insee"),
        ({"holder": holder(birthplace=Birthplace(insee="99100"))}, "not_an_insee_code", "holder.birthplace.insee"),
        ({"holder": holder(birthplace=Birthplace(insee="2C004"))}, "not_an_insee_code", "holder.birthplace.insee"),
        ({"holder": holder(birthplace=Birthplace(postcode=""))}, "empty", "holder.birthplace.postcode"),
        (
            {"holder": holder(birthplace=Birthplace(insee="44109", town="x" * 41))},
            "too_long",
            "holder.birthplace.town",
        ),
        (
            {"holder": holder(birthplace=Birthplace(insee="99352", country="x" * 41))},
            "too_long",
            "holder.birthplace.country",
        ),
    ],
)
def test_each_problem_is_told_with_its_field_and_fix(changes: dict[str, Any], code: str, field: str) -> None:
    problems = checked(passage(**changes))
    assert found(problems) == [(code, field)]
    (problem,) = problems
    assert problem.is_blocking == (code not in WARNINGS)
    assert problem.sentence.startswith(f"{LABELS[field]}\u202f: ")
    assert problem.sentence.endswith(".")
    assert not re.search(r"[{}]", problem.sentence)
    problem.sentence.encode()


@pytest.mark.parametrize(
    "name", ["O’Neill", "D'Artagnan", "Saint-Exupéry", "Le Gall", "Ng", "Þórsdóttir", "Nguyễn", "É", "X" * 60, "王"]
)
def test_names_as_people_bear_them_have_no_problem(name: str) -> None:
    assert checked(passage(holder=holder(birth_name=name, used_name=name, first_names=(name, name, name)))) == ()


def test_several_problems_are_told_at_once() -> None:
    spoilt = passage(code="12", valid_until=date(2020, 1, 1), holder=holder(birth_name="\x07 ", first_names=()))
    assert found(checked(spoilt)) == [
        ("not_a_code", "code"),
        ("validity_reversed", "valid_until"),
        ("character", "holder.birth_name"),
        ("padded", "holder.birth_name"),
        ("first_names", "holder.first_names"),
    ]


@pytest.mark.parametrize("code", ["\ud800", "RNCP\x1b[31m", "R\n" * 9, "x" * 100_000, "{field}", "{0}"])
def test_a_sentence_shows_hostile_values_on_one_short_line(code: str) -> None:
    (problem,) = checked(passage(code=code))
    assert problem.sentence.encode()
    assert len(problem.sentence) < 1000
    assert not re.search(r"[\x00-\x1f]", problem.sentence)


def test_thirteen_digits_or_a_wrong_key_are_no_national_number() -> None:
    for text in ("1718000000000", "284034410900152", "2 84 03 44 109 001", "https://preuve.example/28403441090015100"):
        assert checked(passage(comment=text)) == ()


@given(passages(HOSTILE))
def test_what_has_no_blocking_problem_follows_the_schema(one: Passage) -> None:
    if not any(problem.is_blocking for problem in checked(one)):
        assert wrong(whole([one])) == []


@given(passages(NAMES.filter(lambda text: len(text) <= 20)))
def test_hostile_names_of_an_ordinary_length_can_be_sent(one: Passage) -> None:
    blocking = [problem for problem in checked(one) if problem.is_blocking]
    assert blocking == []
    assert wrong(whole([one])) == []


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"id": "1"}, "not_a_uuid", "flow.id"),
        ({"id": "{00000000-0000-4000-8000-000000000001}"}, "not_a_uuid", "flow.id"),
        ({"at": datetime(2026, 6, 30, 14)}, "naive_instant", "flow.at"),
        ({"at": datetime(2026, 6, 30, tzinfo=timezone(timedelta(hours=21)))}, "offset", "flow.at"),
        ({"at": datetime(1914, 6, 30, tzinfo=timezone(timedelta(minutes=9, seconds=21)))}, "offset", "flow.at"),
        ({"at": datetime(2126, 6, 30, tzinfo=timezone.utc)}, "out_of_calendar", "flow.at"),  # noqa: UP017
        ({"emitter": "00AAA00"}, "not_a_number_of_client", "flow.emitter"),
        ({"certifier": "00AAA0000"}, "not_a_number_of_client", "flow.certifier"),
        ({"certifier": "<AAA000>"}, "not_a_number_of_client", "flow.certifier"),
        ({"contract": ""}, "empty", "flow.contract"),
        ({"contract": "1" * 21}, "too_long", "flow.contract"),
        ({"action": Action.WITHDRAW}, "withdrawal", "flow.action"),
    ],
)
def test_a_header_that_would_be_refused_is_told(changes: dict[str, Any], code: str, field: str) -> None:
    problems = checked_flow(flow(**changes), "1.1.2")
    assert found(problems) == [(code, field)]
    assert problems[0].is_blocking
    assert problems[0].sentence.startswith(LABELS[field])


def test_an_ordinary_header_has_no_problem() -> None:
    assert checked_flow(flow(), "1.1.2") == ()
    assert checked_flow(flow(action=Action.WITHDRAW), "1.1.5") == ()


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_sentence_is_used(code: str) -> None:
    assert f'"{code}"' in Path(checking.__file__).read_text(encoding="utf-8")


def test_a_technical_id_is_made_of_chance_alone() -> None:
    assert technical_id(bytes(16)) == "00000000-0000-4000-8000-000000000000"
    assert len({technical_id(number.to_bytes(16, "big")) for number in range(500)}) == 500
    for length in (0, 15, 17):
        with pytest.raises(ValueError, match=f"not {length}"):
            technical_id(bytes(length))


def test_no_field_can_hold_a_national_number() -> None:
    names = {name.casefold() for kind in (Passage, type(holder()), TrainingFile) for name in kind.__slots__}
    assert not {"nir", "ssn", "national_id", "national_number", "social_security_number"} & names
