"""A line for each certificate: whole certifications of the national registers go, the others say why they never do."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from parchemin.records.awards.actions.changing import revoke
from parchemin.records.awards.actions.issuing import correct_certificate, issue_statement
from parchemin.records.awards.models import House
from parchemin.records.candidacies.models import RetentionRule, Status
from parchemin.records.candidacies.queries.expiring import due
from parchemin.records.journal import queries as journal
from parchemin.records.journal.models import Entry
from parchemin.records.transmissions.actions.batching import drop_batch
from parchemin.records.transmissions.actions.channelling import save_channel
from parchemin.records.transmissions.actions.excluding import exclude, note_withdrawn, take_back
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import Batch, Line, State
from parchemin.records.transmissions.queries.lines import (
    batches_of,
    counts,
    held_back,
    lines_of,
    named,
    shown,
)
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, decided, given, housed
from tests.records.transmissions.bench import (
    CODE,
    NUMBERS,
    accepted,
    answer,
    answered,
    awarded,
    batched,
    channelled,
    names,
    noticed,
    ready,
)
from tests.web.cast import ALTERNANCE, CQP, FEST, MASTER, TITLE, Cast


def states() -> dict[str, str]:
    """The state of each line by the code or the bar it has."""
    return {one.code or one.bar: one.state for one in Line.objects.all()}


def refusal(act: Any, **values: Any) -> str:
    before = Entry.objects.count()
    with pytest.raises(TransmissionError) as raised, transaction.atomic():
        act(**values)
    assert Entry.objects.count() == before
    return raised.value.code


class TestWhatGoes:
    def test_whole_certifications_of_the_national_registers_alone(self, cast: Cast) -> None:
        housed(cast, MASTER)
        hearing = decided(cast, MASTER, "student", "full", ("BC01",))
        issued = given(hearing, cast.manager)
        assert {one.kind for one in issued} == {"whole", "block"}
        for scheme, route in ((CQP, "vae"), (FEST, "continuing"), (TITLE, "continuing")):
            awarded(cast, 1, scheme, route)
        assert noticed() == 5 and noticed() == 0
        rows = Line.objects.exclude(bar="block").select_related("certificate__candidacy__certification")
        lines = {one.certificate.candidacy.certification.scheme: one for one in rows}
        assert {name: (one.state, one.bar, one.code) for name, one in lines.items()} == {
            MASTER: ("ready", "", CODE),
            CQP: ("barred", "register", ""),
            FEST: ("barred", "register", ""),
            TITLE: ("barred", "code", ""),
        }
        assert Line.objects.get(bar="block").state == State.BARRED
        assert lines[MASTER].due_on == date(2026, 6, 27) == ISSUED_ON.replace(month=6)

    def test_a_statement_never_goes(self, cast: Cast) -> None:
        housed(cast, FEST)
        hearing = decided(cast, FEST, "continuing", "none", ("A1-C1",), "A1-C2")
        issue_statement(hearing=hearing, by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
        noticed()
        assert states() == {"statement": "barred"}

    def test_the_code_is_that_of_the_day(self, cast: Cast) -> None:
        awarded(cast, 1, ALTERNANCE, "apprenticeship")
        noticed()
        assert states() == {"code": "barred"}


class TestWhatIsRevoked:
    def test_before_it_was_sent_there_is_nothing_to_send(self, cast: Cast) -> None:
        first, second = ready(cast, 2)
        exclude(line=second, reason="Doublon.", by=cast.manager, at=ISSUED_AT)
        for line in (first, second):
            revoke(certificate=line.certificate, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
        noticed()
        assert {one.state for one in Line.objects.all()} == {State.CLOSED}

    def test_once_accepted_it_is_to_withdraw_and_its_correction_waits(self, cast: Cast) -> None:
        (line,) = ready(cast)
        accepted(cast, batched(cast))
        House.objects.update(place="Lyon")
        newer = correct_certificate(
            certificate=line.certificate, reason="Lieu.", by=cast.manager, at=ISSUED_AT, on=ISSUED_ON
        )
        noticed()
        rows = lines_of(cast.organisation)
        assert {one.pk: one.state for one in rows} == {line.pk: State.TO_WITHDRAW, newer.pk: State.READY}
        assert [one.pk for one in held_back(rows, is_held=True)] == [newer.pk]
        assert refusal(batched, cast=cast) == "nothing"
        note_withdrawn(line=line, by=cast.manager, at=ISSUED_AT)
        assert [one.line_id for one in batched(cast).sendings.all()] == [newer.pk]
        assert refusal(note_withdrawn, line=line, by=cast.manager, at=ISSUED_AT) == "state"

    def test_while_a_file_is_out_it_waits_for_the_answer(self, cast: Cast) -> None:
        (line,) = ready(cast)
        batch = batched(cast)
        revoke(certificate=line.certificate, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
        noticed()
        assert Line.objects.get().state == State.SENT
        accepted(cast, batch)
        noticed()
        assert Line.objects.get().state == State.TO_WITHDRAW


class TestSetAside:
    def test_with_a_reason_then_taken_back(self, cast: Cast) -> None:
        (line,) = ready(cast)
        assert refusal(exclude, line=line, reason="  ", by=cast.manager, at=ISSUED_AT) == "reason"
        exclude(line=line, reason="Déjà transmise par un tiers.", by=cast.manager, at=ISSUED_AT)
        assert refusal(batched, cast=cast) == "nothing"
        assert refusal(exclude, line=line, reason="x", by=cast.manager, at=ISSUED_AT) == "state"
        take_back(line=line, by=cast.manager, at=ISSUED_AT)
        assert Line.objects.get().state == State.READY and batched(cast).count == 1
        assert refusal(take_back, line=line, by=cast.manager, at=ISSUED_AT) == "state"
        told = Entry.objects.filter(kind__startswith="transmission.").order_by("number")
        assert [one.kind.partition(".")[2] for one in told][-3:] == ["excluded", "taken_back", "batch_made"]

    def test_what_was_refused_is_so_again(self, cast: Cast) -> None:
        (line,) = ready(cast)
        batch = batched(cast)
        answered(cast, batch, answer(batch, refused={names(batch)[0]: ["x"]}))
        exclude(line=line, reason="Décédé.", by=cast.manager, at=ISSUED_AT)
        take_back(line=line, by=cast.manager, at=ISSUED_AT)
        assert Line.objects.get().state == State.REJECTED


class TestNumbers:
    def test_said_once_and_changed(self, cast: Cast) -> None:
        channelled(cast)
        before = Entry.objects.count()
        channelled(cast)
        assert Entry.objects.count() == before
        row = channelled(cast, "1.1.5", contract="AUTRE1")
        assert (row.contract, row.can_withdraw) == ("AUTRE1", True)

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"emitter": "court"}, "client"),
            ({"certifier": "éé000000"}, "client"),
            ({"contract": " "}, "contract"),
            ({"contract": "x" * 21}, "contract"),
            ({"version": "2"}, "version"),
        ],
    )
    def test_what_cannot_be(self, cast: Cast, changes: dict[str, str], code: str) -> None:
        told = {**NUMBERS, "version": "1.1.2", **changes}
        assert refusal(save_channel, organisation=cast.organisation, by=cast.manager, at=ISSUED_AT, **told) == code


class TestLists:
    def test_each_is_counted_and_found(self, cast: Cast) -> None:
        first, *_others = ready(cast, 3)
        body, last = cast.organisation, first.due_on
        rows = lines_of(body)
        assert counts(body, ISSUED_ON)["ready"] == 3 and counts(body, ISSUED_ON)["soon"] == 0
        for day, late, soon in ((last, 0, 3), (last - timedelta(days=30), 0, 3), (last + timedelta(days=1), 3, 0)):
            told = counts(body, day)
            assert (
                (told["late"], told["soon"])
                == (late, soon)
                == (
                    shown(rows, "late", day).count(),
                    shown(rows, "soon", day).count(),
                )
            )
        assert [one.pk for one in named(rows, str(first.certificate))] == [first.pk]
        assert [one.pk for one in named(rows, "Fictive")] == [first.pk]
        assert shown(rows, "sent", last).count() == 0 and shown(rows, "anything", last).count() == 3
        assert counts(cast.other_organisation, last)["ready"] == 0

    def test_a_file_says_how_many_were_answered(self, cast: Cast) -> None:
        ready(cast, 2)
        batch = batched(cast)
        answered(cast, batch, answer(batch, names(batch)[:1]))
        row: Any = batches_of(cast.organisation).get()
        assert (row.pk, row.count, row.answered) == (batch.pk, 2, 1)
        assert Line.objects.get(sendings__technical_id=names(batch)[1]).state == State.SENT


class TestDropped:
    def test_its_lines_go_in_another_under_other_ids(self, cast: Cast) -> None:
        ready(cast)
        batch = batched(cast)
        drop_batch(batch=batch, by=cast.manager, at=ISSUED_AT)
        assert refusal(drop_batch, batch=batch, by=cast.manager, at=ISSUED_AT) == "dropped"
        again = batched(cast)
        assert not set(names(again)) & set(names(batch)) and journal.verify().is_whole
        assert refusal(accepted, cast=cast, batch=batch) == "dropped"
        accepted(cast, again)
        assert refusal(drop_batch, batch=Batch.objects.get(pk=again.pk), by=cast.manager, at=ISSUED_AT) == "answered"


def test_an_identity_is_kept_until_the_passport_took_it(cast: Cast) -> None:
    RetentionRule.objects.create(organisation=cast.organisation, kind=RetentionRule.Kind.IDENTITY, months=1, basis="x")
    (line,) = ready(cast)
    file, later = line.certificate.candidacy, ISSUED_AT.date().replace(year=ISSUED_AT.year + 1)
    type(file).objects.filter(pk=file.pk).update(identity={"birth_name": "Fictive"}, waiting_since=ISSUED_AT)
    rule = cast.organisation.retention_rules.get()
    assert file.status == Status.AWARDED and not due(rule, later).exists()
    exclude(line=line, reason="Attendre.", by=cast.manager, at=ISSUED_AT)
    assert not due(rule, later).exists()
    take_back(line=line, by=cast.manager, at=ISSUED_AT)
    batch = batched(cast)
    assert not due(rule, later).exists()
    accepted(cast, batch)
    assert list(due(rule, later)) == [file]
