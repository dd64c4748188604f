"""What an appeal upheld asked of juries is done once minutes that say so are closed."""

from datetime import datetime

from parchemin.records.candidacies.models import Appeal
from parchemin.records.juries.models import DECIDED, Conclusion


def carry_out(conclusion: Conclusion, at: datetime) -> None:
    """The appeal that asked for that deliberation, or for those minutes to be put right, waits no more."""
    hearing = conclusion.hearing
    waiting = Appeal.objects.filter(state=Appeal.State.UPHELD, carried_out_at__isnull=True)
    if conclusion.minutes.corrects_id is not None:
        records = Conclusion.objects.filter(hearing=hearing).values("award_record")
        waiting.filter(remedy=Appeal.Remedy.MINUTES, decision__in=records).update(carried_out_at=at)
    elif hearing.appeal_id is not None and conclusion.verdict in DECIDED:
        waiting.filter(pk=hearing.appeal_id).update(carried_out_at=at)
