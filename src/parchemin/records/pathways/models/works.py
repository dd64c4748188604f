"""Written works as they are written on line, one text per competence or criterion, until they are handed in."""

from django.db import models

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.encrypted import SealedTextField


class Work(models.Model):
    """The texts of one document of a file; ``revision`` grows with each save, ``pen`` is the window that made it."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="works")
    document = models.CharField(max_length=60)
    revision = models.PositiveIntegerField(default=0)
    pen = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["candidacy", "document"], name="work_once")]

    def __str__(self) -> str:
        return self.document


class Passage(models.Model):
    """What is written under one competence or criterion, encrypted; an empty code is the text that bears on none."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="passages")
    code = models.CharField(max_length=60, blank=True)
    words = SealedTextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["work", "code"], name="passage_once")]

    def __str__(self) -> str:
        return self.code
