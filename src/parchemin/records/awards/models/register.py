"""The public register as it is kept: entries, the hashes of its tree, its signed checkpoints; rows are only added."""

from django.db import models
from django.db.models import Q

from parchemin.records.awards.models.certificates import Certificate, Change


class RegisterEntry(models.Model):
    """What the register says at ``index``; ``certificate`` and ``change``, which it never says, are whose it is."""

    index = models.PositiveBigIntegerField(primary_key=True)
    content = models.TextField()
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="entries")
    change = models.OneToOneField(Change, models.PROTECT, null=True, blank=True, related_name="entry")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["index"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(change__isnull=True), name="entry_once_a_certificate"
            ),
            models.CheckConstraint(condition=~Q(content=""), name="entry_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.index)


class RegisterNode(models.Model):
    """The hash of a complete subtree of the register."""

    level = models.PositiveSmallIntegerField()
    rank = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "rank"], name="register_node_once")]

    def __str__(self) -> str:
        return f"{self.level} {self.rank}"


class Checkpoint(models.Model):
    """The register at some size, as a signed note that anybody may keep."""

    size = models.PositiveBigIntegerField(primary_key=True)
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["size"]

    def __str__(self) -> str:
        return str(self.size)
