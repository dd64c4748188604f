"""Formateur de l'alternance by experience: nobody answers, and after two months silence accepts."""

from collections.abc import Callable
from datetime import timedelta

from parchemin.project.tasks import decide_by_time, post_letter
from parchemin.records.candidacies.models import Candidacy
from tests.journeys.visitor import Visitor
from tests.web.cast import ALTERNANCE, Cast

Visit = Callable[..., Visitor]


def test_silence_accepts(cast: Cast, visit: Visit) -> None:
    cast.certification(ALTERNANCE)
    candidate = visit(cast.candidate)
    candidate.applies("Formateur de l", "Validation des acquis de l")
    candidate.gives_identity().accepts_the_regulation().deposits()
    row = Candidacy.objects.get()
    assert row.due_on is not None
    candidate.go(f"/dossiers/{row.pk}/").sees("silence")
    visit(cast.secretary).opens(row.number).sees("jours")
    assert decide_by_time.call(row.due_on.isoformat()) == 0
    assert decide_by_time.call((row.due_on + timedelta(days=1)).isoformat()) == 1
    record = row.decisions.get()
    letter = row.letters.get(kind="admissible_by_silence")
    assert post_letter.call(str(letter.pk))
    candidate.go(f"/dossiers/{row.pk}/").sees("Recevable")
    candidate.go(f"/dossiers/{row.pk}/decisions/{record.pk}/").sees("recevable par silence depuis le")
    candidate.sees(letter.reference)
