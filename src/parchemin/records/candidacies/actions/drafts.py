"""What is typed and not sent yet, and views people save: kept for them alone, not journaled."""

from datetime import datetime, timedelta
from typing import Any

from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Candidacy, Draft, SavedView
from parchemin.records.people.models import Person

LARGEST = 200_000
KEPT = timedelta(days=180)


def save_draft(
    *, person: Person, form: str, fields: dict[str, Any], at: datetime, candidacy: Candidacy | None = None
) -> Draft:
    """The fields as last typed in that form; UnfitError ``too_long`` beyond 200,000 characters."""
    if sum(len(str(value)) for value in fields.values()) > LARGEST:
        raise UnfitError("too_long", most=LARGEST)
    defaults = {
        "fields": {name: _plain(value) for name, value in fields.items()},
        "saved_at": at,
        "candidacy": candidacy,
    }
    return Draft.objects.update_or_create(person=person, form=form, defaults=defaults)[0]


def draft_of(person: Person, form: str) -> Draft | None:
    """What this person typed in that form and did not send."""
    return Draft.objects.filter(person=person, form=form).first()


def drop_draft(*, person: Person, form: str) -> None:
    """What was typed is sent, or given up."""
    Draft.objects.filter(person=person, form=form).delete()


def forget_typed(person: Person) -> None:
    """What that person typed and kept for themselves is erased: drafts, views, before their account is."""
    Draft.objects.filter(person=person).delete()
    SavedView.objects.filter(person=person).delete()


def prune_drafts(*, at: datetime) -> int:
    """Drafts untouched for 180 days are erased; how many."""
    return Draft.objects.filter(saved_at__lt=at - KEPT).delete()[0]


def save_view(*, person: Person, list_name: str, name: str, query: str) -> SavedView:
    """The filters of a list under a name of one's own; the same name is replaced."""
    defaults = {"query": query[:1000]}
    return SavedView.objects.update_or_create(person=person, list=list_name, name=name, defaults=defaults)[0]


def remove_view(*, person: Person, view: int) -> None:
    """The saved view is gone; nothing when it is somebody else's."""
    SavedView.objects.filter(person=person, pk=view).delete()


def _plain(value: Any) -> Any:
    """Without null characters, which PostgreSQL does not keep."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.replace("\0", "") if isinstance(value, str) else value
