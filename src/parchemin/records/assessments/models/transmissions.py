"""Each time the file went to the jury, and what the jury sent back; neither is ever changed."""

import uuid

from django.db import models
from django.db.models import F, Q

from parchemin.records.candidacies.models import Candidacy, DecisionRecord
from parchemin.records.people.models import Person


class Transmission(models.Model):
    """The file went to the jury that day, for the ``number``-th time; what the rules said is frozen with it.

    ``attested`` are the codes of what whoever sent it attested of the file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="transmissions")
    number = models.PositiveSmallIntegerField()
    attested = models.JSONField(default=list, blank=True)
    assessed = models.OneToOneField(DecisionRecord, models.PROTECT, related_name="+")
    completed = models.OneToOneField(DecisionRecord, models.PROTECT, related_name="+")
    sent_on = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "number"], name="transmission_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="transmission_numbered_from_one"),
            models.CheckConstraint(
                condition=~Q(assessed=F("completed")), name="transmission_froze_a_decision_by_stage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.number}"

    @property
    def sent_back(self) -> "JuryReturn | None":
        """What the jury sent it back with; None as long as it did not."""
        return getattr(self, "returned", None)


class JuryReturn(models.Model):
    """The jury sent that transmission back, with why: the file may be assessed again, and go again."""

    transmission = models.OneToOneField(Transmission, models.PROTECT, related_name="returned")
    reason = models.TextField()
    returned_on = models.DateField()
    returned_at = models.DateTimeField()
    returned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="jury_return_with_reason")]

    def __str__(self) -> str:
        return f"{self.transmission_id} {self.returned_on}"
