"""Files as the records keep them: written from rows a page at a time, held against the schema, kept with their digest.

The bytes are kept nowhere: they are civil identities. A file is written again from its rows to be downloaded, and is
given only if it is the very same.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import BinaryIO, cast
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from parchemin.edges.cpf.correcting import awaited, holder_digest
from parchemin.edges.cpf.passages import RANDOM_LENGTH, Action, Flow, Passage, Version, technical_id
from parchemin.edges.cpf.problems import CpfError
from parchemin.edges.cpf.schema import violations
from parchemin.edges.cpf.telling import fit_of, identity_in, passage_of
from parchemin.edges.cpf.writing import MOST_PASSAGES, written
from parchemin.records.people.models import CivilIdentity, Organisation, Person
from parchemin.records.transmissions.actions.batching import Drawn, Written, add_sendings, keep_batch
from parchemin.records.transmissions.actions.taking import held_channel
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import Batch, Line, Sending, State
from parchemin.records.transmissions.queries.lines import RELATED, firsts, pages, sendable
from parchemin.records.transmissions.queries.refused import last_answers

CHUNK = 500
MOST = MOST_PASSAGES // 2
"""Passages of one file: what is left goes in the next."""
ACTIONS = {Batch.Action.CREATE: Action.CREATE, Batch.Action.WITHDRAW: Action.WITHDRAW}
OLD: Version = "1.1.2"


@transaction.atomic
def make_batch(
    *, organisation: Organisation, action: Batch.Action, by: Person, at: datetime, most: int = MOST
) -> Batch:
    """Everything of that body that can go does, in a file that follows the schema; what cannot stays where it is.

    What was refused goes once it was put right, or once somebody said that it may go as it is.

    TransmissionError ``channel``, ``nothing``, ``no_withdrawal``, ``refused_file``, ``meanwhile``; nothing is then
    kept.
    """
    channel = held_channel(organisation)
    if action is Batch.Action.WITHDRAW and not channel.can_withdraw:
        raise TransmissionError("no_withdrawal")
    id = uuid4()
    flow = Flow(
        id=str(id),
        at=timezone.localtime(at),
        emitter=channel.emitter,
        certifier=channel.certifier,
        contract=channel.contract,
        action=ACTIONS[action],
    )
    chosen = _created(organisation, id, most) if action is Batch.Action.CREATE else _withdrawn(organisation, id, most)
    read = _Read(flow, chosen, cast(Version, channel.version))
    try:
        for problem in violations(cast(BinaryIO, read)):
            raise TransmissionError("refused_file", problem=f"{problem.message} ({problem.line})")
    except CpfError as error:
        if error.code == "nothing_to_send":
            raise TransmissionError("nothing") from error
        raise TransmissionError("refused_file", problem=error.sentence) from error
    return keep_batch(id=id, channel=channel, action=action, written=read.written, by=by, at=at)


def write_again(batch: Batch, into: BinaryIO) -> None:
    """The bytes of that file, at the end of which ``into`` is back at its start.

    TransmissionError ``changed`` when its rows no longer give the very bytes that were kept as made, ``dropped``.
    """
    if batch.is_dropped:
        raise TransmissionError("dropped")
    flow = Flow(
        id=str(batch.pk),
        at=timezone.localtime(batch.made_at),
        emitter=batch.emitter,
        certifier=batch.certifier,
        contract=batch.contract,
        action=ACTIONS[Batch.Action(batch.action)],
    )
    found = sha256()
    try:
        for chunk in written(flow, _again(batch), version=cast(Version, batch.version)):
            found.update(chunk)
            into.write(chunk)
    except CpfError as error:
        raise TransmissionError("changed") from error
    if found.hexdigest() != batch.digest:
        raise TransmissionError("changed")
    into.seek(0)


def _created(organisation: Organisation, batch: UUID, most: int) -> Iterator[Passage]:
    """What can go, each under a technical id drawn for it, kept as it is told."""
    for page in pages(sendable(organisation)):
        drawn = [_drawn(one, technical_id(os.urandom(RANDOM_LENGTH))) for one in islice(_ready(page), most)]
        add_sendings(batch=batch, lines=drawn, is_withdrawal=False)
        yield from (_told(one.line, one.technical_id) for one in drawn)
        most -= len(drawn)
        if not most:
            return


def _ready(page: list[Line]) -> Iterator[Line]:
    """Those whose identity can be told, and of which nothing that was refused is still to be put right."""
    answers = last_answers(refused) if (refused := [one for one in page if one.state == State.REJECTED]) else {}
    for one in page:
        identity = identity_in(one)
        is_awaited = one.pk in answers and awaited(answers[one.pk], identity)
        if not is_awaited and fit_of(identity, one.certificate.awarded_on).is_ready:
            yield one


def _drawn(line: Line, name: str) -> Drawn:
    return Drawn(line, name, holder_digest(_identity(line), name))


def _withdrawn(organisation: Organisation, batch: UUID, most: int) -> Iterator[Passage]:
    """What is to withdraw, each under the technical id under which it was accepted."""
    rows = Line.objects.filter(organisation=organisation, state=State.TO_WITHDRAW)
    for page in pages(rows):
        accepted = Sending.objects.filter(
            line__in=page, is_withdrawal=False, answer__is_accepted=True, batch__organisation=organisation
        )
        names = dict(accepted.values_list("line", "technical_id"))
        fit = (one for one in page if one.pk in names and _is_writable(one))
        drawn = [_drawn(one, names[one.pk]) for one in islice(fit, most)]
        add_sendings(batch=batch, lines=drawn, is_withdrawal=True)
        yield from (_told(one.line, one.technical_id) for one in drawn)
        most -= len(drawn)
        if not most:
            return


def _again(batch: Batch) -> Iterator[Passage]:
    """The passages of that file as its rows tell them now, a page at a time."""
    related = [f"line__{one}" for one in RELATED]
    rows = Sending.objects.filter(batch=batch).select_related("line", *related).order_by("pk")
    last = 0
    while page := firsts(rows.filter(pk__gt=last), CHUNK):
        for one in page:
            if identity_in(one.line) is None:
                raise TransmissionError("changed")
            yield _told(one.line, one.technical_id)
        last = page[-1].pk


def _told(line: Line, name: str) -> Passage:
    return passage_of(line, _identity(line), name)


def _identity(line: Line) -> CivilIdentity:
    identity = identity_in(line)
    assert identity is not None
    return identity


def _is_writable(line: Line) -> bool:
    """Whether what was sent of it can be written again to withdraw it, even if nobody compared it since."""
    found = fit_of(identity_in(line), line.certificate.awarded_on)
    return found.is_known and not any(one.is_blocking for one in found.problems)


class _Read:
    """A file as it is written, counted and fingerprinted as the validator reads it; nothing else holds it.

    The schema kept here is that of version 1.1.2: of the next one, the same is read without the element that it adds.
    """

    def __init__(self, flow: Flow, passages: Iterator[Passage], version: Version) -> None:
        self._chunks = written(flow, self._counted(passages), version=version)
        self._added = b"" if version == OLD else f"<cpf:action>{flow.action}</cpf:action>".encode()
        self._digest = sha256()
        self._count = self._size = 0

    def read(self, _size: int = -1) -> bytes:
        """The next piece, nothing at the end."""
        chunk = next(self._chunks, b"")
        self._digest.update(chunk)
        self._size += len(chunk)
        chunk, self._added = (chunk.replace(self._added, b"", 1), b"") if self._added else (chunk, b"")
        return chunk

    @property
    def written(self) -> Written:
        """What was read to its end."""
        return Written(count=self._count, size=self._size, digest=self._digest.hexdigest())

    def _counted(self, passages: Iterator[Passage]) -> Iterator[Passage]:
        for one in passages:
            self._count += 1
            yield one
