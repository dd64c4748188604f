"""A certification nobody wrote code for goes through the same screens."""

from collections.abc import Callable

import time_machine
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.certifications.actions import publish_version, set_open
from parchemin.records.people.models import Person
from tests.house.test_sixth import CASES, FRAMEWORK, ID, SCHEME, VERSION
from tests.web import cast as casting
from tests.web.candidate import paths
from tests.web.candidate.paths import read


@time_machine.travel("2026-10-05 10:00 +0200", tick=False)
def test_a_sixth_certification_is_applied_to(cast: casting.Cast, signed_in: Callable[[Person], Client]) -> None:
    files = {
        "scheme.yaml": SCHEME.replace("status: draft", "status: published"),
        "framework.yaml": FRAMEWORK,
        "cases/jury.yaml": CASES,
    }
    version = publish_version(
        scheme=ID, name=VERSION, files=files, awarding_body=cast.organisation, by=None, at=casting.AT
    )
    set_open(certification=version.certification, is_open=True, by=None, at=casting.AT)
    client = signed_in(casting.identified(cast.candidate))
    assert "Brevet de facteur d’orgues" in read(client.get(reverse("candidate:certifications")))
    page = read(client.get(reverse("candidate:route", args=[ID, "companion"])))
    assert "A prêté serment" in page
    assert "10 pages au plus" in page
    assert "doyen" in page
    client.post(reverse("candidate:start", args=[ID, "companion"]), {"began_on": "2026-10-05"})
    row = Candidacy.objects.get()
    file = reverse("candidate:file", args=[row.pk])
    assert "Répondre : vos déclarations" in read(client.get(file))
    told = {"revision": 0, "sworn": "yes", "is_accepted": "on"}
    client.post(reverse("candidate:statements", args=[row.pk]), told)
    assert "Relire et déposer" in read(client.get(file))
    too_long = reverse("candidate:document", args=[row.pk, "masterpiece"])
    assert "11 pages" in read(client.post(too_long, {"file": paths.pdf(11)}, follow=True))
    row.refresh_from_db()
    client.post(reverse("candidate:deposit", args=[row.pk]), {"revision": row.revision, "is_read": "on"})
    row.refresh_from_db()
    assert row.status == Status.RECEIVED
