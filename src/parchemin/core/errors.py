"""Errors of misuse. A refusal by the rules is never an error: it is a Decision."""


class Misuse(ValueError):
    """The caller asked for something that has no meaning; ``code`` names it, ``values`` says what was given."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        told = ", ".join(f"{name}={value!r}" for name, value in values.items())
        super().__init__(f"{code}: {told}")
