"""An installation in use, and the address of every page of its administration."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage
from django.urls import URLPattern, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from parchemin.project.mail import OutboxBackend
from parchemin.project.models import Attachment, Mail
from parchemin.project.tasks import prune
from parchemin.records.candidacies.actions import closing, talking
from parchemin.records.candidacies.actions.retaining import prepare_retention, set_retention
from parchemin.records.candidacies.models import RetentionRule, RetentionRun
from parchemin.records.certifications.models import Certification, PublishedVersion
from parchemin.records.people.actions import granting, organising
from parchemin.records.people.models import Grant, Invitation, OrganisationKind, Role
from parchemin.web.administration.urls import urlpatterns
from tests.web import cast as casting
from tests.web.cast import Cast

EXPORTED = ("people", "organisations", "certifications", "journal", "register")


@dataclass(frozen=True)
class Scene:
    """What the pages are about, all of it of the first organisation."""

    cast: Cast
    certification: Certification
    version: PublishedVersion
    invitation: Invitation
    secret: str
    mail: Mail
    attachment: Attachment
    failed: UUID
    run: int


def scene(cast: Cast) -> Scene:
    """Centres, names, roles, an invitation, a message, a task that was given up, rules of retention."""
    now = timezone.now()
    body = cast.organisation
    certification = cast.certification()
    organising.create_organisation(
        kind=OrganisationKind.CENTRE, name="Centre du port", at=now, parent=body, town="Brest"
    )
    organising.add_alias(
        organisation=body, name="Commission d’avant", by=cast.manager, at=now, from_on=None, until_on=None
    )
    _people = [cast.secretary, cast.manager, cast.evaluator, cast.other_secretary]
    invitation, secret = granting.invite(
        email="nina@example.org", role=Role.SECRETARY, at=now, organisation=body, by=cast.manager, scheme=casting.CQP
    )
    set_retention(
        organisation=body,
        kind=RetentionRule.Kind.MESSAGES,
        months=12,
        basis="Décision du bureau",
        by=cast.manager,
        at=now,
    )
    message = EmailMessage("Convocation", "Bonjour,\n\nvenez mardi.", None, ["odile@example.org"])
    message.attach("plan.txt", "À gauche.", "text/plain")
    OutboxBackend().send_messages([message])
    task = prune.enqueue("2026-03-01")
    DBTaskResult.objects.filter(pk=task.id).update(
        status="FAILED", finished_at=now, worker_ids=["a", "b"], exception_class_path="builtins.OSError",
        traceback="Traceback: plus de place",
    )  # fmt: skip
    return Scene(
        cast=cast,
        certification=certification,
        version=certification.versions.get(),
        invitation=invitation,
        secret=secret,
        mail=Mail.objects.get(),
        attachment=Attachment.objects.get(),
        failed=UUID(str(task.id)),
        run=_prepared(cast).pk,
    )


def _prepared(cast: Cast) -> RetentionRun:
    row = casting.opened(cast.candidate, cast.certification(), at=casting.AT - timedelta(days=730))
    talking.send_message(candidacy=row, body="Bonjour", by=cast.candidate, at=casting.AT - timedelta(days=730))
    at = casting.AT - timedelta(days=700)
    closing.withdraw_candidacy(candidacy=row, reason="", by=cast.candidate, at=at, on=at.date())
    return prepare_retention(
        organisation=cast.organisation, by=cast.manager, at=timezone.now(), on=timezone.localdate()
    )


def addresses(found: Scene) -> dict[str, str]:
    """Every page of the administration, about things of the first organisation."""
    given: dict[str, list[Any]] = {
        **{f"export_{name}": ["csv"] for name in EXPORTED},
        "run_retention": [found.run],
        "export_retention": [found.run, "csv"],
        "person": [found.cast.secretary.pk],
        "grant": [found.cast.secretary.pk],
        "revoke": [Grant.objects.get(person=found.cast.secretary).pk],
        "cancel_invitation": [found.invitation.pk],
        "publish_ruling": [found.version.pk],
        "fill_gaps": [found.version.pk],
        "ruling": [found.version.rulings.get().pk],
        "entry": [1],
        "mail": [found.mail.pk],
        "attachment": [found.attachment.pk],
        "task": [found.failed],
        "retry": [found.failed],
    }
    given["version_files"] = [found.certification.pk, found.version.name]
    given["export_version_files"] = [*given["version_files"], "csv"]
    for name in ("certification", "open_certification", "close_certification", "contact"):
        given[name] = [found.certification.pk]
    made = {}
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern) and pattern.name
        args = given.get(pattern.name, [found.cast.organisation.pk] if "uuid:id" in str(pattern.pattern) else [])
        made[pattern.name] = reverse(f"administration:{pattern.name}", args=args)
    return made


def page(name: str, *args: object) -> str:
    """The address of a page of the administration."""
    return reverse(f"administration:{name}", args=args)


def words(response: Any) -> str:
    """The text of a page, with plain spaces and apostrophes."""
    text: str = response.content.decode()
    for special, plain in (("\u202f", " "), ("\u00a0", " "), ("&nbsp;", " "), ("&#x27;", "'")):
        text = text.replace(special, plain)
    return text
