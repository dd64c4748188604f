"""Figures of a year are published, as a text that no longer changes."""

from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from parchemin.records.certifications.models import Certification
from parchemin.records.followups.errors import FollowupError
from parchemin.records.followups.models import PublishedFigures
from parchemin.records.followups.queries.yearly import text_of, yearly
from parchemin.records.journal.actions import append
from parchemin.records.people.models import Person


@transaction.atomic
def publish_figures(*, certification: Certification, year: int, by: Person, at: datetime, on: date) -> PublishedFigures:
    """What everybody may read of that year is frozen and stands in place of what was published before.

    FollowupError ``running`` for a year that is not over, ``nothing`` when no jury decided anything in it, ``same``
    when nothing changed since.
    """
    if year >= on.year:
        raise FollowupError("running", year=year)
    row = Certification.objects.select_for_update(of=("self",)).get(pk=certification.pk)
    found = yearly(row, year, on)
    if not found.decided.whole.candidates:
        raise FollowupError("nothing")
    text = text_of(found)
    digest = sha256(text.encode()).hexdigest()
    last = row.published_figures.filter(year=year).order_by("-pk").first()
    if last and last.digest == digest:
        raise FollowupError("same")
    made = PublishedFigures.objects.create(
        certification=row, year=year, text=text, digest=digest, published_at=at, published_by=by
    )
    append(kind="figures.published", at=at, actor=by.pk, subject=row.pk, details={"year": year, "digest": digest})
    return made
