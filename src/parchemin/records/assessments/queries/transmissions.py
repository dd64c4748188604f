"""The times a file went to the jury, what came back, and whether it may go again."""

from dataclasses import dataclass
from datetime import datetime

from parchemin.core.facts import Attendance
from parchemin.records.assessments.facts import read_with_assessments
from parchemin.records.assessments.models import Transmission
from parchemin.records.candidacies.models import Candidacy


@dataclass(frozen=True, slots=True)
class Sent:
    """The transmissions of a file, the first first, and when something was last settled of what still counts."""

    rows: tuple[Transmission, ...]
    settled_at: datetime | None

    @property
    def last(self) -> Transmission | None:
        """The last one; None as long as it never went."""
        return self.rows[-1] if self.rows else None

    @property
    def is_with_jury(self) -> bool:
        """Whether it went and did not come back."""
        return self.last is not None and self.last.sent_back is None

    @property
    def may_go(self) -> bool:
        """Whether it never went, came back, or has something settled that the jury did not have."""
        if self.last is None or self.last.sent_back:
            return True
        return self.settled_at is not None and self.settled_at > self.last.sent_at


def sent_of(candidacy: Candidacy) -> Sent:
    """The transmissions of that file; one query beside those that read its assessments."""
    row = read_with_assessments(candidacy)
    void = {one.pk for one in row.sittings.all() if one.attendance == Attendance.VOID}
    settled = [one.settled_at for one in row.results.all() if one.sitting_id not in void]
    settled += [one.settled_at for one in row.sittings.all() if one.settled_at]
    rows = Transmission.objects.filter(candidacy=row).select_related("sent_by", "returned__returned_by")
    return Sent(tuple(rows), max(settled, default=None))
