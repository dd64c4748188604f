"""What is typed in a sheet before it is saved: kept for whoever types it, shown again when they come back."""

from django.http import HttpRequest

from parchemin.records.candidacies.actions.drafts import draft_of, drop_draft, save_draft
from parchemin.records.candidacies.models import Draft
from parchemin.records.pathways.models import Positioning
from parchemin.web.pathway.positioning.forms import SheetForm
from parchemin.web.shared.clock import now
from parchemin.web.shared.reached import Reached

LEFT_OUT = ("csrfmiddlewaretoken", "revision", "then")


def found_draft(found: Reached, interview: Positioning) -> Draft | None:
    """What that person typed and did not save; theirs alone, even for who looks through their eyes."""
    return draft_of(found.person, _name(interview)) if found.person.pk == found.viewer.pk else None


def keep(found: Reached, interview: Positioning, request: HttpRequest) -> None:
    """What is typed is kept; UnfitError ``too_long``."""
    typed = {name: request.POST[name] for name in request.POST if name not in LEFT_OUT}
    save_draft(person=found.person, form=_name(interview), fields=typed, at=now(), candidacy=found.candidacy)


def forget(found: Reached, interview: Positioning) -> None:
    """What was typed is saved, or given up."""
    drop_draft(person=found.person, form=_name(interview))


def fill(form: SheetForm, draft: Draft) -> None:
    """The form as it was typed."""
    form.initial = {**form.initial, **{name: told for name, told in draft.fields.items() if name in form.fields}}


def _name(interview: Positioning) -> str:
    return f"positioning:{interview.pk.hex}"
