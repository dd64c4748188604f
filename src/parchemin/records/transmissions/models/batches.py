"""Files as they were made, what each held, and what was answered."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from parchemin.records.people.models import Organisation, Person
from parchemin.records.transmissions.models.lines import Line

ID_LENGTH = 36


class Batch(models.Model):
    """One file, written once: its header, how many passages it holds, and the SHA-256 of its bytes.

    The bytes are not kept: they are civil identities. They are written again from the rows, and compared.
    """

    class Action(models.TextChoices):
        """What the file asks for."""

        CREATE = "create", _("Transmission")
        WITHDRAW = "withdraw", _("Retrait")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="batches")
    action = models.CharField(max_length=10, choices=Action)
    version = models.CharField(max_length=8)
    emitter = models.CharField(max_length=8)
    certifier = models.CharField(max_length=8)
    contract = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "pk"]
        indexes = [models.Index(fields=["organisation", "-made_at"], name="batch_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(action__in=["create", "withdraw"]), name="batch_action_known"),
            models.CheckConstraint(
                condition=Q(action="create") | ~Q(version="1.1.2"), name="batch_withdraws_from_1_1_5_on"
            ),
            models.CheckConstraint(condition=Exact(Length("digest"), 64), name="batch_digest_whole"),
            models.CheckConstraint(condition=Q(count__gte=1), name="batch_not_empty"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_dropped(self) -> bool:
        """Whether it was never deposited."""
        return hasattr(self, "dropped")


class Dropped(models.Model):
    """A file that was made and never deposited; never changed."""

    batch = models.OneToOneField(Batch, models.PROTECT, primary_key=True, related_name="dropped")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.batch_id)


class Sending(models.Model):
    """A certificate in a file, under a technical id that is used for nothing else, ever, but to withdraw it.

    ``holder`` is a SHA-256 of whom it named, told apart by the technical id: it says whether that changed since.
    """

    line = models.ForeignKey(Line, models.PROTECT, related_name="sendings")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="sendings")
    technical_id = models.CharField(max_length=ID_LENGTH)
    holder = models.CharField(max_length=64)
    is_withdrawal = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["technical_id"], condition=Q(is_withdrawal=False), name="technical_id_never_again"
            ),
            models.UniqueConstraint(fields=["batch", "technical_id"], name="sending_once_a_file"),
            models.UniqueConstraint(fields=["batch", "line"], name="line_once_a_file"),
            models.CheckConstraint(condition=Exact(Length("technical_id"), ID_LENGTH), name="technical_id_whole"),
            models.CheckConstraint(condition=Exact(Length("holder"), 64), name="sending_holder_whole"),
        ]

    def __str__(self) -> str:
        return self.technical_id


class Receipt(models.Model):
    """An answer to a file as it was read; ``faults`` are those of the whole file, of which nothing was then kept.

    ``repeated`` counts the passages it says were already taken under their technical id by an earlier deposit of the
    same file: that answers nothing, and they wait for the receipt of that deposit.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="receipts")
    digest = models.CharField(max_length=64)
    treatment = models.CharField(max_length=100, blank=True)
    accepted = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    repeated = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    answers_digest = models.CharField(max_length=64)
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "digest"], name="receipt_read_once"),
            models.CheckConstraint(
                condition=Exact(Length("digest"), 64) & Exact(Length("answers_digest"), 64),
                name="receipt_digest_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.digest


class Answer(models.Model):
    """What became of one passage, each reason as it was given; one for each sending, ever."""

    sending = models.OneToOneField(Sending, models.PROTECT, primary_key=True, related_name="answer")
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="answers")
    is_accepted = models.BooleanField()
    reasons = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.sending_id} {self.is_accepted}"


class Release(models.Model):
    """What was refused may go again as it is: who said so, and why; never changed."""

    answer = models.OneToOneField(Answer, models.PROTECT, primary_key=True, related_name="release")
    reason = models.TextField(_("Motif"), max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="release_for_a_reason")]

    def __str__(self) -> str:
        return self.reason
