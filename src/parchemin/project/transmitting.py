"""What the days do of transmissions: certificates become lines, and whoever sends is told before the last day."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from parchemin.edges.cpf import due_on
from parchemin.records.people.models import Organisation, Person
from parchemin.records.people.permissions import PERMISSIONS, Action
from parchemin.records.transmissions.actions.noticing import BATCH, notice
from parchemin.records.transmissions.queries.lines import Pressing, pressing
from parchemin.web.shared.posting import message_id


def notice_all() -> int:
    """Every certificate has its line, and what was revoked since is taken note of; how many lines are new."""
    count = made = notice(due_on=due_on)
    while made == BATCH:
        made = notice(due_on=due_on)
        count += made
    return count


def to_remind(on: date) -> Iterator[tuple[str, Pressing, Person, bool]]:
    """Whoever is to be reminded that day, once for each key: as more comes within thirty days, and once late."""
    for is_late in (True, False):
        for found in pressing(on, is_late=is_late):
            for person in senders_of(found.organisation, on):
                yield f"transmission:{found.organisation.pk}:{person.pk}:{found.last}:{is_late}", found, person, is_late


def senders_of(organisation: Organisation, on: date) -> list[Person]:
    """Those who send what that whole body awards, that day."""
    holds = Q(grants__until_on__isnull=True) | Q(grants__until_on__gte=on)
    rows = Person.objects.filter(
        holds,
        grants__role__in=PERMISSIONS[Action.TRANSMIT_AWARDS],
        grants__organisation=organisation,
        grants__scheme="",
        grants__centre=None,
        grants__revoked_at__isnull=True,
        grants__from_on__lte=on,
        erased_at__isnull=True,
        is_active=True,
    )
    return list(rows.exclude(email="").distinct().order_by("pk"))


def write_reminder(organisation: Organisation, person: Person, *, count: int, until: date, is_late: bool) -> None:
    """One e-mail, which names no holder."""
    with override(person.language):
        values = {"count": count, "name": organisation.name, "day": f"{until:%d/%m/%Y}", "link": _link(organisation)}
        subject = _("Passeport de compétences : certifications à transmettre (%(name)s)") % values
        late = _("Le délai de trois mois est passé.")
        soon = _("Un délai finit dans les trente jours.")
        told = _("Certifications à transmettre : %(count)s ; première échéance : le %(day)s.") % values
        ask = _("Faites le fichier et lisez ce qui manque sur cette page :")
        text = f"{late if is_late else soon} {told}\n\n{ask}\n{values['link']}\n"
    name = message_id("transmission", organisation.pk.hex, person.pk.hex, f"{until:%Y%m%d}", count)
    line = " ".join(subject.split())[:250]
    EmailMessage(line, text, to=[person.email], headers={"Message-ID": name}).send()


def _link(organisation: Organisation) -> str:
    return settings.ADDRESS + reverse("transmission:home", args=[organisation.pk])
