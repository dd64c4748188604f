"""Reminding whoever publishes that results are to be told by a day."""

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from parchemin.records.candidacies.actions.noticing import remind_secretariat
from parchemin.records.candidacies.actions.taking import note
from parchemin.records.juries.models import Conclusion
from parchemin.records.juries.queries.notifying import ToTell, untold


def remind_of_results(*, told: ToTell, at: datetime, on: date) -> bool:
    """Whoever handles the first file of that session will be written to; False when everybody was told meanwhile."""
    rows = untold().filter(hearing__session=told.session).select_related("hearing__candidacy")
    first: Conclusion | None = rows.order_by("notify_until", "pk").first()
    if first is None or first.notify_until is None:
        return False
    row = first.hearing.candidacy
    values = {"number": told.session.number, "until": first.notify_until.strftime("%d/%m/%Y")}
    with override(settings.LANGUAGE_CODE):
        late = _("Le délai pour notifier les résultats de la session %(number)s est passé depuis le %(until)s.")
        soon = _("Les résultats de la session %(number)s sont à notifier le %(until)s au plus tard.")
        subject = _("Résultats de jury à notifier : session %(number)s")
        words = f"{late if first.notify_until < on else soon} {_('Publiez-les depuis la page de la session.')}"
    remind_secretariat(row, {"subject": subject % values, "words": words % values}, at)
    note(row, "reminded", at, None, {"session": told.session.pk.hex}, is_change=False)
    return True
