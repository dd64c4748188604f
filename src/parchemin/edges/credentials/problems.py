"""What is wrong with a credential: a code, what was seen, and one sentence per language, all in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from parchemin.edges.credentials.sentences import SENTENCES
from parchemin.typography import french

Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a credential, a key, a status list or a file; ``values`` fill the sentence."""

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def sentence(self, language: Language) -> str:
        """What is wrong, where, and what to do, in that language."""
        text = SENTENCES[self.code][language]
        return (french(text) if language == "fr" else text).format(**self.values)


class CredentialError(Exception):
    """A credential cannot be made, signed or read as asked; ``problem`` says why."""

    def __init__(self, code: str, **values: str | int) -> None:
        self.problem = Problem(code, values)
        super().__init__(f"{code}: {self.problem.sentence('en')}")

    @property
    def code(self) -> str:
        """The name of the problem."""
        return self.problem.code
