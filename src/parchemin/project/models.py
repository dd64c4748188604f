"""Tables of the server itself: the outbox, and what keeps background work safe."""

from django.db import models
from django.db.models import Prefetch, Q


class MailQuerySet(models.QuerySet["Mail", "Mail"]):
    """Reads of the outbox, newest first."""

    def matching(self, words: str) -> "MailQuerySet":
        """The messages whose recipients or subject hold each of these words; all of them without a word."""
        found = self
        for word in words.split()[:10]:
            found = found.filter(Q(to__icontains=word) | Q(subject__icontains=word))
        return found

    def listed(self) -> "MailQuerySet":
        """For a list: without the texts, with the names and sizes of the attachments but not their bytes."""
        attached = Prefetch("attachments", Attachment.objects.defer("content"))
        return self.defer("text", "html").prefetch_related(attached)


class Mail(models.Model):
    """A message that would have been sent, had a mail server been set."""

    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)
    to = models.CharField(max_length=1000)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.subject


class Attachment(models.Model):
    """A file of such a message; of one that was too large, only the name and the size are kept."""

    mail = models.ForeignKey(Mail, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(default=0)
    is_kept = models.BooleanField(default=True)
    content = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """A worker at work: one that no longer beats is dead, and its task goes back to be done."""

    worker = models.CharField(max_length=64, primary_key=True)
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.worker


class Lease(models.Model):
    """Who alone schedules, until when: taken over once that time has passed."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=64)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.holder}"


class Slot(models.Model):
    """The last moment at which a periodic job was due and was done; written in the transaction of the job itself."""

    job = models.CharField(max_length=80, primary_key=True)
    last = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.job} {self.last.isoformat()}"


class Effect(models.Model):
    """Something that must take effect once: the row is written in the transaction of the effect itself."""

    key = models.CharField(max_length=200, primary_key=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.key
