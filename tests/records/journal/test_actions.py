"""Writing to the journal: what an entry holds, what it refuses to hold, and writers at the same time."""

import json
import threading
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy

from parchemin.core.decision import NOT_MET, Decision, Effect, Finding, Override, SchemeRef, Stage
from parchemin.core.errors import Misuse
from parchemin.core.plain import decision_from_plain
from parchemin.records.journal import actions, queries
from parchemin.records.journal.chain import START
from parchemin.records.journal.models import Entry, Head
from tests.guards import lifted

AT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
PERSON, FILE = uuid.uuid4(), uuid.uuid4()


def refusal(author: str = "secretariat") -> Decision:
    override = Override(rule="r", author=author, reason="force majeure", source="art. 3", decided_on=date(2026, 3, 1))
    part = Finding("eligibility.age", Effect.BLOCKING, NOT_MET, "Avoir 18 ans.", "17 ans", "art. 2", {}, (), override)
    whole = Finding(
        "eligibility.any", Effect.BLOCKING, NOT_MET, "L’un ou l’autre.", "aucun", "art. 1", {"n": 0}, (part,)
    )
    return Decision(Stage.ELIGIBILITY, SchemeRef("x", "2026-01-01", "d" * 64), date(2026, 3, 1), NOT_MET, (whole,))


@pytest.mark.django_db
def test_an_entry_holds_what_was_told() -> None:
    before = datetime.now(UTC)
    written = actions.append(
        kind="candidacy.deposited", at=AT, actor=PERSON, subject=FILE, details={"route": "vae"}, decision=refusal()
    )
    entry = Entry.objects.get(number=written.number)
    assert (entry.kind, entry.actor, entry.subject, entry.occurred_at) == ("candidacy.deposited", PERSON, FILE, AT)
    assert before <= entry.recorded_at <= datetime.now(UTC)
    assert entry.details == {"route": "vae"}
    assert entry.decision is not None
    kept, told = decision_from_plain(entry.decision), refusal()
    assert (kept.scheme, kept.decided_on, kept.outcome) == (told.scheme, told.decided_on, told.outcome)
    assert [(one.rule, one.outcome, one.seen) for one in kept.findings] == [
        (one.rule, one.outcome, one.seen) for one in told.findings
    ]
    assert entry.scheme_digest == "d" * 64
    assert entry == written
    assert entry.content == written.content


@pytest.mark.django_db
def test_entries_are_numbered_and_chained() -> None:
    first, second, third = (actions.append(kind="a.b", at=AT) for _ in range(3))
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert [first.previous, second.previous, third.previous] == [START, first.hash, second.hash]
    assert queries.head() == (3, third.hash)
    assert (first.actor, first.subject, first.details, first.decision, first.scheme_digest) == (
        None,
        None,
        {},
        None,
        "",
    )


@pytest.mark.django_db
def test_the_entries_of_a_subject_come_in_order() -> None:
    other = uuid.uuid4()
    for index, subject in enumerate([FILE, other, FILE, None, FILE]):
        actions.append(kind="a.b", at=AT - timedelta(days=index), subject=subject)
    assert [entry.number for entry in queries.entries_of(FILE)] == [1, 3, 5]


@pytest.mark.django_db
def test_details_are_one_text_whatever_the_order() -> None:
    a = actions.append(kind="a.b", at=AT, details={"b": 1, "a": {"d": "é", "c": None}})
    b = actions.append(kind="a.b", at=AT, details={"a": {"c": None, "d": "é"}, "b": 1})
    assert a.details_text == b.details_text == '{"a":{"c":null,"d":"é"},"b":1}'


@pytest.mark.django_db
def test_details_may_be_dates_ids_and_decimals() -> None:
    paris = timezone(timedelta(hours=1))
    told: dict[Any, Any] = {
        "on": date(2026, 1, 31),
        "at": datetime(2026, 1, 31, 9, 0, tzinfo=paris),
        "person": PERSON,
        "mark": Decimal("12.50"),
        "stage": Stage.JURY,
        "many": (1, 2.5, True, None),
        "control": "\x00\n",
        Stage.AWARD: {},
    }
    entry = actions.append(kind="a.b", at=AT, details=told)
    assert Entry.objects.get(number=entry.number).details == {
        "on": "2026-01-31",
        "at": "2026-01-31T08:00:00.000000Z",
        "person": str(PERSON),
        "mark": "12.50",
        "stage": "jury",
        "many": [1, 2.5, True, None],
        "control": "\x00\n",
        "award": {},
    }
    assert queries.verify().is_whole


