"""What an action on assessments raises when it cannot take effect."""


class AssessmentError(Exception):
    """It cannot be done; ``code`` says why and ``values`` completes the sentence. Nothing was changed."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


class StaleRatingError(Exception):
    """The same evaluator saved from elsewhere since the page was shown; nothing was changed."""
