"""What a body still has to do of what it awarded, counted: late or nearly so, refused, without a fit identity."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from parchemin.edges.cpf.correcting import awaited
from parchemin.edges.cpf.telling import fit_of, identity_in
from parchemin.records.people.models import Organisation
from parchemin.records.transmissions.models import WAITING, Answer, Line, State
from parchemin.records.transmissions.queries.lines import SOON, pages, sendable
from parchemin.records.transmissions.queries.refused import last_answers

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

LENGTH = 32
"""Hexadecimal digits of a digest that are enough to tell two counts apart."""


@dataclass(slots=True)
class Waiting:
    """Lines of a body that wait, by what there is to do of them; ``first_on`` is the first last day to come.

    ``late`` may go at once; ``blocked`` are late too, and something is to put right first.
    """

    late: int = 0
    blocked: int = 0
    soon: int = 0
    refused: int = 0
    lacking: int = 0
    first_on: date | None = None
    _counted: "dict[str, Hash]" = field(default_factory=dict)

    @property
    def newest(self) -> dict[str, str]:
        """A word for each of these that has any: the same as long as the very same lines are counted."""
        return {name: found.hexdigest()[:LENGTH] for name, found in self._counted.items()}

    def add(self, line: Line, answer: Answer | None, on: date) -> None:
        """That line is counted, in as many ways as it fits."""
        identity = identity_in(line)
        is_refused = answer is not None and bool(awaited(answer, identity))
        is_ready = not is_refused and fit_of(identity, line.certificate.awarded_on).is_ready
        if line.due_on < on:
            self._count("late" if is_ready else "blocked", line.pk)
        elif line.due_on <= on + SOON:
            self._count("soon", line.pk)
            self.first_on = min(self.first_on or line.due_on, line.due_on)
        if answer is not None and is_refused:
            self._count("refused", answer.pk)
        elif not is_ready:
            self._count("lacking", line.pk)

    def _count(self, name: str, key: object) -> None:
        setattr(self, name, getattr(self, name) + 1)
        self._counted.setdefault(name, sha256()).update(f"{key} ".encode())


def waiting_of(organisation: Organisation, on: date) -> Waiting:
    """What waits in that body on that day, but for what its certificate holds back; read a page at a time."""
    found = Waiting()
    for page in pages(sendable(organisation)):
        answers = last_answers(refused) if (refused := [one for one in page if one.state == State.REJECTED]) else {}
        for line in page:
            found.add(line, answers.get(line.pk), on)
    return found


def all_waiting(on: date) -> Iterator[tuple[Organisation, Waiting]]:
    """Each body that has something to do, by name."""
    ids = Line.objects.filter(state__in=WAITING).order_by().values("organisation").distinct()
    for body in Organisation.objects.filter(pk__in=ids).order_by("name", "pk"):
        if (found := waiting_of(body, on)).newest:
            yield body, found
