"""After the demonstration everybody who assesses or accompanies has something to do."""

import pytest
from django.utils import timezone

from parchemin.project.demo import making
from parchemin.project.demo.middle import pursue
from parchemin.records.assessments.actions.settling import differences
from parchemin.records.assessments.models import Evaluator, Sitting
from parchemin.records.candidacies.models import FileAccess
from parchemin.records.journal import queries as journal
from parchemin.records.pathways.models import Approval, Pathway, Positioning
from parchemin.records.people.models import Role

pytestmark = pytest.mark.django_db


def test_files_on_their_way_to_the_jury() -> None:
    on = timezone.localdate()
    cast = making.make(timezone.now(), on)
    rows = list(pursue(cast, on))
    assert [row.status for row in rows] == ["admissible"] * 5
    people = {name: cast.people[name] for name in ("professionnel", "evaluateur", "formatrice")}
    assert {email for _said, email in cast.logins} >= {one.email for one in people.values()}

    assert Positioning.objects.get(closed_at__isnull=True).leader == people["professionnel"]
    plan = Pathway.objects.get(candidacy=rows[1])
    assert list(Approval.objects.filter(pathway=plan).values_list("actor", flat=True)) == ["candidate"]
    assert FileAccess.objects.filter(candidacy=rows[1], role=Role.COMPANION, person=people["formatrice"]).exists()

    to_rate = Evaluator.objects.get(sitting__candidacy=rows[2], signed_at__isnull=True)
    assert to_rate.person == people["evaluateur"]
    assert len(differences(Sitting.objects.get(candidacy=rows[3]))) == 1
    summoned = Sitting.objects.get(candidacy=rows[4])
    assert summoned.summoned_at
    assert summoned.starts_at
    assert summoned.starts_at > timezone.now()
    assert journal.verify().is_whole
