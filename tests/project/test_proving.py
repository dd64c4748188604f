"""What is awarded is made checkable in the background, once, and by one worker at a time."""

from datetime import timedelta
from typing import Any

import pytest

from parchemin.edges.credentials.keeping import here
from parchemin.edges.registers import opened
from parchemin.edges.registers.keeping import proof_of
from parchemin.project.proving import prove, register_signer
from parchemin.project.tasks import enqueue_proving, prove_awards
from parchemin.records.awards.actions.changing import revoke
from parchemin.records.awards.models import Checkpoint, Credential, RegisterEntry
from tests.records.awards.bench import ISSUED_AT, given, housed, told
from tests.records.juries import bench as benches
from tests.web import cast as casting
from tests.web.cast import CQP

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def never_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is years old in these tests is asked for as what is new."""
    monkeypatch.setattr("parchemin.project.tasks.FAILURES_KEPT", timedelta(days=40_000))


def test_one_task_is_asked_for_until_something_else_happens() -> None:
    cast = casting.cast()
    housed(cast, CQP)
    assert enqueue_proving() == 0
    (made,) = given(told(benches.bench(cast)), cast.manager)
    assert [enqueue_proving() for _ in range(2)] == [1, 0]
    assert prove_awards.call() == 1 and prove_awards.call() == 0
    assert Credential.objects.get().certificate == made and RegisterEntry.objects.count() == 1
    assert enqueue_proving() == 0
    revoke(certificate=made, reason="Motif fictif.", by=cast.manager, at=ISSUED_AT)
    assert [enqueue_proving() for _ in range(2)] == [1, 0]
    assert prove_awards.call() == 1
    signer: Any = register_signer(here(), ISSUED_AT)
    sizes = [opened(one.note.encode(), [signer.public]).size for one in Checkpoint.objects.all()]
    assert sizes == [1, 2] and proof_of(made) is not None


def test_nothing_awarded_leaves_nothing_signed() -> None:
    assert prove(ISSUED_AT) == 0 and not Checkpoint.objects.exists()
