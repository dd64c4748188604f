"""How many credentials a second one core signs and verifies, in each form.

Run with the project's own Python: ``.venv/bin/python benchmarks/credentials.py``. One process, one core; medians of
fifteen runs of a tenth of a second of processor, with the best beside. Each credential differs from the one before.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import cycle, islice
from typing import Any

from parchemin.edges.credentials import (
    JCS,
    Answer,
    Award,
    Block,
    Certification,
    Competence,
    CompiledForms,
    Holder,
    Issuer,
    PublishedKey,
    SigningKey,
    award_badge,
    block_badges,
    controller_document,
    sign,
    sign_token,
    status_list,
    verify,
)
from parchemin.edges.credentials.canonical import FULL, Forms
from parchemin.edges.credentials.integrity import RDFC, Suite
from parchemin.edges.credentials.linked import statements
from parchemin.edges.credentials.strict import Json

AT = datetime(2026, 6, 15, 10, 30, tzinfo=UTC)
ISSUER = "did:web:certif.example"
KEY = SigningKey.from_seed(bytes(range(32)), ISSUER)
KEYS = {ISSUER: controller_document(ISSUER, [PublishedKey(method=KEY.method, public=KEY.public)])}
LIST = "https://certif.example/statuts/1"


def award(number: int) -> Award:
    """An award of three blocks of three competences."""
    blocks = tuple(
        Block(
            id=f"https://certif.example/titres/RNCP12345/BC{block}",
            code=f"RNCP12345BC{block:02}",
            title=f"Diagnostiquer l’état d’un équipement, volume {block}",
            competences=tuple(
                Competence(
                    code=f"C{block}.{one}",
                    title=f"Évaluer la réparabilité, étape {one}",
                    url=f"https://certif.example/case/CFItems/{block}{one}",
                )
                for one in range(1, 4)
            ),
            result="Acquis",
            status_index=number * 4 + block,
        )
        for block in range(1, 4)
    )
    return Award(
        id=f"urn:uuid:6f1c8f9e-3c8e-4f0a-9d6e-{number:012d}",
        number=f"2026-{number:06d}",
        issuer=Issuer(id=ISSUER, name="Certificateur d’essai", url="https://certif.example/"),
        holder=Holder(given_name="Chloé", family_name=f"Noël-Ôzgür {number}"),
        certification=Certification(
            id="https://certif.example/titres/RNCP12345",
            title="Technicien du réemploi",
            code="RNCP12345",
            framework="Référentiel RNCP12345",
            criteria="Validation de tous les blocs par un jury paritaire.",
            level=5,
        ),
        awarded_on=date(2026, 6, 15),
        valid_from=AT,
        blocks=blocks,
        status_list=LIST,
        status_index=number * 4,
    )


def per_second(work: Callable[[Any], object], inputs: list[Any]) -> str:
    """How often ``work`` is done each second of processor, on each input in turn: median and best of fifteen runs."""
    turn = cycle(inputs)
    times = 1
    while _spent(work, turn, times) < 0.1:
        times *= 2
    rates = [times / _spent(work, turn, times) for _ in range(15)]
    return f"{statistics.median(rates):9,.0f} /s (best {max(rates):,.0f})"


def _spent(work: Callable[[Any], object], inputs: Iterator[Any], times: int) -> float:
    started = time.process_time()
    for one in islice(inputs, times):
        work(one)
    return time.process_time() - started


def measured(name: str, documents: list[Json]) -> None:
    """Sign and verify documents of one shape in every form, and print."""
    size = f"{len(json.dumps(documents[0])):,} bytes, {len(statements(documents[0]))} statements"
    print(f"{name}: {size}")
    compiled = CompiledForms()
    ways: list[tuple[str, Suite, Forms]] = [
        ("rdfc, whole algorithm", RDFC, FULL),
        ("rdfc, compiled", RDFC, compiled),
        ("jcs, whole algorithm", JCS, FULL),
        ("jcs, compiled", JCS, compiled),
    ]
    lists = {LIST: json.dumps(sign(status_list(url=LIST, issuer=ISSUER, flagged=(), valid_from=AT), KEY, created=AT))}
    statuses = {url: content.encode() for url, content in lists.items()}
    check = partial(verify, keys=KEYS, at=AT)
    for way, suite, forms in ways:
        signed = [json.dumps(sign(one, KEY, created=AT, suite=suite)).encode() for one in documents]
        assert check(signed[0], statuses=statuses).answer is Answer.VALID
        signing = partial(sign, key=KEY, created=AT, suite=suite, forms=forms)
        print(f"  sign    {way:24} {per_second(signing, documents)}")
        print(f"  verify  {way:24} {per_second(partial(check, statuses={}, forms=forms), signed)}")
    tokens = [sign_token(one, KEY).encode() for one in documents]
    assert check(tokens[0], statuses=statuses).answer is Answer.VALID
    print(f"  sign    {'token, compiled':24} {per_second(partial(sign_token, key=KEY, forms=compiled), documents)}")
    print(f"  verify  {'token':24} {per_second(partial(check, statuses={}), tokens)}")


def main() -> None:
    """Measure and print. Verification is of the signature, the key and the dates, without a status list."""
    awards = [award(number) for number in range(200)]
    measured("award of three blocks", [award_badge(one) for one in awards])
    measured("one block", [block_badges(one)[0] for one in awards])


if __name__ == "__main__":
    main()
