"""What an action on juries raises when it cannot take effect."""

from parchemin.core.decision import Decision
from parchemin.records.juries.models import Hearing, JurySession


class JuryError(Exception):
    """It cannot be done; ``code`` says why and ``values`` completes the sentence. Nothing was changed."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


class RuledOutError(JuryError):
    """The rules stand in the way; ``decision`` says which. Nothing was changed."""

    def __init__(self, code: str, decision: Decision, **values: object) -> None:
        self.decision = decision
        super().__init__(code, **values)


class StaleSessionError(Exception):
    """Somebody else changed the session since it was shown; ``session`` is as it stands. Nothing was changed."""

    def __init__(self, session: JurySession) -> None:
        self.session = session
        super().__init__("stale")


class StaleHearingError(Exception):
    """Somebody else changed what is decided since it was shown; ``hearing`` is as it stands. Nothing was changed."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing
        super().__init__("stale")
