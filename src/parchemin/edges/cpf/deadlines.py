"""When an award must have been sent."""

from datetime import date

from parchemin.core.durations import Duration

DELAY = Duration(months=3)


def due_on(delivered_on: date) -> date:
    """The last day to send an award: three months after its delivery, date to date.

    Source: code du travail, articles L6113-8 and R6113-17-2; Caisse des Dépôts, *Guide général* V5, §2.8.
    """
    return DELAY.after(delivered_on)
