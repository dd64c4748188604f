"""Effects that happen once, however often they are tried."""

from collections.abc import Callable

from django.db import IntegrityError, transaction

from parchemin.project.models import Effect


class _DoneError(Exception):
    """The effect took place before."""


def once(key: str, effect: Callable[[], object]) -> bool:
    """Run ``effect`` and remember its ``key`` in one transaction; False, and nothing run, when it was remembered.

    Of two at once, the second waits for the first and finds it done. An error in the effect forgets the key with it.
    Only what the transaction holds is exactly once: a message handed to a mail server is not undone.
    """
    try:
        with transaction.atomic():
            _remember(key)
            effect()
    except _DoneError:
        return False
    return True


def _remember(key: str) -> None:
    if Effect.objects.filter(key=key).exists():  # the usual case is seen without an error in the database's log
        raise _DoneError
    try:
        with transaction.atomic():
            Effect.objects.create(key=key)
    except IntegrityError as error:
        raise _DoneError from error
