"""What the database itself refuses of certificates, whoever writes to it."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from parchemin.records.awards.actions.changing import issue_duplicate, revoke, suspend
from parchemin.records.awards.actions.keys import key_in_use
from parchemin.records.awards.actions.proving import keep_checkpoint, keep_credential, keep_entries
from parchemin.records.awards.actions.sharing import share_certificate
from parchemin.records.awards.models import (
    Certificate,
    Change,
    Checkpoint,
    Credential,
    Duplicate,
    House,
    IssuerKey,
    Logo,
    RegisterEntry,
    RegisterNode,
    Share,
)
from parchemin.records.journal.append_only import unguarded
from tests.guards import lifted
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, given, told
from tests.records.juries.bench import Bench
from tests.web.cast import CQP, Cast, opened

REFUSED: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("certificate_number_whole", Certificate, {"number": "ABC"}),
    ("certificate_kind_known", Certificate, {"kind": "badge"}),
    ("certificate_block_named", Certificate, {"code": "B1"}),
    ("certificate_block_named", Certificate, {"kind": "block"}),
    ("certificate_digest_whole", Certificate, {"digest": "0"}),
    ("certificate_digest_whole", Certificate, {"salt": "0"}),
    ("certificate_ends_after_it_starts", Certificate, {"valid_until": ISSUED_ON - timedelta(days=1)}),
    ("certificate_corrects_with_reason", Certificate, {"correction": "x"}),
    ("certificate_renews_whole", Certificate, {"kind": "block", "code": "B1", "renews_id": "0" * 32}),
    ("certificate_once", Certificate, {"number": "A" * 12, "place": 7}),
    ("change_act_known", Change, {"act": "lost"}),
    ("change_with_reason", Change, {"reason": ""}),
    ("certificate_revoked_once", Change, {"act": "revoked"}),
    ("duplicate_numbered", Duplicate, {}),
    ("duplicate_from_one", Duplicate, {"rank": 0}),
    ("duplicate_with_reason", Duplicate, {"rank": 2, "proof": ""}),
    ("issuer_key_one_in_use", IssuerKey, {"public": "z6Mk"}),
    ("issuer_key_retired_after", IssuerKey, {"retired_at": ISSUED_AT - timedelta(days=1)}),
    ("issuer_key_revoked_is_retired", IssuerKey, {"revoked_at": ISSUED_AT}),
    ("credential_digest_whole", Credential, {"digest": "0"}),
    ("entry_once_a_certificate", RegisterEntry, {"pk": 1}),
    ("entry_says_something", RegisterEntry, {"content": ""}),
    ("register_node_once", RegisterNode, {}),
    ("share_fingerprint_whole", Share, {"fingerprint": "0"}),
    ("share_ends_later", Share, {"ends_at": ISSUED_AT}),
    ("share_revoked_after", Share, {"revoked_at": ISSUED_AT - timedelta(days=1)}),
    ("house_once_a_certification", House, {}),
    ("house_signed", House, {"signatory": ""}),
    ("house_coloured", House, {"accent": "red"}),
    ("logo_digest_whole", Logo, {"digest": "0"}),
]

NEW = {
    *("certificate_once", "certificate_revoked_once", "duplicate_numbered", "house_once_a_certification"),
    *("issuer_key_one_in_use", "entry_once_a_certificate", "register_node_once"),
}
"""Those that refuse another row, in place of a change."""


@pytest.fixture
def issued(cast: Cast, bench: Bench) -> Certificate:
    (made,) = given(told(bench), cast.manager)
    said: dict[str, Any] = {"certificate": made, "reason": "x", "by": cast.manager, "at": ISSUED_AT}
    key = key_in_use(None, lambda: ("z6MkFictive", "00"), ISSUED_AT)
    keep_credential(certificate=made, key=key, text="{}", at=ISSUED_AT)
    keep_entries(lines=[("{}", made, None)], first=0, at=ISSUED_AT)
    Logo.objects.create(digest="0" * 64, content=b"x", kept_at=ISSUED_AT)
    RegisterNode.objects.create(level=0, rank=0, hash=bytes(32))
    keep_checkpoint(size=1, note="x", at=ISSUED_AT)
    issue_duplicate(**said, proof="x")
    share_certificate(
        certificate=made, ends_at=ISSUED_AT + timedelta(days=1), by=made.candidacy.candidate, at=ISSUED_AT
    )
    suspend(**said)
    revoke(**said)
    return made


def test_every_constraint_is_tried() -> None:
    named = {one.name for model in apps.get_app_config("awards").get_models() for one in model._meta.constraints}
    assert {name for name, _model, _changes in REFUSED} == named


@pytest.mark.parametrize(("name", "model", "changes"), REFUSED, ids=[f"{one[0]} {one[2]}" for one in REFUSED])
def test_a_constraint_refuses(
    issued: Certificate, name: str, model: type[models.Model], changes: dict[str, Any]
) -> None:
    row = model._default_manager.order_by("pk").last()
    assert row is not None
    is_new = name in NEW
    with pytest.raises(IntegrityError) as raised, lifted(connection):
        if is_new:
            row.pk = "0" * 32 if isinstance(row, Certificate | IssuerKey) else None
            row._state.adding = True
        for field, value in changes.items():
            setattr(row, field, value)
        with transaction.atomic():
            row.save(force_insert=is_new)
    told_of = str(raised.value)
    assert name in told_of or (is_new and connection.vendor == "sqlite" and "UNIQUE" in told_of)


def test_tables_keep_their_guards(db: None) -> None:
    assert unguarded(connection) == []


FROZEN: dict[type[models.Model], dict[str, Any]] = {
    Certificate: {"text": "{}"},
    Change: {"reason": "autre"},
    Duplicate: {"reason": "autre"},
    Credential: {"text": "autre"},
    Logo: {"content": b"autre"},
    RegisterEntry: {"content": "autre"},
    RegisterNode: {"rank": 9},
    Checkpoint: {"note": "autre"},
}


@pytest.mark.parametrize("model", FROZEN)
def test_nothing_is_changed_nor_deleted(issued: Certificate, model: type[models.Model]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        model._default_manager.update(**FROZEN[model])
    with pytest.raises(DatabaseError), transaction.atomic():
        model._default_manager.all()._raw_delete("default")


def test_a_certificate_without_an_effective_decision_is_refused(issued: Certificate, cast: Cast) -> None:
    other = opened(cast.other_candidate, cast.certification(CQP))
    issued.pk, issued.number, issued.place, issued.candidacy = "0" * 32, "Z" * 12, 8, other
    issued._state.adding = True
    with pytest.raises(DatabaseError, match="guarded"), transaction.atomic():
        issued.save(force_insert=True)


def test_nothing_more_is_decided_of_what_was_revoked(issued: Certificate, cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="guarded"), transaction.atomic():
        Change.objects.create(certificate=issued, act="reinstated", reason="x", at=ISSUED_AT, by=cast.manager)
