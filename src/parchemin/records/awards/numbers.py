"""Numbers of certificates: drawn at random, without letters that look alike, with a check that finds a slip.

Thirty-one signs, a prime: the last of the twelve makes their weighted sum nothing modulo thirty-one, so that one sign
mistyped or two exchanged never give another number. Eleven drawn at random are fifty-four bits: nobody guesses one.
"""

import secrets

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
GROUP = 4


def drawn() -> str:
    """A number that nobody can guess, without its spaces."""
    body = "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))
    return body + _check(body)


def grouped(number: str) -> str:
    """The number as it is printed: ``ABCD-EFGH-JKMN``."""
    return "-".join(number[place : place + GROUP] for place in range(0, len(number), GROUP))


def read(typed: str) -> str | None:
    """The number that somebody typed, whatever its case and its separators; None when it cannot be one."""
    text = "".join(sign for sign in typed.upper() if sign not in " -.\u00a0\u202f")
    if len(text) != LENGTH or any(sign not in SIGNS for sign in text):
        return None
    return text if _check(text[:-1]) == text[-1] else None


def _check(body: str) -> str:
    total = sum((place + 2) * SIGNS.index(sign) for place, sign in enumerate(body))
    return SIGNS[-total % len(SIGNS)]
