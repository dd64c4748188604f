"""What an action on assessments raises when it cannot take effect."""

from collections.abc import Sequence

from parchemin.core.decision import Decision
from parchemin.records.assessments.models import Rating, Sitting


class AssessmentError(Exception):
    """It cannot be done; ``code`` says why and ``values`` completes the sentence. Nothing was changed."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


class StaleRatingError(Exception):
    """The same evaluator saved ``lines`` from elsewhere since the page was shown; nothing was changed.

    ``revision`` is theirs today.
    """

    def __init__(self, revision: int, lines: Sequence[Rating] = ()) -> None:
        self.revision = revision
        self.lines = tuple(lines)
        super().__init__("stale")


class ConflictError(AssessmentError):
    """The rules do not let that person assess this candidate, or ask why; ``decision`` says which. Nothing changed."""

    def __init__(self, code: str, decision: Decision) -> None:
        self.decision = decision
        super().__init__(code)


class StaleSittingError(Exception):
    """Somebody else changed the sitting since it was shown; ``sitting`` is as it stands now. Nothing was changed."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        super().__init__("stale")
