"""What an action on recommendations raises when it cannot take effect."""


class RecommendationError(Exception):
    """It cannot be done; ``code`` says why and ``values`` completes the sentence. Nothing was changed."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)
