"""Files written from the database: each follows the schema, is written again the same, and names nobody twice."""

import io
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from parchemin.edges.cpf import keeping, read, violations
from parchemin.edges.cpf.keeping import write_again
from parchemin.edges.cpf.telling import fit_of
from parchemin.records.awards.actions.changing import reinstate, revoke, suspend
from parchemin.records.people.models import CivilIdentity
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import Batch, Line, Sending, State
from tests.edges.cpf.cast import HOSTILE, NAMES, passage, wrong
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON
from tests.records.transmissions.bench import (
    CODE,
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
from tests.web.cast import Cast

WITHDRAW = Batch.Action.WITHDRAW


def content(batch: Batch) -> bytes:
    """The bytes of a file as they are downloaded."""
    into = io.BytesIO()
    write_again(Batch.objects.get(pk=batch.pk), into)
    return into.read()


def refusal(act: Any, *args: Any, **values: Any) -> str:
    before = Sending.objects.count()
    with pytest.raises(TransmissionError) as raised, transaction.atomic():
        act(*args, **values)
    assert Sending.objects.count() == before
    return raised.value.code


def test_a_file_follows_the_schema_and_is_written_again_the_same(cast: Cast) -> None:
    ready(cast, 3)
    row = batched(cast)
    file = content(row)
    assert wrong(file) == [] and (row.count, row.size, row.digest) == (3, len(file), sha256(file).hexdigest())
    flow, passages = read(io.BytesIO(file))
    told = list(passages)
    assert (flow.id, flow.emitter, flow.contract) == (str(row.pk), "00AAA000", "MCFCER000123")
    assert [one.technical_id for one in told] == names(row) and {one.code for one in told} == {CODE}
    (odile,) = [one for one in told if one.holder.birth_name == "Fictive"]  # type: ignore[union-attr]
    assert odile.delivered_on == ISSUED_ON and odile.access == "FORMATION_INITIALE_HORS_APPRENTISSAGE"
    assert odile.holder.birthplace.insee == "44109" and odile.holder.birthplace.town == "Nantes"  # type: ignore[union-attr]
    assert set(Line.objects.filter(sendings__batch=row).values_list("state", flat=True)) == {"sent"}


def test_nothing_goes_without_numbers_or_twice(cast: Cast) -> None:
    awarded(cast)
    noticed()
    assert refusal(batched, cast) == "channel"
    channelled(cast)
    batched(cast)
    assert refusal(batched, cast) == "nothing"


def test_what_lacks_an_identity_stays_where_it_is(cast: Cast) -> None:
    first, second, third, last = ready(cast, 4)
    people = [one.certificate.candidacy.candidate_id for one in (first, second, third)]
    CivilIdentity.objects.filter(person=people[0]).update(checked_at=None)
    CivilIdentity.objects.filter(person=people[1]).update(birth_name=" Espacée ")
    CivilIdentity.objects.filter(person=people[2]).delete()
    row = batched(cast)
    assert [one.line_id for one in row.sendings.all()] == [last.pk] and wrong(content(row)) == []
    assert Line.objects.filter(state=State.READY).count() == 3
    assert refusal(batched, cast) == "nothing"


def test_a_certificate_suspended_waits(cast: Cast) -> None:
    (line,) = ready(cast)
    said: dict[str, Any] = {"certificate": line.certificate, "by": cast.manager, "at": ISSUED_AT}
    suspend(reason="Doute.", **said)
    assert refusal(batched, cast) == "nothing"
    reinstate(reason="Levé.", **said)
    assert batched(cast).count == 1


@pytest.mark.parametrize("action", Batch.Action)
def test_a_line_that_moved_while_the_file_was_made_keeps_it_from_being_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, action: Batch.Action
) -> None:
    first, second = ready(cast, 2, "1.1.5")
    if action is WITHDRAW:
        accepted(cast, batched(cast))
        for line in (first, second):
            revoke(certificate=line.certificate, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
        noticed()
    before = set(Line.objects.values_list("pk", "state"))

    def moved(file: Any) -> Any:
        yield from violations(file)
        Line.objects.filter(pk=second.pk).update(state=State.WITHDRAWN)

    monkeypatch.setattr(keeping, "violations", moved)
    count = Batch.objects.count()
    assert refusal(batched, cast, action) == "meanwhile"
    assert Batch.objects.count() == count and set(Line.objects.values_list("pk", "state")) == before
    monkeypatch.undo()
    assert batched(cast, action).count == 2


def test_a_holder_who_changed_since_is_told(cast: Cast) -> None:
    (line,) = ready(cast)
    row = batched(cast)
    CivilIdentity.objects.filter(person=line.certificate.candidacy.candidate_id).update(birth_name="Autre")
    assert refusal(content, row) == "changed"
    CivilIdentity.objects.filter(person=line.certificate.candidacy.candidate_id).delete()
    assert refusal(content, row) == "changed"


def test_what_is_over_the_most_goes_in_the_next(cast: Cast) -> None:
    ready(cast, 3)
    assert [batched(cast, most=2).count, batched(cast, most=2).count] == [2, 1]
    assert len(set(Sending.objects.values_list("technical_id", flat=True))) == 3


def test_what_was_revoked_is_withdrawn_under_its_own_id(cast: Cast) -> None:
    (line,) = ready(cast, version="1.1.5")
    first = batched(cast)
    accepted(cast, first)
    revoke(certificate=line.certificate, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
    assert refusal(batched, cast, WITHDRAW) == "nothing"
    noticed()
    row = batched(cast, WITHDRAW)
    assert names(row) == names(first) and b"<cpf:action>SUPPRESSION</cpf:action>" in content(row)
    assert wrong(content(row).replace(b"<cpf:action>SUPPRESSION</cpf:action>", b"")) == []
    answered(cast, row, answer(row, refused={names(row)[0]: ["Inconnu"]}))
    again = batched(cast, WITHDRAW)
    accepted(cast, again)
    assert names(again) == names(first) and Line.objects.get().state == State.WITHDRAWN


def test_the_old_schema_does_not_withdraw(cast: Cast) -> None:
    (line,) = ready(cast)
    accepted(cast, batched(cast))
    revoke(certificate=line.certificate, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
    noticed()
    assert refusal(batched, cast, WITHDRAW) == "no_withdrawal"


def test_the_same_questions_whatever_the_lines(cast: Cast) -> None:
    asked = []
    channelled(cast)
    for count in (1, 6):
        awarded(cast, count)
        noticed()
        with CaptureQueriesContext(connection) as found:
            batched(cast)
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_whatever_a_name_holds_the_file_follows_the_schema(cast: Cast) -> None:
    (line,) = ready(cast)
    rows = CivilIdentity.objects.filter(person=line.certificate.candidacy.candidate_id)
    outcomes = set()

    @settings(max_examples=40, deadline=None)
    @given(names=st.tuples(HOSTILE | NAMES, HOSTILE | NAMES, HOSTILE | NAMES, HOSTILE | st.just("Bruxelles")))
    def holds(names: tuple[str, ...]) -> None:
        name, used, first, city = (one.encode("utf-8", "ignore").decode().replace("\x00", "")[:60] for one in names)
        with transaction.atomic():
            rows.update(birth_name=name or "x", used_name=used, first_names=[first])
            rows.update(birth_commune="", birth_country="99131", birth_city=city)
            if fit_of(rows.get(), ISSUED_ON).is_ready:
                assert list(violations(io.BytesIO(content(batched(cast))))) == []
                outcomes.add("sent")
            else:
                assert refusal(batched, cast) == "nothing"
                outcomes.add("left")
            transaction.set_rollback(True)

    holds()
    assert outcomes == {"sent", "left"}


def test_the_file_is_refused_rather_than_kept_wrong(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ready(cast)
    monkeypatch.setattr("parchemin.edges.cpf.keeping.passage_of", _crooked)
    assert refusal(batched, cast) == "refused_file"
    assert not Batch.objects.exists()


def _crooked(line: Line, identity: CivilIdentity, name: str) -> Any:
    return replace(passage(), technical_id=name, code="RNCP0BC01")
