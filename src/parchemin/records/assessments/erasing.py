"""What this app keeps of a file, and how it lets go of it once its time has passed.

What each evaluator thought goes; what was settled stays, for it grounds decisions: the database refuses to change it.
"""

from django.db.models import Q

from parchemin.records.assessments.models import Evaluator, Rating, Sitting, Stand, Telling
from parchemin.records.candidacies.contributing import Kept
from parchemin.records.candidacies.models import Candidacy

TAKEN_OUT = "–"
"""What stands for words that may not be missing."""


def held() -> Q:
    """The files of which something is still kept."""
    incidents = Sitting.objects.exclude(incidents__in=("", TAKEN_OUT)).values("candidacy")
    told = Telling.objects.exclude(incidents__in=("", TAKEN_OUT)) | Telling.objects.exclude(reason__in=("", TAKEN_OUT))
    justified = Evaluator.objects.exclude(justification="").values("sitting__candidacy")
    rated = Rating.objects.values("evaluator__sitting__candidacy")
    again = told.values("sitting__candidacy")
    return Q(pk__in=incidents) | Q(pk__in=again) | Q(pk__in=justified) | Q(pk__in=rated)


def erase(row: Candidacy) -> None:
    """Ratings, stands, what was said of incidents and of links are no longer known."""
    for model in (Rating, Stand):
        model._default_manager.filter(evaluator__sitting__candidacy=row).delete()
    Evaluator.objects.filter(sitting__candidacy=row).update(justification="")
    Sitting.objects.filter(candidacy=row).exclude(incidents="").update(incidents=TAKEN_OUT)
    told = Telling.objects.filter(sitting__candidacy=row)
    told.exclude(incidents="").update(incidents=TAKEN_OUT)
    told.exclude(reason="").update(reason=TAKEN_OUT)


ASSESSMENTS = Kept(held=held, erase=erase)
