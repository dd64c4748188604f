"""What an action on certificates raises when it cannot take effect."""

from parchemin.records.awards.models import House


class AwardError(Exception):
    """It cannot be done; ``code`` says why and ``values`` completes the sentence. Nothing was changed."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


class StaleHouseError(Exception):
    """Somebody else changed how the body signs since it was shown; ``house`` is as it stands. Nothing was changed."""

    def __init__(self, house: House) -> None:
        self.house = house
        super().__init__("stale")
