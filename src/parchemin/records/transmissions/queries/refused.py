"""What was refused, and waits until it is put right or somebody says that it may go as it is."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from parchemin.records.transmissions.models import Answer, Line


def refused(rows: QuerySet[Line]) -> QuerySet[Line]:
    """Those of which the last answer is a refusal that nobody let go as it is."""
    answers = Answer.objects.filter(sending__line=OuterRef("pk")).order_by("-sending")
    last = Subquery(answers.values("sending")[:1])
    standing = Answer.objects.filter(is_accepted=False, release__isnull=True)
    return rows.alias(last_answer=last).filter(last_answer__in=standing.values("sending"))


def last_answers(lines: Iterable[Line]) -> Mapping[UUID, Answer]:
    """What was answered last of each of these lines, with the sending; one query, however many."""
    rows = Answer.objects.filter(sending__line__in=list(lines)).select_related("sending")
    return {one.sending.line_id: one for one in rows.order_by("sending")}
