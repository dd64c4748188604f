"""What the server itself keeps: messages, tasks, workers. Its tables stand above the pages: asked for by name."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Model, QuerySet
from django_tasks_db.models import DBTaskResult

from parchemin.records.journal.actions import append
from parchemin.records.people.models import Person

READY, RUNNING, FAILED, SUCCESSFUL = "READY", "RUNNING", "FAILED", "SUCCESSFUL"
DEAD = timedelta(seconds=45)
"""A worker that did not say it is alive for that long is dead."""


def mails() -> QuerySet[Any]:
    """The messages that no mail server took away, newest first."""
    return _model("Mail")._default_manager.all()


def attachments() -> QuerySet[Any]:
    """The files of those messages."""
    return _model("Attachment")._default_manager.select_related("mail")


def workers(now: datetime) -> int:
    """How many workers are alive."""
    return _model("Heartbeat")._default_manager.filter(beat_at__gte=now - DEAD).count()


def tasks(status: str = "") -> QuerySet[DBTaskResult[Any, Any]]:
    """What is done in the background, the last asked for first; of that status only when it is given."""
    found = DBTaskResult.objects.order_by("-enqueued_at")
    return found.filter(status=status) if status else found


def erasing_task(run: int) -> DBTaskResult[Any, Any] | None:
    """The task that erases what that run of retention says; None until a worker has asked for it."""
    return tasks().filter(task_path__endswith=".erase_what_is_due", args_kwargs__args__0=run).first()


@transaction.atomic
def retry_task(*, id: UUID, by: Person, at: datetime) -> bool:
    """A task that was given up is to be done again, as if it had never been tried; False when it was not given up."""
    given_up = DBTaskResult.objects.filter(pk=id, status=FAILED)
    if not given_up.update(status=READY, run_after=at, started_at=None, finished_at=None, worker_ids=[]):
        return False
    append(kind="task.retried", at=at, actor=by.pk, subject=id)
    return True


def _model(name: str) -> type[Model]:
    return apps.get_model("project", name)
