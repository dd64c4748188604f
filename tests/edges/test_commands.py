"""The commands by which anybody checks what was awarded, and an installation looks after its keys."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from parchemin.edges.credentials.keeping import here, issuer_document, published_list
from parchemin.edges.credentials.site import listed
from parchemin.project.proving import prove
from parchemin.records.awards.actions.changing import revoke
from parchemin.records.awards.models import Certificate, IssuerKey, RegisterEntry
from tests.cli.running import Run, runner
from tests.guards import lifted
from tests.records.awards.bench import ISSUED_AT, given, told
from tests.records.juries.bench import Bench
from tests.web.cast import Cast


@pytest.fixture
def parchemin(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("PARCHEMIN_HOME", str(tmp_path))
    return runner(capsys)


@pytest.fixture
def issued(cast: Cast, bench: Bench) -> Certificate:
    (made,) = given(told(bench), cast.manager)
    prove(ISSUED_AT)
    return made


def files(certificate: Certificate, folder: Path) -> list[str]:
    """What a stranger keeps: the credential, its issuer's document, the status list."""
    number, _index = listed(certificate.place)
    kept: dict[str, Any] = {
        "badge.json": json.loads(certificate.credential.text),
        "did.json": issuer_document(certificate.issuer, here()),
        "list.json": published_list(certificate.issuer, number, here(), ISSUED_AT),
    }
    for name, value in kept.items():
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
    badge, did, status = (str(folder / name) for name in kept)
    return [badge, "--keys", did, "--status", status]


def test_a_credential_is_verified_offline(cast: Cast, issued: Certificate, parchemin: Run, tmp_path: Path) -> None:
    asked = files(issued, tmp_path)
    answer = parchemin("credential", "verify", *asked)
    assert answer.code == 0 and "Valide" in answer.words
    alone = parchemin("credential", "verify", asked[0], "--json")
    assert alone.code == 3 and alone.json["answer"] == "unchecked" and alone.json["reasons"]
    revoke(certificate=issued, reason="Motif fictif.", by=cast.manager, at=ISSUED_AT)
    answer = parchemin("credential", "verify", *files(issued, tmp_path), "--json")
    assert answer.code == 1 and [one["code"] for one in answer.json["reasons"]] == ["revoked"]


@pytest.mark.parametrize("name", ["missing.json", "text.json"])
def test_what_is_no_file_or_no_document_is_told(parchemin: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "text.json").write_text("[]", encoding="utf-8")
    (tmp_path / "badge.json").write_text("{}", encoding="utf-8")
    answer = parchemin("credential", "verify", str(tmp_path / "badge.json"), "--keys", str(tmp_path / name))
    assert answer.code == 2 and name in answer.err


def test_the_register_is_verified_and_what_was_rewritten_found(issued: Certificate, parchemin: Run) -> None:
    answer = parchemin("register", "verify", "--json")
    assert answer.code == 0 and (answer.json["is_whole"], answer.json["entries"], answer.json["signed"]) == (True, 1, 1)
    assert "1 ligne vérifiée" in parchemin("register", "verify").words
    with lifted(connection):
        row = RegisterEntry.objects.get()
        RegisterEntry.objects.update(content=row.content.replace("2026", "2025"))
    answer = parchemin("register", "verify", "--json")
    assert answer.code == 1 and answer.json["fault"]["code"] == "entry_altered"


def test_an_empty_register_is_whole(db: None, parchemin: Run) -> None:
    answer = parchemin("register", "verify")
    assert answer.code == 0 and "vide" in answer.words


def test_keys_are_replaced_and_the_register_still_holds(issued: Certificate, parchemin: Run) -> None:
    assert parchemin("key", "replace").code == 0
    assert parchemin("key", "replace", "--body", str(issued.issuer_id), "--lost", "--json").code == 0
    assert IssuerKey.objects.filter(retired_at__isnull=True).count() == 2
    assert IssuerKey.objects.filter(revoked_at__isnull=False).count() == 1
    assert parchemin("register", "verify").code == 0
    assert parchemin("key", "replace", "--body", "0" * 32).code == 2