LOOP: dict[str, Any] = {}
LOOP["again"] = LOOP


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), Decimal("NaN"), {1: "a"}, {"a": {2: "b"}}, {"a", "b"}, b"bytes", object(),
     datetime(2026, 1, 1), "\ud800", {"\udfff": 1}, LOOP, gettext_lazy("Nature")],
)  # fmt: skip
def test_details_that_json_cannot_say_are_refused(value: Any) -> None:
    with pytest.raises(Misuse, match="not_plain"):
        actions.append(kind="a.b", at=AT, details={"value": value})
    assert queries.head() == (0, START)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("details", "place"),
    [
        ({"email": 1}, "email"),
        ({"to": "Jeanne <jeanne.doe@exemple.fr>"}, "to"),
        ({"a": [{"b": "x"}, {"b": "jeanne@mail.exemple.fr"}]}, "a[1].b"),
        ({"who": {"birth_name": "Doe"}}, "who.birth_name"),
        ({"jeanne@exemple.fr": 1}, "jeanne@exemple.fr"),
        ({"First-Names": ["Jeanne"]}, "First-Names"),
        ({"born_on": date(2000, 1, 1)}, "born_on"),
        ({"phone": None}, "phone"),
        ({"note": "nº 1 99 01 00 000 000 62 dit-il"}, "note"),
        ({"note": "199010000000062"}, "note"),
        ({"note": "1 99 01 2A 000 000 34"}, "note"),
    ],
)
def test_a_person_is_named_by_id_only(details: dict[str, Any], place: str) -> None:
    with pytest.raises(Misuse, match="personal") as refused:
        actions.append(kind="a.b", at=AT, details=details)
    assert refused.value.values["at"] == place
    assert not Entry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    ["exemple@2026-01-01#eligibility.age", "exemple@undated", "199010000000063", "12345678901234", "@ 14.30",
     "1700000000000", "00000000-0000-4000-8199-010000000062"],
)  # fmt: skip
def test_other_texts_are_not_taken_for_persons(text: str) -> None:
    assert actions.append(kind="a.b", at=AT, details={"seen": text}).details == {"seen": text}


@pytest.mark.django_db
def test_who_derogated_and_why_is_kept_by_fingerprint_only() -> None:
    told = [actions.append(kind="a.b", at=AT, decision=refusal(author=who)) for who in ("Anne Fictive", "Bo Fictif")]
    assert told[0].decision_text is not None and told[1].decision_text is not None
    assert "Fictive" not in told[0].decision_text
    assert told[0].decision_text != told[1].decision_text
    kept = decision_from_plain(told[0].decision or {})
    found = kept.findings[0].parts[0].override
    assert found is not None
    assert found.author.startswith("sha256:") and (found.reason, found.source) == ("", "")
    assert queries.verify().is_whole


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind", ["", "deposited", "Candidacy.deposited", "a.b ", "a..b", "é.b", "a.b\n", f"a.{'b' * 79}"]
)
def test_a_kind_is_dotted_words(kind: str) -> None:
    with pytest.raises(Misuse, match="not_a_kind"):
        actions.append(kind=kind, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "code"),
    [({"at": datetime(2026, 1, 1)}, "naive_instant"), ({"at": date(2026, 1, 1)}, "naive_instant"),
     ({"actor": str(PERSON)}, "not_an_id"), ({"subject": 12}, "not_an_id")],
)  # fmt: skip
def test_instants_have_a_zone_and_ids_are_ids(given: dict[str, Any], code: str) -> None:
    with pytest.raises(Misuse, match=code):
        actions.append(**{"kind": "a.b", "at": AT, **given})


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written() -> None:
    with pytest.raises(Misuse, match="no_transaction"):
        actions.append(kind="a.b", at=AT)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_action_that_fails_leaves_no_entry_and_no_hole() -> None:
    with transaction.atomic():
        actions.append(kind="a.b", at=AT)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.append(kind="a.b", at=AT)
        raise RuntimeError
    with transaction.atomic():
        assert actions.append(kind="a.c", at=AT).number == 2
    assert queries.verify() == queries.Verdict(2, queries.head(), None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("writers", "each"), [(6, 15), *[(4, 2)] * 8])  # several times: the very first entry is a race
def test_writers_at_the_same_time_make_one_chain(writers: int, each: int) -> None:
    failed: list[BaseException] = []
    together = threading.Barrier(writers)

    def write(name: int) -> None:
        try:
            together.wait()
            for turn in range(each):
                with transaction.atomic():
                    actions.append(kind="a.b", at=AT, details={"writer": name, "turn": turn})
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    told = [(one["writer"], one["turn"]) for one in (json.loads(text) for text in texts())]
    assert sorted(told) == [(writer, turn) for writer in range(writers) for turn in range(each)]
    assert queries.verify() == queries.Verdict(writers * each, queries.head(), None)


def texts() -> list[str]:
    return list(Entry.objects.values_list("details_text", flat=True))


@pytest.mark.django_db
def test_a_lost_head_is_not_made_anew_over_entries() -> None:
    actions.append(kind="a.b", at=AT)
    with lifted(connection):
        Head.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.append(kind="a.b", at=AT)
